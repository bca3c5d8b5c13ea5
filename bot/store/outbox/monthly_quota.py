"""How many messages an account has sent in a month, counted before each is sent."""

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId
from bot.store.engine.dialect import insert_missing
from bot.store.schema import monthly_messages as table


async def take(tx: AsyncConnection, account: AccountId, month: str, *, messages: int, limit: int) -> bool:
    """Count *messages* more, unless that would be more than *limit* in the *month*; return whether it was."""
    await insert_missing(tx, table, [{"account_id": account, "month": month, "messages": 0}])
    more = table.c.messages + messages
    counted = update(table).where(_of(account, month), more <= limit).values(messages=more)
    return (await tx.execute(counted)).rowcount == 1


async def give_back(tx: AsyncConnection, account: AccountId, month: str, *, messages: int) -> None:
    """Take *messages* off the count that were certainly not sent."""
    await tx.execute(update(table).where(_of(account, month)).values(messages=table.c.messages - messages))


async def fill(tx: AsyncConnection, account: AccountId, month: str, *, messages: int) -> None:
    """Count at least *messages* in the *month*."""
    await insert_missing(tx, table, [{"account_id": account, "month": month, "messages": 0}])
    too_few = table.c.messages < messages
    await tx.execute(update(table).where(_of(account, month), too_few).values(messages=messages))


async def taken(tx: AsyncConnection, account: AccountId, month: str) -> int:
    """Return how many messages are counted in the *month*."""
    return (await tx.execute(select(table.c.messages).where(_of(account, month)))).scalar() or 0


async def used(tx: AsyncConnection, month: str) -> dict[AccountId, int]:
    """Return how many messages are counted in the *month* for each account that has sent any."""
    query = select(table.c.account_id, table.c.messages).where(table.c.month == month)
    rows = await tx.execute(query.order_by(table.c.account_id))
    return {AccountId(row.account_id): row.messages for row in rows}


def _of(account: AccountId, month: str) -> ColumnElement[bool]:
    return (table.c.account_id == account) & (table.c.month == month)
