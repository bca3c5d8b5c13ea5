"""How much each feed brings, as its polls have shown."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.news.feed import FeedId
from bot.domain.news.volume import Volume
from bot.store.engine.dialect import insert
from bot.store.schema import feed_volumes as table


async def volume(tx: AsyncConnection, feed: FeedId) -> Volume:
    row = (await tx.execute(select(table).where(table.c.feed_id == feed))).first()
    if row is None:
        return Volume()
    return Volume(row.usual_thousandths / 1_000, row.days, row.began_at, row.taken, row.emptied_at)


async def save(tx: AsyncConnection, feed: FeedId, volume: Volume) -> None:
    values = {
        "usual_thousandths": round(volume.usual * 1_000),
        "days": volume.days,
        "began_at": volume.began_at,
        "taken": volume.taken,
        "emptied_at": volume.emptied_at,
    }
    statement = insert(tx, table).values(feed_id=feed, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["feed_id"], set_=values))
