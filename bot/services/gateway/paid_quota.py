"""What an account may still spend today on going faster than for free."""

from datetime import date

import structlog

from bot.domain.clock import VIETNAM, Clock
from bot.domain.delivery.fair_queue import FairQueue
from bot.domain.messaging.messenger import Messenger
from bot.store.engine.database import Database
from bot.store.quotas import paid_quota

log = structlog.get_logger(__name__)


class PaidQuota:
    """The day's budget, taken out of the database a block at a time before it is spent.

    A process that dies takes the rest of its block with it: the budget may be kept below, never exceeded.
    """

    def __init__(self, messenger: Messenger, *, limits: FairQueue, database: Database, clock: Clock) -> None:
        self._account = messenger.account
        self._paid = messenger.pacing.paid
        self._limits = limits
        self._database = database
        self._clock = clock
        self._day: date | None = None
        self._is_spent = False

    async def look(self) -> None:
        """See to it that there is enough for the next second or two, as long as the day's budget lasts."""
        if self._paid is None:
            return
        today = self._clock.now().astimezone(VIETNAM).date()
        if today != self._day:
            self._day, self._is_spent = today, False
            self._limits.pay_for(0)
        block = self._paid.window.limit
        if self._is_spent or self._limits.may_pay_for >= block:
            return
        async with self._database.write() as tx:
            more = await paid_quota.set_aside(
                tx, self._account, today, messages=block, budget=self._paid.messages_per_day
            )
        self._limits.pay_for(self._limits.may_pay_for + more)
        if not more:
            self._is_spent = True
            log.warning("the day's Stars are spent: the free rate goes on", account=self._account)
