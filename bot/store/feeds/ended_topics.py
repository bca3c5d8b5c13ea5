"""Topics that have ended: their subscriptions stay until the farewell was told, and then go."""

from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import TopicId
from bot.domain.news.article import ArticleId
from bot.store.choices.shared import drop_unused, used
from bot.store.engine.dialect import insert
from bot.store.schema import PENDING, deliveries, fanouts, subscriptions
from bot.store.schema import ended_topics as table


async def end(
    tx: AsyncConnection, topic: TopicId, *, offered: TopicId | None, notice: ArticleId | None, now: datetime
) -> None:
    """Note that *topic* has ended, of which *notice* tells, and what is offered instead."""
    values = {"offered_id": offered, "article_id": notice, "ended_at": now}
    statement = insert(tx, table).values(topic_id=topic, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["topic_id"], set_=values))


async def drop_subscriptions(tx: AsyncConnection, *, limit: int) -> int:
    """Take out at most *limit* subscriptions to topics that have ended, once nobody is owed the farewell."""
    is_fanning_out = exists().where(fanouts.c.topic_id == table.c.topic_id)
    is_owed = exists().where(deliveries.c.article_id == table.c.article_id, PENDING)
    told = select(table.c.topic_id).where(~is_fanning_out, ~is_owed)
    some = select(subscriptions.c.chat_id, subscriptions.c.topic_id).where(subscriptions.c.topic_id.in_(told))
    found = (await tx.execute(some.limit(limit))).all()
    for topic in {row.topic_id for row in found}:
        chats = [row.chat_id for row in found if row.topic_id == topic]
        these = (subscriptions.c.topic_id == topic, subscriptions.c.chat_id.in_(chats))
        unused = await used(tx, *these)
        await tx.execute(delete(subscriptions).where(*these))
        await drop_unused(tx, unused)
    return len(found)
