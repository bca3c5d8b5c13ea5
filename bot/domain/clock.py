"""Time as an argument: the port through which everything that waits asks what time it is."""

import asyncio
import time
from datetime import UTC, datetime, timedelta, timezone
from typing import Protocol

VIETNAM = timezone(timedelta(hours=7), "+07:00")
"""Viet Nam's time: UTC+7 without daylight saving, so a fixed offset is exact."""


class Clock(Protocol):
    """What time it is, and how to wait."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""

    def monotonic(self) -> float:
        """Return seconds on a clock that never steps back."""

    async def sleep(self, seconds: float) -> None:
        """Wait for *seconds*; zero or less only yields."""


_ALWAYS_RUNNING = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Linux: unlike the other one, this clock goes on while the machine sleeps, as the leases of others do."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.clock_gettime(_ALWAYS_RUNNING)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(max(0.0, seconds))
