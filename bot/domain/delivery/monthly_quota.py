"""How many messages a platform's plan takes in a month, and what of it is kept for answers."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.clock import VIETNAM

KEPT_FOR_ANSWERS = 0.2
"""A share of the month: who writes to us is answered when the news has taken all the rest."""

LAST_RESERVE = 0.02
LEAST_RESERVE = 10
"""A share of the month, and at least so many messages: the last of those for answers go to people who leave,
or ask what is stored about them. A small plan keeps half of its answers for that."""

LOW_AT = 0.8
"""A share of what may be used: the owners are told when so much is spent."""

TURNS_WITHIN = timedelta(days=1)
"""How much later than ours the platform's month may begin: nobody says in which time zone it is counted."""


class Purpose(StrEnum):
    """What a message is for, which decides how much of the month it may take.

    An ESSENTIAL answer is one to somebody who leaves or asks for their data; ANSWER is any other.
    URGENT news and a DIGEST may take all that news have; what comes AT_ONCE is rationed by the day.
    """

    ESSENTIAL = "essential"
    ANSWER = "answer"
    URGENT = "urgent"
    DIGEST = "digest"
    AT_ONCE = "at_once"

    @property
    def is_news(self) -> bool:
        return self not in (Purpose.ESSENTIAL, Purpose.ANSWER)

    @property
    def is_beside_digests(self) -> bool:
        """Return whether it is news that comes in a message of its own."""
        return self in (Purpose.URGENT, Purpose.AT_ONCE)


@dataclass(frozen=True, slots=True)
class MonthlyQuota:
    """At most *messages* in any month of Viet Nam's calendar."""

    messages: int

    @property
    def for_answers(self) -> int:
        """Return how many messages no news may take."""
        return round(self.messages * KEPT_FOR_ANSWERS)

    @property
    def for_news(self) -> int:
        return self.messages - self.for_answers

    @property
    def last_reserve(self) -> int:
        """Return how many messages only essential answers may take."""
        return min(max(LEAST_RESERVE, round(self.messages * LAST_RESERVE)), self.for_answers // 2)

    @property
    def ordinary(self) -> int:
        """Return up to which count of the month anything may go that is no essential answer."""
        return self.messages - self.last_reserve


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How many *messages* of a month are used, and how many of them for *news*.

    *beside* digests so many news came in the month, each in a message of its own; *at_once* so many did on
    *day*, the last one.
    """

    messages: int = 0
    news: int = 0
    beside: int = 0
    at_once: int = 0
    day: date = date.min

    def at_once_on(self, day: date) -> int:
        return self.at_once if day == self.day else 0

    def plus(self, messages: int, purpose: Purpose, day: date) -> "MonthCount":
        """Return the count with so many *messages* more, sent on *day*."""
        return MonthCount(
            self.messages + messages,
            self.news + messages * purpose.is_news,
            self.beside + messages * purpose.is_beside_digests,
            self.at_once_on(day) + messages * purpose.is_beside_digests,
            day,
        )

    def minus(self, messages: int, purpose: Purpose, day: date) -> "MonthCount":
        """Return the count without so many *messages* that were counted on *day* and not sent."""
        beside = messages * purpose.is_beside_digests
        at_once = beside if day == self.day else 0
        return replace(
            self,
            messages=max(0, self.messages - messages),
            news=max(0, self.news - messages * purpose.is_news),
            beside=max(0, self.beside - beside),
            at_once=max(0, self.at_once - at_once),
        )

    def fits(self, quota: MonthlyQuota, purpose: Purpose) -> bool:
        """Return whether a month may have come to this count by a message of that *purpose*."""
        if purpose is Purpose.ESSENTIAL:
            return self.messages <= quota.messages
        return self.messages <= quota.ordinary and (not purpose.is_news or self.news <= quota.for_news)


@dataclass(frozen=True, slots=True)
class MonthlyUsage:
    """What of the month was used at *moment*, as *count* has it."""

    quota: MonthlyQuota
    count: MonthCount
    moment: datetime

    @property
    def for_news(self) -> int:
        """Return how many messages of the month news may take."""
        return self.quota.for_news

    @property
    def _share(self) -> float:
        """Return how much is used of what news may take: of its own share, or of all where that is less."""
        return max(self.count.news / self.quota.for_news, self.count.messages / self.quota.ordinary)

    @property
    def is_low(self) -> bool:
        return self._share >= LOW_AT

    @property
    def is_spent(self) -> bool:
        """Return whether news wait for the next month."""
        return self._share >= 1.0

    def lasts_until(self) -> datetime | None:
        """Return when news has to wait if it goes on like this; None if that is not before the month ends."""
        if self.is_spent:
            return self.moment
        if self._share <= 0:
            return None
        began = month_began(self.moment)
        until = began + (self.moment - began) / self._share
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


def day_of(moment: datetime) -> date:
    """Return the day of Viet Nam's calendar."""
    return moment.astimezone(VIETNAM).date()


def month_after(moment: datetime) -> datetime:
    """Return when the next month begins."""
    local = moment.astimezone(VIETNAM)
    year, month = (local.year + 1, 1) if local.month == 12 else (local.year, local.month + 1)
    return local.replace(year=year, month=month, day=1, hour=0, minute=0, second=0, microsecond=0)
