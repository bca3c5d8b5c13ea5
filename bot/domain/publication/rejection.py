"""Rejections: what waited is not released, perhaps for a reason; for some days it can be put back."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.desk.approval_rule import Approval
from bot.domain.publication.approval import Waiting
from bot.domain.publication.publication import PublicationState
from bot.domain.text.text import one_line

LONGEST_REASON = 200
"""Code points."""

PUT_BACK_WITHIN = timedelta(days=7)
"""So long after a rejection somebody may think better of it."""


class ReasonTooLongError(ValueError):
    """A reason has more than `LONGEST_REASON` code points."""


def reason_of(words: str) -> str:
    """Return the reason that somebody has typed, on one line; raises ReasonTooLongError."""
    reason = one_line(words)
    if len(reason) > LONGEST_REASON:
        raise ReasonTooLongError
    return reason


def may_put_back(rejected_at: datetime, now: datetime) -> bool:
    """Return whether what was rejected then can still be put back."""
    return now < rejected_at + PUT_BACK_WITHIN


def put_back(rejected: Waiting, asked_for: Approval) -> Waiting:
    """Return how a publication waits once more that was *rejected*: nobody has approved it.

    It takes as many persons as before, or as its topic asks for by now if those are more.
    """
    stricter = max(rejected.approval, asked_for, key=lambda each: each.votes)
    return replace(
        rejected,
        state=PublicationState.AWAITING,
        approval=stricter,
        voters=frozenset(),
        round=rejected.round + 1,
    )
