"""Topics that are being merged into others, until all who subscribe are moved."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import TopicId
from bot.store.engine.dialect import insert
from bot.store.schema import topic_merges as table


@dataclass(frozen=True, slots=True)
class TopicMerge:
    """A merge of *source* into *target* that has begun and not ended."""

    source: TopicId
    target: TopicId


async def begin(tx: AsyncConnection, merge: TopicMerge, now: datetime) -> None:
    """Note that a merge has begun; begun anew, it goes where it is said now."""
    values = {"into_id": merge.target, "began_at": now}
    begun = insert(tx, table).values(topic_id=merge.source, **values)
    await tx.execute(begun.on_conflict_do_update(index_elements=["topic_id"], set_=values))


async def under_way(tx: AsyncConnection) -> tuple[TopicMerge, ...]:
    rows = await tx.execute(select(table).order_by(table.c.began_at, table.c.topic_id))
    return tuple(TopicMerge(TopicId(row.topic_id), TopicId(row.into_id)) for row in rows)


async def end(tx: AsyncConnection, source: TopicId) -> None:
    await tx.execute(delete(table).where(table.c.topic_id == source))
