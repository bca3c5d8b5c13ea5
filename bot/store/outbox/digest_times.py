"""When the chats of an account get their digests, and which get news at once."""

from datetime import datetime

from sqlalchemy import BigInteger, distinct, exists, func, select, type_coerce, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId, ChatId, ChatStatus
from bot.domain.chats.preferences import EVERY_MORNING, Timing
from bot.domain.delivery.delivery import DeliveryId
from bot.domain.delivery.ration import DigestTime, next_daily_digest
from bot.store.choices.shared import schedule_of
from bot.store.schema import (
    HELD,
    PENDING,
    WAITING,
    chat_preferences,
    chats,
    deliveries,
    schedules,
    subscriptions,
)
from bot.store.schema.types import milliseconds


async def digest_times(tx: AsyncConnection, account: AccountId, *, time_zone: str) -> list[DigestTime]:
    """Return by which schedules the chats of *account* get digests, and how many each.

    *time_zone* is that of chats which have chosen none.

    A chat that gets news at once and has no daily digest counts as one with a digest every morning: what
    cannot come at once comes then.
    """
    size = func.count(distinct(subscriptions.c.chat_id)).label("chats")
    of_account = (chats.c.account_id == account, chats.c.status == ChatStatus.ACTIVE)
    chosen = (
        select(schedules, size)
        .join_from(subscriptions, chats, chats.c.id == subscriptions.c.chat_id)
        .join(schedules, schedules.c.id == subscriptions.c.schedule_id)
        .where(*of_account)
        .group_by(*schedules.c)
    )
    other = subscriptions.alias("other")
    has_daily = exists().where(
        other.c.chat_id == subscriptions.c.chat_id,
        other.c.schedule_id == schedules.c.id,
        schedules.c.timing == Timing.DAILY,
    )
    zone = func.coalesce(chat_preferences.c.time_zone, time_zone).label("time_zone")
    in_the_morning = (
        select(zone, size)
        .join_from(subscriptions, chats, chats.c.id == subscriptions.c.chat_id)
        .join(chat_preferences, chat_preferences.c.chat_id == chats.c.id, isouter=True)
        .where(*of_account, subscriptions.c.schedule_id.is_(None), ~has_daily)
        .group_by(zone)
    )
    return [
        *(DigestTime(schedule_of(row), row.time_zone, row.chats) for row in await tx.execute(chosen)),
        *(DigestTime(EVERY_MORNING, row.time_zone, row.chats) for row in await tx.execute(in_the_morning)),
    ]


async def served_at_once(tx: AsyncConnection, account: AccountId) -> list[ChatId]:
    """Return the chats of *account* that get news at once, in the order of their ids."""
    query = (
        select(distinct(subscriptions.c.chat_id))
        .join_from(chats, subscriptions, subscriptions.c.chat_id == chats.c.id)
        .where(
            chats.c.account_id == account,
            chats.c.status == ChatStatus.ACTIVE,
            subscriptions.c.schedule_id.is_(None),
        )
        .order_by(subscriptions.c.chat_id)
    )
    return [ChatId(chat) for chat in (await tx.execute(query)).scalars()]


async def digests_due(tx: AsyncConnection, account: AccountId, now: datetime) -> int:
    """Return how many chats have a digest that is due and not sent."""
    is_due = (deliveries.c.account_id == account, deliveries.c.digest, deliveries.c.due_at <= now)
    # Each half has an index by account: what other accounts are owed, a million chats perhaps, is not read.
    parts = (select(deliveries.c.chat_id).where(part, *is_due) for part in (WAITING, HELD))
    due = union_all(*parts).subquery()
    return (await tx.execute(select(func.count(distinct(due.c.chat_id))))).scalar_one()


async def join_digest(
    tx: AsyncConnection, chat: ChatId, delivery: DeliveryId, *, time_zone: str, now: datetime
) -> None:
    """Have a *delivery* that was put off come with the next daily digest that its chat has chosen.

    Without one it comes in the morning. *time_zone* is that of a chat which has chosen none. It lasts as long
    after that as it would have lasted from its old moment.
    """
    daily = (
        select(schedules)
        .join(subscriptions, subscriptions.c.schedule_id == schedules.c.id)
        .where(subscriptions.c.chat_id == chat, schedules.c.timing == Timing.DAILY)
    )
    found = (await tx.execute(daily)).all()
    zones = select(chat_preferences.c.time_zone).where(chat_preferences.c.chat_id == chat)
    zone = found[0].time_zone if found else (await tx.execute(zones)).scalar()
    due_at = next_daily_digest([schedule_of(row) for row in found], zone or time_zone, now)
    lasts = type_coerce(deliveries.c.expires_at, BigInteger) - type_coerce(deliveries.c.due_at, BigInteger)
    put_off = (deliveries.c.id == delivery, PENDING, deliveries.c.lease_owner.is_(None), deliveries.c.digest)
    moved = {"due_at": due_at, "expires_at": milliseconds(due_at) + lasts}
    await tx.execute(update(deliveries).where(*put_off).values(moved))
