"""Whether a platform answers at all: when to stop asking, and when to ask again."""

from datetime import timedelta

from bot.domain.delivery.delivery import Ambiguous, Outcome, RetryLater, RetryPolicy, Scope
from bot.domain.delivery.sliding_window import PROBE_EVERY

FAILURES = 3
"""So many requests in a row without a proper answer are an outage; one or two are an accident."""

CHATS = 3
FLOOD_FOR = 10.0
"""A 429 names no scope. When so many chats get one within so many seconds, it is about the account."""


class CircuitBreaker:
    """Counts failures in a row. While `ongoing`, requests should go one at a time."""

    def __init__(self, policy: RetryPolicy) -> None:
        self._policy = policy
        self._failures = 0
        self._rounds = 0
        self._closed_until = 0.0
        self._flooded: dict[str, float] = {}

    @property
    def ongoing(self) -> bool:
        return self._rounds > 0

    def note(self, outcome: Outcome, now: float) -> timedelta | None:
        """Take in an outcome at *now* (seconds); return how long to leave the platform alone, if at all."""
        if not is_failure(outcome):
            self._failures = self._rounds = 0
            return None
        self._failures += 1
        if self._failures < FAILURES and not self.ongoing:
            return None
        if now < self._closed_until:
            # It was already under way when the account was closed.
            return None
        self._rounds += 1
        # However long an outage lasts, its end is to be noticed soon.
        wait = min(self._policy.wait(self._rounds), timedelta(seconds=PROBE_EVERY))
        self._closed_until = now + wait.total_seconds()
        return wait

    def flood_scope(self, chat: str, now: float) -> Scope:
        """Return what the 429 that *chat* just got closes: that chat, or the whole account."""
        self._flooded[chat] = now
        self._flooded = {name: at for name, at in self._flooded.items() if at > now - FLOOD_FOR}
        return Scope.ACCOUNT if len(self._flooded) >= CHATS else Scope.CHAT


def is_failure(outcome: Outcome) -> bool:
    """Return whether *outcome* is no proper answer: nothing came back, or an error of the platform's own."""
    match outcome:
        case Ambiguous():
            return True
        case RetryLater():
            return outcome.after is None
        case _:
            return False
