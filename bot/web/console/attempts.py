"""How often somebody may come: with a link that is none, and at all. It is counted in this process alone."""

import math
from collections import deque

from aiohttp import web
from cachetools import LRUCache

from bot.domain.clock import Clock
from bot.domain.desk.console_access import fingerprint
from bot.web.client import client_address
from bot.web.rates import Rate, RequestRates

OF_A_SESSION = Rate(requests=300, seconds=60)
"""What somebody does in a few windows at once, which keep themselves up to date."""

OF_AN_ADDRESS = Rate(requests=1_200, seconds=60)
"""Before anybody is looked up in the database; a whole office may come from one address."""

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


class Visits:
    """Counts the requests of each address, and of each session by what its cookie holds, known or not."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._of_addresses = RequestRates(OF_AN_ADDRESS)
        self._of_sessions = RequestRates(OF_A_SESSION)

    def wait(self, request: web.Request, token: str) -> int:
        """Count a request with *token* in its cookie, and return 0; or for how many seconds it is to wait."""
        now = self._clock.monotonic()
        wait = self._of_addresses.take(client_address(request), now)
        if not wait and token:
            wait = self._of_sessions.take(fingerprint(token), now)
        return math.ceil(wait)
