"""Subscriptions at hubs: one a feed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, case, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.news.feed import FeedId
from bot.domain.news.websub import HubState, HubSubscription, due_after_ping
from bot.store.engine.dialect import insert
from bot.store.schema import feed_hubs as table
from bot.store.schema import feeds


async def of_feed(tx: AsyncConnection, feed: FeedId) -> HubSubscription | None:
    return _read((await tx.execute(select(table).where(table.c.feed_id == feed))).first())


async def by_token(tx: AsyncConnection, token: str) -> HubSubscription | None:
    """Return the subscription that a hub names by our address."""
    return _read((await tx.execute(select(table).where(table.c.token == token))).first())


async def save(tx: AsyncConnection, subscription: HubSubscription) -> None:
    values = {
        "hub": subscription.hub,
        "topic": subscription.topic,
        "token": subscription.token,
        "secret": subscription.secret,
        "state": subscription.state,
        "ask_at": subscription.ask_at,
        "expires_at": subscription.expires_at,
    }
    statement = insert(tx, table).values(feed_id=subscription.feed, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["feed_id"], set_=values))


async def forget(tx: AsyncConnection, feed: FeedId) -> None:
    await tx.execute(delete(table).where(table.c.feed_id == feed))


async def claim_due(
    tx: AsyncConnection, *, now: datetime, again_at: datetime, limit: int
) -> tuple[HubSubscription, ...]:
    """Return the subscriptions to be asked for now, each put off until *again_at* for everybody else."""
    polled = select(feeds.c.id).where(~feeds.c.retired, ~feeds.c.paused)
    due = (
        select(table)
        .where(table.c.ask_at <= now, table.c.feed_id.in_(polled))
        .order_by(table.c.ask_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = (await tx.execute(due)).all()
    ids = [row.feed_id for row in rows]
    # A feed that was to be left and came back is asked for anew.
    state = case((table.c.state == HubState.LEAVING, HubState.ASKED.value), else_=table.c.state)
    await tx.execute(update(table).where(table.c.feed_id.in_(ids)).values(ask_at=again_at, state=state))
    return tuple(subscription for row in rows if (subscription := _read(row)))


async def claim_ended(
    tx: AsyncConnection, *, now: datetime, again_at: datetime, limit: int
) -> tuple[HubSubscription, ...]:
    """Return subscriptions of feeds that are no more, each put off until *again_at* for everybody else."""
    retired = select(feeds.c.id).where(feeds.c.retired)
    ended = (
        select(table)
        .where(table.c.feed_id.in_(retired), (table.c.state != HubState.LEAVING) | (table.c.ask_at <= now))
        .order_by(table.c.ask_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = (await tx.execute(ended)).all()
    leaving = {"state": HubState.LEAVING, "ask_at": again_at}
    await tx.execute(update(table).where(table.c.feed_id.in_([row.feed_id for row in rows])).values(leaving))
    return tuple(subscription for row in rows if (subscription := _read(row)))


async def end_lease(tx: AsyncConnection, feed: FeedId, now: datetime) -> None:
    """Note that the hub of *feed* was asked to stop: its lease counts no more."""
    await tx.execute(update(table).where(table.c.feed_id == feed).values(expires_at=now))


async def note_ping(tx: AsyncConnection, feed: FeedId, now: datetime) -> None:
    """Make it the feed's turn, soon after its last poll at the earliest; also if it is being polled now."""
    await tx.execute(update(table).where(table.c.feed_id == feed).values(pinged_at=now))
    last = select(feeds.c.last_polled_at, feeds.c.next_poll_at).where(feeds.c.id == feed).with_for_update()
    row = (await tx.execute(last)).first()
    if row is not None:
        due_at = due_after_ping(polled_at=row.last_polled_at, next_poll_at=row.next_poll_at, now=now)
        await tx.execute(update(feeds).where(feeds.c.id == feed).values(next_poll_at=due_at))


async def pinged_since(tx: AsyncConnection, feed: FeedId, since: datetime) -> bool:
    """Return whether the hub told of a change after *since*: a poll begun before may have missed it."""
    query = select(table.c.feed_id).where(table.c.feed_id == feed, table.c.pinged_at > since)
    return (await tx.execute(query)).first() is not None


def _read(row: Row[Any] | None) -> HubSubscription | None:
    if row is None:
        return None
    return HubSubscription(
        feed=FeedId(row.feed_id),
        hub=row.hub,
        topic=row.topic,
        token=row.token,
        secret=row.secret,
        state=HubState(row.state),
        ask_at=row.ask_at,
        expires_at=row.expires_at,
    )
