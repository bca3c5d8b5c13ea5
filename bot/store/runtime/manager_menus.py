"""Who has the menu of commands of those who manage the bot."""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId, ChatId
from bot.store.engine.dialect import insert
from bot.store.schema import chats
from bot.store.schema import manager_menus as table


async def shown(tx: AsyncConnection, account: AccountId) -> dict[str, str]:
    """Return the fingerprint of the menu that each person has, by the messenger's id of the person."""
    query = (
        select(chats.c.chat, table.c.shown)
        .join_from(table, chats, chats.c.id == table.c.chat_id)
        .where(chats.c.account_id == account)
    )
    return {row.chat: row.shown for row in await tx.execute(query)}


async def note(tx: AsyncConnection, chat: ChatId, fingerprint: str) -> None:
    statement = insert(tx, table).values(chat_id=chat, shown=fingerprint)
    await tx.execute(statement.on_conflict_do_update(index_elements=["chat_id"], set_={"shown": fingerprint}))


async def forget(tx: AsyncConnection, account: AccountId, user: str) -> None:
    theirs = select(chats.c.id).where(chats.c.account_id == account, chats.c.chat == user)
    await tx.execute(delete(table).where(table.c.chat_id.in_(theirs)))
