"""Figures without tracking: what is counted a day, for a topic on an account, and never about a person."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil

from bot.domain.chats.chat import AccountId, TopicId
from bot.domain.clock import VIETNAM

FEW = 5
"""A smaller figure of a members-only topic might tell of whom it is, and is not said."""

MOST_DAYS = 366
"""The figures of so many days are shown at most."""


class Figure(StrEnum):
    """What is counted.

    SUBSCRIBED and ENDED: subscriptions. DELIVERED: first messages about a content that the platform took.
    CORRECTED: later ones, by which it was corrected or taken back. FAILED: deliveries that were refused or
    grew too old. RELEASED: contents that were owed to a topic, on whichever account.
    """

    SUBSCRIBED = "subscribed"
    ENDED = "ended"
    DELIVERED = "delivered"
    CORRECTED = "corrected"
    FAILED = "failed"
    RELEASED = "released"


WITH_REASON = frozenset({Figure.ENDED, Figure.FAILED})
"""What is counted by its reason. That of a failure is a `bot.domain.reason.ReasonCode`."""

OF_PEOPLE = frozenset(Figure) - {Figure.RELEASED}
"""What a person has caused, and might be known by."""


class EndReason(StrEnum):
    """Why a subscription ended.

    UNSUBSCRIBED: so the chat wished. REMOVED: somebody who manages took a topic from a channel or group, or
    removed that. SHUT_OUT: the chat is not let into the topic any more. ERASED: a person had their data
    deleted. DORMANT: the chat was erased, as it could not be written to for long. CLOSED: a topic of a forum
    was closed. MERGED: two chats that had the same subscription became one. TOPIC_ENDED: the topic has ended,
    and its farewell was told.
    """

    UNSUBSCRIBED = "unsubscribed"
    REMOVED = "removed"
    SHUT_OUT = "shut-out"
    ERASED = "erased"
    DORMANT = "dormant"
    CLOSED = "closed"
    MERGED = "merged"
    TOPIC_ENDED = "topic-ended"


BOUNDS = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400)
"""Seconds: the upper ends of the classes by which waits are counted. What took longer is in one more."""


def day_of(moment: datetime) -> date:
    """Return the day of Viet Nam in which *moment* is."""
    return moment.astimezone(VIETNAM).date()


def days_until(moment: datetime, count: int) -> tuple[date, ...]:
    """Return the last *count* days of Viet Nam, of which the last one has *moment* in it."""
    last = day_of(moment)
    return tuple(last - timedelta(days=back) for back in range(count - 1, -1, -1))


def class_of(wait: timedelta) -> int:
    """Return the place in `BOUNDS` of the class that *wait* is in; behind the last one if it took longer."""
    return bisect_left(BOUNDS, wait.total_seconds())


@dataclass(frozen=True, slots=True)
class Waits:
    """How long contents took from when they were first seen until a platform had accepted each message.

    *counts* are how many fell into each class; *longest* is the longest of all.
    """

    counts: tuple[int, ...] = (0,) * (len(BOUNDS) + 1)
    longest: timedelta = timedelta()

    @classmethod
    def together(cls, waits: Iterable["Waits"]) -> "Waits":
        found = [each for each in waits if each.number]
        if not found:
            return cls()
        return cls(
            tuple(map(sum, zip(*(each.counts for each in found), strict=True))),
            max(each.longest for each in found),
        )

    @property
    def number(self) -> int:
        return sum(self.counts)

    def within(self, share: float) -> timedelta | None:
        """Return a time within which that *share* of all was accepted; None if there were none.

        It is the upper end of the class in which that falls, but never more than the longest.
        """
        rank, passed = ceil(share * self.number), 0
        if not rank:
            return None
        for bound, count in zip(BOUNDS, self.counts, strict=False):
            passed += count
            if passed >= rank:
                return min(timedelta(seconds=bound), self.longest)
        return self.longest


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted; *day*, *topic* and *account* say of what, as far as these were told apart.

    *reasons* are the parts of what is counted by its reason.
    """

    figures: Mapping[Figure, int]
    reasons: Mapping[tuple[Figure, str], int]
    waits: Waits
    day: date | None = None
    topic: TopicId | None = None
    account: AccountId | None = None


@dataclass(slots=True)
class Amount:
    """A figure as it may be said: *said* is known, and *hidden* what a few people each have added to it.

    Of what is hidden no more is said than how many times it is not few: a sum that was said to the last one
    would tell, by its difference from another sum, what is few in one of them alone. None at all is said:
    that tells of nobody.
    """

    said: int = 0
    hidden: int = 0

    def add(self, count: int, *, is_hidden: bool) -> None:
        if is_hidden:
            self.hidden += count
        else:
            self.said += count

    @property
    def is_exact(self) -> bool:
        return not self.hidden

    @property
    def at_least(self) -> int:
        """Return what may be drawn: all of it, or what may be said of it."""
        return self.said + self.hidden // FEW * FEW

    @property
    def told(self) -> int | str:
        """Return the figure for programs: a number or, where it is not exact, a text."""
        return self.at_least if self.is_exact else str(self)

    def __str__(self) -> str:
        """Return the figure in the one form in which it is shown anywhere."""
        if self.is_exact:
            return str(self.said)
        return f"≥ {self.at_least}" if self.at_least else f"< {FEW}"


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures of some days, topics and accounts together, as they may be said.

    *reasons* are the parts of what is counted by its reason.
    """

    amounts: Mapping[Figure, Amount]
    reasons: Mapping[tuple[Figure, str], Amount]
    waits: Waits

    @classmethod
    def of(cls, counts: Iterable[Counts], guarded: Iterable[Counts] = ()) -> "Tally":
        """Return the sum of what may be said and of what is *guarded*, each of which is of one day.

        Of what is guarded it is not told how long few messages took.
        """
        tally = cls({figure: Amount() for figure in Figure}, defaultdict(Amount), Waits())
        plain = [tally._add(each, is_guarded=False) for each in counts]
        secret = Waits.together(tally._add(each, is_guarded=True) for each in guarded)
        return replace(tally, waits=Waits.together([*plain, *([secret] if secret.number >= FEW else [])]))

    def _add(self, counts: Counts, *, is_guarded: bool) -> Waits:
        few = {of for (of, _), count in counts.reasons.items() if 0 < count < FEW}
        for figure, count in counts.figures.items():
            # What is left of it without its other parts would be the one that is few.
            is_hidden = figure in OF_PEOPLE and (count < FEW or figure in few)
            self.amounts[figure].add(count, is_hidden=is_guarded and is_hidden)
        for part, count in counts.reasons.items():
            self.reasons[part].add(count, is_hidden=is_guarded and count < FEW)
        return counts.waits

    def __getitem__(self, figure: Figure) -> Amount:
        return self.amounts[figure]

    @property
    def is_something(self) -> bool:
        """Return whether anything at all was counted."""
        return any(amount.said or amount.hidden for amount in self.amounts.values())

    def by_reason(self, figure: Figure) -> tuple[tuple[str, Amount], ...]:
        """Return the parts of *figure*, the largest first."""
        parts = [(reason, amount) for (of, reason), amount in self.reasons.items() if of is figure]
        return tuple(sorted(parts, key=lambda part: (-part[1].at_least, part[0])))
