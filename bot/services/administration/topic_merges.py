"""Merges of topics go on until all who subscribe are moved, whichever process has begun them."""

import structlog

from bot.domain.clock import Clock
from bot.services.administration import topic_life
from bot.store.engine.database import Database
from bot.store.feeds import topic_merges
from bot.store.feeds.topic_merges import TopicMerge

PAUSE = 0.02
"""Seconds between two transactions, in which whoever waits has their turn."""

log = structlog.get_logger(__name__)


class TopicMerges:
    """Moves chats and articles, a few at a time; cut off at any point, it goes on there the next time."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def go_on(self) -> None:
        """Move all of each topic whose subscribers are owed by now what was published in it."""
        async with self._database.read() as tx:
            merges = await topic_merges.under_way(tx)
        for merge in merges:
            await self._move(merge)

    async def _move(self, merge: TopicMerge) -> None:
        is_left = True
        while is_left:
            async with self._database.write() as tx:
                if not await topic_life.is_told(tx, merge.source):
                    return
                is_left = await topic_life.move(tx, merge.source, merge.target)
            await self._clock.sleep(PAUSE)
        log.info("a topic is merged", topic=merge.source, into=merge.target)
