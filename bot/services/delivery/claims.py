"""Claims: what one sender has taken from the outbox, what it gives back, and which chats it leaves alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.chats.chat import ChatId
from bot.domain.delivery.delivery import Delivery, DeliveryId
from bot.domain.delivery.monthly_quota import day_of
from bot.domain.delivery.ration import whose_turn
from bot.services.delivery.pause_watch import PauseWatch
from bot.services.delivery.sender_rules import SenderRules
from bot.services.gateway.account import ServedAccount
from bot.store.engine.database import Transaction
from bot.store.outbox import digest_times, outbox


class Claims:
    """The outbox as the sender of *account* sees it; a claim is ours for as long as the *rules* say."""

    def __init__(self, account: ServedAccount, rules: SenderRules) -> None:
        self.pauses = PauseWatch(account.database, account.clock)
        """What is paused: see `PauseWatch`."""
        self._database = account.database
        self._claimant = outbox.Claimant(
            account=account.id,
            owner=account.owner,
            lease=timedelta(seconds=rules.lease),
            edits=account.messenger.capabilities.edits,
        )
        self._is_rationed = account.messenger.pacing.monthly is not None
        self._clock = account.clock
        self._rules = rules
        self._given_back: list[DeliveryId] = []
        self._closed: dict[ChatId, datetime] = {}
        self._next_due_at: datetime | None = None
        self.is_suspect = False
        """Whether what was claimed last may be what kills the process: it is sent before more is claimed."""

    async def claim(self, limit: int) -> tuple[Delivery, ...]:
        """Take up to *limit* deliveries that are due, of chats that are not left alone."""
        now = self._clock.now()
        self._closed = {chat: until for chat, until in self._closed.items() if until > now}
        self._next_due_at = min(self._closed.values(), default=None)
        with self._taking_back() as given_back:
            async with self._database.write() as tx:
                await outbox.release(tx, given_back, owner=self._claimant.owner)
                claimed = await outbox.claim(
                    tx,
                    await self._in_turn(tx, now),
                    now=now,
                    limit=limit,
                    usual=self._rules.usual,
                    closed_chats=self._closed,
                )
        self.is_suspect = claimed.is_suspect
        if claimed.next_at:
            self.note_due(claimed.next_at)
        return claimed.deliveries

    async def _in_turn(self, tx: Transaction, now: datetime) -> outbox.Claimant:
        """Return the claimant; where a day may not have enough for all, it serves first whose turn it is."""
        if not self._is_rationed:
            return self._claimant
        served = await digest_times.served_at_once(tx, self._claimant.account)
        return replace(self._claimant, first=whose_turn(served, day_of(now)))

    async def inherit(self, seconds: float) -> None:
        """Have what others had claimed come back within *seconds*."""
        until = self._clock.now() + timedelta(seconds=seconds)
        async with self._database.write() as tx:
            await outbox.inherit(tx, account=self._claimant.account, owner=self._claimant.owner, until=until)

    def give_back(self, *deliveries: Delivery) -> None:
        """Have *deliveries*, which were not sent, given back with the next claim."""
        self._given_back += [delivery.id for delivery in deliveries]

    async def release(self) -> None:
        """Give back now what is still to be given back."""
        if self._given_back:
            with self._taking_back() as given_back:
                async with self._database.write() as tx:
                    await outbox.release(tx, given_back, owner=self._claimant.owner)

    @contextmanager
    def _taking_back(self) -> Iterator[list[DeliveryId]]:
        """Take out what was given back; if the database does not hear of it, it is still to be told."""
        given_back, self._given_back = self._given_back, []
        try:
            yield given_back
        except BaseException:
            self._given_back = given_back + self._given_back
            raise

    def leave_alone(self, chat: ChatId, wait: timedelta) -> None:
        """Claim nothing of *chat* for so long; what it is owed keeps its place."""
        self._closed[chat] = self._clock.now() + wait

    def note_due(self, at: datetime) -> None:
        """Note that a delivery was put off until then."""
        self._next_due_at = min(self._next_due_at or at, at)

    def next_due_in(self) -> float | None:
        """Return the seconds until something that was put off is due; None if nothing is known to be."""
        if self._next_due_at is None:
            return None
        return (self._next_due_at - self._clock.now()).total_seconds()
