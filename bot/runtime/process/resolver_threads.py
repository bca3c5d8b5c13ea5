"""Threads that do not hold the end of the process: the resolver may keep one for a minute."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

AT_ONCE = 32


class DaemonThreadExecutor(ThreadPoolExecutor):
    """Runs each call in a daemon thread of its own, so many at once, and waits for none at the end.

    It is a ThreadPoolExecutor because asyncio takes nothing else as its default.
    """

    def __init__(self) -> None:
        super().__init__(max_workers=1)
        self._free = threading.BoundedSemaphore(AT_ONCE)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()

        def work() -> None:
            with self._free:
                if not future.set_running_or_notify_cancel():
                    return
                try:
                    result = fn(*args, **kwargs)
                except BaseException as error:  # noqa: BLE001 - whoever waits for it is told
                    future.set_exception(error)
                else:
                    future.set_result(result)

        threading.Thread(target=work, daemon=True).start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        """Wait for nothing: what still runs ends with the process."""
        del wait
        super().shutdown(wait=False, cancel_futures=cancel_futures)
