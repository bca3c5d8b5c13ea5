"""Moving who subscribes to one topic to another, while people go on choosing."""

import asyncio

import pytest
from sqlalchemy import delete, insert, select

from bot.store.engine.database import Database
from bot.store.feeds import topic_moves
from bot.store.schema import subscriptions
from tests.store.test_deadlocks import shared, until_somebody_waits
from tests.store.world import DOMESTIC, FOREIGN, NOW, subscribe

pytestmark = pytest.mark.postgres
__all__ = ["shared"]


async def move(database: Database) -> None:
    async with database.write() as tx:
        await topic_moves.move_chats(tx, DOMESTIC.id, FOREIGN.id, limit=10)


async def subscribed(database: Database) -> list[tuple[int, str]]:
    async with database.read() as tx:
        query = select(subscriptions.c.chat_id, subscriptions.c.topic_id)
        return [(chat, topic) for chat, topic in await tx.execute(query)]


async def test_who_subscribes_to_the_other_topic_meanwhile_is_moved_all_the_same(shared: Database) -> None:
    (chat,) = await subscribe(shared, "1")
    async with shared.write() as tx:
        await tx.execute(insert(subscriptions).values(chat_id=chat, topic_id=FOREIGN.id, created_at=NOW))
        moving = asyncio.create_task(move(shared))
        await until_somebody_waits(shared)

    await moving

    assert await subscribed(shared) == [(chat, FOREIGN.id)]


async def test_who_unsubscribes_meanwhile_is_not_moved(shared: Database) -> None:
    (chat,) = await subscribe(shared, "1")
    async with shared.write() as tx:
        await tx.execute(delete(subscriptions).where(subscriptions.c.chat_id == chat))
        moving = asyncio.create_task(move(shared))
        await until_somebody_waits(shared)

    await moving

    assert await subscribed(shared) == []
