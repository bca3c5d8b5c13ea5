"""How many messages an account has sent in a month, counted before each is sent."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId
from bot.domain.delivery.monthly_quota import MonthCount
from bot.store.engine.dialect import insert_missing
from bot.store.schema import monthly_messages as table


async def locked(tx: AsyncConnection, account: AccountId, month: str) -> MonthCount:
    """Return the count of the *month*, which nobody else changes before this transaction ends."""
    none = _values(MonthCount())
    await insert_missing(tx, table, [{"account_id": account, "month": month, **none}])
    row = (await tx.execute(select(table).where(_of(account, month)).with_for_update())).one()
    return _count(row)


async def save(tx: AsyncConnection, account: AccountId, month: str, count: MonthCount) -> None:
    """Write down the *count* of a month that this transaction has locked."""
    await tx.execute(update(table).where(_of(account, month)).values(_values(count)))


async def of(tx: AsyncConnection, account: AccountId, month: str) -> MonthCount:
    """Return the count of the *month*."""
    row = (await tx.execute(select(table).where(_of(account, month)))).first()
    return _count(row) if row else MonthCount()


async def used(tx: AsyncConnection, month: str) -> dict[AccountId, MonthCount]:
    """Return the count of the *month* for each account that has sent any."""
    query = select(table).where(table.c.month == month)
    rows = await tx.execute(query.order_by(table.c.account_id))
    return {AccountId(row.account_id): _count(row) for row in rows}


def _of(account: AccountId, month: str) -> ColumnElement[bool]:
    return (table.c.account_id == account) & (table.c.month == month)


def _count(row: Row[Any]) -> MonthCount:
    return MonthCount(row.messages, row.news, row.beside, row.at_once, date.fromisoformat(row.day))


def _values(count: MonthCount) -> dict[str, Any]:
    return {
        "messages": count.messages,
        "news": count.news,
        "beside": count.beside,
        "at_once": count.at_once,
        "day": count.day.isoformat(),
    }
