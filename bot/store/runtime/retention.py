"""Taking out what nobody needs any more, a little at a time.

Each function takes out at most *limit* rows and says how many that were: whoever wants all gone asks again,
each time in a transaction of its own. Identities of entries are never taken out: an article that is gone
from here, and still listed there, must not come again as news.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine.dialect import picked
from bot.store.schema import (
    SETTLED,
    announcement_drafts,
    announcements,
    approval_requests,
    articles,
    deliveries,
    desk_drafts,
    fanouts,
    photos,
    saved_articles,
    source_texts,
)


async def prune_deliveries(tx: AsyncConnection, *, settled_before: datetime, limit: int) -> int:
    """Take out deliveries that ended before then, longest ended first.

    Those of an announcement stay until it is over: its chats are told so then.
    """
    old = (
        select(deliveries.c.id)
        .where(SETTLED, deliveries.c.settled_at < settled_before)
        .where(~_is_to_end(deliveries.c.article_id))
        .order_by(deliveries.c.settled_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await tx.execute(delete(deliveries).where(deliveries.c.id.in_(picked(tx, old))))).rowcount


async def prune_articles(tx: AsyncConnection, *, saved_before: datetime, limit: int) -> int:
    """Take out articles that were saved before then, but none that a delivery names or somebody keeps, or
    that somebody is asked about.
    """
    old = (
        select(articles.c.id)
        # Nothing ranks later than it was saved, so the first condition leaves out nothing, and has an index.
        .where(articles.c.ranked_at < saved_before, articles.c.created_at < saved_before)
        .where(~exists().where(deliveries.c.article_id == articles.c.id))
        .where(~exists().where(fanouts.c.article_id == articles.c.id))
        .where(~_is_to_end(articles.c.id))
        .where(~exists().where(saved_articles.c.article_id == articles.c.id))
        .where(~exists().where(approval_requests.c.article_id == articles.c.id, approval_requests.c.owed))
        .order_by(articles.c.ranked_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await tx.execute(delete(articles).where(articles.c.id.in_(picked(tx, old))))).rowcount


async def prune_photos(tx: AsyncConnection, *, saved_before: datetime, limit: int) -> int:
    """Take out photos that were saved before then and that nothing has, and the messengers' references."""
    old = (
        select(photos.c.key)
        .where(photos.c.created_at < saved_before)
        .where(~exists().where(articles.c.photo_key == photos.c.key))
        .where(~exists().where(announcement_drafts.c.photo_key == photos.c.key))
        .where(~exists().where(desk_drafts.c.photo_key == photos.c.key))
        .where(~exists().where(source_texts.c.photo_key == photos.c.key))
        .order_by(photos.c.created_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await tx.execute(delete(photos).where(photos.c.key.in_(picked(tx, old))))).rowcount


def _is_to_end(article: ColumnElement[int]) -> ColumnElement[bool]:
    """Return the condition that *article* is an announcement whose time will be over."""
    return exists().where(
        announcements.c.article_id == article,
        announcements.c.ends_at.is_not(None),
        announcements.c.ended_at.is_(None),
    )


async def give_memory_back(tx: AsyncConnection) -> None:
    """Let go of the pages that SQLite keeps for this connection, most of them of photos."""
    if tx.dialect.name == "sqlite":
        await tx.execute(text("PRAGMA shrink_memory"))
