"""The time that all processes agree on: that of the database they share."""

from datetime import datetime, timedelta

import structlog

from bot.domain.clock import Clock
from bot.store.coordination import leases
from bot.store.engine.database import Database

log = structlog.get_logger(__name__)

_TOLERATED = 1.0
_PROMPT = 1.0
"""Seconds within which the database must have answered: what it said is older than that by now."""
_SLOWED_BY = 0.5


class DatabaseClock:
    """Tells the database's time as it was when last asked, and goes on from there by the machine's clock.

    What is stored by one machine is judged by others: how long a feed is leased, what was sent a moment ago.
    It never steps back. Where the database's clock was set back, it goes at half its speed until that has
    caught up: what was due stays due, and nothing that was stored lies in a far future.
    """

    def __init__(self, database: Database, machine: Clock) -> None:
        self._database = database
        self._machine = machine
        self._known = machine.now()
        self._known_at = machine.monotonic()
        self._ahead = 0.0
        self._was_asked = False

    async def ask(self) -> None:
        """Ask the database what time it is."""
        async with self._database.read() as tx:
            asked_at = self._machine.monotonic()
            told = await leases.time(tx)
            answered_at = self._machine.monotonic()
        if answered_at - asked_at > _PROMPT:
            return
        off = abs((told - self._machine.now()).total_seconds())
        if off > _TOLERATED:
            log.warning("this machine's clock differs from the database's, which is followed", seconds=off)
        self._follow(told, (asked_at + answered_at) / 2)

    def _follow(self, told: datetime, told_at: float) -> None:
        """Go on from *told*; where we were further already, time goes slower for a while."""
        before, self._known_at = self.now(), self._machine.monotonic()
        self._known = told + timedelta(seconds=self._known_at - told_at)
        ahead = (before - self._known).total_seconds() if self._was_asked else 0.0
        if ahead > self._ahead + _TOLERATED:
            log.warning("the database's clock was set back, which is followed slowly", seconds=ahead)
        self._ahead, self._was_asked = max(0.0, ahead), True

    def now(self) -> datetime:
        passed = self._machine.monotonic() - self._known_at
        ahead = max(0.0, self._ahead - passed * _SLOWED_BY)
        return self._known + timedelta(seconds=passed + ahead)

    def monotonic(self) -> float:
        return self._machine.monotonic()

    async def sleep(self, seconds: float) -> None:
        await self._machine.sleep(seconds)
