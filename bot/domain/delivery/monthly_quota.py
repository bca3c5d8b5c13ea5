"""How many messages a platform's plan takes in a month, and what of it is kept for answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.clock import VIETNAM

KEPT_FOR_ANSWERS = 0.2
"""A share of the month: who writes to us is answered when the news has taken all the rest."""

LOW_AT = 0.8
"""A share of what news may take: the owners are told when so much is spent."""

TURNS_WITHIN = timedelta(days=1)
"""How much later than ours the platform's month may begin: nobody says in which time zone it is counted."""


@dataclass(frozen=True, slots=True)
class MonthlyQuota:
    """At most *messages* in any month of Viet Nam's calendar."""

    messages: int

    def limit(self, *, answers: bool) -> int:
        """Return up to which count of the month *answers* may go, or news."""
        if answers:
            return self.messages
        return self.messages - round(self.messages * KEPT_FOR_ANSWERS)


@dataclass(frozen=True, slots=True)
class MonthlyUsage:
    """How many messages of the month were *used* at *moment*."""

    quota: MonthlyQuota
    used: int
    moment: datetime

    @property
    def for_news(self) -> int:
        """Return how many messages of the month news may take."""
        return self.quota.limit(answers=False)

    @property
    def is_low(self) -> bool:
        return self.used >= self.for_news * LOW_AT

    @property
    def is_spent(self) -> bool:
        """Return whether news wait for the next month."""
        return self.used >= self.for_news

    def lasts_until(self) -> datetime | None:
        """Return when news has to wait if it goes on like this; None if that is not before the month ends."""
        if self.is_spent:
            return self.moment
        if self.used <= 0:
            return None
        began = month_began(self.moment)
        until = began + (self.moment - began) * (self.for_news / self.used)
        return until if until < month_after(self.moment) else None


def month_began(moment: datetime) -> datetime:
    """Return when the month of *moment* began."""
    return moment.astimezone(VIETNAM).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def refused_until(moment: datetime) -> datetime:
    """Return until when a plan is spent of which the platform says so at *moment*.

    While a month is young that may still be said of the month before it.
    """
    turned_for_sure = month_began(moment) + TURNS_WITHIN
    return turned_for_sure if moment < turned_for_sure else month_after(moment)


def month_of(moment: datetime) -> str:
    """Return the month as it is stored, for example 2026-11."""
    return moment.astimezone(VIETNAM).strftime("%Y-%m")


def month_after(moment: datetime) -> datetime:
    """Return when the next month begins."""
    local = moment.astimezone(VIETNAM)
    year, month = (local.year + 1, 1) if local.month == 12 else (local.year, local.month + 1)
    return local.replace(year=year, month=month, day=1, hour=0, minute=0, second=0, microsecond=0)
