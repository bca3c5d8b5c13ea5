"""The heartbeat of this process: what it has leased is its own for as long as it beats."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from bot.domain.clock import Clock
from bot.services.aio import at_most
from bot.store.coordination import heartbeats
from bot.store.engine.database import Database, DatabaseUnavailable

EVERY = 2.0
"""Seconds between two beats: a few may be late before others take the process for dead."""

_END_WITHIN = 0.5

log = structlog.get_logger(__name__)


def process_name() -> str:
    """Return a name that no other process has: leases are held under it."""
    return f"{socket.gethostname()}:{os.getpid()}:{os.urandom(4).hex()}"


class Heartbeat:
    """Tells the other processes on the same database that *owner* is alive."""

    def __init__(self, database: Database, clock: Clock, *, owner: str) -> None:
        self._database = database
        self._clock = clock
        self._owner = owner

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Be alive until the end of the block; then all leases of this process are free at once.

        Raises DatabaseUnavailable if the database cannot be had at the beginning.
        """
        async with self._database.write() as tx:
            await heartbeats.begin(tx, self._owner)
        beating = asyncio.create_task(self._beat(), name="heartbeat")
        try:
            yield
        finally:
            beating.cancel()
            # To end a question to a database that has fallen silent may take as long as the question.
            await asyncio.wait({beating}, timeout=_END_WITHIN)
            try:
                await at_most(_END_WITHIN, self._end())
            except (DatabaseUnavailable, TimeoutError) as error:
                log.warning("the leases of this process could not be given up, and lapse", error=str(error))

    async def _beat(self) -> None:
        """Say that this process is alive; where the database serves no other, that goes without saying."""
        while self._database.is_shared:
            await self._clock.sleep(EVERY)
            try:
                async with self._database.write() as tx:
                    await heartbeats.beat(tx, self._owner)
            except DatabaseUnavailable as error:
                log.warning("the heartbeat could not be noted", error=str(error))
            except Exception:
                log.exception("the heartbeat could not be noted, by our own fault")

    async def _end(self) -> None:
        async with self._database.write() as tx:
            await heartbeats.end(tx, self._owner)
