"""Waiting for a while, or for somebody to say that it is over."""

import asyncio

from bot.domain.clock import Clock


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
