"""Counts that may take long: the last one is shown while a new one is made, and nobody waits for it.

How old a count may be goes by how long it took. Where there are a hundred chats every page counts anew; where
there are a million it does so every few minutes, and says of when its figures are.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

import structlog
from cachetools import LRUCache

from bot.domain.clock import Clock
from bot.store.engine.database import Database, DatabaseUnavailable, Transaction

K = TypeVar("K")
V = TypeVar("V")

PATIENCE = 0.05
"""Seconds for which a page waits for a count that may come at once."""

SHARE = 100
"""A count is made anew when it is so many times as old as it took: that is a hundredth of the time."""

_REMEMBERED = 200

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Count(Generic[V]):
    """What was counted, and when."""

    value: V
    at: datetime
    took: float
    counted_at: float


class Measured(Generic[K, V]):
    """The counts of one kind of thing, by its key.

    *turn* has those of all kinds made one by one; a page waits for a new one for *patience* seconds.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        turn: asyncio.Lock,
        count: Callable[[Transaction, K], Awaitable[V]],
        *,
        patience: float = PATIENCE,
    ) -> None:
        self._patience = patience
        self._database = database
        self._clock = clock
        self._turn = turn
        self._count = count
        self._known: LRUCache[K, Count[V]] = LRUCache(_REMEMBERED)
        self._counting: dict[K, asyncio.Task[None]] = {}

    async def get(self, key: K) -> Count[V] | None:
        """Return the newest count there is; None while the first one is being made."""
        known = self._known.get(key)
        if known is not None and self._clock.monotonic() - known.counted_at <= SHARE * known.took:
            return known
        if key not in self._counting:
            counting = asyncio.create_task(self._make(key))
            self._counting[key] = counting
            counting.add_done_callback(lambda _: self._counting.pop(key, None))
        await asyncio.wait({self._counting[key]}, timeout=self._patience)
        return self._known.get(key)

    def forget(self, is_changed: Callable[[K], bool] = lambda _: True) -> None:
        """Have those counted anew for the next page that something has just changed."""
        for key in filter(is_changed, tuple(self._known)):
            self._known.pop(key, None)

    async def _make(self, key: K) -> None:
        async with self._turn:
            began = self._clock.monotonic()
            try:
                async with self._database.read() as tx:
                    value = await self._count(tx, key)
            except DatabaseUnavailable as error:
                log.warning("figures of the console could not be counted", error=str(error))
                return
            except Exception:
                # Nobody waits for this task who would hear of it.
                log.exception("figures of the console could not be counted, by our own fault")
                return
            ended = self._clock.monotonic()
            self._known[key] = Count(value, self._clock.now(), ended - began, ended)
