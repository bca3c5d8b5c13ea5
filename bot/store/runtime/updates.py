"""What a messenger told us: as it came until it is dealt with, and then its number alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId
from bot.store.engine import notify
from bot.store.engine.dialect import insert_missing
from bot.store.schema import accounts
from bot.store.schema import updates as table

REMEMBERED_FOR = timedelta(days=2)
"""How long an update is known again after it was handled. Bot API: none is kept for more than 24 hours."""

OFFSET_HOLDS_FOR = timedelta(days=3)
"""How long an offset means something. Bot API: after a week without updates their numbers begin anew at
random, and an offset above them would throw them away unread."""


async def save(
    tx: AsyncConnection,
    account: AccountId,
    updates: Sequence[tuple[int, str]],
    *,
    now: datetime,
    for_ever: bool = False,
) -> int:
    """Keep *updates* (id and payload), in whatever order they come; return how many are new to us.

    The ids of those that were handled are known for a while, or *for_ever*, where any may come again.
    """
    if not updates:
        return 0
    rows = [
        {"account_id": account, "update_id": number, "payload": payload, "received_at": now}
        for number, payload in updates
    ]
    added = await insert_missing(tx, table, rows)
    if not for_ever:
        over = table.c.handled_at < now - REMEMBERED_FOR
        await tx.execute(delete(table).where(table.c.account_id == account, over))
    if added:
        await notify.announce(tx, notify.Signal.UPDATES)
    return added


async def move_on(tx: AsyncConnection, account: AccountId, offset: int, *, now: datetime) -> None:
    """Ask from *offset* on: all before it is stored. Only polling may say so, since it asks in order."""
    stale = accounts.c.updates_polled_at < now - OFFSET_HOLDS_FOR
    behind = func.coalesce(accounts.c.update_offset, 0) <= offset
    moved = update(accounts).where(accounts.c.id == account, behind | stale)
    await tx.execute(moved.values(update_offset=offset, updates_polled_at=now))


async def next_offset(tx: AsyncConnection, account: AccountId, *, now: datetime) -> int | None:
    """Return the id from which to ask on; None for all that the messenger still keeps for us."""
    holds = accounts.c.updates_polled_at >= now - OFFSET_HOLDS_FOR
    query = select(accounts.c.update_offset).where(accounts.c.id == account, holds)
    return (await tx.execute(query)).scalar()


@dataclass(frozen=True, slots=True)
class PendingUpdate:
    """An update that is still to be dealt with: handled (*payload*), or only answered (*answer*)."""

    update_id: int
    payload: str | None
    answer: str | None


async def pending(
    tx: AsyncConnection, account: AccountId, *, limit: int, after: int | None = None
) -> tuple[PendingUpdate, ...]:
    """Return what is still to be dealt with, oldest first, from behind the id *after*."""
    query = (
        select(table.c.update_id, table.c.payload, table.c.answer)
        .where(table.c.account_id == account, table.c.handled_at.is_(None))
        .order_by(table.c.update_id)
        .limit(limit)
    )
    if after is not None:
        query = query.where(table.c.update_id > after)
    return tuple(PendingUpdate(row.update_id, row.payload, row.answer) for row in await tx.execute(query))


async def keep_answer(tx: AsyncConnection, account: AccountId, update_id: int, answer: str) -> None:
    """Keep the *answer* of an update whose effect this transaction commits: it is not handled again."""
    effected = update(table).where(table.c.account_id == account, table.c.update_id == update_id)
    await tx.execute(effected.values(payload=None, answer=answer))


async def settle(tx: AsyncConnection, account: AccountId, *update_ids: int, now: datetime) -> None:
    """Forget what updates said that have been dealt with, but know their numbers if they come again."""
    dealt_with = update(table).where(table.c.account_id == account, table.c.update_id.in_(update_ids))
    await tx.execute(dealt_with.values(payload=None, answer=None, handled_at=now))
