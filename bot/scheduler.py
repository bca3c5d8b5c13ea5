"""The table of ticks. The scheduler only ticks: what is due, and when, the database remembers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.store.database import DatabaseUnavailable

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Tick:
    """Something to look after every so often; it must be quick, and harmless to call once too often."""

    name: str
    every: timedelta
    call: Callable[[], Awaitable[object]]


def schedule(ticks: tuple[Tick, ...]) -> AsyncIOScheduler:
    """Return a scheduler of *ticks*, not yet started.

    A late tick is made up for once (APScheduler's default skips one that is a second late), and none overlaps
    its own earlier call.
    """
    scheduler = AsyncIOScheduler(timezone="UTC")
    for tick in ticks:
        scheduler.add_job(
            partial(_survive, tick),
            IntervalTrigger(seconds=tick.every.total_seconds()),
            id=tick.name,
            name=tick.name,
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
    return scheduler


async def _survive(tick: Tick) -> None:
    """Call, and log what goes wrong: the next tick may fare better."""
    try:
        await tick.call()
    except DatabaseUnavailable as error:
        log.warning("a tick failed", tick=tick.name, error=str(error))
    except Exception:
        log.exception("a tick failed", tick=tick.name)
