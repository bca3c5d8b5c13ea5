"""Topics and feeds: what is defined, whose turn it is, and how they are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, case, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import TopicId
from bot.domain.news.feed import Feed, FeedId, Topic
from bot.domain.news.origin import Origin
from bot.domain.reason import Reason
from bot.store.choices.feed_rows import TOPIC, feed_of, topic_of
from bot.store.choices.visibility import end_subscriptions_of_strangers
from bot.store.engine.dialect import among, insert
from bot.store.feeds import added_topics
from bot.store.schema import (
    ended_topics,
    feed_poll_stats,
    feed_volumes,
    outage_topics,
    topic_addresses,
    topic_approvals,
    topic_merges,
)
from bot.store.schema import feeds as table
from bot.store.schema import topics as topics_table


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """A feed's health. *failures* counts those since the last good poll, which the last error outlives.

    *has_worked*: a poll of it has succeeded at some time.
    *news_at* is when it last brought something new, or was first polled; *usual_gap* lies between two news.
    *emptied_at* is since when it lists nothing.
    """

    feed: Feed
    paused: bool
    has_worked: bool
    last_polled_at: datetime | None
    last_article_at: datetime | None
    last_error: Reason | None
    last_error_at: datetime | None
    failures: int
    failing_since: datetime | None
    next_poll_at: datetime
    origin: Origin = Origin.CONFIGURED
    news_at: datetime | None = None
    usual_gap: timedelta | None = None
    emptied_at: datetime | None = None


async def sync_definitions(
    tx: AsyncConnection, topics: Sequence[Topic], feeds: Sequence[Feed], now: datetime
) -> None:
    """Make what is stored follow feeds.toml; what it no longer defines is retired, never deleted.

    What a command or the console has defined stays, unless feeds.toml defines it as well: it wins.
    """
    await added_topics.leave(tx, [topic.id for topic in topics])
    added = await added_topics.known(tx)
    await tx.execute(update(topics_table).where(topics_table.c.id.not_in(added)).values(retired=True))
    for position, topic in enumerate(topics):
        await _define_topic(tx, topic, position)
    for position, name in enumerate(added, len(topics)):
        await tx.execute(update(topics_table).where(topics_table.c.id == name).values(position=position))
    await end_subscriptions_of_strangers(tx, now)
    await tx.execute(update(table).where(table.c.origin == Origin.CONFIGURED).values(retired=True))
    for position, feed in enumerate(feeds):
        await define_feed(tx, feed, position, now, origin=Origin.CONFIGURED)


async def add_topic(tx: AsyncConnection, topic: Topic) -> None:
    """Define *topic* after all others, and leave those as they are."""
    last = (await tx.execute(select(func.max(topics_table.c.position)))).scalar()
    await _define_topic(tx, topic, (last or 0) + 1)


async def change_topic(tx: AsyncConnection, topic: Topic, now: datetime) -> None:
    """Keep what *topic* is now, at its place among the others; whom it shuts out is subscribed no more."""
    query = select(topics_table.c.position).where(topics_table.c.id == topic.id)
    await _define_topic(tx, topic, (await tx.execute(query)).scalar_one())
    await end_subscriptions_of_strangers(tx, now)


async def _define_topic(tx: AsyncConnection, topic: Topic, position: int) -> None:
    values = {
        "position": position,
        "names": dict(topic.names),
        "descriptions": dict(topic.descriptions),
        "hashtag": topic.hashtag,
        "members_only": topic.members_only,
        "urgent": topic.urgent,
        "urgent_words": list(topic.urgent_words),
        "retired": False,
    }
    statement = insert(tx, topics_table).values(id=topic.id, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))
    await tx.execute(delete(outage_topics).where(outage_topics.c.topic_id == topic.id))
    if topic.tell_subscribers:
        await tx.execute(insert(tx, outage_topics).values(topic_id=topic.id))
    # A topic that ended, or was on its way into another one, has come back.
    for leaving in (ended_topics, topic_merges):
        await tx.execute(delete(leaving).where(leaving.c.topic_id == topic.id))
    await tx.execute(delete(topic_addresses).where(topic_addresses.c.topic_id == topic.id))
    if topic.address:
        await tx.execute(insert(tx, topic_addresses).values(topic_id=topic.id, address=topic.address))
    await tx.execute(delete(topic_approvals).where(topic_approvals.c.topic_id == topic.id))
    if rule := topic.approval:
        row = {
            "topic_id": topic.id,
            "approval": rule.approval,
            "unanswered": rule.unanswered,
            "unanswered_after_seconds": int(rule.after.total_seconds()),
        }
        await tx.execute(insert(tx, topic_approvals).values(row))


async def define_feed(
    tx: AsyncConnection, feed: Feed, position: int, now: datetime, *, origin: Origin
) -> None:
    """Keep what *feed* is now; what polls have brought stays."""
    values = {
        "topic_id": feed.topic,
        "position": position,
        "name": feed.name,
        "url": feed.url,
        "kind": feed.kind,
        "interval_seconds": int(feed.interval.total_seconds()),
        "preset": feed.preset,
        "listing": dict(feed.listing),
        "page": dict(feed.page),
        "verified": feed.verified,
        "ca_bundle": feed.ca_bundle,
        "adapts": feed.adapts,
        "origin": origin,
        "retired": False,
    }
    statement = insert(tx, table).values(id=feed.id, **values, paused=False, failures=0, next_poll_at=now)
    # A server's validators are about an address as it was read: read otherwise, or at another one, they would
    # only hide what is there.
    same_url = table.c.url == statement.excluded.url
    same_reading = and_(
        same_url,
        table.c.kind == statement.excluded.kind,
        func.coalesce(table.c.preset, "") == func.coalesce(statement.excluded.preset, ""),
        table.c.listing == statement.excluded.listing,
    )
    same_pace = same_url & (table.c.interval_seconds == statement.excluded.interval_seconds)
    follows = {
        "etag": case((same_reading, table.c.etag), else_=None),
        "last_modified": case((same_reading, table.c.last_modified), else_=None),
        "next_poll_at": case((same_pace, table.c.next_poll_at), else_=statement.excluded.next_poll_at),
    }
    await tx.execute(statement.on_conflict_do_update(index_elements=["id"], set_={**values, **follows}))


async def topics(tx: AsyncConnection, *, only: Collection[TopicId] | None = None) -> tuple[Topic, ...]:
    """Return every topic, or *only* some, in the configured order, for those who manage the bot.

    See `visible_topics` for others.
    """
    shown = ~topics_table.c.retired & among(topics_table.c.id, only)
    query = select(*TOPIC).where(shown).order_by(topics_table.c.position)
    return tuple(topic_of(row) for row in await tx.execute(query))


async def topic(tx: AsyncConnection, topic_id: TopicId) -> Topic | None:
    """Return a topic, even a retired one: articles and deliveries may still name it."""
    row = (await tx.execute(select(*TOPIC).where(topics_table.c.id == topic_id))).first()
    return topic_of(row) if row else None


async def defined(tx: AsyncConnection, feed_ids: Collection[FeedId]) -> dict[FeedId, Feed]:
    """Return feeds by their ids, retired ones as well: their articles are still looked after."""
    rows = await tx.execute(select(table).where(table.c.id.in_(feed_ids)))
    return {FeedId(row.id): feed_of(row) for row in rows}


async def is_first_poll(tx: AsyncConnection, feed_id: FeedId) -> bool:
    """Return whether the feed has never been polled with success."""
    query = select(table.c.first_polled_at).where(table.c.id == feed_id)
    return (await tx.execute(query)).scalar() is None


async def set_paused(tx: AsyncConnection, feed_id: FeedId, *, paused: bool) -> None:
    await tx.execute(update(table).where(table.c.id == feed_id).values(paused=paused))


async def poll_now(tx: AsyncConnection, feed_id: FeedId, now: datetime) -> None:
    """Make it the feed's turn."""
    await tx.execute(update(table).where(table.c.id == feed_id).values(next_poll_at=now))


async def statuses(
    tx: AsyncConnection, *, topics: Collection[TopicId] | None = None
) -> tuple[FeedStatus, ...]:
    """Return the health of every feed that is defined, or of those of some *topics*, in the configured
    order.
    """
    news_at = func.coalesce(feed_poll_stats.c.changed_at, table.c.first_polled_at).label("news_at")
    query = (
        select(table, news_at, feed_poll_stats.c.usual_gap_seconds, feed_volumes.c.emptied_at)
        .outerjoin(feed_poll_stats, feed_poll_stats.c.feed_id == table.c.id)
        .outerjoin(feed_volumes, feed_volumes.c.feed_id == table.c.id)
        .where(~table.c.retired, among(table.c.topic_id, topics))
        .order_by(table.c.position)
    )
    rows = await tx.execute(query)
    return tuple(
        FeedStatus(
            feed=feed_of(row),
            paused=row.paused,
            has_worked=row.first_polled_at is not None,
            last_polled_at=row.last_polled_at,
            last_article_at=row.last_article_at,
            last_error=None if row.last_error is None else Reason.of(row.last_error),
            last_error_at=row.last_error_at,
            failures=row.failures,
            failing_since=row.failing_since,
            next_poll_at=row.next_poll_at,
            origin=Origin(row.origin),
            news_at=row.news_at,
            usual_gap=None if row.usual_gap_seconds is None else timedelta(seconds=row.usual_gap_seconds),
            emptied_at=row.emptied_at,
        )
        for row in rows
    )
