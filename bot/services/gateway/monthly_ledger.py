"""What an account may still send this month: counted in the database before it is sent.

A process that dies in between has counted a message that was not sent: the plan may be kept below, never
exceeded, however many processes there are.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

import structlog

from bot.domain.delivery.delivery import QuotaSpent, Rationed
from bot.domain.delivery.monthly_quota import (
    MonthCount,
    Purpose,
    day_of,
    month_after,
    month_of,
    refused_until,
)
from bot.domain.delivery.ration import kept_for_digests, ration
from bot.services.gateway.account import ServedAccount
from bot.store.engine.database import DatabaseUnavailable, Transaction
from bot.store.outbox import digest_times
from bot.store.quotas import monthly_quota

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Counted:
    """So many *messages* of one *purpose* that were counted on a *day* of a *month*."""

    month: str
    day: date
    messages: int
    purpose: Purpose


class MonthlyLedger:
    """The count of one account; where its plan has no quota, everything may go, and nothing is counted."""

    def __init__(self, account: ServedAccount) -> None:
        self._quota = account.messenger.pacing.monthly
        self._account = account.id
        self._database = account.database
        self._clock = account.clock
        self._time_zone = account.time_zone
        self._told: dict[str, str] = {}

    async def take(self, purpose: Purpose, messages: int) -> Counted | QuotaSpent | Rationed:
        """Count so many *messages*; return why and until when they may not go, if they may not.

        Raises DatabaseUnavailable.
        """
        now = self._clock.now()
        month, day = month_of(now), day_of(now)
        if self._quota is None:
            return Counted(month, day, messages, purpose)
        async with self._database.write() as tx:
            before = await monthly_quota.locked(tx, self._account, month)
            count = before.plus(messages, purpose, day)
            is_rationed = purpose is Purpose.AT_ONCE and count.at_once > await self._ration(tx, before, now)
            if count.fits(self._quota, purpose) and not is_rationed:
                await monthly_quota.save(tx, self._account, month, count)
                return Counted(month, day, messages, purpose)
        if is_rationed:
            self._tell_once("what may come at once today has come: the rest comes in digests", str(day))
            return Rationed("the day's messages are spent")
        if purpose.is_news:
            self._tell_once("the month's messages are spent: news wait", month)
        return QuotaSpent("the month's messages are spent", month_after(now))

    async def _ration(self, tx: Transaction, count: MonthCount, now: datetime) -> int:
        """Return how many news may come at once today, by what was counted until now."""
        assert self._quota is not None, "what is not counted is not rationed"
        times = await digest_times.digest_times(tx, self._account, time_zone=self._time_zone)
        due = await digest_times.digests_due(tx, self._account, now)
        digests = kept_for_digests(times, count, due=due, now=now)
        return ration(self._quota, count, digests=digests, now=now)

    def _tell_once(self, event: str, span: str) -> None:
        """Log what is so for the rest of a day or month, once in each."""
        if self._told.get(event) != span:
            self._told[event] = span
            log.warning(event, account=self._account)

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
