"""Worker processes for what foreign bytes might make hang, swell or crash; each can be killed alone.

They are plain child processes that talk over pipes, and no pool of `multiprocessing` or pebble: those run the
service's main module again in every child, share one queue and one lock, which a killed child may hold, and
pebble's threads look around ten times a second. Here each process serves one call at a time on its own pipe,
the kernel's timer ends it when a call takes too long, and a closed pipe ends it when the service is gone.
"""

import asyncio
import contextlib
import json
import logging
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Any, ParamSpec, Self, TypeVar, cast

from bot.domain.feed import SourceError
from bot.sources.worker import HEADER, LENGTH, Verdict

_log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


class WorkerError(SourceError):
    """A call that did not come to its end. The text says what 'it' did; who called knows what that is."""


_BOOT = """import json, sys
sys.path[:] = json.loads(sys.argv[1])
from bot.sources.worker import main
main({memory})"""


@dataclass(frozen=True, slots=True)
class CallLimits:
    """What one call may take: seconds, and bytes of address space; *calls* is a process's life."""

    seconds: float = 20.0
    memory: int = 1 << 30
    calls: int = 500


class Workers:
    """Runs functions in worker processes, *count* at a time. Close it, or use it in `async with`."""

    def __init__(self, *, count: int = 2, limits: CallLimits | None = None) -> None:
        self._limits = limits or CallLimits()
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="worker")
        self._idle: deque[_Worker] = deque()
        self._busy: set[_Worker] = set()
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def run(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what *function*, found by its module and name, returns in a worker process.

        Raise SourceError where it does, and WorkerError where it takes too long, too much memory, or the
        process with it.
        """
        self._check_open()
        call = asyncio.get_running_loop().run_in_executor(self._threads, self._run, function, args, kwargs)
        return cast("T", await call)

    async def close(self) -> None:
        """End every process, idle or not."""
        self._closed = True
        for worker in tuple(self._busy):
            worker.kill()
        await asyncio.to_thread(self._threads.shutdown)
        while self._idle:
            self._idle.pop().stop()

    def _run(self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> object:
        """Make one call, in a thread: what it sends and receives may be too large for the loop."""
        self._check_open()
        call = pickle.dumps((function, args, kwargs))
        worker = self._idle.pop() if self._idle else _Worker(self._limits)
        self._busy.add(worker)
        try:
            # Once more: a process that is not among the busy ones yet when they are killed would go on.
            self._check_open()
            verdict, value = worker.call(call)
        finally:
            self._busy.discard(worker)
            self._keep_or_stop(worker)
        match verdict:
            case Verdict.RETURNED:
                return value
            case Verdict.REFUSED:
                raise SourceError(value)
            case _:
                _log.error("%s failed in its worker process:\n%s", function.__qualname__, value)
                raise WorkerError("it cannot be read because of a fault in this program: see the log")

    def _check_open(self) -> None:
        if self._closed:
            raise WorkerError("it is not read: the service is stopping")

    def _keep_or_stop(self, worker: "_Worker") -> None:
        if self._closed or worker.spent:
            worker.stop()
        else:
            self._idle.append(worker)


class _Worker:
    """One worker process."""

    def __init__(self, limits: CallLimits) -> None:
        self._limits = limits
        self._calls = 0
        self._killed = False
        # A session of its own: a Ctrl-C in the terminal is answered by the service alone.
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-c", _BOOT.format(memory=limits.memory), json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )

    @property
    def spent(self) -> bool:
        """Return whether the process has died or had its share of calls (libraries leak)."""
        return self._killed or self._calls >= self._limits.calls or self._process.poll() is not None

    def call(self, call: bytes) -> tuple[Verdict, Any]:
        self._calls += 1
        calls, answers = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)
        try:
            calls.write(HEADER.pack(len(call), self._limits.seconds))
            calls.write(call)
            calls.flush()
            (length,) = LENGTH.unpack(_exactly(answers, LENGTH.size))
            verdict, value = pickle.loads(_exactly(answers, length))  # noqa: S301 - from our own process
        except (BrokenPipeError, EOFError):
            raise WorkerError(self._cause_of_death()) from None
        if verdict is Verdict.EXHAUSTED:
            self.kill()
            raise WorkerError(
                f"it takes more than {self._limits.memory >> 20} MiB of memory to read: it is left out"
            )
        return verdict, value

    def kill(self) -> None:
        self._killed = True
        self._process.kill()

    def stop(self) -> None:
        """End the process, which has no call in hand, and wait for its end."""
        self.kill()
        # What a dead process did not take is still in the buffer, and closing would write it.
        with contextlib.suppress(BrokenPipeError), self._process:
            pass

    def _cause_of_death(self) -> str:
        status = self._process.wait()
        if status == -signal.SIGALRM:
            return f"it takes more than {self._limits.seconds:g} s to read: it is left out"
        return f"the process that read it died (status {status}): it is left out this time"


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    received = pipe.read(length)
    if len(received) < length:
        raise EOFError
    return received
