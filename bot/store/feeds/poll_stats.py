"""The pace of each feed, as the last polls showed it."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.news.feed import FeedId
from bot.domain.news.poll_stats import PollStats
from bot.store.engine.dialect import insert
from bot.store.schema import feed_poll_stats as table


async def pace(tx: AsyncConnection, feed: FeedId) -> PollStats:
    row = (await tx.execute(select(table).where(table.c.feed_id == feed))).first()
    if row is None:
        return PollStats()
    return PollStats(_span(row.min_interval_seconds), _span(row.usual_gap_seconds), row.changed_at)


async def save(tx: AsyncConnection, feed: FeedId, pace: PollStats) -> None:
    values = {
        "min_interval_seconds": _seconds(pace.min_interval),
        "usual_gap_seconds": _seconds(pace.usual_gap),
        "changed_at": pace.changed_at,
    }
    statement = insert(tx, table).values(feed_id=feed, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["feed_id"], set_=values))


def _span(seconds: int | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)


def _seconds(span: timedelta | None) -> int | None:
    return None if span is None else int(span.total_seconds())
