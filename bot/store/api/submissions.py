"""Submissions, by the API keys and idempotency keys that they came with."""

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.desk.api_keys import ApiKeyId
from bot.domain.news.article import ArticleId
from bot.domain.publication.submission import Submission, SubmissionId, SubmissionOutcome
from bot.store.schema import submissions as table


async def find(tx: AsyncConnection, which: SubmissionId) -> Submission | None:
    query = select(table).where(
        table.c.api_key_id == which.api_key, table.c.idempotency_key == which.idempotency_key
    )
    row = (await tx.execute(query)).first()
    if row is None:
        return None
    return Submission(ArticleId(row.article_id), SubmissionOutcome(row.outcome), row.body_hash)


async def add(tx: AsyncConnection, which: SubmissionId, submission: Submission, *, now: datetime) -> None:
    """Remember a submission; `api_keys.hold` keeps others from adding the same one meanwhile."""
    await tx.execute(
        insert(table).values(
            api_key_id=which.api_key,
            idempotency_key=which.idempotency_key,
            article_id=submission.article,
            outcome=submission.outcome,
            body_hash=submission.body_hash,
            created_at=now,
        )
    )


async def has_brought(tx: AsyncConnection, key: ApiKeyId, article: ArticleId) -> bool:
    """Return whether *article* came by *key*, and was not known before."""
    query = select(table.c.article_id).where(
        table.c.api_key_id == key,
        table.c.article_id == article,
        table.c.outcome != SubmissionOutcome.KNOWN,
    )
    return (await tx.execute(query.limit(1))).first() is not None


async def prune(tx: AsyncConnection, *, made_before: datetime) -> None:
    """Forget the submissions that were made before then."""
    await tx.execute(delete(table).where(table.c.created_at < made_before))
