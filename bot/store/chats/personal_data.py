"""What is stored about a person, for them to see."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import ChatId, TopicId
from bot.domain.chats.preferences import Preferences, Subscription
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.news.feed import Topic
from bot.store.chats import dormancy, follows, preferences, reading_list, undo
from bot.store.choices.feed_rows import TOPIC, topic_of
from bot.store.choices.preference_rows import preferences_of
from bot.store.schema import (
    chat_preferences,
    chats,
    deliveries,
    deliveries_of,
    memberships,
    subscriptions,
    topics,
)

Since = tuple[tuple[Topic, datetime], ...]
"""Topics, and since when it is so."""


@dataclass(frozen=True, slots=True)
class PersonalData:
    """What is stored about a chat beside what `Chat` holds; topics that are retired as well."""

    since: datetime
    subscriptions: Since
    choices: dict[TopicId, Subscription]
    memberships: Since
    notes: dict[TopicId, str]
    stopped: tuple[tuple[Topic, Subscription, datetime], ...]
    preferences: Preferences | None
    deliveries: dict[DeliveryStatus, int]
    saved: int
    followed: int
    unsubscribed_since: datetime | None


async def stored(tx: AsyncConnection, chat: ChatId) -> PersonalData:
    created = select(chats.c.created_at).where(chats.c.id == chat)
    prefers = select(chat_preferences).where(chat_preferences.c.chat_id == chat)
    chosen = (await tx.execute(prefers)).first()
    owed = select(deliveries.c.status, func.count()).where(deliveries_of(chat)).group_by(deliveries.c.status)
    return PersonalData(
        since=(await tx.execute(created)).scalar_one(),
        subscriptions=await _since(tx, subscriptions, chat),
        choices={each.topic: each for each in await preferences.subscribed(tx, chat)},
        memberships=await _since(tx, memberships, chat),
        notes=await _notes(tx, chat),
        stopped=await _stopped(tx, chat),
        preferences=preferences_of(chosen) if chosen else None,
        deliveries={DeliveryStatus(status): count for status, count in await tx.execute(owed)},
        saved=await reading_list.count(tx, chat),
        followed=await follows.count(tx, chat),
        unsubscribed_since=await dormancy.unsubscribed_since(tx, chat),
    )


async def _notes(tx: AsyncConnection, chat: ChatId) -> dict[TopicId, str]:
    """Return what was written down about a member of each topic."""
    known = (memberships.c.chat_id == chat, memberships.c.note.is_not(None))
    query = select(memberships.c.topic_id, memberships.c.note).where(*known)
    return {TopicId(topic): note for topic, note in await tx.execute(query)}


async def _stopped(tx: AsyncConnection, chat: ChatId) -> tuple[tuple[Topic, Subscription, datetime], ...]:
    kept = await undo.recall(tx, chat)
    query = select(*TOPIC).where(topics.c.id.in_([each.topic for each, _ in kept]))
    found = {row.id: topic_of(row) for row in await tx.execute(query)}
    return tuple((found[each.topic], each, at) for each, at in kept)


async def _since(tx: AsyncConnection, table: Table, chat: ChatId) -> Since:
    query = (
        select(*TOPIC, table.c.created_at)
        .join(table, table.c.topic_id == topics.c.id)
        .where(table.c.chat_id == chat)
        .order_by(topics.c.position)
    )
    return tuple((topic_of(row), row.created_at) for row in await tx.execute(query))
