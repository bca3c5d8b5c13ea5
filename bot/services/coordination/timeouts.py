"""Work that is not waited for any longer than it is worth.

It is cancelled then and left to itself: to end a question to a database that has fallen silent may take as
long as the question.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import structlog

T = TypeVar("T")
log = structlog.get_logger(__name__)


async def at_most(seconds: float, work: Coroutine[Any, Any, T]) -> T:
    """Return what *work* returns; raises TimeoutError when that takes longer than so many seconds."""
    working = asyncio.create_task(work)
    try:
        done, _ = await asyncio.wait({working}, timeout=seconds)
    except asyncio.CancelledError:
        _leave(working)
        raise
    if not done:
        _leave(working)
        raise TimeoutError
    return working.result()


async def until(stopped: asyncio.Event, work: Coroutine[Any, Any, None], *, grace: float) -> None:
    """Do *work*; once *stopped* is set it has *grace* seconds left."""
    working = asyncio.create_task(work)
    stopping = asyncio.create_task(stopped.wait())
    try:
        done, _ = await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if working not in done:
            done, _ = await asyncio.wait({working}, timeout=grace)
    finally:
        stopping.cancel()
        if not working.done():
            _leave(working)
    if working in done:
        working.result()


def _leave(working: asyncio.Task[Any]) -> None:
    working.cancel()
    working.add_done_callback(_forget)


def _forget(working: asyncio.Task[Any]) -> None:
    if not working.cancelled() and (error := working.exception()):
        log.info("what nobody waits for any more has failed", error=str(error))
