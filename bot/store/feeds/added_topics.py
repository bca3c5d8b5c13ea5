"""Topics that a command or the console has defined: they live in the database; feeds.toml retires none."""

from collections.abc import Collection

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import TopicId
from bot.store.engine.dialect import insert
from bot.store.schema import added_topics as table
from bot.store.schema import topics


async def known(tx: AsyncConnection) -> tuple[TopicId, ...]:
    """Return those that there are now, in the order of topics."""
    query = (
        select(table.c.topic_id)
        .join(topics, topics.c.id == table.c.topic_id)
        .where(~topics.c.retired)
        .order_by(topics.c.position, topics.c.id)
    )
    return tuple(map(TopicId, (await tx.execute(query)).scalars()))


async def is_one(tx: AsyncConnection, topic: TopicId) -> bool:
    return bool((await tx.execute(select(table.c.topic_id).where(table.c.topic_id == topic))).first())


async def note(tx: AsyncConnection, topic: TopicId) -> None:
    """Have the database define *topic* from now on."""
    await tx.execute(insert(tx, table).values(topic_id=topic).on_conflict_do_nothing())


async def leave(tx: AsyncConnection, topics: Collection[TopicId]) -> None:
    """Have feeds.toml define *topics* from now on."""
    await tx.execute(delete(table).where(table.c.topic_id.in_(topics)))


async def retire(tx: AsyncConnection, topic: TopicId) -> None:
    """Have a topic be there no more; nothing of it is deleted."""
    await tx.execute(update(topics).where(topics.c.id == topic).values(retired=True))


async def taken_ids(tx: AsyncConnection) -> frozenset[str]:
    """Return the ids that topics have, or have ever had: a new one must not inherit who subscribed."""
    return frozenset((await tx.execute(select(topics.c.id))).scalars())
