"""What waits for a chat follows what the chat chooses now: another moment, or another filter."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Row,
    bindparam,
    case,
    exists,
    or_,
    select,
    true,
    type_coerce,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import ChatId, TopicId
from bot.domain.chats.filters import Filter, Prepared, parse, prepare
from bot.domain.chats.preferences import AT_ONCE, Schedule, Timing, next_moment, zone_of
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.delivery.fair_queue import Lane
from bot.store.choices.shared import schedule_of
from bot.store.engine import notify
from bot.store.publications.publications import IS_OUT
from bot.store.schema import (
    HELD,
    LEFT_OUT,
    PENDING,
    articles,
    chat_preferences,
    deliveries,
    document_fields,
    filters,
    publications,
    schedules,
    subscriptions,
)
from bot.store.schema.types import Moment, milliseconds

WHY_LEFT_OUT = "the chat's filter leaves it out"


@dataclass(frozen=True, slots=True)
class _Choice:
    """A subscription as it is now. *is_new* says that its moment was just chosen,"""

    topic: TopicId
    schedule: Schedule
    time_zone: str
    filter: Filter | None
    is_new: bool
    lets_urgent_through: bool

    def is_digest(self, row: Row[Any]) -> bool:
        breaks_through = row.lane == Lane.URGENT and self.lets_urgent_through
        return self.schedule.timing is not Timing.AT_ONCE and not breaks_through

    def due_at(self, row: Row[Any], now: datetime) -> datetime:
        """Return when a delivery is due by this subscription: what it caused itself keeps its place."""
        is_own = row.topic_id == self.topic and row.status == DeliveryStatus.PENDING
        if is_own and not self.is_new and row.digest == self.is_digest(row):
            return row.due_at  # type: ignore[no-any-return]
        return next_moment(self.schedule, now, zone_of(self.time_zone)) if self.is_digest(row) else now


async def replan(
    tx: AsyncConnection, chat: ChatId, topic: TopicId, *, is_retimed: bool, now: datetime
) -> None:
    """Plan anew what *chat* is owed of *topic*, after its choice for that has changed.

    What is being sent at this moment goes out as it is. What a filter had left out, and the present one lets
    pass, is owed again: so a change can be undone.
    """
    waiting = (await tx.execute(_waiting(chat, topic))).all()
    if not waiting:
        return
    wishes = [_wish(row, topic if is_retimed else None) for row in await tx.execute(_wishes(chat))]
    topics, words = await _about(tx, {row.article_id for row in waiting})
    changes = []
    for row in waiting:
        matching = [wish for wish in wishes if wish.topic in topics[row.article_id]]
        passing = [wish for wish in matching if not wish.filter or wish.filter.passes(words[row.article_id])]
        # Without any subscription it ends when it comes up to be claimed: that may still be undone.
        if matching and (change := _change(row, passing, now)):
            changes.append(change)
    if changes:
        await tx.execute(_CHANGED, changes)
        await notify.announce(tx, notify.Signal.DELIVERIES)


async def let_go(tx: AsyncConnection, chat: ChatId, now: datetime) -> None:
    """Have what quiet hours have put off decided about anew."""
    put_off = HELD & (deliveries.c.chat_id == chat) & (deliveries.c.due_at == deliveries.c.held_until)
    await tx.execute(update(deliveries).where(put_off).values(held_until=None, due_at=now))
    await notify.announce(tx, notify.Signal.DELIVERIES)


async def bring_what_waited(tx: AsyncConnection, chat: ChatId, now: datetime) -> None:
    """Have what *chat* was owed while it was held come now: all in one digest, but for urgent news."""
    put_off = HELD & (deliveries.c.chat_id == chat) & (deliveries.c.due_at == deliveries.c.held_until)
    in_digest = (deliveries.c.lane == Lane.NEWS) & (deliveries.c.revision == 0)
    together = case((in_digest, true()), else_=deliveries.c.digest)
    await tx.execute(update(deliveries).where(put_off).values(held_until=None, due_at=now, digest=together))
    await notify.announce(tx, notify.Signal.DELIVERIES)


async def bring_digests(
    tx: AsyncConnection, chat: ChatId, topics: Collection[TopicId], *, now: datetime
) -> int:
    """Have what waits for the digests of *chat* in *topics* come now; return how many deliveries that are.

    Each lasts as long after that as it would have lasted from its old moment: it may be put off again.
    """
    waits = PENDING & deliveries.c.lease_owner.is_(None) & deliveries.c.digest & (deliveries.c.due_at > now)
    of_chat = (deliveries.c.chat_id == chat) & deliveries.c.topic_id.in_(topics)
    lasts = type_coerce(deliveries.c.expires_at, BigInteger) - type_coerce(deliveries.c.due_at, BigInteger)
    brought = {"due_at": now, "expires_at": milliseconds(now) + lasts}
    changed = update(deliveries).where(of_chat, waits).values(brought)
    count = (await tx.execute(changed)).rowcount
    if count:
        await notify.announce(tx, notify.Signal.DELIVERIES)
    return count


def _waiting(chat: ChatId, topic: TopicId) -> Any:
    of_chat = (deliveries.c.chat_id == chat) & (deliveries.c.revision == 0)
    waits = PENDING & deliveries.c.lease_owner.is_(None)
    # Each by its own index, which holds little of a chat: all that it was ever sent is much more.
    found = union_all(*(select(deliveries.c.id).where(of_chat, each) for each in (waits, LEFT_OUT)))
    in_topic = exists().where(
        publications.c.article_id == deliveries.c.article_id, publications.c.topic_id == topic, IS_OUT
    )
    return (
        select(deliveries)
        .where(deliveries.c.id.in_(found), in_topic, or_(waits, LEFT_OUT))
        .order_by(deliveries.c.id)
        .with_for_update()
    )


def _wishes(chat: ChatId) -> Any:
    return (
        select(subscriptions.c.topic_id, *schedules.c, filters.c.words, chat_preferences.c.urgent)
        .join_from(subscriptions, schedules, schedules.c.id == subscriptions.c.schedule_id, isouter=True)
        .join(filters, filters.c.id == subscriptions.c.filter_id, isouter=True)
        .join(chat_preferences, chat_preferences.c.chat_id == subscriptions.c.chat_id, isouter=True)
        .where(subscriptions.c.chat_id == chat)
    )


def _wish(row: Row[Any], retimed: TopicId | None) -> _Choice:
    return _Choice(
        topic=TopicId(row.topic_id),
        schedule=schedule_of(row) if row.timing else AT_ONCE,
        time_zone=row.time_zone or "",
        filter=parse(row.words) if row.words else None,
        is_new=row.topic_id == retimed,
        lets_urgent_through=bool(row.urgent),
    )


async def _about(
    tx: AsyncConnection, ids: Collection[int]
) -> tuple[dict[int, set[str]], dict[int, Prepared]]:
    """Return the topics and the words of articles."""
    topics: dict[int, set[str]] = {}
    query = select(publications).where(publications.c.article_id.in_(ids), IS_OUT)
    for row in await tx.execute(query):
        topics.setdefault(row.article_id, set()).add(row.topic_id)
    texts = select(
        *(articles.c.id, articles.c.title, articles.c.summary, articles.c.body), document_fields.c.kind
    ).outerjoin(document_fields, document_fields.c.article_id == articles.c.id)
    rows = (await tx.execute(texts.where(articles.c.id.in_(ids)))).all()
    words = await asyncio.to_thread(
        lambda: {row.id: prepare((row.title, row.summary, *row.body), row.kind or "") for row in rows}
    )
    return topics, words


def _change(row: Row[Any], passing: list[_Choice], now: datetime) -> dict[str, Any] | None:
    """Return how a delivery stands now, or None where nothing has changed for it."""
    stands = {"delivery": row.id, "new_held_until": None, "new_reason": None, "new_settled_at": None}
    if not passing:
        kept = {"new_topic": row.topic_id, "new_due_at": row.due_at, "new_expires_at": row.expires_at}
        ended = {"new_status": DeliveryStatus.CANCELLED, "new_reason": WHY_LEFT_OUT, "new_settled_at": now}
        return (
            {**stands, **kept, "new_digest": row.digest, **ended}
            if row.status == DeliveryStatus.PENDING
            else None
        )
    due_at, wish = min(((wish.due_at(row, now), wish) for wish in passing), key=lambda pair: pair[0])
    expires_at = row.expires_at + (due_at - row.due_at)
    is_back = row.status == DeliveryStatus.CANCELLED
    if (is_back and expires_at <= now) or (not is_back and due_at == row.due_at):
        return None
    return {
        **stands,
        "new_topic": wish.topic,
        "new_status": DeliveryStatus.PENDING,
        "new_due_at": due_at,
        "new_expires_at": expires_at,
        "new_digest": wish.is_digest(row),
    }


_CHANGED = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("delivery"))
    .values(
        topic_id=bindparam("new_topic"),
        status=bindparam("new_status"),
        digest=bindparam("new_digest"),
        due_at=bindparam("new_due_at", type_=Moment),
        expires_at=bindparam("new_expires_at", type_=Moment),
        held_until=bindparam("new_held_until", type_=Moment),
        reason=bindparam("new_reason"),
        settled_at=bindparam("new_settled_at", type_=Moment),
    )
)
