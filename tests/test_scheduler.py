"""Ticks: made up for when late, never two at once."""

import asyncio
from datetime import timedelta

from bot.scheduler import Tick, schedule


async def test_a_tick_comes_again_and_again_and_never_overlaps_itself() -> None:
    running = 0
    overlaps = 0
    calls: asyncio.Queue[None] = asyncio.Queue()

    async def call() -> None:
        nonlocal running, overlaps
        overlaps += running
        running += 1
        await asyncio.to_thread(lambda: None)
        running -= 1
        calls.put_nowait(None)

    scheduler = schedule((Tick("poll", timedelta(milliseconds=5), call),))
    scheduler.start()
    async with asyncio.timeout(10):
        for _ in range(3):
            await calls.get()
    scheduler.shutdown()

    assert overlaps == 0


def test_a_late_tick_is_made_up_for_once() -> None:
    async def call() -> None: ...

    scheduler = schedule((Tick("poll", timedelta(seconds=1), call),))

    job = scheduler._pending_jobs[0][0]
    assert (job.misfire_grace_time, job.coalesce, job.max_instances) == (None, True, 1)
