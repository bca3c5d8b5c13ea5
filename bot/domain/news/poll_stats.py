"""How often a feed is polled: what the server asks for, how often the feed really changes, time of day."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.clock import VIETNAM
from bot.domain.news.feed import Feed, next_poll_after

LONGEST = timedelta(hours=2)
"""The longest wait for a feed that works and whose interval nobody has set."""

MOST_ASKED = timedelta(days=1)
"""The longest wait that a server may ask for with Retry-After."""

_POLLS_PER_CHANGE = 8
_NIGHT = range(22, 24), range(6)
_AT_NIGHT = 3
_JITTER = 0.05
_MEMORY = 4


@dataclass(frozen=True, slots=True)
class PollStats:
    """What is known of a feed's pace: *usual_gap* is the time between two changes.

    *min_interval* is how long its server wishes to be left alone.
    """

    min_interval: timedelta | None = None
    usual_gap: timedelta | None = None
    changed_at: datetime | None = None


def noted(pace: PollStats, *, changed: bool, min_interval: timedelta | None, now: datetime) -> PollStats:
    """Return *pace* after a poll; the usual gap follows what is seen slowly."""
    if not changed:
        return PollStats(min_interval, pace.usual_gap, pace.changed_at)
    gap = pace.usual_gap
    if pace.changed_at is not None:
        seen = now - pace.changed_at
        gap = seen if gap is None else gap + (seen - gap) / _MEMORY
    return PollStats(min_interval, gap, now)


def wait_after_poll(feed: Feed, pace: PollStats, *, now: datetime) -> timedelta:
    """Return how long to wait after a poll that went well.

    An interval that somebody has set is kept: a shorter wait would be impolite, a longer one late. Else the
    feed is asked several times in the time in which it usually changes, never more often than the server
    wishes, seldom at night, and at least every LONGEST.
    """
    if not feed.adapts:
        return jittered(feed, feed.interval)
    usual = pace.usual_gap
    if usual is not None and pace.changed_at is not None:
        usual = max(usual, now - pace.changed_at)
    wait = feed.interval if usual is None else max(feed.interval / 2, usual / _POLLS_PER_CHANGE)
    wait = max(wait, pace.min_interval or timedelta(0))
    if any(now.astimezone(VIETNAM).hour in hours for hours in _NIGHT):
        wait *= _AT_NIGHT
    return jittered(feed, min(wait, max(LONGEST, feed.interval)))


def wait_after_failure(feed: Feed, *, failures: int, asked: timedelta | None) -> timedelta:
    """Return how long to wait after a failure: doubling up to a day, and what the server *asked* at least."""
    wait = jittered(feed, next_poll_after(feed.interval, failures=failures))
    return max(wait, min(asked or timedelta(0), MOST_ASKED))


def jittered(feed: Feed, wait: timedelta) -> timedelta:
    """Return *wait* less up to a twentieth, always the same for one feed: feeds must not march in step."""
    share = int.from_bytes(hashlib.sha256(feed.id.encode()).digest()[:4]) / (1 << 32)
    return wait * (1 - _JITTER * share)
