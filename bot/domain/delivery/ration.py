"""How many news of a day may come at once, so that every digest of the month still goes."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.chats.chat import ChatId
from bot.domain.chats.preferences import EVERY_MORNING, Schedule, moments_between, next_moment, zone_of
from bot.domain.delivery.monthly_quota import MonthCount, MonthlyQuota, day_of, month_after, month_began

_STEP = (5**0.5 - 1) / 2
"""By which share of all who are served the turn of a day is behind that of the day before: however few of
them are served in a day, those of many days in a row are spread evenly."""


@dataclass(frozen=True, slots=True)
class DigestTime:
    """So many *chats* get a digest by one *schedule*, in a *time_zone* (IANA)."""

    schedule: Schedule
    time_zone: str
    chats: int


def digests_left(times: Iterable[DigestTime], now: datetime) -> int:
    """Return how many digests are still to begin in the month of *now*."""
    end = month_after(now)
    return sum(
        each.chats * moments_between(each.schedule, now, end, zone_of(each.time_zone)) for each in times
    )


def kept_for_digests(times: Sequence[DigestTime], count: MonthCount, *, due: int, now: datetime) -> int:
    """Return how many messages the digests take that are *due*, and those still to begin this month.

    A digest that has no room in one message takes several: as many as those of the month did so far.
    """
    begun = sum(
        each.chats * moments_between(each.schedule, month_began(now), now, zone_of(each.time_zone))
        for each in times
    )
    parts = max(1.0, (count.news - count.beside) / begun) if begun else 1.0
    return math.ceil((digests_left(times, now) + due) * parts)


def ration(quota: MonthlyQuota, count: MonthCount, *, digests: int, now: datetime) -> int:
    """Return how many news may come at once in the whole day of *now*, those included that did.

    What is left of the month for news after its *digests*, which are still to take so many messages, is
    spread evenly over the days that are left. What a day does not use is there for the days after it.
    """
    today = day_of(now)
    days = (month_after(now).date() - today).days
    left = min(quota.for_news - count.news, quota.ordinary - count.messages)
    spare = left - digests + count.at_once_on(today)
    return max(0, spare // days)


def whose_turn(served: Sequence[ChatId], day: date) -> ChatId | None:
    """Return which of the chats *served* at once, in the order of their ids, comes first on *day*.

    The others follow it in that order, and those before it come last: when a day's ration is too small for
    all, it is not the same ones every day who have to wait for their digest.
    """
    return served[int(day.toordinal() * _STEP % 1 * len(served))] if served else None


def next_daily_digest(own: Iterable[Schedule], time_zone: str, now: datetime) -> datetime:
    """Return when a chat gets what could not come at once: with its *own* daily digest, or in the morning."""
    zone = zone_of(time_zone)
    return min((next_moment(each, now, zone) for each in own), default=next_moment(EVERY_MORNING, now, zone))
