"""Broadcasts: the newest pages of the day, sent on as one message, on schedule and within the plan.

It is counted before it is made, and never made again when the answer is lost: a second one on the same day
would be worse than none.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import structlog

from bot.domain.chats.chat import AccountId
from bot.domain.clock import VIETNAM, Clock
from bot.domain.delivery.delivery import Ambiguous, ChatMoved, Outcome, Receipt, RetryLater, Scope
from bot.domain.publication.pauses import Pauses
from bot.store.engine.database import Database
from bot.store.outbox import broadcasts
from bot.store.outbox.broadcasts import BroadcastState
from bot.store.publications import pauses

LATE = timedelta(hours=2)
"""How long after its hour a broadcast is made up for; after that the next day's is waited for."""

AGAIN_AFTER = timedelta(minutes=10)
"""When it is asked again whether there is anything to tell: that reads all that was settled in a day."""

log = structlog.get_logger(__name__)

Send = Callable[[Sequence[str]], Awaitable[Outcome]]
"""Broadcasts pages by the platform's ids. RetryLater for the whole account says that nothing has left."""


@dataclass(frozen=True, slots=True)
class BroadcastRules:
    """*at* what time of day in Viet Nam, of how many *pages* at most, and how many broadcasts *a_month*."""

    at: time
    pages: int
    a_month: int


class Broadcasts:
    """The broadcasts of one account; *is_ours* says whether this process may speak as it."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        account: AccountId,
        rules: BroadcastRules,
        *,
        send: Send,
        is_ours: Callable[[], bool],
    ) -> None:
        self._database = database
        self._clock = clock
        self._account = account
        self._rules = rules
        self._send = send
        self._is_ours = is_ours
        self._asks_from: datetime | None = None

    async def look(self) -> None:
        """Make the day's broadcast if it is time, there is anything to tell and the month has room."""
        now = self._clock.now()
        hour = due_at(self._rules.at, now)
        if not self._is_ours() or not hour <= now < hour + LATE:
            return
        if self._asks_from and now < self._asks_from:
            return
        day, account = f"{hour:%Y-%m-%d}", self._account
        async with self._database.read() as tx:
            is_made = await broadcasts.is_made(tx, account, day)
            if is_made or await broadcasts.counted(tx, account, day[:7]) >= self._rules.a_month:
                return
            paused = Pauses.of(await pauses.standing(tx))
            if paused.stops(account):
                return
            # Yesterday's may have been made late, with what came after its hour.
            since = hour - timedelta(days=1)
            told = await broadcasts.pages_made(tx, account, since=f"{since:%Y-%m-%d}")
            limit = self._rules.pages
            pages = await broadcasts.pages_sent(
                tx, account, since=since, but=told, paused=paused.topics, limit=limit
            )
        if not pages:
            self._asks_from = now + AGAIN_AFTER
            return
        async with self._database.write() as tx:
            a_month = self._rules.a_month
            if not await broadcasts.begin(tx, account, day, list(pages), a_month=a_month, now=now):
                return
        outcome = await self._send(pages)
        log.info("broadcast", account=account, day=day, pages=len(pages), outcome=type(outcome).__name__)
        await self._note(day, outcome)

    async def _note(self, day: str, outcome: Outcome) -> None:
        """Note what became of the broadcast of *day*."""
        account, why = self._account, None if isinstance(outcome, ChatMoved | Receipt) else outcome.reason
        async with self._database.write() as tx:
            match outcome:
                case Receipt(message_id=receipt):
                    await broadcasts.end(tx, account, day, BroadcastState.TAKEN, receipt=receipt)
                case RetryLater(scope=Scope.ACCOUNT):
                    await broadcasts.take_back(tx, account, day)
                case Ambiguous():
                    log.error("nobody knows whether a broadcast was made", account=account, day=day)
                    await broadcasts.end(tx, account, day, BroadcastState.BEGUN, reason=why)
                case _:
                    log.error("a broadcast was refused", account=account, day=day, reason=why)
                    await broadcasts.end(tx, account, day, BroadcastState.REFUSED, reason=why)


def due_at(at: time, now: datetime) -> datetime:
    """Return when the broadcast of the day of *now* is due, in Viet Nam's time."""
    return datetime.combine(now.astimezone(VIETNAM).date(), at, VIETNAM)
