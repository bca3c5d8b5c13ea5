"""What a messenger told us and nobody has dealt with yet, as it came."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete as delete_from
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chat import AccountId
from bot.store.schema import accounts
from bot.store.schema import updates as table
from bot.store.statements import insert_missing


async def save(
    tx: AsyncConnection, account: AccountId, updates: Sequence[tuple[int, str]], *, now: datetime
) -> int:
    """Keep *updates* (id and payload) and move the offset past them; return how many were new."""
    if not updates:
        return 0
    rows = [
        {"account_id": account, "update_id": number, "payload": payload, "received_at": now}
        for number, payload in updates
    ]
    added = await insert_missing(tx, table, rows)
    offset = max(number for number, _ in updates) + 1
    behind = func.coalesce(accounts.c.update_offset, 0) < offset
    await tx.execute(update(accounts).where(accounts.c.id == account, behind).values(update_offset=offset))
    return added


async def next_offset(tx: AsyncConnection, account: AccountId) -> int | None:
    """Return the id from which to ask on; None before the first update."""
    return (await tx.execute(select(accounts.c.update_offset).where(accounts.c.id == account))).scalar()


async def pending(tx: AsyncConnection, account: AccountId, *, limit: int) -> tuple[tuple[int, str], ...]:
    """Return what is still to be dealt with (id and payload), oldest first."""
    query = (
        select(table.c.update_id, table.c.payload)
        .where(table.c.account_id == account)
        .order_by(table.c.update_id)
        .limit(limit)
    )
    return tuple((row.update_id, row.payload) for row in await tx.execute(query))


async def delete(tx: AsyncConnection, account: AccountId, update_id: int) -> None:
    """Forget an update that has been dealt with, words and all."""
    await tx.execute(delete_from(table).where(table.c.account_id == account, table.c.update_id == update_id))
