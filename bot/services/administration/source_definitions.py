"""Topics and feeds that the database defines: added, changed and removed, each with its audit line.

What feeds.toml defines is refused here: it has that one origin, and is changed there.
"""

from datetime import datetime

from bot.domain.desk.audit import Act, Actor, AuditAction, Subject, SubjectKind, changes
from bot.domain.errors import ExplainedError
from bot.domain.news.feed import Feed, FeedId, Topic
from bot.services.administration.configuration import of_feed, of_topic
from bot.store.engine.database import Transaction
from bot.store.feeds import added_feeds, added_topics, feeds
from bot.store.runtime import audit


class DefinedElsewhereError(ExplainedError):
    """What is to be changed is not defined by the database. The text is one line for people."""


async def add_feed(tx: Transaction, feed: Feed, actor: Actor, *, now: datetime) -> None:
    await added_feeds.add(tx, feed, now)
    act = Act(AuditAction.FEED_ADDED, Subject(SubjectKind.FEED, feed.id), after=of_feed(feed))
    await audit.record(tx, actor, act, now=now)


async def change_feed(tx: Transaction, feed: Feed, actor: Actor, *, now: datetime) -> bool:
    """Have the feed of that id be as *feed* is; False where it is so already."""
    before = await _own_feed(tx, feed.id)
    if before == feed:
        return False
    await added_feeds.change(tx, feed, now)
    act = Act(
        AuditAction.FEED_CHANGED,
        Subject(SubjectKind.FEED, feed.id),
        *changes(of_feed(before), of_feed(feed)),
    )
    await audit.record(tx, actor, act, now=now)
    return True


async def remove_feed(tx: Transaction, feed: FeedId, actor: Actor, *, now: datetime) -> None:
    """Have a feed be polled no more: its articles stay, and what it has listed is remembered."""
    before = await _own_feed(tx, feed)
    await added_feeds.remove(tx, feed)
    act = Act(AuditAction.FEED_REMOVED, Subject(SubjectKind.FEED, feed), before=of_feed(before))
    await audit.record(tx, actor, act, now=now)


async def add_topic(tx: Transaction, topic: Topic, actor: Actor, *, now: datetime) -> None:
    await feeds.add_topic(tx, topic)
    await added_topics.note(tx, topic.id)
    act = Act(AuditAction.TOPIC_ADDED, Subject(SubjectKind.TOPIC, topic.id), after=of_topic(topic))
    await audit.record(tx, actor, act, now=now)


async def change_topic(tx: Transaction, topic: Topic, actor: Actor, *, now: datetime) -> bool:
    """Have the topic of that id be as *topic* is; False where it is so already."""
    before = await feeds.topic(tx, topic.id)
    if before is None or topic.id not in await added_topics.known(tx):
        raise DefinedElsewhereError(f"{topic.id} is not defined by the database")
    if before == topic:
        return False
    await feeds.change_topic(tx, topic, now)
    act = Act(
        AuditAction.TOPIC_CHANGED,
        Subject(SubjectKind.TOPIC, topic.id),
        *changes(of_topic(before), of_topic(topic)),
    )
    await audit.record(tx, actor, act, now=now)
    return True


async def _own_feed(tx: Transaction, name: FeedId) -> Feed:
    """Return a feed that the database defines; raises DefinedElsewhereError."""
    found = next((each for each in await added_feeds.added(tx) if each.id == name), None)
    if found is None:
        raise DefinedElsewhereError(f"{name} is not defined by the database: feeds.toml may define it")
    return found
