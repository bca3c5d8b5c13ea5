"""What a chat has chosen, all together, and changing it."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.domain.chats.chat import Chat, TopicId
from bot.domain.chats.filters import Filter, prepare
from bot.domain.chats.preferences import Preferences, Schedule, Subscription
from bot.domain.news.feed import Topic
from bot.store.articles import articles
from bot.store.chats import preferences
from bot.store.choices import visibility
from bot.store.engine.database import Transaction
from bot.store.outbox import reschedule

SAMPLE = 30
"""How many of the newest articles of a topic a new filter is tried on."""


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """How news comes to a chat, and its subscriptions, in the configured order."""

    preferences: Preferences
    subscriptions: tuple[tuple[Topic, Subscription], ...]

    @property
    def topics(self) -> tuple[Topic, ...]:
        return tuple(topic for topic, _ in self.subscriptions)

    def of(self, topic: str) -> tuple[Topic, Subscription] | None:
        return next((each for each in self.subscriptions if each[0].id == topic), None)


async def choices(tx: Transaction, chat: Chat | None, *, usual: Preferences) -> ChatSettings:
    """Return what *chat* has chosen; *usual* is what holds for those who have not."""
    if chat is None:
        return ChatSettings(usual, ())
    return await _choices(tx, chat, usual)


async def _choices(tx: Transaction, chat: Chat, usual: Preferences) -> ChatSettings:
    topics = {topic.id: topic for topic in await visibility.visible_topics(tx, chat.id)}
    subscribed = await preferences.subscribed(tx, chat.id)
    return ChatSettings(
        await preferences.of(tx, chat.id, usual=usual),
        tuple((topics[each.topic], each) for each in subscribed if each.topic in topics),
    )


async def prefer(
    tx: Transaction, chat: Chat, changed: Preferences, *, usual: Preferences, now: datetime
) -> None:
    await preferences.save(tx, chat.id, changed, usual=usual, now=now)


async def set_schedules(
    tx: Transaction,
    chat: Chat,
    schedules: Collection[tuple[TopicId, Schedule]],
    *,
    usual: Preferences,
    now: datetime,
) -> None:
    """Have each topic come when its schedule says."""
    for topic, schedule in schedules:
        await preferences.set_schedule(tx, chat.id, topic, schedule, usual=usual, now=now)


async def bring_digests(tx: Transaction, chat: Chat, topics: Collection[TopicId], *, now: datetime) -> int:
    """Have what waits for the chat's digests of *topics* come now; return how many articles that are."""
    return await reschedule.bring_digests(tx, chat.id, topics, now=now)


async def set_filter(
    tx: Transaction, chat: Chat, topics: Collection[TopicId], wanted: Filter | None, *, now: datetime
) -> None:
    for topic in topics:
        await preferences.set_filter(tx, chat.id, topic, wanted, now=now)


async def tried(tx: Transaction, topics: Collection[TopicId], wanted: Filter) -> tuple[int, int]:
    """Return how many of the newest articles in *topics* a filter lets pass, and how many were tried."""
    newest, _ = await articles.latest(tx, topics=topics, limit=SAMPLE)
    found = (each.article for each in newest)
    texts = (
        prepare((article.title, article.summary, *article.body), article.document.kind) for article in found
    )
    return await asyncio.to_thread(lambda: sum(map(wanted.passes, texts))), len(newest)
