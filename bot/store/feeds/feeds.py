"""Topics and feeds: what is defined, whose turn it is, and what the last poll brought."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, delete, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import TopicId
from bot.domain.news.feed import Feed, FeedId, Topic, Validators
from bot.domain.reason import Reason
from bot.store.choices.feed_rows import TOPIC, Origin, feed_of, topic_of
from bot.store.choices.visibility import end_subscriptions_of_strangers
from bot.store.coordination import heartbeats
from bot.store.engine.dialect import insert
from bot.store.schema import feed_poll_stats, feed_volumes, outage_topics, topic_addresses
from bot.store.schema import feeds as table
from bot.store.schema import topics as topics_table
from bot.store.schema.types import Moment


@dataclass(frozen=True, slots=True)
class DueFeed:
    """A feed that its poller has to itself until the lease lapses, and what is needed to poll it.

    *polled_at* is until when it is known to have been polled with success.
    """

    feed: Feed
    validators: Validators
    first_poll: bool
    failures: int
    polled_at: datetime | None = None


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
    news_at: datetime | None = None
    usual_gap: timedelta | None = None
    emptied_at: datetime | None = None


async def sync_definitions(
    tx: AsyncConnection, topics: Sequence[Topic], feeds: Sequence[Feed], now: datetime
) -> None:
    """Make what is stored follow the configuration; what is no longer defined is retired, never deleted."""
    await tx.execute(update(topics_table).values(retired=True))
    for position, topic in enumerate(topics):
        await _define_topic(tx, topic, position)
    await end_subscriptions_of_strangers(tx)
    await tx.execute(update(table).where(table.c.origin == Origin.CONFIGURED).values(retired=True))
    for position, feed in enumerate(feeds):
        await define_feed(tx, feed, position, now, origin=Origin.CONFIGURED)


async def add_topic(tx: AsyncConnection, topic: Topic) -> None:
    """Define *topic* after all others, and leave those as they are."""
    last = (await tx.execute(select(func.max(topics_table.c.position)))).scalar()
    await _define_topic(tx, topic, (last or 0) + 1)


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
    await tx.execute(delete(topic_addresses).where(topic_addresses.c.topic_id == topic.id))
    if topic.address:
        await tx.execute(insert(tx, topic_addresses).values(topic_id=topic.id, address=topic.address))


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
    # A server's validators are about an address: at another one they would only hide what is there.
    same_url = table.c.url == statement.excluded.url
    same_pace = same_url & (table.c.interval_seconds == statement.excluded.interval_seconds)
    follows = {
        "etag": case((same_url, table.c.etag), else_=None),
        "last_modified": case((same_url, table.c.last_modified), else_=None),
        "next_poll_at": case((same_pace, table.c.next_poll_at), else_=statement.excluded.next_poll_at),
    }
    await tx.execute(statement.on_conflict_do_update(index_elements=["id"], set_={**values, **follows}))


async def topics(tx: AsyncConnection) -> tuple[Topic, ...]:
    """Return every topic, in the configured order, for those who manage the bot; see `visible_topics`."""
    query = select(*TOPIC).where(~topics_table.c.retired).order_by(topics_table.c.position)
    return tuple(topic_of(row) for row in await tx.execute(query))


async def topic(tx: AsyncConnection, topic_id: TopicId) -> Topic | None:
    """Return a topic, even a retired one: articles and deliveries may still name it."""
    row = (await tx.execute(select(*TOPIC).where(topics_table.c.id == topic_id))).first()
    return topic_of(row) if row else None


async def defined(tx: AsyncConnection, feed_ids: Collection[FeedId]) -> dict[FeedId, Feed]:
    """Return feeds by their ids, retired ones as well: their articles are still looked after."""
    rows = await tx.execute(select(table).where(table.c.id.in_(feed_ids)))
    return {FeedId(row.id): feed_of(row) for row in rows}


async def claim_due(
    tx: AsyncConnection,
    *,
    owner: str,
    now: datetime,
    limit: int,
    lease: timedelta,
    polling: Collection[FeedId] = (),
) -> tuple[DueFeed, ...]:
    """Lease the feeds whose turn it is, longest due first; *owner* is *polling* some at this moment."""
    due = (
        select(table.c.id)
        .where(table.c.next_poll_at <= now, ~table.c.paused, ~table.c.retired)
        .where(_free(tx, owner, now), table.c.id.not_in(polling))
        .order_by(table.c.next_poll_at, table.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return await _lease(tx, (await tx.execute(due)).scalars().all(), owner=owner, until=now + lease)


async def claim(
    tx: AsyncConnection, feed_ids: Collection[FeedId], *, owner: str, now: datetime, lease: timedelta
) -> tuple[DueFeed, ...]:
    """Lease the feeds named, due or not, paused or not; one that somebody is polling is left out."""
    named = (
        select(table.c.id)
        .where(table.c.id.in_(feed_ids), ~table.c.retired, _free(tx, owner, now))
        .order_by(table.c.id)
        .with_for_update(skip_locked=True)
    )
    return await _lease(tx, (await tx.execute(named)).scalars().all(), owner=owner, until=now + lease)


async def _lease(
    tx: AsyncConnection, feed_ids: Sequence[str], *, owner: str, until: datetime
) -> tuple[DueFeed, ...]:
    if not feed_ids:
        return ()
    chosen = table.c.id.in_(feed_ids)
    await tx.execute(update(table).where(chosen).values(lease_owner=owner, leased_until=until))
    rows = await tx.execute(select(table).where(chosen).order_by(table.c.next_poll_at, table.c.id))
    return tuple(
        DueFeed(
            feed=feed_of(row),
            validators=Validators(row.etag, row.last_modified),
            first_poll=row.first_polled_at is None,
            failures=row.failures,
            polled_at=row.failing_since or row.last_polled_at,
        )
        for row in rows
    )


async def renew(tx: AsyncConnection, feed_id: FeedId, *, owner: str, now: datetime, lease: timedelta) -> bool:
    """Keep a leased feed for another while; False if the lease was lost."""
    kept = (
        update(table)
        .where(table.c.id == feed_id, table.c.lease_owner == owner)
        .values(leased_until=now + lease)
    )
    return (await tx.execute(kept)).rowcount == 1


async def is_first_poll(tx: AsyncConnection, feed_id: FeedId) -> bool:
    """Return whether the feed has never been polled with success."""
    query = select(table.c.first_polled_at).where(table.c.id == feed_id)
    return (await tx.execute(query)).scalar() is None


@dataclass(frozen=True, slots=True)
class PollOutcome:
    """What a poll that went well came to, and when the next one is due."""

    validators: Validators
    next_poll_at: datetime
    took_article: bool


async def save_poll(
    tx: AsyncConnection, feed_id: FeedId, outcome: PollOutcome, *, owner: str, now: datetime
) -> bool:
    """Note a poll that went well, and end the lease; False if the lease was lost: roll back then."""
    noted = (
        update(table)
        .where(table.c.id == feed_id, table.c.lease_owner == owner)
        .values(
            etag=outcome.validators.etag,
            last_modified=outcome.validators.last_modified,
            first_polled_at=func.coalesce(table.c.first_polled_at, literal(now, Moment)),
            last_polled_at=now,
            last_article_at=now if outcome.took_article else table.c.last_article_at,
            failures=0,
            failing_since=None,
            next_poll_at=outcome.next_poll_at,
            lease_owner=None,
            leased_until=None,
        )
    )
    return (await tx.execute(noted)).rowcount == 1


async def save_failure(
    tx: AsyncConnection, feed_id: FeedId, *, owner: str, error: Reason, now: datetime, next_poll_at: datetime
) -> bool:
    """Note a poll that failed, and end the lease; False if the lease was lost."""
    noted = (
        update(table)
        .where(table.c.id == feed_id, table.c.lease_owner == owner)
        .values(
            last_polled_at=now,
            last_error=error.stored(),
            last_error_at=now,
            failures=table.c.failures + 1,
            failing_since=func.coalesce(table.c.failing_since, literal(now, Moment)),
            next_poll_at=next_poll_at,
            lease_owner=None,
            leased_until=None,
        )
    )
    return (await tx.execute(noted)).rowcount == 1


async def set_paused(tx: AsyncConnection, feed_id: FeedId, *, paused: bool) -> None:
    await tx.execute(update(table).where(table.c.id == feed_id).values(paused=paused))


async def poll_now(tx: AsyncConnection, feed_id: FeedId, now: datetime) -> None:
    """Make it the feed's turn."""
    await tx.execute(update(table).where(table.c.id == feed_id).values(next_poll_at=now))


async def statuses(tx: AsyncConnection) -> tuple[FeedStatus, ...]:
    """Return the health of every feed that is defined, in the configured order."""
    news_at = func.coalesce(feed_poll_stats.c.changed_at, table.c.first_polled_at).label("news_at")
    query = (
        select(table, news_at, feed_poll_stats.c.usual_gap_seconds, feed_volumes.c.emptied_at)
        .outerjoin(feed_poll_stats, feed_poll_stats.c.feed_id == table.c.id)
        .outerjoin(feed_volumes, feed_volumes.c.feed_id == table.c.id)
        .where(~table.c.retired)
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
            news_at=row.news_at,
            usual_gap=None if row.usual_gap_seconds is None else timedelta(seconds=row.usual_gap_seconds),
            emptied_at=row.emptied_at,
        )
        for row in rows
    )


def _free(tx: AsyncConnection, owner: str, now: datetime) -> ColumnElement[bool]:
    """Return whether *owner* may lease a feed: nobody else who is alive has it."""
    is_ended = or_(table.c.leased_until.is_(None), table.c.leased_until <= now)
    holder = table.c.lease_owner
    return or_(is_ended, holder == owner, holder.not_in(heartbeats.alive(tx)))
