"""The articles that are announcements, and those whose time is over."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import TopicId
from bot.domain.news.article import ArticleId
from bot.domain.publication.announcement import AtEnd
from bot.domain.publication.publication import PublicationState
from bot.store.engine.dialect import among
from bot.store.schema import announcements as table
from bot.store.schema import publications


@dataclass(frozen=True, slots=True)
class Announcement:
    """An article that is an announcement: when it is over, if ever, what becomes of it then, and when it was
    ended.
    """

    article: ArticleId
    ends_at: datetime | None
    at_end: AtEnd
    ended_at: datetime | None


async def add(tx: AsyncConnection, article: ArticleId, *, ends_at: datetime | None, at_end: AtEnd) -> None:
    """Note that *article*, which is new, is an announcement."""
    await tx.execute(insert(table).values(article_id=article, ends_at=ends_at, at_end=at_end))


async def get(tx: AsyncConnection, article: ArticleId) -> Announcement | None:
    """Return what is known of *article* as an announcement; None if it is none."""
    row = (await tx.execute(select(table).where(table.c.article_id == article))).first()
    if row is None:
        return None
    return Announcement(article, row.ends_at, AtEnd(row.at_end), row.ended_at)


async def newest(
    tx: AsyncConnection,
    states: Collection[PublicationState],
    *,
    topics: Collection[TopicId] | None = None,
    limit: int,
    offset: int,
) -> tuple[ArticleId, ...]:
    """Return the announcements that are in any of *states* in some topic, or one of *topics*, the newest
    first.
    """
    stands = exists().where(
        publications.c.article_id == table.c.article_id,
        publications.c.state.in_(states),
        among(publications.c.topic_id, topics),
    )
    query = select(table.c.article_id).where(stands).order_by(table.c.article_id.desc())
    return tuple(map(ArticleId, (await tx.execute(query.limit(limit).offset(offset))).scalars()))


async def due(tx: AsyncConnection, now: datetime, *, limit: int) -> tuple[ArticleId, ...]:
    """Return the announcements whose time is over, the one first that is over for longest."""
    query = select(table.c.article_id).where(_is_due(now)).order_by(table.c.ends_at).limit(limit)
    return tuple(map(ArticleId, (await tx.execute(query)).scalars()))


async def end(tx: AsyncConnection, article: ArticleId, now: datetime) -> AtEnd | None:
    """Note that an announcement is over, and return what becomes of it; None if that was noted before."""
    return await _end(tx, article, _is_due(now), now)


async def end_early(tx: AsyncConnection, article: ArticleId, now: datetime) -> AtEnd | None:
    """Note that an announcement ends now, whatever its time is; None if it was over, or is none."""
    return await _end(tx, article, table.c.ended_at.is_(None), now)


async def _end(
    tx: AsyncConnection, article: ArticleId, may_end: ColumnElement[bool], now: datetime
) -> AtEnd | None:
    over = update(table).where(table.c.article_id == article, may_end).values(ended_at=now)
    at_end = (await tx.execute(over.returning(table.c.at_end))).scalar()
    return None if at_end is None else AtEnd(at_end)


async def is_over(tx: AsyncConnection, article: ArticleId, now: datetime) -> bool:
    """Return whether *article* is an announcement whose time is over."""
    query = select(table.c.article_id).where(table.c.article_id == article, table.c.ends_at <= now)
    return (await tx.execute(query)).first() is not None


def _is_due(now: datetime) -> ColumnElement[bool]:
    return table.c.ended_at.is_(None) & (table.c.ends_at <= now)
