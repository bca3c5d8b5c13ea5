"""How much each may ask: so many requests at once, and as many again with the time that passes."""

from collections.abc import Hashable
from dataclasses import dataclass

from cachetools import LRUCache

REMEMBERED = 10_000
"""Those of whom it is known how much they asked; whoever asked longest ago is forgotten before others."""

_ROUNDING = 1e-3
"""Seconds by which sums of spans may be wrong."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many *requests* in so many *seconds*: all of them at once, or one after another."""

    requests: int
    seconds: float

    @property
    def spacing(self) -> float:
        return self.seconds / self.requests


class RequestRates:
    """Counts the requests of each, in this process alone."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._spent_until: LRUCache[Hashable, float] = LRUCache(REMEMBERED)

    def take(self, who: Hashable, now: float) -> float:
        """Count a request of *who*, and return 0; or return in how many seconds it would be let through.

        What has been asked for is made good by time: a moment is kept at which all of it will be.
        """
        spent_until = max(self._spent_until.get(who, now), now) + self._rate.spacing
        wait = spent_until - now - self._rate.seconds
        if wait > _ROUNDING:
            return wait
        self._spent_until[who] = spent_until
        return 0.0
