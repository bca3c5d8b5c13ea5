"""What those who manage do with feeds, each act with its audit line."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.desk.audit import Act, Actor, AuditAction, Subject, SubjectKind
from bot.domain.news.feed import FeedId
from bot.store.engine.database import Transaction
from bot.store.feeds import feeds, quarantine
from bot.store.feeds.quarantine import Decision, Quarantine
from bot.store.runtime import audit


@dataclass(frozen=True, slots=True)
class HoldDecision:
    """What is to become of held entries; with *newest*, only so many of them are sent."""

    decision: Decision
    newest: int = 0

    def sent_of(self, entries: int) -> int:
        """Return how many of so many entries are sent."""
        return min(self.newest or entries, entries) if self.decision is Decision.SEND else 0


async def set_paused(tx: Transaction, feed: FeedId, actor: Actor, *, paused: bool, now: datetime) -> None:
    """Pause a feed, or let it be polled again, beginning now."""
    await feeds.set_paused(tx, feed, paused=paused)
    if not paused:
        await feeds.poll_now(tx, feed, now)
    action = AuditAction.FEED_PAUSED if paused else AuditAction.FEED_RESUMED
    await audit.record(tx, actor, Act(action, Subject(SubjectKind.FEED, feed)), now=now)


async def poll_now(tx: Transaction, feed: FeedId, actor: Actor, *, now: datetime) -> None:
    """Make it the feed's turn: the next tick polls it."""
    await feeds.poll_now(tx, feed, now)
    await audit.record(tx, actor, Act(AuditAction.FEED_POLLED, Subject(SubjectKind.FEED, feed)), now=now)


async def decide(
    tx: Transaction, hold: Quarantine, wanted: HoldDecision, actor: Actor, *, now: datetime
) -> bool:
    """Decide about what is held; False if that was decided before."""
    if not await quarantine.decide(tx, hold.id, wanted.decision, newest=wanted.newest, now=now):
        return False
    act = Act(
        AuditAction.QUARANTINE_DECIDED,
        Subject(SubjectKind.FEED, hold.feed),
        before={"entries": hold.entries},
        after={"decision": wanted.decision, "sent": wanted.sent_of(hold.entries)},
    )
    await audit.record(tx, actor, act, now=now)
    return True
