"""What articles said before each of their corrections."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery.delivery import DeliveryId, DeliveryStatus
from bot.domain.news.article import ArticleId
from bot.domain.news.correction import Wording
from bot.store.engine.dialect import insert_missing
from bot.store.schema import article_corrections as table
from bot.store.schema import deliveries


async def note(tx: AsyncConnection, article: ArticleId, revision: int, before: Wording) -> None:
    """Keep what *article* said *before* its *revision*."""
    row = {"article_id": article, "revision": revision, "title": before.title, "summary": before.summary}
    await insert_missing(tx, table, [row])


async def before(tx: AsyncConnection, ids: Collection[DeliveryId]) -> dict[DeliveryId, Wording]:
    """Return what the last message about the article said that the chat of each of the deliveries got.

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
        select(deliveries.c.id, table.c.title, table.c.summary)
        .join_from(deliveries, table, table.c.article_id == deliveries.c.article_id)
        .where(deliveries.c.id.in_(ids), table.c.revision == first_untold)
    )
    return {DeliveryId(row.id): Wording(row.title, row.summary) for row in await tx.execute(query)}
