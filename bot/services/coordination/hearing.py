"""Hearing what other processes on the same database announce."""

from collections.abc import Callable

import structlog

from bot.domain.clock import Clock
from bot.store.engine.database import Database, DatabaseUnavailable
from bot.store.engine.notify import Signal, listen

log = structlog.get_logger(__name__)

_LISTEN_AGAIN = 3.0


async def hear_others(database: Database, clock: Clock, hear: Callable[[Signal], None]) -> None:
    """Pass on, until cancelled, what other processes announce, through whatever outages there are."""
    while True:
        try:
            await listen(database, hear)
        except DatabaseUnavailable as error:
            log.warning("other processes cannot be heard", error=str(error))
            await clock.sleep(_LISTEN_AGAIN)
