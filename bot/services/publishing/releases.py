"""Releasing what is due: what is scheduled at its time, and what nobody has answered as its topic says."""

from collections.abc import Callable

import structlog

from bot.domain.clock import Clock
from bot.domain.publication.publication import PublicationId
from bot.services.publishing.approval import time_out
from bot.store.engine.database import Database, DatabaseUnavailable
from bot.store.publications import approvals

LOOK_EVERY = 0.5
"""Seconds: a publication is released within a second of its time."""

_AT_ONCE = 200

log = structlog.get_logger(__name__)


class Releases:
    """Does what is due; of several processes on one database only one releases a publication."""

    def __init__(self, database: Database, clock: Clock, *, on_owed: Callable[[], None]) -> None:
        self._database = database
        self._clock = clock
        self._on_owed = on_owed

    async def release_due(self) -> None:
        """Release all that is due by now, each in a transaction of its own."""
        async with self._database.read() as tx:
            due = await approvals.due(tx, self._clock.now(), limit=_AT_ONCE)
        for publication in due:
            try:
                await self._release(publication)
            except DatabaseUnavailable:
                raise
            except Exception:
                # What stands behind it must not wait for it.
                log.exception("what is due was not released, by our own fault", article=publication.article)

    async def _release(self, publication: PublicationId) -> None:
        async with self._database.write() as tx:
            state = await time_out(tx, publication, now=self._clock.now())
        if state is not None:
            log.info("a publication has come due", article=publication.article, state=state)
            self._on_owed()
