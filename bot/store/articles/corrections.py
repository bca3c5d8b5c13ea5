"""What articles showed before each of their corrections."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery.delivery import DeliveryId, DeliveryStatus
from bot.domain.news.article import ArticleId, Attachment
from bot.domain.news.correction import Corrected, Version
from bot.store.engine.dialect import insert_missing
from bot.store.schema import article_corrections as table
from bot.store.schema import deliveries


async def note(
    tx: AsyncConnection, article: ArticleId, revision: int, before: Version, *, now: datetime
) -> None:
    """Keep what *article* showed *before* its *revision*."""
    files = [[each.url, each.name, each.size] for each in before.files or ()]
    row = {
        "article_id": article,
        "revision": revision,
        "title": before.title,
        "summary": before.summary,
        "files": files,
        "photo": before.photo,
        "corrected_at": now,
    }
    await insert_missing(tx, table, [row])


async def before(tx: AsyncConnection, ids: Collection[DeliveryId]) -> dict[DeliveryId, Version]:
    """Return what the last message about the article showed that the chat of each of the deliveries got.

    A revision that was not told does not count: the next one tells what both have changed. Those are missing
    of whose article nothing was corrected since that message.
    """
    sent, later = deliveries.alias("sent"), table.alias("later")
    last_told = (
        select(func.max(sent.c.revision))
        .where(
            sent.c.article_id == deliveries.c.article_id,
            sent.c.chat_id == deliveries.c.chat_id,
            sent.c.status == DeliveryStatus.SENT,
        )
        .correlate(deliveries)
        .scalar_subquery()
    )
    first_untold = (
        select(func.min(later.c.revision))
        .where(later.c.article_id == deliveries.c.article_id, later.c.revision > last_told)
        .correlate(deliveries)
        .scalar_subquery()
    )
    query = (
        select(deliveries.c.id, table.c.title, table.c.summary, table.c.files, table.c.photo)
        .join_from(deliveries, table, table.c.article_id == deliveries.c.article_id)
        .where(deliveries.c.id.in_(ids), table.c.revision == first_untold)
    )
    return {DeliveryId(row.id): _version(row) for row in await tx.execute(query)}


async def history(tx: AsyncConnection, article: ArticleId, now: Version) -> tuple[Corrected, ...]:
    """Return the corrections of *article*, which shows what *now* says: the last one first."""
    query = select(table).where(table.c.article_id == article).order_by(table.c.revision.desc())
    found = []
    for row in await tx.execute(query):
        before = _version(row)
        found.append(Corrected(row.revision, row.corrected_at, before, now))
        now = before
    return tuple(found)


async def last(tx: AsyncConnection, ids: Collection[ArticleId]) -> dict[ArticleId, datetime]:
    """Return when those of the articles that were corrected were corrected last."""
    at = func.max(table.c.corrected_at)
    query = select(table.c.article_id, at).where(table.c.article_id.in_(ids)).group_by(table.c.article_id)
    return {ArticleId(number): moment for number, moment in await tx.execute(query) if moment}


def _version(row: Row[Any]) -> Version:
    files = None if row.files is None else tuple(Attachment(*each) for each in row.files)
    return Version(row.title, row.summary, files, row.photo)
