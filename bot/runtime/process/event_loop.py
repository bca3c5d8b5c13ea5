"""The event loop of a process, which ends although something in it does not."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from bot.runtime.process.resolver_threads import DaemonThreadExecutor

T = TypeVar("T")

_LEFT_WITHIN = 3.0
_CANCEL_EVERY = 0.1


def run_to_end(main: Coroutine[Any, Any, T]) -> T:
    """Run *main* as `asyncio.run` does, but wait for nothing that takes its time after that.

    Neither a name that is still being looked up in a thread, nor a question to a database that has fallen
    silent: that answers its first cancellation with a wait of its own.
    """
    return asyncio.run(_run(main))


async def _run(main: Coroutine[Any, Any, T]) -> T:
    asyncio.get_running_loop().set_default_executor(DaemonThreadExecutor())
    try:
        return await main
    finally:
        await _end_all_others()


async def _end_all_others() -> None:
    """Cancel all other tasks, again and again until they have ended, or it takes too long."""
    loop = asyncio.get_running_loop()
    end = loop.time() + _LEFT_WITHIN
    while loop.time() < end:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        if not others:
            return
        for task in others:
            task.cancel()
        await asyncio.wait(others, timeout=_CANCEL_EVERY)
