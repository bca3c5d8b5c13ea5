"""A sender that dies in the middle of a broadcast, whatever it was doing, and the one that follows it."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import func, select

from bot.store.schema import deliveries
from tests.emulated import TOKEN, Emulated
from tests.forked import ForkedProcess, start_module
from tests.outbox_world import OutboxWorld
from tests.running import unconfigured

RATE = 200
CHATS = 150


@asynccontextmanager
async def sending(world: OutboxWorld) -> AsyncIterator[ForkedProcess]:
    arguments = (world.emulated.url, TOKEN, world.url, str(RATE))
    process = await start_module(
        "tests.sending_process", *arguments, env=unconfigured(), stdout=asyncio.subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def receipts(world: OutboxWorld) -> int:
    async with world.database.read() as tx:
        sent = select(func.count()).where(deliveries.c.status == "sent")
        return (await tx.execute(sent)).scalar_one()


async def test_a_killed_sender_loses_nothing_and_doubles_only_what_was_in_flight(
    emulated: Emulated, database_url: str
) -> None:
    await emulated.post("limits", global_count=RATE)
    users = await emulated.subscribers(CHATS)
    async with OutboxWorld.make(emulated, database_url) as world:
        await world.subscribe(users)
        await world.publish(photo=True)

        async with sending(world) as process:
            await emulated.until_sent(random.randint(10, 120))
            process.kill()
            await process.wait()
        in_flight = (await emulated.metrics())["sent"] - await receipts(world)
        async with sending(world):
            await world.until_settled(within=40)

    copies = Counter(message["chat"] for message in await emulated.outbox())
    metrics = await emulated.metrics()
    assert set(copies) == set(users)
    # How long a receipt takes to be stored depends on the machine; that it stays within a second does not.
    assert copies.total() - CHATS <= in_flight <= RATE
    assert metrics["violations"] == 0


async def test_a_sender_that_is_told_to_stop_ends_in_time_and_doubles_nothing(
    emulated: Emulated, sqlite_url: str
) -> None:
    await emulated.post("limits", global_count=RATE)
    users = await emulated.subscribers(CHATS)
    async with OutboxWorld.make(emulated, sqlite_url) as world:
        await world.subscribe(users)
        await world.publish()

        async with sending(world) as process:
            await emulated.until_sent(50)
            process.terminate()
            assert await asyncio.wait_for(process.wait(), 10) == 0
        async with sending(world):
            await world.until_settled(within=40)

    copies = Counter(message["chat"] for message in await emulated.outbox())
    assert copies == Counter(users)
    assert (await emulated.metrics())["violations"] == 0
