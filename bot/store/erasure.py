"""What is stored about a chat in all, and forgetting it."""

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chat import ChatId
from bot.store.schema import chats, deliveries_of, subscriptions
from bot.store.schema import deliveries as table
from bot.store.shared_choices import drop_unused, used


async def deliveries(tx: AsyncConnection, chat: ChatId) -> int:
    """Return how many deliveries to *chat* are stored, sent or not."""
    query = select(func.count()).select_from(table).where(deliveries_of(chat))
    return (await tx.execute(query)).scalar_one()


async def forget(tx: AsyncConnection, chat: ChatId) -> None:
    """Delete *chat* with everything about it: its choices, its deliveries, what it was asked."""
    chosen = await used(tx, subscriptions.c.chat_id == chat)
    await tx.execute(delete(table).where(deliveries_of(chat)))
    await tx.execute(delete(chats).where(chats.c.id == chat))
    await drop_unused(tx, chosen)
