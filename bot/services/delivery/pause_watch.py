"""What is paused or stopped, as a sender knows it: never by more than a moment behind the database.

The database is read every `READ_EVERY` seconds while anything is sent, and a request waits for that where it
was read longer ago than `FRESH_FOR`. So whoever has stopped something need only wait for `CONFIRMED_AFTER` to
be sure that no process begins another request, also if no word of it has reached that process.
"""

import asyncio
import math
from collections.abc import Sequence

from bot.domain.clock import Clock
from bot.domain.delivery.delivery import Delivery
from bot.domain.publication.confirmation import FRESH_FOR, READ_EVERY
from bot.domain.publication.pauses import Owed, Pauses
from bot.store.engine.database import Database
from bot.store.publications import pauses


class PauseWatch:
    """Knows what is paused, as of at most `FRESH_FOR` seconds ago."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._known = Pauses()
        self._known_at = -math.inf
        self._reading: asyncio.Task[None] | None = None

    async def hold(self, deliveries: Sequence[Delivery]) -> bool:
        """Return whether any of *deliveries* is paused; raises DatabaseUnavailable if that cannot be read."""
        if self._age() > READ_EVERY:
            self._read_anew()
        while self._age() > FRESH_FOR:
            # One that took too long tells of too long ago.
            await asyncio.shield(self._read_anew())
        return self.holds(deliveries)

    def _age(self) -> float:
        return self._clock.monotonic() - self._known_at

    def holds(self, deliveries: Sequence[Delivery]) -> bool:
        """Return whether any of *deliveries* was paused when that was read last."""
        if not self._known.standing:
            return False
        return any(
            self._known.holding(Owed(each.address.account, each.topic, each.article)) for each in deliveries
        )

    async def look(self) -> None:
        """Read what is paused now. Raises DatabaseUnavailable."""
        if self._reading:
            # It may have begun before what is to be seen.
            await asyncio.wait([self._reading])
        await asyncio.shield(self._read_anew())

    def _read_anew(self) -> asyncio.Task[None]:
        if self._reading is None:
            self._reading = asyncio.create_task(self._read())
            self._reading.add_done_callback(self._read_ended)
        return self._reading

    def _read_ended(self, task: asyncio.Task[None]) -> None:
        self._reading = None
        if not task.cancelled():
            # Whoever has waited for it has heard of an error; who has not asks again.
            task.exception()

    async def _read(self) -> None:
        began_at = self._clock.monotonic()
        async with self._database.read() as tx:
            self._known = await pauses.known(tx)
        self._known_at = began_at
