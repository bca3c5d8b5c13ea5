"""One poll of a feed, as its history keeps it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.reason import Reason

POLLS_KEPT = 100
"""The newest polls of a feed that are kept."""


class PollResult(StrEnum):
    """How a poll ended: entries were read, the site said that nothing has changed, or it failed."""

    READ = "read"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PollRecord:
    """A poll that ended *at* a moment: how many *entries* were listed, how many of them were new.

    *took_ms* are milliseconds; *error* says why it failed.
    """

    at: datetime
    result: PollResult
    took_ms: int
    entries: int = 0
    fresh: int = 0
    error: Reason | None = None
