"""Persons whom the platform does not let us write to until they write again, and the places of a plan.

Of somebody who has not agreed to anything nothing is stored: it is only counted how often that happened.
"""

from datetime import datetime

from sqlalchemy import exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId, ChatId, ChatKind, ChatStatus
from bot.domain.delivery.places import Places
from bot.store.engine.dialect import insert
from bot.store.outbox.reschedule import bring_what_waited
from bot.store.schema import chats, subscriptions
from bot.store.schema import turned_away as table


async def hold(tx: AsyncConnection, chat: ChatId, reason: str) -> None:
    """Write nothing to *chat* until it writes again. What it is owed waits for that as long as news last."""
    held = {"status": ChatStatus.WAITING, "off_reason": reason}
    is_on = chats.c.status == ChatStatus.ACTIVE
    await tx.execute(update(chats).where(chats.c.id == chat, is_on).values(held))


async def come_back(tx: AsyncConnection, chat: ChatId, now: datetime) -> None:
    """Write to a *chat* again that has written to us; what it is owed meanwhile comes in a digest."""
    is_held = chats.c.status == ChatStatus.WAITING
    on = {"status": ChatStatus.ACTIVE, "off_reason": None}
    if (await tx.execute(update(chats).where(chats.c.id == chat, is_held).values(on))).rowcount:
        await bring_what_waited(tx, chat, now)


async def turn_away(tx: AsyncConnection, account: AccountId, month: str) -> None:
    """Count that somebody who is not stored could not be answered."""
    first = insert(tx, table).values(account_id=account, month=month, times=1)
    keys = ["account_id", "month"]
    await tx.execute(first.on_conflict_do_update(index_elements=keys, set_={"times": table.c.times + 1}))


async def places(tx: AsyncConnection, account: AccountId, month: str, *, users: int) -> Places:
    """Return how the places of a plan for so many *users* stand in a *month*."""
    subscribes = exists().where(subscriptions.c.chat_id == chats.c.id)
    query = select(chats.c.status, func.count()).where(
        chats.c.account_id == account, chats.c.kind == ChatKind.PRIVATE, subscribes
    )
    rows = await tx.execute(query.group_by(chats.c.status))
    counts = {ChatStatus(status): count for status, count in rows}
    used = counts.get(ChatStatus.ACTIVE, 0) + counts.get(ChatStatus.PAUSED, 0)
    times = select(table.c.times).where(table.c.account_id == account, table.c.month == month)
    turned_away = (await tx.execute(times)).scalar() or 0
    return Places(users, used, counts.get(ChatStatus.WAITING, 0), turned_away)
