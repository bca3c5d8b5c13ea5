"""How often somebody may come with a link that is none: so much that nobody has to notice it by the load."""

import math
from collections import deque

from cachetools import LRUCache

from bot.domain.clock import Clock

MOST = 10
WITHIN = 60.0
"""Seconds."""

_REMEMBERED = 10_000


class Attempts:
    """Counts the attempts of each client that came to nothing."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failed: LRUCache[str, deque[float]] = LRUCache(_REMEMBERED)

    def wait(self, client: str) -> int:
        """Return for how many seconds *client* is to wait; 0 where it may try."""
        failed = self._recent(client)
        if len(failed) < MOST:
            return 0
        return math.ceil(failed[0] + WITHIN - self._clock.monotonic())

    def fail(self, client: str) -> None:
        """Note an attempt of *client* that came to nothing."""
        failed = self._recent(client)
        failed.append(self._clock.monotonic())
        self._failed[client] = failed

    def _recent(self, client: str) -> deque[float]:
        failed = self._failed.get(client) or deque[float](maxlen=MOST)
        while failed and failed[0] + WITHIN <= self._clock.monotonic():
            failed.popleft()
        return failed
