"""The table of ticks. The scheduler only ticks: what is due, and when, the database remembers."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.store.engine.database import DatabaseUnavailable

LAST_CALLS = 1.0
"""Seconds that what is being called has for coming to an end."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Tick:
    """Something to look after every so often; it must be quick, and harmless to call once too often."""

    name: str
    every: timedelta
    call: Callable[[], Awaitable[object]]


class Ticks(AsyncIOScheduler):  # type: ignore[misc] # the library ships no types
    """Ticks by the machine's calendar, and goes on whatever happens to that.

    The library waits until a date. When the clock is set back, that date is far off; when it is set ahead,
    the library would list every tick that was to be in between.
    """

    def __init__(self) -> None:
        super().__init__(timezone="UTC")
        self._under_way: dict[asyncio.Task[Any], asyncio.Task[None]] = {}

    def wakeup(self) -> None:
        """Have what is due called: the library asks for it when the first date should have come."""
        now = datetime.now(UTC)
        for job in self.get_jobs():
            every = job.trigger.interval
            if not -every <= job.next_run_time - now <= every:
                # This calls us again, with one job less.
                job.modify(next_run_time=now)
                return
        super().wakeup()

    async def stop(self) -> None:
        """Call nothing more, and end what is being called."""
        self.pause()
        for call in self._under_way.values():
            call.cancel()
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=LAST_CALLS)
            if late:
                # The library would end them, and log that as failures.
                return
        self.shutdown(wait=False)
        # It does so in the loop's next turn.
        await asyncio.sleep(0)

    async def call(self, tick: Tick) -> None:
        """Call in a task that can be ended without the library's noticing: it would log that as a failure."""
        own = asyncio.current_task()
        assert own is not None
        self._under_way[own] = call = asyncio.create_task(_survive(tick), name=tick.name)
        try:
            await asyncio.wait({call})
        finally:
            call.cancel()
            del self._under_way[own]


async def _survive(tick: Tick) -> None:
    """Call, and log what goes wrong: the next tick may fare better."""
    try:
        await tick.call()
    except DatabaseUnavailable as error:
        log.warning("a tick failed", tick=tick.name, error=str(error))
    except Exception:
        log.exception("a tick failed", tick=tick.name)


def schedule(ticks: tuple[Tick, ...]) -> Ticks:
    """Return a scheduler of *ticks*, not yet started.

    A late tick is made up for once (APScheduler's default skips one that is a second late), and none overlaps
    its own earlier call.
    """
    scheduler = Ticks()
    for tick in ticks:
        scheduler.add_job(
            partial(scheduler.call, tick),
            IntervalTrigger(seconds=tick.every.total_seconds()),
            id=tick.name,
            name=tick.name,
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
    return scheduler
