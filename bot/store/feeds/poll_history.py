"""How the newest polls of each feed have gone."""

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.news.feed import FeedId
from bot.domain.news.poll_record import POLLS_KEPT, PollRecord, PollResult
from bot.domain.reason import Reason
from bot.store.schema import feed_polls as table


async def note(tx: AsyncConnection, feed: FeedId, poll: PollRecord) -> None:
    """Keep *poll*, and take out the oldest one where there are too many by now."""
    values = {
        "at": poll.at,
        "result": poll.result,
        "entries": poll.entries,
        "fresh": poll.fresh,
        "took_ms": poll.took_ms,
        "error": poll.error.stored() if poll.error else None,
    }
    await tx.execute(insert(table).values(feed_id=feed, **values))
    of_feed = table.c.feed_id == feed
    first_too_old = (
        select(table.c.id).where(of_feed).order_by(table.c.id.desc()).offset(POLLS_KEPT).limit(1)
    ).scalar_subquery()
    await tx.execute(delete(table).where(of_feed, table.c.id <= first_too_old))


async def newest(tx: AsyncConnection, feed: FeedId, *, limit: int = POLLS_KEPT) -> tuple[PollRecord, ...]:
    """Return how a feed's polls went, the newest first."""
    query = select(table).where(table.c.feed_id == feed).order_by(table.c.id.desc()).limit(limit)
    return tuple(
        PollRecord(
            row.at,
            PollResult(row.result),
            row.took_ms,
            row.entries,
            row.fresh,
            None if row.error is None else Reason.of(row.error),
        )
        for row in await tx.execute(query)
    )
