"""The articles that are announcements, and those whose time is over."""

from datetime import datetime

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.news.article import ArticleId
from bot.domain.publication.announcement import AtEnd
from bot.store.schema import announcements as table


async def add(tx: AsyncConnection, article: ArticleId, *, ends_at: datetime | None, at_end: AtEnd) -> None:
    """Note that *article*, which is new, is an announcement."""
    await tx.execute(insert(table).values(article_id=article, ends_at=ends_at, at_end=at_end))


async def due(tx: AsyncConnection, now: datetime, *, limit: int) -> tuple[ArticleId, ...]:
    """Return the announcements whose time is over, the one first that is over for longest."""
    query = select(table.c.article_id).where(_is_due(now)).order_by(table.c.ends_at).limit(limit)
    return tuple(map(ArticleId, (await tx.execute(query)).scalars()))


async def end(tx: AsyncConnection, article: ArticleId, now: datetime) -> AtEnd | None:
    """Note that an announcement is over, and return what becomes of it; None if that was noted before."""
    over = update(table).where(table.c.article_id == article, _is_due(now)).values(ended_at=now)
    at_end = (await tx.execute(over.returning(table.c.at_end))).scalar()
    return None if at_end is None else AtEnd(at_end)


async def is_over(tx: AsyncConnection, article: ArticleId, now: datetime) -> bool:
    """Return whether *article* is an announcement whose time is over."""
    query = select(table.c.article_id).where(table.c.article_id == article, table.c.ends_at <= now)
    return (await tx.execute(query)).first() is not None


def _is_due(now: datetime) -> ColumnElement[bool]:
    return table.c.ended_at.is_(None) & (table.c.ends_at <= now)
