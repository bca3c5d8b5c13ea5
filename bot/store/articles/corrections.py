"""What articles said before they were corrected for the last time."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.news.article import ArticleId
from bot.domain.news.correction import Wording
from bot.store.engine.dialect import insert
from bot.store.schema import article_corrections as table


async def note(tx: AsyncConnection, article: ArticleId, before: Wording) -> None:
    """Keep what *article* said *before* its present words."""
    values = {"title": before.title, "summary": before.summary}
    statement = insert(tx, table).values(article_id=article, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["article_id"], set_=values))


async def before(tx: AsyncConnection, ids: Collection[ArticleId]) -> dict[ArticleId, Wording]:
    """Return what those of the articles said before that were corrected."""
    rows = await tx.execute(select(table).where(table.c.article_id.in_(ids)))
    return {ArticleId(row.article_id): Wording(row.title, row.summary) for row in rows}
