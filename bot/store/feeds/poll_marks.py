"""How far the polls of feeds are, as another process sees it that compares before and after."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.news.article import DatePrecision, Published
from bot.domain.news.feed import Entry, Feed, FeedId
from bot.domain.reason import Reason
from bot.store.choices.feed_rows import feed_of
from bot.store.schema import articles, entries, feeds, quarantined_entries, quarantines


@dataclass(frozen=True, slots=True)
class PollMark:
    """A feed as its latest poll left it; *held* is the highest number of an entry that is held, or 0."""

    feed: Feed
    paused: bool
    has_worked: bool
    last_polled_at: datetime | None
    last_error: Reason | None
    last_error_at: datetime | None
    held: int


async def marks(tx: AsyncConnection, feed_ids: Collection[FeedId]) -> dict[FeedId, PollMark]:
    """Return the marks of those feeds that are defined."""
    held = (
        select(func.max(quarantined_entries.c.id))
        .join_from(quarantined_entries, quarantines, quarantines.c.id == quarantined_entries.c.quarantine_id)
        .where(quarantines.c.feed_id == feeds.c.id)
        .scalar_subquery()
        .label("held")
    )
    rows = await tx.execute(select(feeds, held).where(feeds.c.id.in_(feed_ids), ~feeds.c.retired))
    return {
        FeedId(row.id): PollMark(
            feed=feed_of(row),
            paused=row.paused,
            has_worked=row.first_polled_at is not None,
            last_polled_at=row.last_polled_at,
            last_error=None if row.last_error is None else Reason.of(row.last_error),
            last_error_at=row.last_error_at,
            held=row.held or 0,
        )
        for row in rows
    }


async def newest_article(tx: AsyncConnection) -> int:
    """Return the highest number that an article has, or 0."""
    return (await tx.execute(select(func.max(articles.c.id)))).scalar() or 0


async def is_any_under_way(tx: AsyncConnection, now: datetime) -> bool:
    """Return whether some process polls some feed."""
    return bool((await tx.execute(select(exists().where(feeds.c.leased_until > now)))).scalar())


async def articles_after(tx: AsyncConnection, feed_id: FeedId, article: int) -> tuple[Entry, ...]:
    """Return what became an article of the feed after the one with that number, as the feed lists it."""
    query = (
        select(articles.c.title, articles.c.url, articles.c.published_at, articles.c.date_precision)
        .where(
            articles.c.id > article,
            exists().where(entries.c.article_id == articles.c.id, entries.c.feed_id == feed_id),
        )
        .order_by(articles.c.id)
    )
    return tuple(
        Entry(
            title=row.title,
            link=row.url,
            published=(
                Published(row.published_at, DatePrecision(row.date_precision)) if row.published_at else None
            ),
        )
        for row in await tx.execute(query)
    )


async def held_after(tx: AsyncConnection, feed_id: FeedId, held: int) -> tuple[Entry, ...]:
    """Return the titles of the feed's entries that were put aside after the one with that number."""
    query = (
        select(quarantined_entries.c.entry)
        .join_from(quarantined_entries, quarantines, quarantines.c.id == quarantined_entries.c.quarantine_id)
        .where(quarantines.c.feed_id == feed_id, quarantined_entries.c.id > held)
        .order_by(quarantined_entries.c.id)
    )
    return tuple(Entry(title=entry["title"]) for entry in (await tx.execute(query)).scalars())
