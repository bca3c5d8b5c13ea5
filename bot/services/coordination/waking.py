"""Waiting for a while, or for somebody to say that it is over: in this process, or in another one."""

import asyncio
from collections.abc import Callable

import structlog

from bot.domain.clock import Clock
from bot.store.engine.database import Database, DatabaseUnavailable
from bot.store.engine.notify import Signal, listen

log = structlog.get_logger(__name__)

_LISTEN_AGAIN = 3.0


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


async def hear_others(database: Database, clock: Clock, hear: Callable[[Signal], None]) -> None:
    """Pass on, until cancelled, what other processes announce, through whatever outages there are."""
    while True:
        try:
            await listen(database, hear)
        except DatabaseUnavailable as error:
            log.warning("other processes cannot be heard", error=str(error))
            await clock.sleep(_LISTEN_AGAIN)
