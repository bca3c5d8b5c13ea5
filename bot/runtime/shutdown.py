"""How a service is asked to end, and why it may have to."""

import asyncio
import signal
from collections.abc import Collection

import structlog

from bot.domain.errors import ExplainedError
from bot.domain.messaging.messenger import MessengerError
from bot.services.aio import first_ended
from bot.store.engine.database import DatabaseLost

log = structlog.get_logger(__name__)


class ServiceError(ExplainedError):
    """The service cannot run, or had to end. The text says why in one line."""


def stopped_by_signal() -> asyncio.Event:
    """Return an event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


async def until_stopped(stop: asyncio.Event, parts: Collection[asyncio.Task[None]]) -> None:
    """Wait for *stop*, which alone ends a service.

    Raises what one of *parts* raised about the database or its accounts; ServiceError if one ends otherwise.
    """
    for task in await first_ended(stop, parts):
        error = task.exception()
        if isinstance(error, MessengerError | DatabaseLost):
            raise error
        log.error("a part of the service ended", part=task.get_name(), exc_info=error)
        raise ServiceError(f"the {task.get_name()} ended by itself: {error}")
