"""Submissions: contents that programs post, each published once, however often it is posted."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.desk.api_keys import ApiKeyId
from bot.domain.news.article import ArticleId
from bot.domain.publication.publication import WAITING, PublicationState


class SubmissionOutcome(StrEnum):
    """What a content came to: it is PUBLISHED, or AWAITS something first, or its page was KNOWN before."""

    PUBLISHED = "published"
    AWAITS = "awaits"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class SubmissionId:
    """What a program calls one submission: its idempotency key is its own, and says nothing of another's.

    The idempotency key is known by its SHA-256, in hex.
    """

    api_key: ApiKeyId
    idempotency_key: str


@dataclass(frozen=True, slots=True)
class Submission:
    """A content that was posted, what it came to, and the SHA-256 of its body, in hex."""

    article: ArticleId
    outcome: SubmissionOutcome
    body_hash: str


def outcome(states: Collection[PublicationState], *, is_new: bool) -> SubmissionOutcome:
    """Return what a content came to that has these *states* in its topics, and whose page *is_new*."""
    if not WAITING.isdisjoint(states):
        return SubmissionOutcome.AWAITS
    return SubmissionOutcome.PUBLISHED if is_new else SubmissionOutcome.KNOWN
