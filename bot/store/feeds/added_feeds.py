"""Feeds that a command or the console has added: they live in the database, and feeds.toml retires none."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.news.feed import Feed, FeedId
from bot.domain.news.origin import Origin
from bot.store.choices.feed_rows import feed_of
from bot.store.feeds.feeds import define_feed
from bot.store.schema import feeds as table


async def known(tx: AsyncConnection) -> dict[FeedId, Origin]:
    """Return every feed that is defined now, and by whom."""
    rows = await tx.execute(select(table.c.id, table.c.origin).where(~table.c.retired))
    return {FeedId(row.id): Origin(row.origin) for row in rows}


async def added(tx: AsyncConnection) -> tuple[Feed, ...]:
    """Return the feeds that commands have added, in that order."""
    mine = (table.c.origin == Origin.ADDED) & ~table.c.retired
    rows = await tx.execute(select(table).where(mine).order_by(table.c.position))
    return tuple(feed_of(row) for row in rows)


async def add(tx: AsyncConnection, feed: Feed, now: datetime) -> None:
    """Keep *feed* after all others; one that was removed before keeps what it has seen."""
    last = (await tx.execute(select(func.max(table.c.position)))).scalar()
    await define_feed(tx, feed, (last or 0) + 1, now, origin=Origin.ADDED)


async def change(tx: AsyncConnection, feed: Feed, now: datetime) -> None:
    """Keep what an added feed is now, at its place among the others."""
    place = (await tx.execute(select(table.c.position).where(table.c.id == feed.id))).scalar_one()
    await define_feed(tx, feed, place, now, origin=Origin.ADDED)


async def remove(tx: AsyncConnection, feed: FeedId) -> None:
    """Retire an added feed: what it has seen is remembered, should it come back."""
    mine = (table.c.id == feed) & (table.c.origin == Origin.ADDED)
    await tx.execute(update(table).where(mine).values(retired=True))
