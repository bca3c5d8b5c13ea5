"""Strict sliding windows: never more messages in any span of time than a platform allows, as it counts them.

A request that we let go at one moment reaches the server at some later one, before its answer reaches us.
So a slot is taken from the grant until a full period after the answer: whatever the server's own windows
are, none of them can hold more than the limit.
"""

import math
from collections import deque
from dataclasses import dataclass

from bot.domain.delivery.monthly_quota import MonthlyQuota

GUARD = 0.001
"""Seconds added to every period: two clocks and two ways of rounding never agree to the last bit."""


PROBE_EVERY = 15.0
"""Seconds between two requests that find out, at the latest, whether a platform answers again."""


@dataclass(frozen=True, slots=True)
class Window:
    """At most *limit* messages in any *period* of seconds."""

    limit: int
    period: float

    def __post_init__(self) -> None:
        if self.limit < 1 or self.period <= 0:
            raise ValueError(f"a window of {self.limit} in {self.period} s lets nothing through")

    @property
    def spacing(self) -> float:
        return self.period / self.limit


@dataclass(frozen=True, slots=True)
class PacingRules:
    """What a platform allows an account in all, one private chat, and one chat that many people read.

    *users* is how many persons a plan lets it write to, where there is a limit.

    The defaults are Telegram's (bot FAQ: 30 messages a second in bulk, 20 a minute in one group, about one a
    second with short bursts in one chat).
    """

    account: Window = Window(30, 1.0)
    private: Window = Window(3, 3.0)
    shared: Window = Window(20, 60.0)
    paid: "PaidTier | None" = None
    monthly: MonthlyQuota | None = None
    users: int | None = None

    @property
    def fastest(self) -> Window:
        """Return the account's window at its widest."""
        return self.paid.window if self.paid else self.account


@dataclass(frozen=True, slots=True)
class PaidTier:
    """A wider window for the account, where each message above the free rate is paid for.

    At most *messages_per_day* are (Bot API, allow_paid_broadcast: 1000 a second, 0.1 Star each above 30).
    """

    window: Window
    messages_per_day: int


class Usage:
    """The slots of one window: those in flight, and the moments when answered ones become free again."""

    __slots__ = ("ends", "in_flight", "window")

    def __init__(self, window: Window) -> None:
        self.window = window
        self.in_flight = 0
        self.ends: deque[float] = deque()

    def answered(self, now: float, weight: int = 1) -> None:
        self.in_flight -= weight
        end = now + self.window.period + GUARD
        if self.ends:
            end = max(end, self.ends[-1])
        for _ in range(weight):
            self.ends.append(end)

    def free_at(self, now: float, *, waiting: int = 0, weight: int = 1) -> float:
        """Return when *weight* more have room behind *waiting* others; infinite if nobody knows yet."""
        while self.ends and self.ends[0] <= now:
            self.ends.popleft()
        too_many = self.in_flight + len(self.ends) + waiting + weight - 1 - self.window.limit
        if too_many < 0:
            return now
        return self.ends[too_many] if too_many < len(self.ends) else math.inf


class ReplyShare:
    """How much of an account's window replies of some kind may take while broadcasts wait.

    That is a *share* of it, after what goes in so many *periods* at once. What they take counts always: while
    they are asked for all the time, nothing is left to be taken at once.
    """

    __slots__ = ("_ahead_until", "_periods", "_share", "_usage")

    def __init__(self, usage: Usage, *, share: float, periods: float) -> None:
        self._usage = usage
        self._share = share
        self._periods = periods
        self._ahead_until = -math.inf

    def take(self, now: float, weight: int) -> None:
        cost = weight * self._usage.window.spacing / self._share
        self._ahead_until = min(max(self._ahead_until, now), now + self._at_once) + cost

    def opens_at(self) -> float:
        """Return when they may go ahead of broadcasts again."""
        return self._ahead_until - self._at_once

    @property
    def _at_once(self) -> float:
        return self._periods * self._usage.window.period / self._share


class FreeShare:
    """How many of an account's messages are free although it takes the paid tier.

    The platform counts arrivals and we count grants, so its window is taken for a little longer than it is:
    rather a message too many is thought to have been paid for.
    """

    __slots__ = ("_taken", "_window")

    MARGIN = 1.1

    def __init__(self, window: Window) -> None:
        self._window = window
        self._taken: deque[float] = deque()

    def takes(self, now: float) -> bool:
        """Return whether a message that goes now is one of the free ones, and count it."""
        while self._taken and self._taken[0] <= now - self._window.period * self.MARGIN:
            self._taken.popleft()
        if len(self._taken) >= self._window.limit:
            return False
        self._taken.append(now)
        return True
