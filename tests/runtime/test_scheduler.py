"""Ticks: made up for when late, never two at once, and never stopped by what becomes of the calendar."""

import asyncio
import datetime as dt
import logging
from datetime import timedelta
from functools import partial

import apscheduler.schedulers.base
import pytest

import bot.runtime.scheduler
from bot.runtime.scheduler import Tick, schedule


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


class Calendar(dt.datetime):
    """The machine's calendar, which somebody may set."""

    ahead = timedelta(0)

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override] # a plain one will do
        return dt.datetime.now(tz) + cls.ahead


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> type[Calendar]:
    """The calendar by which the scheduler goes; it is right at first."""

    class Own(Calendar):
        pass

    monkeypatch.setattr(bot.runtime.scheduler, "datetime", Own)
    monkeypatch.setattr(apscheduler.schedulers.base, "datetime", Own)
    return Own


@pytest.mark.parametrize("years", [-50, 50])
async def test_ticks_go_on_when_the_clock_is_set(calendar: type[Calendar], years: int) -> None:
    calls: asyncio.Queue[None] = asyncio.Queue()
    ticks = schedule(
        (
            Tick("often", timedelta(milliseconds=5), partial(calls.put, None)),
            Tick("seldom", timedelta(milliseconds=50), partial(calls.put, None)),
        )
    )
    ticks.start()

    async with asyncio.timeout(60):
        await calls.get()
        calendar.ahead = timedelta(days=365 * years)
        for _ in range(30):
            await calls.get()
    await ticks.stop()

    assert not ticks.running


async def test_a_tick_that_is_being_called_ends_with_the_scheduler_and_without_a_word(
    caplog: pytest.LogCaptureFixture,
) -> None:
    ended = asyncio.Event()
    called = asyncio.Event()

    async def call() -> None:
        called.set()
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            ended.set()

    ticks = schedule((Tick("slow", timedelta(milliseconds=5), call),))
    ticks.start()
    await asyncio.wait_for(called.wait(), 60)

    await ticks.stop()

    errors = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert (ended.is_set(), errors) == (True, [])
