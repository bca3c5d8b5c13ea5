"""What an account may still spend today on going faster than for free."""

from datetime import date, datetime, timedelta

import structlog

from bot.domain.clock import VIETNAM, Clock
from bot.domain.messenger import Messenger
from bot.domain.rate_limit import Limits
from bot.store import receipts
from bot.store.database import Database

log = structlog.get_logger(__name__)


class Stars:
    """The day's budget; what was spent of it before a restart is read from the receipts."""

    def __init__(self, messenger: Messenger, *, limits: Limits, database: Database, clock: Clock) -> None:
        self._account = messenger.account
        self._rules = messenger.pacing
        self._limits = limits
        self._database = database
        self._clock = clock
        self._day: date | None = None

    async def look(self) -> None:
        """Begin a new day's budget once there is one; cheap otherwise."""
        now = self._clock.now().astimezone(VIETNAM)
        if self._rules.paid is None or now.date() == self._day:
            return
        paid = await self._paid_since(now.replace(hour=0, minute=0, second=0, microsecond=0))
        left = max(0, self._rules.paid.messages_per_day - paid)
        log.info("messages may be paid for", account=self._account, left_today=left)
        self._limits.pay_for(left)
        self._day = now.date()

    async def _paid_since(self, midnight: datetime) -> int:
        period = timedelta(seconds=self._rules.account.period)
        async with self._database.read() as tx:
            return await receipts.paid_since(
                tx, self._account, midnight, free=self._rules.account.limit, period=period
            )
