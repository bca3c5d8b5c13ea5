"""The figures of the console that are counted over all chats or deliveries."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from bot.domain.chats.chat import TopicId
from bot.domain.clock import Clock
from bot.domain.news.article import ArticleId
from bot.store.chats import chats
from bot.store.chats.chats import ChatCount
from bot.store.engine.database import Database, Transaction
from bot.store.outbox import figures, outbox
from bot.store.outbox.figures import Backlog
from bot.store.outbox.outbox import FailureGroup
from bot.store.publications import publications
from bot.store.publications.publications import Fate
from bot.store.runtime import endings
from bot.web.console.measured import PATIENCE, Measured

FAILURES_SHOWN = 50
RATE_OVER = timedelta(minutes=1)

K = TypeVar("K")
V = TypeVar("V")
Failures = tuple[tuple[FailureGroup, ...], int]
"""The groups of failures, and how many deliveries failed in chats that we may not write to."""

SeenTopics = frozenset[TopicId] | None
"""The topics of which is counted what there is (`Authority.seen`)."""


class Figures:
    """Each is counted in the background where that takes long."""

    def __init__(self, database: Database, clock: Clock, *, patience: float = PATIENCE) -> None:
        self._clock = clock
        turn = asyncio.Lock()

        def measured(count: Callable[[Transaction, K], Awaitable[V]]) -> Measured[K, V]:
            return Measured(database, clock, turn, count, patience=patience)

        self.backlog: Measured[None, Backlog] = measured(self._backlog)
        self.ended: Measured[None, int] = measured(self._ended)
        self.chats: Measured[None, tuple[ChatCount, ...]] = measured(self._chats)
        self.fate: Measured[tuple[ArticleId, SeenTopics], Fate] = measured(self._fate)
        self.subscribers: Measured[TopicId, int] = measured(self._subscribers)
        self.failures: Measured[SeenTopics, Failures] = measured(self._failures)

    async def _backlog(self, tx: Transaction, _: None) -> Backlog:
        return await figures.backlog(tx, now=self._clock.now())

    async def _ended(self, tx: Transaction, _: None) -> int:
        """Return how many deliveries have ended in the last minute."""
        return await figures.ended_since(tx, self._clock.now() - RATE_OVER)

    async def _chats(self, tx: Transaction, _: None) -> tuple[ChatCount, ...]:
        return await chats.counts(tx)

    async def _fate(self, tx: Transaction, of: tuple[ArticleId, SeenTopics]) -> Fate:
        article, topics = of
        return (await publications.fates(tx, [article], within=topics))[article]

    async def _subscribers(self, tx: Transaction, topic: TopicId) -> int:
        """Return how many chats would be sent news of *topic* now."""
        return await endings.recipients(tx, topic)

    async def _failures(self, tx: Transaction, topics: SeenTopics) -> Failures:
        groups = await outbox.failure_groups(tx, limit=FAILURES_SHOWN, topics=topics)
        return groups, await outbox.failed_out_of_reach(tx, ended_by=self._clock.now(), topics=topics)
