"""What was rejected, and how it waited: it may be put back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.desk.approval_rule import Approval
from bot.domain.publication.approval import Waiting
from bot.domain.publication.publication import PublicationId, PublicationState
from bot.store.publications.approvals import ApprovalRequest, Worth
from bot.store.schema import rejections as table


@dataclass(frozen=True, slots=True)
class Rejection:
    """How a publication waited, and its worth, that was rejected *at* a moment, perhaps for a *reason*.

    It was *moved* where an edit has put the article into other topics instead.
    """

    waiting: Waiting
    worth: Worth
    reason: str
    moved: bool
    at: datetime


async def keep(
    tx: AsyncConnection, request: ApprovalRequest, *, reason: str = "", moved: bool = False, now: datetime
) -> None:
    """Keep how *request* stood, which is rejected now."""
    row = {
        "article_id": request.publication.article,
        "topic_id": request.publication.topic,
        "approval": request.waiting.approval,
        "round": request.waiting.round,
        "owed": request.worth.owed,
        "urgent": request.worth.urgent,
        "lasts_seconds": int(request.worth.lasts.total_seconds()),
        "release_at": request.waiting.release_at,
        "reason": reason,
        "moved": moved,
        "rejected_at": now,
    }
    await tx.execute(insert(table).values(row))


async def get(tx: AsyncConnection, publication: PublicationId) -> Rejection | None:
    """Return how a publication waited before it was rejected; None where nobody has rejected it."""
    row = (await tx.execute(select(table).where(_is_of(publication)))).first()
    if row is None:
        return None
    return Rejection(
        waiting=Waiting(
            PublicationState.REJECTED, Approval(row.approval), row.round, release_at=row.release_at
        ),
        worth=Worth(row.owed, row.urgent, timedelta(seconds=row.lasts_seconds)),
        reason=row.reason,
        moved=row.moved,
        at=row.rejected_at,
    )


async def forget(tx: AsyncConnection, publication: PublicationId) -> None:
    """Forget a rejection: what it was about waits again."""
    await tx.execute(delete(table).where(_is_of(publication)))


def _is_of(publication: PublicationId) -> ColumnElement[bool]:
    return and_(table.c.article_id == publication.article, table.c.topic_id == publication.topic)
