"""The articles that are announcements, and those whose time is over."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.news.article import ArticleId
from bot.domain.publication.announcement import AtEnd
from bot.store.schema import announcements as table

AT_ONCE = 10
"""Announcements that one transaction ends at most: each is followed by its first slice of corrections."""


@dataclass(frozen=True, slots=True)
class AnnouncementEnd:
    """An announcement whose time is over, and what is to become of it."""

    article: ArticleId
    at_end: AtEnd


async def add(tx: AsyncConnection, article: ArticleId, *, ends_at: datetime | None, at_end: AtEnd) -> None:
    """Note that *article*, which is new, is an announcement."""
    await tx.execute(insert(table).values(article_id=article, ends_at=ends_at, at_end=at_end))


async def is_any_due(tx: AsyncConnection, now: datetime) -> bool:
    return (await tx.execute(select(table.c.article_id).where(_is_due(now)).limit(1))).first() is not None


async def end_due(tx: AsyncConnection, now: datetime) -> tuple[AnnouncementEnd, ...]:
    """Note that some of those are over whose time is, and return them; no other process does."""
    due = select(table).where(_is_due(now)).order_by(table.c.ends_at).limit(AT_ONCE)
    rows = (await tx.execute(due.with_for_update(skip_locked=True))).all()
    ids = [row.article_id for row in rows]
    await tx.execute(update(table).where(table.c.article_id.in_(ids)).values(ended_at=now))
    return tuple(AnnouncementEnd(ArticleId(row.article_id), AtEnd(row.at_end)) for row in rows)


def _is_due(now: datetime) -> ColumnElement[bool]:
    return table.c.ended_at.is_(None) & (table.c.ends_at <= now)
