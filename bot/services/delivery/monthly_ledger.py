"""What an account may still send this month: counted in the database before it is sent.

A process that dies in between has counted a message that was not sent: the plan may be kept below, never
exceeded, however many processes there are.
"""

from dataclasses import dataclass, replace
from datetime import date

import structlog

from bot.domain.chats.chat import AccountId
from bot.domain.clock import Clock
from bot.domain.delivery.delivery import QuotaSpent
from bot.domain.delivery.monthly_quota import (
    MonthlyQuota,
    Purpose,
    day_of,
    month_after,
    month_of,
    refused_until,
)
from bot.store.engine.database import Database, DatabaseUnavailable
from bot.store.outbox import monthly_quota

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Counted:
    """So many *messages* of one *purpose* that were counted on a *day* of a *month*."""

    month: str
    day: date
    messages: int
    purpose: Purpose


class MonthlyLedger:
    """The count of one account; without a *quota* everything may go, and nothing is counted."""

    def __init__(
        self, quota: MonthlyQuota | None, account: AccountId, *, database: Database, clock: Clock
    ) -> None:
        self._quota = quota
        self._account = account
        self._database = database
        self._clock = clock
        self._told_in: str | None = None

    async def take(self, purpose: Purpose, messages: int) -> Counted | QuotaSpent:
        """Count so many *messages*; return why and until when they may not go, if they may not.

        Raises DatabaseUnavailable.
        """
        now = self._clock.now()
        month, day = month_of(now), day_of(now)
        if self._quota is None:
            return Counted(month, day, messages, purpose)
        async with self._database.write() as tx:
            count = (await monthly_quota.locked(tx, self._account, month)).plus(messages, purpose, day)
            if count.fits(self._quota, purpose):
                await monthly_quota.save(tx, self._account, month, count)
                return Counted(month, day, messages, purpose)
        if purpose.is_news and self._told_in != month:
            self._told_in = month
            log.warning("the month's messages are spent: news wait", account=self._account)
        return QuotaSpent("the month's messages are spent", month_after(now))

    async def refused(self, outcome: QuotaSpent) -> QuotaSpent:
        """Take the month as spent, as the platform says; return *outcome* with its end."""
        now = self._clock.now()
        until = refused_until(now)
        log.warning(
            "the platform says that the month's messages are spent",
            account=self._account,
            reason=outcome.reason,
            until=until.isoformat(),
        )
        if self._quota is not None and until == month_after(now):
            month = month_of(now)
            try:
                async with self._database.write() as tx:
                    count = await monthly_quota.locked(tx, self._account, month)
                    spent = replace(count, messages=max(count.messages, self._quota.messages))
                    await monthly_quota.save(tx, self._account, month, spent)
            except DatabaseUnavailable as error:
                log.warning("it could not be noted that the month is spent", error=str(error))
        return replace(outcome, until=until)

    async def give_back(self, counted: Counted) -> None:
        """Take what was *counted* off its month again: it was certainly not sent."""
        if self._quota is None:
            return
        month = counted.month
        try:
            async with self._database.write() as tx:
                count = await monthly_quota.locked(tx, self._account, month)
                less = count.minus(counted.messages, counted.purpose, counted.day)
                await monthly_quota.save(tx, self._account, month, less)
        except DatabaseUnavailable as error:
            log.warning("a message that was not sent stays counted", error=str(error))
