"""The heartbeat of this process: what it has leased is its own for as long as it beats."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import structlog

from bot.services.limited import at_most
from bot.store import heartbeats
from bot.store.database import Database, DatabaseUnavailable

EVERY = timedelta(seconds=2)
"""How often it beats: a few may be late before others take the process for dead."""

_END_WITHIN = 0.5

log = structlog.get_logger(__name__)


class Heartbeat:
    """Tells the other processes on the same database that *owner* is alive."""

    def __init__(self, database: Database, *, owner: str) -> None:
        self._database = database
        self._owner = owner

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Be alive until the end of the block; `beat` has to be called every so often meanwhile.

        At its end all leases of this process are free at once. Raises DatabaseUnavailable at its beginning.
        """
        async with self._database.write() as tx:
            await heartbeats.begin(tx, self._owner)
        try:
            yield
        finally:
            try:
                await at_most(_END_WITHIN, self._end())
            except (DatabaseUnavailable, TimeoutError) as error:
                log.warning("the leases of this process could not be given up, and lapse", error=str(error))

    async def beat(self) -> None:
        """Say that this process is alive; where the database serves no other, that goes without saying."""
        if self._database.is_shared:
            async with self._database.write() as tx:
                await heartbeats.beat(tx, self._owner)

    async def _end(self) -> None:
        async with self._database.write() as tx:
            await heartbeats.end(tx, self._owner)
