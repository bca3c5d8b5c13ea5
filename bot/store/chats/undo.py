"""What subscriptions had chosen when they were stopped, kept for a day so that it can be undone."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import ChatId, TopicId
from bot.domain.chats.filters import parse
from bot.domain.chats.preferences import AT_ONCE, Schedule, Subscription, Timing
from bot.store.engine.dialect import insert
from bot.store.schema import stopped_subscriptions as table

KEPT_FOR = timedelta(days=1)


async def remember(tx: AsyncConnection, chat: ChatId, stopped: Iterable[Subscription], now: datetime) -> None:
    """Keep the timing and the filters of *stopped*; what has neither leaves nothing to keep."""
    for each in stopped:
        await forget(tx, chat, each.topic)
        if each.filter is None and each.schedule == AT_ONCE:
            continue
        values = {
            "chat_id": chat,
            "topic_id": each.topic,
            "timing": each.schedule.timing,
            "weekday": each.schedule.weekday,
            "hour": each.schedule.hour,
            "words": each.filter.text if each.filter else None,
            "stopped_at": now,
        }
        await tx.execute(insert(tx, table).values(values))


async def recall(tx: AsyncConnection, chat: ChatId) -> tuple[tuple[Subscription, datetime], ...]:
    """Return what is kept of *chat*, and when it was stopped."""
    query = select(table).where(table.c.chat_id == chat)
    return tuple(
        (
            Subscription(
                TopicId(row.topic_id),
                Schedule(Timing(row.timing), row.hour, row.weekday),
                parse(row.words) if row.words else None,
            ),
            row.stopped_at,
        )
        for row in await tx.execute(query.order_by(table.c.stopped_at, table.c.topic_id))
    )


async def forget(tx: AsyncConnection, chat: ChatId, topic: TopicId) -> None:
    await tx.execute(delete(table).where(table.c.chat_id == chat, table.c.topic_id == topic))


async def prune(tx: AsyncConnection, now: datetime) -> int:
    """Take out what can be undone no more."""
    return (await tx.execute(delete(table).where(table.c.stopped_at <= now - KEPT_FOR))).rowcount
