"""What asyncio lacks: work that is not waited for longer than it is worth, and waits that can be cut short.

Work that is given up is cancelled and left to itself, never awaited: to end a question to a database that has
fallen silent may take as long as the question. Where that cannot happen, `asyncio.timeout` and
`asyncio.TaskGroup` do.
"""

import asyncio
from collections.abc import Collection, Coroutine
from typing import Any, TypeVar

import structlog

from bot.domain.clock import Clock
from bot.domain.delivery.delivery import RetryPolicy

T = TypeVar("T")
log = structlog.get_logger(__name__)


async def at_most(seconds: float, work: Coroutine[Any, Any, T] | asyncio.Task[T]) -> T:
    """Return what *work* returns; raises TimeoutError when that takes longer than so many seconds."""
    working = asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait({working}, timeout=seconds)
    except asyncio.CancelledError:
        _leave(working)
        raise
    if not done:
        _leave(working)
        raise TimeoutError
    return working.result()


async def until(stopped: asyncio.Event, work: Coroutine[Any, Any, None], *, grace: float = 0.0) -> None:
    """Do *work*, and return when it is done; once *stopped* is set it has *grace* seconds left."""
    working = asyncio.create_task(work)
    try:
        if not await first_ended(stopped, [working]) and grace:
            await asyncio.wait({working}, timeout=grace)
    finally:
        if not working.done():
            _leave(working)
    if working.done():
        working.result()


async def first_ended(
    stopped: asyncio.Event, tasks: Collection[asyncio.Task[None]]
) -> set[asyncio.Task[None]]:
    """Wait until *stopped* is set or one of *tasks* ends; return those that have ended."""
    stopping = asyncio.ensure_future(stopped.wait())
    try:
        ended, _ = await asyncio.wait({stopping, *tasks}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
    return {task for task in tasks if task in ended}


async def all_ended(tasks: Collection[asyncio.Task[Any]], *, within: float) -> None:
    """Let all *tasks* come to their end at the same time, and leave those that take longer than *within*."""
    _, late = await asyncio.wait(tasks, timeout=within)
    for task in late:
        task.cancel()
        log.error("a part did not come to its end in time", part=task.get_name())


async def cancelled(*tasks: asyncio.Task[Any]) -> None:
    """Cancel *tasks* and wait for their ends, whatever these are."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def sleep_or_wake(clock: Clock, seconds: float, woken: asyncio.Event) -> None:
    """Wait for *seconds* by *clock*, or until *woken* is set."""
    sleeping = asyncio.ensure_future(clock.sleep(seconds))
    waking = asyncio.ensure_future(woken.wait())
    try:
        await asyncio.wait({sleeping, waking}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        sleeping.cancel()
        waking.cancel()
        await asyncio.gather(sleeping, waking, return_exceptions=True)


class Backoff:
    """The waits between tries, by *policy*: each failure in a row makes the next one longer."""

    def __init__(self, policy: RetryPolicy) -> None:
        self._policy = policy
        self._failures = 0

    def next(self, asked: float | None = None) -> float:
        """Note a failure; return the seconds until the next try: *asked*, if the other side named some."""
        self._failures += 1
        return asked or self._policy.wait(self._failures).total_seconds()

    def reset(self) -> None:
        """Note a success."""
        self._failures = 0


def _leave(working: asyncio.Task[Any]) -> None:
    working.cancel()
    working.add_done_callback(_forget)


def _forget(working: asyncio.Task[Any]) -> None:
    if not working.cancelled() and (error := working.exception()):
        log.info("what nobody waits for any more has failed", error=str(error))
