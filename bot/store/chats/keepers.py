"""The keepers of groups: at most one for each."""

from datetime import datetime

from sqlalchemy import delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId, ChatId
from bot.domain.chats.keeper import Keeper
from bot.store.engine.dialect import insert
from bot.store.schema import chats
from bot.store.schema import group_keepers as table


async def keeper(tx: AsyncConnection, chat: ChatId) -> Keeper | None:
    row = (await tx.execute(select(table).where(table.c.chat_id == chat))).first()
    return Keeper(row.user_id, row.created_at, row.offered_until) if row else None


async def take(tx: AsyncConnection, chat: ChatId, user: str, now: datetime) -> bool:
    """Make *user* the keeper of a group that has none or is offered; False if another one keeps it."""
    statement = insert(tx, table).values(chat_id=chat, user_id=user, created_at=now, offered_until=None)
    fresh = statement.excluded
    taken = statement.on_conflict_do_update(
        index_elements=["chat_id"],
        set_={"user_id": fresh.user_id, "created_at": fresh.created_at, "offered_until": None},
        where=table.c.offered_until > now,
    )
    await tx.execute(taken)
    now_keeps = select(table.c.user_id).where(table.c.chat_id == chat)
    return (await tx.execute(now_keeps)).scalar() == user


async def offer(tx: AsyncConnection, chat: ChatId, until: datetime | None) -> None:
    """Let another member take the group *until* then; None withdraws that."""
    await tx.execute(update(table).where(table.c.chat_id == chat).values(offered_until=until))


async def release(tx: AsyncConnection, chat: ChatId) -> None:
    """Leave the group without a keeper."""
    await tx.execute(delete(table).where(table.c.chat_id == chat))


async def kept_by(tx: AsyncConnection, account: AccountId, user: str) -> tuple[tuple[str, datetime], ...]:
    """Return the groups that a person keeps, by the messenger's ids, each with since when."""
    query = (
        select(chats.c.chat, table.c.created_at)
        .join(chats, chats.c.id == table.c.chat_id)
        .where(chats.c.account_id == account, table.c.user_id == user)
        .order_by(table.c.created_at, chats.c.id)
    )
    return tuple((chat, since) for chat, since in await tx.execute(query))


async def forget_person(tx: AsyncConnection, account: AccountId, user: str) -> None:
    """Leave the groups that a person keeps without a keeper."""
    of_account = exists().where(chats.c.id == table.c.chat_id, chats.c.account_id == account)
    await tx.execute(delete(table).where(table.c.user_id == user, of_account))
