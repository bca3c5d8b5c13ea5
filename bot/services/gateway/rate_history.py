"""What the limiter must still know after a restart or a takeover: noted as it happens, recalled at the start.

Deliveries leave receipts, which tell what was sent. Replies leave none, and neither does a flood limit.
"""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.domain.chats.chat import Address
from bot.domain.clock import Clock
from bot.domain.delivery.fair_queue import FairQueue
from bot.domain.messaging.messenger import Messenger
from bot.store.engine.database import Database, Transaction
from bot.store.outbox import receipts
from bot.store.quotas import rate_history
from bot.store.quotas.rate_history import RateEvent, RateEventKind

_ACCOUNT = ""
_NEVER = datetime.max.replace(tzinfo=UTC)


class RateHistory:
    """The replies and closures of one account. They are written together with receipts, group by group."""

    def __init__(self, messenger: Messenger, clock: Clock) -> None:
        self._messenger = messenger
        self._clock = clock
        rules = messenger.pacing
        longest = max(rules.account.period, rules.private.period, rules.shared.period)
        self._counts_for = timedelta(seconds=longest)
        self._notes: list[RateEvent] = []
        self._forget_at = clock.now()
        self.noted = asyncio.Event()
        """Set when there is something to write."""

    def note_reply(self, chat: str, *, messages: int = 1) -> None:
        """Note replies to *chat*. Of a person only the account's share is noted, not who it was."""
        named = chat if self._is_shared(chat) else _ACCOUNT
        for _ in range(messages):
            self._note(RateEvent(RateEventKind.REPLIED, named, self._clock.now()))

    def note_closure(self, chat: str | None, wait: timedelta) -> None:
        """Note that the platform will take nothing for *chat*, or for the whole account, for so long.

        Of a person nothing is noted: what is owed to them is put off in the outbox, and a reply is told anew.
        """
        if chat is not None and not self._is_shared(chat):
            return
        self._note(RateEvent(RateEventKind.CLOSED, chat or _ACCOUNT, self._clock.now() + wait))

    def _note(self, trace: RateEvent) -> None:
        self._notes.append(trace)
        self.noted.set()

    @property
    def is_behind(self) -> bool:
        """Whether there is something to write, or to forget: whom we answered is soon nobody's business."""
        return self.has_notes or self._forget_at < self._clock.now()

    @property
    def has_notes(self) -> bool:
        """Whether there is something to write."""
        return bool(self._notes)

    def take(self) -> list[RateEvent]:
        """Take out what is to be written; `restore` puts back what could not be."""
        notes, self._notes = self._notes, []
        return notes

    def restore(self, notes: list[RateEvent]) -> None:
        self._notes = notes + self._notes

    async def save(self, tx: Transaction, notes: list[RateEvent]) -> None:
        """Write *notes*, and forget what no longer counts."""
        now = self._clock.now()
        if not notes and self._forget_at >= now:
            return
        await rate_history.save(tx, self._messenger.account, notes, forget_before=now - self._counts_for)
        last = max((note.at for note in notes), default=None)
        self._forget_at = last + self._counts_for if last else _NEVER

    async def recall(self, database: Database, limits: FairQueue) -> None:
        """Tell *limits* what the account has done lately, and what is closed to it.

        A claim that was never settled counts as sent now.
        """
        since = self._clock.now() - self._counts_for
        async with database.read() as tx:
            settled = await receipts.sent_since(tx, self._messenger.account, since)
            noted = await rate_history.since(tx, self._messenger.account, since)
        now = self._clock.now()
        replies = [(trace.chat, trace.at) for trace in noted if trace.kind is RateEventKind.REPLIED]
        sent = sorted(((chat, min(at or now, now)) for chat, at in settled + replies), key=lambda s: s[1])
        for chat, at in sent:
            limits.sent_before(chat, shared=self._is_shared(chat), answered_at=self._monotonic(at, now))
        if people := [at for chat, at in replies if chat == _ACCOUNT]:
            # Nothing tells which people were answered: each of them may be written to after so long.
            answered_at = self._monotonic(min(max(people), now), now)
            limits.close_account(answered_at + self._messenger.pacing.private.period)
        for closure in (trace for trace in noted if trace.kind is RateEventKind.CLOSED):
            until = self._monotonic(closure.at, now)
            if closure.chat == _ACCOUNT:
                limits.close_account(until)
            else:
                limits.close_chat(closure.chat, until, shared=self._is_shared(closure.chat))

    def _is_shared(self, chat: str) -> bool:
        return self._messenger.is_shared(Address(self._messenger.account, chat))

    def _monotonic(self, moment: datetime, now: datetime) -> float:
        return self._clock.monotonic() + (moment - now).total_seconds()
