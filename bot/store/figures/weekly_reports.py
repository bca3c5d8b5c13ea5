"""Which weekly figures the owners of an account have been sent: each once, by whichever process."""

from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId
from bot.store.engine.dialect import insert_missing
from bot.store.schema import weekly_reports as table


async def is_taken(tx: AsyncConnection, account: AccountId, day: date) -> bool:
    """Return whether the figures that are due on *day* have been taken to be sent."""
    query = select(table.c.day).where(table.c.account_id == account, table.c.day == day.isoformat())
    return (await tx.execute(query)).first() is not None


async def take(tx: AsyncConnection, account: AccountId, day: date) -> bool:
    """Take what is due on *day* to be sent; False if another process has. What was before is forgotten."""
    of_account = table.c.account_id == account
    await tx.execute(delete(table).where(of_account, table.c.day < day.isoformat()))
    return await insert_missing(tx, table, [{"account_id": account, "day": day.isoformat()}]) == 1


async def give_back(tx: AsyncConnection, account: AccountId, day: date) -> None:
    """Let what is due on *day* be sent later: nobody could be told."""
    await tx.execute(delete(table).where(table.c.account_id == account, table.c.day == day.isoformat()))
