"""Stopping in the middle of a broadcast at 1000 messages a second: by several processes where that can be."""

import asyncio
import time
from asyncio.subprocess import PIPE
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from sqlalchemy import func, select

from bot.domain.clock import SystemClock
from bot.domain.desk.audit import Actor, AuditPlace
from bot.domain.publication.confirmation import in_force
from bot.domain.publication.pauses import EVERYTHING
from bot.domain.publication.publication import Step
from bot.services.publishing.pausing import pause, unpause
from bot.services.publishing.publications import take_step
from bot.store.engine.database import Transaction
from bot.store.schema import deliveries
from tests import stamping_process
from tests.emulated import TOKEN, Emulated
from tests.forked import start_module
from tests.outbox_world import OutboxWorld
from tests.running import unconfigured

RATE = 1_000
CHATS = 1_200
LEASE = 60
"""Seconds that are enough on a busy machine, too: what comes twice here would come by our fault."""
ACTOR = Actor(AuditPlace.CLI, "desk")


@asynccontextmanager
async def sending(world: OutboxWorld, rate: int, begun: list[float]) -> AsyncIterator[None]:
    """Send in a process of its own; when it has ended, *begun* has the moments when its requests began."""
    arguments = (world.emulated.url, TOKEN, world.url, str(rate), str(LEASE))
    process = await start_module(stamping_process.__name__, *arguments, env=unconfigured(), stdout=PIPE)
    try:
        yield
    finally:
        process.terminate()
        said, _ = await process.communicate()
        begun += map(float, said.split())


async def leased(world: OutboxWorld) -> int:
    """Return how many deliveries a process has claimed."""
    async with world.database.read() as tx:
        claimed = (deliveries.c.status == "pending") & deliveries.c.lease_owner.is_not(None)
        return (await tx.execute(select(func.count()).where(claimed))).scalar_one()


@pytest.mark.timeout(400)
@pytest.mark.parametrize("scope", ["article", "everything"])
async def test_after_a_stop_is_confirmed_nothing_more_goes_out(
    emulated: Emulated, database_url: str, scope: str
) -> None:
    await emulated.post("limits", global_count=RATE)
    users = await emulated.subscribers(CHATS)
    begun: list[float] = []
    processes = 2 if database_url.startswith("postgresql") else 1
    async with OutboxWorld.make(emulated, database_url) as world, AsyncExitStack() as stack:
        await world.subscribe(users)
        article = await world.publish()

        async def change(tx: Transaction, *, stop: bool) -> None:
            now = world.clock.now()
            if scope == "article":
                step = Step.STOP if stop else Step.RESUME
                assert await take_step(tx, article, step, ACTOR, now=now)
            else:
                assert await (pause if stop else unpause)(tx, EVERYTHING, ACTOR, now=now)

        for _ in range(processes):
            await stack.enter_async_context(sending(world, RATE // processes, begun))
        async with asyncio.timeout(150):
            while (await emulated.metrics())["sent"] < CHATS // 20:  # noqa: ASYNC110 - in another process
                await asyncio.sleep(0.02)
        async with world.database.write() as tx:
            await change(tx, stop=True)
        await in_force(SystemClock())
        confirmed_at = time.time()
        async with asyncio.timeout(60):
            while await leased(world):  # noqa: ASYNC110 - it happens in another process
                await asyncio.sleep(0.02)
        stopped, resumed_at = (await emulated.metrics())["sent"], time.time()

        async with world.database.write() as tx:
            await change(tx, stop=False)
        await world.until_settled(within=120)

    copies = Counter(message["chat"] for message in await emulated.outbox())
    # How long a request takes to arrive depends on the machine; when it began does not.
    assert [moment for moment in begun if confirmed_at < moment < resumed_at] == []
    assert stopped == sum(moment < resumed_at for moment in begun) < CHATS, "it had all gone before"
    assert copies == Counter(users)
    assert (await emulated.metrics())["violations"] == 0
