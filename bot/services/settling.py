"""Settling: what sending came to is written down in groups, many receipts to a transaction."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.domain.chat import Address, ChatStatus
from bot.domain.clock import Clock
from bot.domain.delivery import (
    Delivery,
    DropThread,
    Effect,
    MoveChat,
    RetryPolicy,
    Settled,
    StopAccount,
    SwitchChatOff,
)
from bot.metrics import Metrics
from bot.services.recollection import Recollection
from bot.store import chats, outbox
from bot.store.database import Database, Transaction
from bot.store.traces import Trace

GROUP_FOR = 0.03
"""Seconds for which receipts are gathered. What a crash can double is what was sent and not yet settled."""

RETRY = RetryPolicy(first_wait=timedelta(milliseconds=100), longest_wait=timedelta(seconds=5))
"""How soon a group that the database did not take is offered again."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Item:
    delivery: Delivery
    settled: Settled


class Settler:
    """Writes down, for one account, how deliveries stand; run it for as long as anything is sent."""

    def __init__(
        self,
        recollection: Recollection,
        *,
        database: Database,
        owner: str,
        clock: Clock,
        metrics: Metrics,
    ) -> None:
        self._database = database
        self._owner = owner
        self._clock = clock
        self._metrics = metrics
        self._recollection = recollection
        self._items: list[_Item] = []
        self._added = recollection.noted
        self._one_group = asyncio.Lock()

    def add(self, delivery: Delivery, settled: Settled) -> None:
        self._items.append(_Item(delivery, settled))
        self._added.set()

    def look(self) -> None:
        """Have traces that no longer count forgotten."""
        if self._recollection.is_behind:
            self._added.set()

    async def run(self) -> None:
        """Settle group by group until cancelled. A group that was begun is finished; see `finish`."""
        while True:
            await self._added.wait()
            await self._clock.sleep(GROUP_FOR)
            await asyncio.shield(self._settle_all())

    async def finish(self) -> None:
        """Settle all that is left, and wait for a group that is being settled."""
        await self._settle_all()

    async def _settle_all(self) -> None:
        """Settle what is there, again and again if the database is away: it must not be forgotten here."""
        failures = 0
        async with self._one_group:
            while self._items or self._recollection.is_behind:
                group, self._items = self._items, []
                notes = self._recollection.take()
                self._added.clear()
                try:
                    await self._settle(group, notes)
                except Exception:
                    failures += 1
                    self._items = group + self._items
                    self._recollection.restore(notes)
                    log.exception("receipts could not be stored yet", receipts=len(group))
                    await self._clock.sleep(RETRY.wait(failures).total_seconds())

    async def _settle(self, group: list[_Item], notes: list[Trace]) -> None:
        settlements = [item.settled.settlement for item in group]
        async with self._database.write() as tx:
            owned = await outbox.settle(tx, settlements, owner=self._owner, now=self._clock.now())
            for item in group:
                if item.settled.effect:
                    await self._take_effect(tx, item.delivery, item.settled.effect)
            await self._recollection.save(tx, notes)
        if owned < len(group):
            log.warning("deliveries were settled too late", deliveries=len(group) - owned)
        for item in group:
            labels = item.delivery.address.account, item.settled.settlement.status
            self._metrics.settled.labels(*labels).inc()

    async def _take_effect(self, tx: Transaction, delivery: Delivery, effect: Effect) -> None:
        match effect:
            case SwitchChatOff(reason=reason):
                log.info("a chat is switched off", chat=delivery.chat, reason=reason)
                await chats.set_status(tx, delivery.chat, ChatStatus.OFF, reason, now=self._clock.now())
            case DropThread(reason=reason):
                log.info("a topic of a forum is given up", chat=delivery.chat, reason=reason)
                await chats.drop_thread(tx, delivery.chat, reason, now=self._clock.now())
            case MoveChat(to=to):
                old = Address(delivery.address.account, delivery.address.chat)
                log.info("a chat has moved", chat=delivery.chat)
                await chats.move(tx, old, Address(old.account, to))
            case StopAccount():
                pass
