"""What a chat is subscribed to: finding topics by their names, choosing them, and undoing that."""

import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.chats.chat import Chat, TopicId
from bot.domain.chats.preferences import AT_ONCE, Preferences, Schedule, Subscription
from bot.domain.desk.figures import EndReason
from bot.domain.news.feed import Topic
from bot.domain.text.text import fold, shorten
from bot.store.chats import chats, preferences, undo
from bot.store.choices import visibility
from bot.store.engine.database import Transaction
from bot.store.feeds import feeds
from bot.store.outbox.reschedule import replan

_LONGEST_LIST = 500
"""Code points; Fluent refuses arguments of more than a thousand."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The topics there are, in the configured order, and those that a chat has chosen, with how they come."""

    topics: tuple[Topic, ...]
    chosen: frozenset[TopicId] = frozenset()
    subscriptions: Mapping[TopicId, Subscription] = field(default_factory=dict)

    def topic(self, topic: str) -> Topic | None:
        return next((each for each in self.topics if each.id == topic), None)

    def names(self, language: str, ids: Collection[TopicId] | None = None) -> str:
        """Return the names of *ids*, or else of what is chosen, as they are listed in a sentence."""
        wanted = self.chosen if ids is None else ids
        return listed((topic for topic in self.topics if topic.id in wanted), language)


def listed(topics: Iterable[Topic], language: str) -> str:
    """Return the names of *topics* as they are listed in a sentence, which takes only so many of them."""
    return shorten(", ".join(topic.name(language) for topic in topics), _LONGEST_LIST)


async def choice(tx: Transaction, chat: Chat | None) -> Choice:
    """Return what *chat* can choose from, which is what it can see, and what it has chosen."""
    topics = await visibility.visible_topics(tx, chat.id if chat else None)
    chosen = await preferences.subscribed(tx, chat.id) if chat else ()
    known = {topic.id for topic in topics}
    subscriptions = {each.topic: each for each in chosen if each.topic in known}
    return Choice(topics, frozenset(subscriptions), subscriptions)


async def managed_choice(tx: Transaction, chat: Chat) -> Choice:
    """Return what managers can choose from for *chat*, which is every topic, and what is chosen."""
    return Choice(await feeds.topics(tx), frozenset(await chats.subscriptions(tx, chat.id)))


async def subscribe(
    tx: Transaction,
    chat: Chat,
    topics: Iterable[TopicId],
    *,
    schedule: Schedule,
    usual: Preferences,
    now: datetime,
) -> None:
    """Subscribe *chat* to those of *topics* that it can see; what is new to it comes as *schedule* says."""
    await visibility.hold_still(tx, chat.id)
    visible = {topic.id for topic in await visibility.visible_topics(tx, chat.id)}
    for topic in topics:
        if topic in visible and await chats.subscribe(tx, chat.id, topic, now) and schedule != AT_ONCE:
            await preferences.set_schedule(tx, chat.id, topic, schedule, usual=usual, now=now)


async def unsubscribe(
    tx: Transaction, chat: Chat, topic: TopicId | None = None, *, now: datetime
) -> tuple[TopicId, ...]:
    """Stop *topic*, or everything, and return what was stopped. How it came is kept for a short while."""
    before = await preferences.subscribed(tx, chat.id)
    ended = await chats.unsubscribe(tx, chat.id, topic, why=EndReason.UNSUBSCRIBED, now=now)
    await undo.remember(tx, chat.id, [each for each in before if each.topic in ended], now)
    for each in ended:
        # What came by another topic as well now comes as that one's subscription says.
        await replan(tx, chat.id, each, is_retimed=False, now=now)
    return ended


async def resubscribe(
    tx: Transaction,
    chat: Chat,
    topics: Iterable[TopicId],
    *,
    schedule: Schedule,
    usual: Preferences,
    now: datetime,
) -> None:
    """Subscribe *chat* to *topics*: to what was stopped a short while ago with the same timing and filters.

    What is new to it comes as *schedule* says.
    """
    await visibility.hold_still(tx, chat.id)
    visible = {topic.id for topic in await visibility.visible_topics(tx, chat.id)}
    stopped = await undo.recall(tx, chat.id)
    kept = {each.topic: each for each, at in stopped if now - at < undo.KEPT_FOR}
    for topic in topics:
        if topic not in visible or not await chats.subscribe(tx, chat.id, topic, now):
            continue
        if was := kept.get(topic):
            await preferences.set_schedule(tx, chat.id, topic, was.schedule, usual=usual, now=now)
            await preferences.set_filter(tx, chat.id, topic, was.filter, now=now)
            await undo.forget(tx, chat.id, topic)
        elif schedule != AT_ONCE:
            await preferences.set_schedule(tx, chat.id, topic, schedule, usual=usual, now=now)
        await replan(tx, chat.id, topic, is_retimed=False, now=now)


def find_topic(topics: Iterable[Topic], words: str, *, whole_words: bool = False) -> Topic | None:
    """Return the topic that *words* name: by id, by name in any language, or by a part that only one has.

    With *whole_words* that part has no half of a word, so that "đơn" is not found in "hoạt động".
    """
    folded = fold(words)
    named = {topic.id: (topic, _spellings(topic)) for topic in topics}
    for topic, spellings in named.values():
        if folded in spellings:
            return topic
    edge = " " if whole_words else ""
    part = f"{edge}{folded}{edge}"
    alike = [topic for topic, names in named.values() if any(part in f"{edge}{each}{edge}" for each in names)]
    return alike[0] if folded and len(alike) == 1 else None


def undo_token(topics: Collection[Topic], removed: Collection[TopicId]) -> str:
    """Return *removed* in a few characters that hold only as long as the list of *topics* stays the same."""
    bits = sum(1 << place for place, topic in enumerate(topics) if topic.id in removed)
    return f"{_checksum(topics):08x}{bits:x}"


def read_undo_token(topics: Collection[Topic], token: str) -> tuple[TopicId, ...]:
    """Return what *token* was made of; nothing, if it is foreign or the topics have changed since."""
    try:
        checksum, bits = int(token[:8], 16), int(token[8:], 16)
    except ValueError:
        return ()
    if checksum != _checksum(topics):
        return ()
    return tuple(topic.id for place, topic in enumerate(topics) if bits >> place & 1)


def _checksum(topics: Iterable[Topic]) -> int:
    return zlib.crc32("\n".join(topic.id for topic in topics).encode())


def _spellings(topic: Topic) -> tuple[str, ...]:
    names = (topic.id, topic.id.replace("-", " "), topic.hashtag, *topic.names.values())
    return tuple(fold(name) for name in names)
