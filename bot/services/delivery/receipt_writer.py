"""Settling: what sending came to is written down in groups, many receipts to a transaction."""

import asyncio
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.domain.chats.chat import Address, ChatStatus
from bot.domain.delivery.delivery import (
    Delivery,
    DeliveryStatus,
    DropThread,
    Effect,
    HoldChat,
    JoinDigest,
    MoveChat,
    NoteTold,
    RetryPolicy,
    Settled,
    StopAccount,
    SwitchChatOff,
)
from bot.domain.delivery.monthly_quota import month_of
from bot.services.aio import Backoff, sleep_or_wake
from bot.services.gateway.account import ServedAccount
from bot.services.gateway.rate_history import RateHistory
from bot.store.chats import chats, waiting
from bot.store.engine.database import DatabaseUnavailable, Transaction
from bot.store.outbox import digest_times, outbox
from bot.store.quotas import ration_notices
from bot.store.quotas.rate_history import RateEvent

GROUP_FOR = 0.03
"""Seconds for which receipts are gathered, from the first of a group: what was sent and is not yet settled is
what a crash can double."""

RETRY = RetryPolicy(first_wait=timedelta(milliseconds=100), longest_wait=timedelta(seconds=5))
"""How soon what the database did not take is offered again."""

TRIES = 12
"""How often what fails by a fault of ours is offered, in half a minute: then its lease brings it back."""

LAST_TRIES = 3
"""How often it is offered at the end, when the leases of others wait to be given back."""

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Item:
    delivery: Delivery
    settled: Settled
    added_at: float
    failures: int = 0


class ReceiptWriter:
    """Writes down, for one account, how deliveries stand; run it for as long as anything is sent.

    *hold* is told to stop the sending while more than *most* deliveries wait to be written down, and to let
    it go on: what a crash can double must not grow with what keeps the database busy.
    """

    def __init__(
        self,
        account: ServedAccount,
        rate_history: RateHistory,
        *,
        most: int,
        hold: Callable[[bool], None],
    ) -> None:
        self._account = account
        self._database = account.database
        self._owner = account.owner
        self._clock = account.clock
        self._metrics = account.metrics
        self._rate_history = rate_history
        self._most = most
        self._hold = hold
        self._is_holding = False
        self._items: list[_Item] = []
        self._in_hand = 0
        self._backoff = Backoff(RETRY)
        self._failed: list[_Item] = []
        self._failed_due_at = -math.inf
        self._added = rate_history.noted
        self._one_group = asyncio.Lock()

    def add(self, delivery: Delivery, settled: Settled) -> None:
        self._items.append(_Item(delivery, settled, self._clock.monotonic()))
        self._added.set()
        self._hold_or_let_go()

    def hold(self) -> None:
        """Stop the sending for good: what would be sent now could not be written down."""
        self._most = -1
        self._hold_or_let_go()

    def look(self) -> None:
        """Have traces that no longer count forgotten."""
        if self._rate_history.is_behind:
            self._added.set()

    async def run(self) -> None:
        """Settle group by group until cancelled. A group that was begun is finished; see `finish`."""
        while True:
            await self._gather()
            await asyncio.shield(self._settle_group())

    async def finish(self) -> None:
        """Settle all that is left, and wait for a group that is being settled."""
        await self._settle_group()
        tries = 1
        while self._items or self._rate_history.has_notes or (self._failed and tries < LAST_TRIES):
            if not self._items and self._failed:
                tries += 1
                await self._clock.sleep(self._failed_due_at - self._clock.monotonic())
                self._failed_due_at = -math.inf
            await self._settle_group()

    async def _gather(self) -> None:
        """Wait until there is something to write, and for what comes right behind it."""
        self._added.clear()
        if not self._items and not self._rate_history.has_notes:
            if self._failed:
                due_in = self._failed_due_at - self._clock.monotonic()
                await sleep_or_wake(self._clock, due_in, self._added)
            else:
                await self._added.wait()
        waited = self._clock.monotonic() - self._items[0].added_at if self._items else 0.0
        await self._clock.sleep(GROUP_FOR - waited)

    async def _settle_group(self) -> None:
        """Settle what is there; if the database is away, wait a little: it must not be forgotten here."""
        async with self._one_group:
            if not (self._items or self._rate_history.is_behind or self._failed_is_due()):
                return
            group, notes = self._next_group()
            self._in_hand = len(group)
            try:
                await self._offer(group, notes)
            except DatabaseUnavailable as error:
                log.warning("receipts could not be stored yet", receipts=len(group), error=str(error))
                await self._clock.sleep(self._backoff.next())
            else:
                self._backoff.reset()
            finally:
                self._in_hand = 0
                self._hold_or_let_go()

    def _hold_or_let_go(self) -> None:
        sent = sum(item.settled.settlement.status is DeliveryStatus.SENT for item in self._failed)
        too_many = len(self._items) + self._in_hand + sent > self._most
        if too_many is not self._is_holding:
            self._is_holding = too_many
            self._hold(too_many)

    def _failed_is_due(self) -> bool:
        return bool(self._failed) and self._clock.monotonic() >= self._failed_due_at

    def _next_group(self) -> tuple[list[_Item], list[RateEvent]]:
        """Take what is to be written together; what has failed by itself is not mixed with the rest."""
        if self._failed_is_due():
            failed, self._failed = self._failed, []
            return failed, []
        group, self._items = self._items, []
        return group, self._rate_history.take()

    async def _offer(self, group: list[_Item], notes: list[RateEvent]) -> None:
        """Settle *group* together, or one by one if that fails; raises DatabaseUnavailable, and keeps all."""
        try:
            await self._settle(group, notes)
        except DatabaseUnavailable:
            self._items = group + self._items
            self._rate_history.restore(notes)
            raise
        except Exception as error:  # noqa: BLE001 - it is logged with what fails by itself, too
            await self._offer_apart(group, notes, error)

    async def _offer_apart(self, group: list[_Item], notes: list[RateEvent], error: Exception) -> None:
        """Settle one by one what could not be settled together: what fails must not keep the others back."""
        failed: list[_Item] = []
        for place, item in enumerate(group):
            try:
                await self._settle([item], [])
            except DatabaseUnavailable:
                self._items = failed + group[place:] + self._items
                self._rate_history.restore(notes)
                raise
            except Exception as own_error:  # noqa: BLE001 - logged with the others that fail
                error = own_error
                failed.append(item)
        if failed:
            self._put_off(failed, error)
        await self._note(notes)

    async def _note(self, notes: list[RateEvent]) -> None:
        try:
            await self._settle([], notes)
        except DatabaseUnavailable:
            self._rate_history.restore(notes)
            raise
        except Exception:
            log.exception("what the limiter must know after a restart could not be stored", notes=len(notes))

    def _put_off(self, failed: list[_Item], error: Exception) -> None:
        """Offer again later what fails by itself; what has failed too often is left to its lease."""
        for item in failed:
            item.failures += 1
        again = [item for item in failed if item.failures < TRIES]
        self._failed += again
        wait = RETRY.wait(max(item.failures for item in failed)).total_seconds()
        self._failed_due_at = self._clock.monotonic() + wait
        log.error(
            "deliveries could not be settled, by our own fault",
            deliveries=[item.delivery.id for item in failed],
            given_up=len(failed) - len(again),
            exc_info=error,
        )

    async def _settle(self, group: list[_Item], notes: list[RateEvent]) -> None:
        settlements = [each for item in group for each in (item.settled.settlement, *item.settled.others)]
        async with self._database.write(even_if_lost=True) as tx:
            settled = await outbox.settle(tx, settlements, owner=self._owner, now=self._clock.now())
            for item in group:
                if item.settled.effect:
                    await self._take_effect(tx, item.delivery, item.settled.effect)
            await self._rate_history.save(tx, notes)
        if settled.owned < len(settlements):
            log.warning("deliveries were settled too late", deliveries=len(settlements) - settled.owned)
        accepted = self._metrics.accepted.labels(self._account.id)
        for wait in settled.waits:
            accepted.observe(wait.total_seconds())
        if group:
            age = self._clock.monotonic() - min(item.added_at for item in group)
            self._metrics.unsettled.labels(group[0].delivery.address.account).observe(age)
        for item in group:
            labels = item.delivery.address.account, item.settled.settlement.status
            self._metrics.settled.labels(*labels).inc()

    async def _take_effect(self, tx: Transaction, delivery: Delivery, effect: Effect) -> None:
        now = self._clock.now()
        match effect:
            case SwitchChatOff(reason=reason):
                log.info("a chat is switched off", chat=delivery.chat, reason=reason)
                await chats.set_status(tx, delivery.chat, ChatStatus.OFF, reason, now=now)
            case HoldChat(reason=reason):
                log.info("a chat is held until it writes again", chat=delivery.chat, reason=reason)
                await waiting.hold(tx, delivery.chat, reason)
            case DropThread(reason=reason):
                log.info("a topic of a forum is given up", chat=delivery.chat, reason=reason)
                await chats.drop_thread(tx, delivery.chat, reason, now=now)
            case MoveChat(to=to):
                old = Address(delivery.address.account, delivery.address.chat)
                log.info("a chat has moved", chat=delivery.chat)
                await chats.move(tx, old, Address(old.account, to), now=now)
            case JoinDigest():
                zone = self._account.time_zone
                await digest_times.join_digest(tx, delivery.chat, delivery.id, time_zone=zone, now=now)
                await ration_notices.owe(tx, delivery.chat, month_of(now))
            case NoteTold():
                await ration_notices.told(tx, delivery.chat, month_of(now))
            case StopAccount():
                pass
