"""Chats that get a new address: the same people, with all that they asked for."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, exists, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import Address, ChatId, ChatStatus
from bot.store.chats.preferences import follow_time_zone
from bot.store.choices import subscription_counts
from bot.store.choices.shared import drop_unused, used
from bot.store.engine.dialect import insert
from bot.store.outbox.fanout import catch_up
from bot.store.schema import (
    chat_preferences,
    chats,
    deliveries,
    deliveries_of,
    follows,
    memberships,
    subscriptions,
)


def at(address: Address) -> ColumnElement[bool]:
    """Return the condition that picks the chat at *address*."""
    return and_(
        chats.c.account_id == address.account,
        chats.c.chat == address.chat,
        chats.c.thread == (address.thread or ""),
    )


async def move(tx: AsyncConnection, old: Address, new: Address, *, now: datetime) -> None:
    """Give the chat at *old* the address *new*, and its threads with it, keeping all that belongs to it.

    If there is a chat at *new* already, the two become one, with the subscriptions and deliveries of both.
    Without a chat at *old* nothing happens, so that it does no harm to be told twice.
    """
    moving = and_(chats.c.account_id == old.account, chats.c.chat == old.chat)
    if old.thread is not None:
        moving = at(old)
    rows = await tx.execute(select(chats).where(moving).order_by(chats.c.id).with_for_update())
    for chat in rows.all():
        await _move_one(tx, chat, Address(new.account, new.chat, chat.thread or None), now)


async def _move_one(tx: AsyncConnection, chat: Row[Any], new: Address, now: datetime) -> None:
    values: dict[str, Any] = {"chat": new.chat}
    there = (await tx.execute(select(chats).where(at(new)).with_for_update())).first()
    if there is not None and there.id != chat.id:
        await _take_over_subscriptions(tx, chat, there.id, now)
        await _take_over(tx, chat.id, there.id)
        values |= {"kind": there.kind, "title": there.title or chat.title}
        if there.status == ChatStatus.ACTIVE:
            values |= {"status": there.status, "off_reason": None}
    await tx.execute(update(chats).where(chats.c.id == chat.id).values(values))
    if chat.chat != new.chat:
        # Telegram numbers the messages of the new chat anew: the old numbers are those of others.
        sent = deliveries_of(chat.id) & deliveries.c.message_id.is_not(None)
        await tx.execute(update(deliveries).where(sent).values(message_id=None))
    if there is not None:
        await catch_up(tx, chat.id)


async def _take_over_subscriptions(tx: AsyncConnection, chat: Row[Any], other_id: int, now: datetime) -> None:
    """Give *chat* the subscriptions of the other one that it has not; those that both have become one."""
    kept = ("topic_id", "schedule_id", "filter_id", "created_at")
    its = subscriptions.c.chat_id == other_id
    unused = await used(tx, its)
    of_other = select(literal(chat.id), *(subscriptions.c[name] for name in kept)).where(its)
    taken = insert(tx, subscriptions).from_select(["chat_id", *kept], of_other).on_conflict_do_nothing()
    moved = set((await tx.execute(taken.returning(subscriptions.c.topic_id))).scalars())
    gone = delete(subscriptions).where(its).returning(subscriptions.c.topic_id)
    both = set((await tx.execute(gone)).scalars()) - moved
    subscription_counts.merged(tx, chat.account_id, both, now)
    await drop_unused(tx, unused)


async def _take_over(tx: AsyncConnection, chat_id: int, other_id: int) -> None:
    """Make what else belongs to the chat *other_id* belong to *chat_id*, and drop the other."""
    chosen = select(chat_preferences.c.chat_id).where(chat_preferences.c.chat_id == chat_id)
    preferred = update(chat_preferences).where(chat_preferences.c.chat_id == other_id, ~chosen.exists())
    await tx.execute(preferred.values(chat_id=chat_id))
    await follow_time_zone(tx, ChatId(chat_id))
    known = ("topic_id", "created_at", "note")
    let_in = select(literal(chat_id), *(memberships.c[name] for name in known)).where(
        memberships.c.chat_id == other_id
    )
    joined = insert(tx, memberships).from_select(["chat_id", *known], let_in)
    await tx.execute(joined.on_conflict_do_nothing())
    chosen_pages = ("page_id", "followed_at", "ends_at", "ended_at")
    theirs = select(literal(chat_id), *(follows.c[name] for name in chosen_pages)).where(
        follows.c.chat_id == other_id
    )
    followed = insert(tx, follows).from_select(["chat_id", *chosen_pages], theirs)
    await tx.execute(followed.on_conflict_do_nothing())
    others = deliveries_of(other_id)
    own = deliveries.alias()
    has_own = exists().where(
        own.c.article_id == deliveries.c.article_id,
        own.c.chat_id == chat_id,
        own.c.revision == deliveries.c.revision,
    )
    await tx.execute(delete(deliveries).where(others, has_own))
    await tx.execute(update(deliveries).where(others).values(chat_id=chat_id))
    await tx.execute(delete(chats).where(chats.c.id == other_id))
