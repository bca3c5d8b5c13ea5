"""The lease of a poll: one process has a feed to itself, until it has noted how the poll went."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.news.feed import Feed, FeedId, Validators
from bot.domain.reason import Reason
from bot.store.choices.feed_rows import feed_of
from bot.store.coordination import heartbeats
from bot.store.schema import feeds as table
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
class PollOutcome:
    """What a poll that went well came to, and when the next one is due."""

    validators: Validators
    next_poll_at: datetime
    took_article: bool


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


def _free(tx: AsyncConnection, owner: str, now: datetime) -> ColumnElement[bool]:
    """Return whether *owner* may lease a feed: nobody else who is alive has it."""
    is_ended = or_(table.c.leased_until.is_(None), table.c.leased_until <= now)
    holder = table.c.lease_owner
    return or_(is_ended, holder == owner, holder.not_in(heartbeats.alive(tx)))
