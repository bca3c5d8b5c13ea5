"""How much a feed brings: what is usual in a day, what is too much at once, and when it has fallen silent."""

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

LEAST_FLOOD = 10
"""So many new articles of one feed a day are let through whatever is usual."""

DAYS_TO_LEARN = 7
"""Days until it is known what is usual; before that, the limit is for one poll and not for the day."""

SILENT_TIMES = 4
"""How many times its usual gap between news a feed may be quiet, where that is longer than configured."""

_TIMES_USUAL = 3
_MEMORY = 14
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Volume:
    """What a feed has brought: *usual* articles a day, learned in *days*; *taken* ones in the day that began.

    *emptied_at* is when it was first seen to list nothing, if it lists nothing now.
    """

    usual: float = 0.0
    days: int = 0
    began_at: datetime | None = None
    taken: int = 0
    emptied_at: datetime | None = None


def counted(volume: Volume, *, pushed: int, listed: int | None, now: datetime) -> Volume:
    """Return *volume* after a poll that *pushed* so many articles; *listed* is None where nothing changed."""
    current = _of_today(volume, now)
    emptied_at = current.emptied_at
    if listed is not None:
        emptied_at = None if listed else emptied_at or now
    return replace(current, taken=current.taken + pushed, emptied_at=emptied_at)


def room(volume: Volume, now: datetime, *, polled_at: datetime | None) -> int:
    """Return how many new articles may be pushed now: three times the feed's usual day, and ten at least.

    After an outage so many for each day since the feed was *polled* with success: all of that is news.
    """
    current = _of_today(volume, now)
    missed = (now - polled_at) // _DAY if polled_at else 0
    limit = max(LEAST_FLOOD, math.ceil(_TIMES_USUAL * current.usual)) * (1 + max(0, missed))
    return limit if current.days < DAYS_TO_LEARN else max(0, limit - current.taken)


def _of_today(volume: Volume, now: datetime) -> Volume:
    """Return *volume* with the days that have ended taken in, the quiet ones too."""
    if volume.began_at is None:
        return replace(volume, began_at=now)
    ended = (now - volume.began_at) // _DAY
    if ended <= 0:
        return volume
    usual, days, taken = volume.usual, volume.days, volume.taken
    for _ in range(min(ended, _MEMORY * 10)):
        days += 1
        usual += (taken - usual) / min(days, _MEMORY)
        taken = 0
    return replace(volume, usual=usual, days=days, began_at=volume.began_at + ended * _DAY, taken=0)


def silent_since(
    news_at: datetime | None, usual_gap: timedelta | None, *, now: datetime, after: timedelta
) -> datetime | None:
    """Return since when a feed has brought nothing new, if that is longer than *after* and than is usual."""
    if news_at is None or now - news_at < max(after, SILENT_TIMES * (usual_gap or timedelta(0))):
        return None
    return news_at
