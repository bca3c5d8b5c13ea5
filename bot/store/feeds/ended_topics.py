"""Topics that have ended: their subscriptions stay until the farewell was told, and then go."""

from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import TopicId
from bot.domain.desk.figures import EndReason
from bot.domain.news.article import ArticleId
from bot.store.choices import subscription_counts
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


async def told(tx: AsyncConnection) -> tuple[TopicId, ...]:
    """Return the topics that have ended and are subscribed to, and whose farewell nobody is owed any more.

    It reads all deliveries of a farewell: too much for a transaction for which others wait.
    """
    is_subscribed = exists().where(subscriptions.c.topic_id == table.c.topic_id)
    is_fanning_out = exists().where(fanouts.c.topic_id == table.c.topic_id)
    is_owed = exists().where(deliveries.c.article_id == table.c.article_id, PENDING)
    query = select(table.c.topic_id).where(is_subscribed, ~is_fanning_out, ~is_owed)
    return tuple(map(TopicId, (await tx.execute(query)).scalars()))


async def drop_subscriptions(tx: AsyncConnection, topic: TopicId, *, now: datetime, limit: int) -> int:
    """Take out at most *limit* subscriptions to a topic that has ended, unless it has come back."""
    is_ended = exists().where(table.c.topic_id == topic)
    some = select(subscriptions.c.chat_id).where(subscriptions.c.topic_id == topic, is_ended)
    chats = (await tx.execute(some.order_by(subscriptions.c.chat_id).limit(limit))).scalars().all()
    these = (subscriptions.c.topic_id == topic, subscriptions.c.chat_id.in_(chats))
    unused = await used(tx, *these)
    await subscription_counts.end(tx, delete(subscriptions).where(*these), EndReason.TOPIC_ENDED, now)
    await drop_unused(tx, unused)
    return len(chats)
