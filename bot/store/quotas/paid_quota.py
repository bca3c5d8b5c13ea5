"""What an account has set aside of a day's budget for messages that are paid for."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId
from bot.store.engine.dialect import insert
from bot.store.schema import paid_messages as table


async def set_aside(tx: AsyncConnection, account: AccountId, day: date, *, messages: int, budget: int) -> int:
    """Set aside up to *messages* more of the *budget* for *day*, and return how many there were left."""
    today = (table.c.account_id == account) & (table.c.day == day.isoformat())
    taken = (await tx.execute(select(table.c.messages).where(today).with_for_update())).scalar() or 0
    more = max(0, min(messages, budget - taken))
    if more:
        statement = insert(tx, table).values(account_id=account, day=day.isoformat(), messages=taken + more)
        keys = ["account_id", "day"]
        await tx.execute(
            statement.on_conflict_do_update(
                index_elements=keys, set_={"messages": statement.excluded.messages}
            )
        )
    return more
