"""Claiming deliveries by a lease, and giving them back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import (
    Row,
    Select,
    case,
    exists,
    literal,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.article import ArticleId
from bot.domain.chat import AccountId, Address, ChatId, ChatKind, ChatStatus, TopicId
from bot.domain.delivery import Delivery, DeliveryId, DeliveryStatus
from bot.store.columns import Id, Moment
from bot.store.receipts import message_before
from bot.store.schema import HELD, PENDING, WAITING, article_topics, articles, chats, subscriptions
from bot.store.schema import deliveries as table
from bot.store.statements import picked

MAX_CLAIMS = 10
"""A delivery that was claimed so often without ever being settled may be what kills the process."""

_log = structlog.get_logger(__name__)

_LOOKED_AT = 2_000
"""How many deliveries a claim looks at, at most, for those that can go: it bounds the time of a claim."""

_WOKEN = 2_000
"""How many held deliveries come back with one claim, at most."""

_CLAIMED = (
    table.c.id,
    table.c.account_id,
    table.c.chat_id,
    table.c.article_id,
    table.c.topic_id,
    table.c.revision,
    table.c.due_at,
    table.c.expires_at,
    table.c.claims,
    table.c.attempts,
)


@dataclass(slots=True)
class _Found:
    """What is to become of the deliveries that a claim has looked at."""

    claimed: dict[int, Row[Any]] = field(default_factory=dict)
    held: dict[datetime, list[int]] = field(default_factory=dict)
    ended: dict[tuple[DeliveryStatus, str], list[int]] = field(default_factory=dict)


async def claim(
    tx: AsyncConnection,
    *,
    account: AccountId,
    owner: str,
    now: datetime,
    lease: timedelta,
    limit: int,
    closed_chats: Mapping[ChatId, datetime] | None = None,
) -> tuple[Delivery, ...]:
    """Lease what is due, longest due first, to *owner*: at most *limit*, and one for each chat.

    A delivery of one of *closed_chats* is put aside until the moment given there, and has its old place then.
    One that nobody wants any more, or that has become too old, ends here with its reason.
    """
    await _wake(tx, account, now)
    found = _Found()
    closed = {chat: until for chat, until in (closed_chats or {}).items() if until > now}
    size, looked_at, after = limit, 0, None
    while len(found.claimed) < limit and looked_at < _LOOKED_AT:
        rows = (await tx.execute(_window(account, now, after).limit(size))).all()
        for row in rows:
            if len(found.claimed) < limit:
                _sort(row, found, now, closed)
        if len(rows) < size:
            break
        # Many were of one chat, or unwanted: look further ahead at once.
        looked_at, after, size = looked_at + size, rows[-1], min(size * 4, _LOOKED_AT)
    await _note(tx, found, owner=owner, until=now + lease, now=now)
    return tuple(_delivery(row) for row in found.claimed.values())


async def _wake(tx: AsyncConnection, account: AccountId, now: datetime) -> None:
    """Put back what a lease that lapsed, or a closed chat, has held until now.

    The owner of a lapsed lease stays noted: until somebody else claims the delivery, a receipt still counts.
    """
    over = (
        select(table.c.id)
        .where(HELD, table.c.account_id == account, table.c.held_until <= now)
        .order_by(table.c.held_until)
        .limit(_WOKEN)
        .with_for_update(skip_locked=True)
    )
    await tx.execute(update(table).where(table.c.id.in_(picked(tx, over))).values(held_until=None))


def _window(account: AccountId, now: datetime, after: Row[Any] | None) -> Select[Any]:
    """Return the query for what waits behind *after*, with what there is to know about its chat."""
    of_article = (
        select(article_topics.c.topic_id)
        .where(article_topics.c.article_id == table.c.article_id)
        .correlate(table)
    )
    is_wanted = exists().where(
        subscriptions.c.chat_id == table.c.chat_id,
        # The article may have come by a second topic, whose fan-out found the chat served by the first.
        or_(subscriptions.c.topic_id == table.c.topic_id, subscriptions.c.topic_id.in_(of_article)),
    )
    about_chat = (chats.c.chat, chats.c.thread, chats.c.kind, chats.c.language, chats.c.status)
    sent = message_before()
    query = (
        select(
            *_CLAIMED,
            *(column.label(f"chat_{column.name}") for column in about_chat),
            is_wanted.label("is_wanted"),
            # Only a correction has a message to edit.
            case((table.c.revision > 0, sent), else_=None).label("replaces"),
            articles.c.withdrawn_at,
        )
        .join_from(table, chats, chats.c.id == table.c.chat_id, isouter=True)
        .join(articles, articles.c.id == table.c.article_id, isouter=True)
        .where(WAITING, table.c.account_id == account, table.c.due_at <= now)
        .order_by(table.c.due_at, table.c.id)
        .with_for_update(of=table, skip_locked=True)
    )
    if after is None:
        return query
    place = tuple_(literal(after.due_at, Moment), literal(after.id, Id))
    return query.where(tuple_(table.c.due_at, table.c.id) > place)


def _sort(row: Row[Any], found: _Found, now: datetime, closed: Mapping[ChatId, datetime]) -> None:
    end = _end(row, now)
    if end:
        found.ended.setdefault(end, []).append(row.id)
    elif row.chat_id in closed:
        found.held.setdefault(closed[row.chat_id], []).append(row.id)
    else:
        found.claimed.setdefault(row.chat_id, row)


def _end(row: Row[Any], now: datetime) -> tuple[DeliveryStatus, str] | None:
    """Return how a delivery ends instead of being claimed, if it does."""
    if row.chat_status != ChatStatus.ACTIVE:
        return DeliveryStatus.CANCELLED, f"the chat is {row.chat_status or 'gone'}"
    if reason := _why_unwanted(row):
        return DeliveryStatus.CANCELLED, reason
    if row.expires_at <= now:
        return DeliveryStatus.EXPIRED, "too old to be news"
    if row.claims >= MAX_CLAIMS:
        return DeliveryStatus.SET_ASIDE, f"claimed {row.claims} times and never settled"
    return None


def _why_unwanted(row: Row[Any]) -> str | None:
    if row.revision:
        return None if row.replaces else "nothing was sent that could be corrected"
    if row.withdrawn_at is not None:
        return "the agency has taken the article down"
    return None if row.is_wanted else "the chat has unsubscribed"


async def _note(tx: AsyncConnection, found: _Found, *, owner: str, until: datetime, now: datetime) -> None:
    """Write down what became of the deliveries that a claim has looked at."""
    if found.claimed:
        ids = [row.id for row in found.claimed.values()]
        lease = {"lease_owner": owner, "held_until": until, "claims": table.c.claims + 1}
        await tx.execute(update(table).where(table.c.id.in_(ids)).values(lease))
    for open_again_at, ids in found.held.items():
        await tx.execute(update(table).where(table.c.id.in_(ids)).values(held_until=open_again_at))
    for (status, reason), ids in found.ended.items():
        end = {"status": status, "reason": reason, "settled_at": now, "lease_owner": None}
        await tx.execute(update(table).where(table.c.id.in_(ids)).values(end))
        if status is DeliveryStatus.SET_ASIDE:
            _log.error("deliveries set aside", deliveries=ids, reason=reason)


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        id=DeliveryId(row.id),
        chat=ChatId(row.chat_id),
        address=Address(AccountId(row.account_id), row.chat_chat, row.chat_thread or None),
        kind=ChatKind(row.chat_kind),
        language=row.chat_language,
        article=ArticleId(row.article_id),
        topic=TopicId(row.topic_id),
        revision=row.revision,
        due_at=row.due_at,
        expires_at=row.expires_at,
        attempts=row.attempts,
        replaces=row.replaces,
        withdrawn=row.withdrawn_at is not None,
    )


async def release(tx: AsyncConnection, ids: Collection[DeliveryId], *, owner: str) -> int:
    """Give back deliveries that *owner* claimed and did not begin to send; the claim does not count."""
    owned = await _owned(tx, ids, owner)
    given_back = {"held_until": None, "lease_owner": None, "claims": table.c.claims - 1}
    await tx.execute(update(table).where(table.c.id.in_(owned)).values(given_back))
    return len(owned)


async def inherit(tx: AsyncConnection, *, account: AccountId, owner: str, until: datetime) -> None:
    """Have what others than *owner* have claimed come back by *until* at the latest: they are gone."""
    theirs = (
        select(table.c.id)
        .where(HELD, table.c.account_id == account, table.c.held_until > until)
        .where(table.c.lease_owner.is_not(None), table.c.lease_owner != owner)
        .order_by(table.c.id)
        .with_for_update(skip_locked=True)
    )
    await tx.execute(update(table).where(table.c.id.in_(theirs)).values(held_until=until))


async def _owned(tx: AsyncConnection, ids: Collection[DeliveryId], owner: str) -> set[int]:
    """Lock those of the deliveries that are *owner*'s still; in one order always, so that none deadlock."""
    query = (
        select(table.c.id)
        .where(table.c.id.in_(ids), table.c.lease_owner == owner, PENDING)
        .order_by(table.c.id)
        .with_for_update()
    )
    return set((await tx.execute(query)).scalars())


async def cancel(tx: AsyncConnection, chat: ChatId, *, reason: str, now: datetime) -> None:
    """End whatever *chat* is owed, but for what is being sent at this moment.

    A claim would end it as well; doing so at once keeps the outbox free of what nobody will get.
    """
    owed = select(table.c.id).where(PENDING, table.c.chat_id == chat, table.c.lease_owner.is_(None))
    chosen = owed.with_for_update(skip_locked=True)
    end = {"status": DeliveryStatus.CANCELLED, "reason": reason, "settled_at": now, "held_until": None}
    await tx.execute(update(table).where(table.c.id.in_(chosen)).values(end))
