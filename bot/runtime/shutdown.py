"""How a service is asked to end, and ends."""

import asyncio
import signal
from collections.abc import Collection

import structlog

log = structlog.get_logger(__name__)


def stopped_by_signal() -> asyncio.Event:
    """Return an event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


async def all_ended(parts: Collection[asyncio.Task[None]], *, within: float) -> None:
    """Let all *parts* come to their end at the same time, and leave those that take longer than *within*."""
    _, late = await asyncio.wait(parts, timeout=within)
    for part in late:
        part.cancel()
        log.error("a part did not come to its end in time", part=part.get_name())
