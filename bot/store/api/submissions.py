"""Submissions: the contents that were posted, by the idempotency keys that came with them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.desk.api_keys import ApiKeyId
from bot.domain.news.article import ArticleId
from bot.store.schema import submissions as table


@dataclass(frozen=True, slots=True)
class SubmissionId:
    """What a program calls one post: its idempotency key is its own, and says nothing of another program's.

    The key is known by its SHA-256, in hex.
    """

    api_key: ApiKeyId
    idempotency_key: str


@dataclass(frozen=True, slots=True)
class Submission:
    """What became of a post: its article, and the HTTP status that was *answered*.

    *body_hash* is that of its body.
    """

    body_hash: str
    article: ArticleId
    answered: int


async def find(tx: AsyncConnection, which: SubmissionId) -> Submission | None:
    query = select(table.c.body_hash, table.c.article_id, table.c.answered).where(
        table.c.api_key_id == which.api_key, table.c.idempotency_key == which.idempotency_key
    )
    row = (await tx.execute(query)).first()
    return Submission(row.body_hash, ArticleId(row.article_id), row.answered) if row else None


async def add(tx: AsyncConnection, which: SubmissionId, submission: Submission, *, now: datetime) -> None:
    """Remember a submission; `api_keys.hold` keeps others from adding the same one meanwhile."""
    await tx.execute(
        insert(table).values(
            api_key_id=which.api_key,
            idempotency_key=which.idempotency_key,
            body_hash=submission.body_hash,
            article_id=submission.article,
            answered=submission.answered,
            created_at=now,
        )
    )


async def prune(tx: AsyncConnection, *, made_before: datetime) -> None:
    """Forget the submissions that were made before then."""
    await tx.execute(delete(table).where(table.c.created_at < made_before))
