import asyncio

import pytest
from sqlalchemy import text

from bot.services.ingest.fanout import RETRY_AFTER, FanOut
from bot.store.outbox import fanout, outbox
from tests.fakes import FakeClock
from tests.outbox_world import OutboxWorld


async def test_a_large_audience_is_owed_slice_by_slice(
    world: OutboxWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fanout, "FANOUT_SLICE", 10)
    await world.subscribe(range(1000, 1035))
    await world.publish()
    sliced = asyncio.Event()
    working = FanOut(world.database, world.clock, on_slice=sliced.set)

    running = asyncio.create_task(working.run())
    async with asyncio.timeout(5):
        while await fanouts(world):
            await sliced.wait()
            sliced.clear()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    async with world.database.read() as tx:
        assert (await outbox.backlog(tx, now=world.clock.now())).pending == 35


async def test_a_database_that_is_away_for_a_moment_is_asked_again_soon(
    world: OutboxWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fanout, "FANOUT_SLICE", 10)
    await world.subscribe(range(1000, 1015))
    await world.publish()
    async with world.database.write() as tx:
        refuse = "BEGIN SELECT RAISE(ABORT, 'database is locked'); END"
        await tx.execute(text(f"CREATE TRIGGER away BEFORE INSERT ON deliveries {refuse}"))

    class Repairing(FakeClock):
        async def sleep(self, seconds: float) -> None:
            async with world.database.write() as tx:
                await tx.execute(text("DROP TRIGGER IF EXISTS away"))
            waits.append(seconds)

    waits: list[float] = []
    done = asyncio.Event()
    running = asyncio.create_task(FanOut(world.database, Repairing(), on_slice=done.set).run())
    await asyncio.wait_for(done.wait(), 60)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert waits[0] <= RETRY_AFTER
    assert await fanouts(world) == 0


async def fanouts(world: OutboxWorld) -> int:
    async with world.database.read() as tx:
        return (await outbox.backlog(tx, now=world.clock.now())).fanouts


async def test_a_fan_out_that_comes_later_is_begun_when_it_is_called(world: OutboxWorld) -> None:
    working = FanOut(world.database, world.clock, on_slice=lambda: None)
    running = asyncio.create_task(working.run())
    await asyncio.sleep(0.05)

    working.wake()
    await asyncio.sleep(0.05)

    assert not running.done()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
