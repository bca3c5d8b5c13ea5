"""What an earlier process sent a moment ago still fills the windows: it is read from the receipts."""

from datetime import timedelta

from bot.domain.chat import Address
from bot.domain.clock import Clock
from bot.domain.messenger import Messenger
from bot.domain.rate_limit import Limits
from bot.store import receipts
from bot.store.database import Database


async def recall_sent(database: Database, messenger: Messenger, limits: Limits, clock: Clock) -> None:
    """Count in *limits* what the account sent lately; a claim that was never settled counts as sent now."""
    rules = messenger.pacing
    longest = max(rules.account.period, rules.private.period, rules.shared.period)
    since = clock.now() - timedelta(seconds=longest)
    async with database.read() as tx:
        recent = await receipts.sent_since(tx, messenger.account, since)
    now, started_at = clock.now(), clock.monotonic()
    for chat, answered_at in recent:
        ago = max(0.0, (now - answered_at).total_seconds()) if answered_at else 0.0
        shared = messenger.is_shared(Address(messenger.account, chat))
        limits.sent_before(chat, shared=shared, answered_at=started_at - ago)
