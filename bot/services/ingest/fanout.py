"""Working off large fan-outs, slice by slice, beside everything else."""

import asyncio
from collections.abc import Callable

import structlog

from bot.domain.clock import Clock
from bot.services.aio import sleep_or_wake
from bot.store.engine.database import Database, DatabaseUnavailable
from bot.store.outbox import outbox
from bot.store.outbox.plan import FilterCache

LOOK_EVERY = 1.0
"""Seconds between two looks when nobody says that there is work: somebody has released or resumed an article,
in a chat or another process, and what did not fit into the first slice follows."""

RETRY_AFTER = 1.0
"""Seconds after which a database that could not be had is asked again."""

log = structlog.get_logger(__name__)


class FanOut:
    """Turns cursors into deliveries, and says so after every slice."""

    def __init__(self, database: Database, clock: Clock, *, on_slice: Callable[[], None]) -> None:
        self._database = database
        self._clock = clock
        self._on_slice = on_slice
        self._woken = asyncio.Event()
        self._planner = FilterCache()

    def wake(self) -> None:
        self._woken.set()

    async def run(self) -> None:
        """Work until cancelled; a slice that was cut off is done again, by its cursor."""
        while True:
            self._woken.clear()
            try:
                async with self._database.write() as tx:
                    worked = await outbox.continue_fanouts(tx, now=self._clock.now(), planner=self._planner)
            except DatabaseUnavailable as error:
                log.warning("a slice of a fan-out has to wait", error=str(error))
                await self._clock.sleep(RETRY_AFTER)
                continue
            except Exception:
                log.exception("a slice of a fan-out failed")
                worked = False
            if worked:
                self._on_slice()
                # Let those who wait for the database have it between two slices.
                await self._clock.sleep(0)
            else:
                await sleep_or_wake(self._clock, LOOK_EVERY, self._woken)
