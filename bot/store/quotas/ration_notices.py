"""Who is to be told that not all news could come at once: once a month at most."""

from collections.abc import Collection

from sqlalchemy import literal, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import ChatId
from bot.store.engine.dialect import insert
from bot.store.schema import chats
from bot.store.schema import ration_notices as table


async def owe(tx: AsyncConnection, chat: ChatId, month: str) -> None:
    """Note that *chat* is to be told, unless it was told in this *month*."""
    row = select(chats.c.id, true(), literal("")).where(chats.c.id == chat)
    owed = insert(tx, table).from_select(["chat_id", "owed", "told_in"], row)
    await tx.execute(
        owed.on_conflict_do_update(
            index_elements=["chat_id"], set_={"owed": True}, where=table.c.told_in != month
        )
    )


async def owed(tx: AsyncConnection, among: Collection[int]) -> set[int]:
    """Return which of these chats are to be told."""
    query = select(table.c.chat_id).where(table.c.chat_id.in_(among), table.c.owed)
    return set((await tx.execute(query)).scalars())


async def told(tx: AsyncConnection, chat: ChatId, month: str) -> None:
    """Note that *chat* was told in this *month*."""
    await tx.execute(update(table).where(table.c.chat_id == chat).values(owed=False, told_in=month))
