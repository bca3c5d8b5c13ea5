"""Courtesy towards those who send too much: they are told once, and then not answered for a while.

Each may be quick for a moment. Whoever goes on is muted, each time for twice as long; what is vital to them
is done all the same. It is kept in memory alone, and only for as long as it matters.
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum


class ThrottleDecision(StrEnum):
    """What becomes of something that came in. QUIETLY: it is done, and nothing is said about it."""

    ANSWER = "answer"
    NOTICE = "notice"
    SILENCE = "silence"
    QUIETLY = "quietly"


@dataclass(frozen=True, slots=True)
class ThrottleRules:
    """Seconds and counts: *burst* things at once and one more every *per* are answered.

    Whoever sends something less than *calm* after the last thing gives way to others. Of what is vital
    *vital_burst* are answered while muted, and one more every *vital_per*. A longest mute after the last one,
    all is forgiven.
    """

    burst: int = 20
    per: float = 3.0
    calm: float = 5.0
    first_mute: float = 60.0
    longest_mute: float = 3600.0
    vital_burst: int = 4
    vital_per: float = 15.0
    remembered: int = 10_000


@dataclass(slots=True)
class _TokenBucket:
    """What is left of an allowance that fills up again."""

    most: int
    per: float
    left: float
    at: float

    def amount(self, now: float) -> float:
        return min(self.most, self.left + (now - self.at) / self.per)

    def take(self, now: float) -> bool:
        self.left, self.at = self.amount(now), now
        if self.left < 1:
            return False
        self.left -= 1
        return True


@dataclass(slots=True)
class _Manners:
    usual: _TokenBucket
    vital: _TokenBucket
    came_at: float = float("-inf")
    is_hasty: bool = False
    mutes: int = 0
    muted_until: float = float("-inf")


class Throttle:
    """How everybody has behaved lately. *now* is in seconds and never steps back."""

    def __init__(self, rules: ThrottleRules) -> None:
        self._rules = rules
        self._known: OrderedDict[Hashable, _Manners] = OrderedDict()

    def __len__(self) -> int:
        """Return of how many anything is remembered."""
        return len(self._known)

    def judge(self, who: Hashable, now: float, *, vital: bool) -> ThrottleDecision:
        """Take note of something that *who* sent, and return what becomes of it."""
        manners = self._manners(who, now)
        manners.is_hasty = now - manners.came_at < self._rules.calm
        manners.came_at = now
        if now >= manners.muted_until and manners.usual.take(now):
            return ThrottleDecision.ANSWER
        if vital:
            return ThrottleDecision.ANSWER if manners.vital.take(now) else ThrottleDecision.QUIETLY
        if now < manners.muted_until:
            return ThrottleDecision.SILENCE
        rules = self._rules
        if now - manners.muted_until >= rules.longest_mute:
            manners.mutes = 0
        manners.muted_until = now + min(rules.longest_mute, rules.first_mute * 2**manners.mutes)
        manners.mutes = min(manners.mutes + 1, 32)
        return ThrottleDecision.NOTICE

    def mute_left(self, who: Hashable, now: float) -> float:
        """Return for how many seconds *who* is still muted; zero or less if not."""
        manners = self._known.get(who)
        return manners.muted_until - now if manners else 0.0

    def is_hasty(self, who: Hashable, now: float) -> bool:
        """Return whether *who* has sent more in a moment than people usually do."""
        manners = self._known.get(who)
        if manners is None:
            return False
        return manners.is_hasty or manners.usual.amount(now) <= self._rules.burst * 2 / 3

    def _manners(self, who: Hashable, now: float) -> _Manners:
        rules = self._rules
        if who in self._known:
            self._known.move_to_end(who)
        # It may take *who* out as well: after so long they are as good as new.
        while self._known and self._is_forgiven(next(iter(self._known)), now):
            self._known.popitem(last=False)
        if who not in self._known:
            self._known[who] = _Manners(
                _TokenBucket(rules.burst, rules.per, rules.burst, now),
                _TokenBucket(rules.vital_burst, rules.vital_per, rules.vital_burst, now),
            )
        while len(self._known) > rules.remembered:
            self._known.popitem(last=False)
        return self._known[who]

    def _is_forgiven(self, who: Hashable, now: float) -> bool:
        """Return whether nothing that *who*, the longest silent one, did matters any more."""
        manners = self._known[who]
        past = max(manners.usual.at, manners.muted_until)
        return now - past > self._rules.longest_mute
