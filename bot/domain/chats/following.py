"""Following a page: a chat is told what changes there, for a year, at most once a day."""

from datetime import date, timedelta
from enum import StrEnum
from typing import NewType

PageId = NewType("PageId", int)

LASTS = timedelta(days=365)
READ_EVERY = timedelta(days=1)

LONGEST_ADDRESS = 500

_LAST = "last of followed page"


class FollowEnd(StrEnum):
    """Why following a page ends by itself: its time is over, it is GONE, or it cannot be read."""

    OVER = "over"
    GONE = "gone"
    UNREADABLE = "unreadable"


def change_key(page: PageId, revision: int, language: str) -> str:
    """Return the key of the notice of a change."""
    return f"followed page {page}: {revision} {language}"


def last_key(page: PageId, end: FollowEnd, day: date, language: str) -> str:
    """Return the key of the last notice to those whose following ends on *day*."""
    return f"{_LAST} {page}: {end} {day} {language}"


def is_last(key: str) -> bool:
    """Return whether *key* is that of a last notice."""
    return key.startswith(_LAST)
