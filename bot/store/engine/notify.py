"""Signals: what one process has committed wakes the others at once. Whoever waits looks by itself, too.

PostgreSQL passes a notification on when the transaction that sent it commits. SQLite has one process only.
"""

import asyncio
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine.database import Database, DatabaseUnavailable

_CHANNEL = "bantin"
_ASSURED_EVERY = 30.0
"""Seconds after which a connection that says nothing is asked whether it is still there."""


class Signal(StrEnum):
    """What others may be waiting for."""

    DELIVERIES = "deliveries"
    UPDATES = "updates"


async def announce(tx: AsyncConnection, signal: Signal) -> None:
    """Tell every process, once this transaction commits."""
    if tx.dialect.name == "postgresql":
        await tx.execute(select(func.pg_notify(_CHANNEL, signal.value)))


async def listen(database: Database, hear: Callable[[Signal], None]) -> None:
    """Pass on what others announce until the connection is lost, which raises DatabaseUnavailable.

    At the beginning every signal is heard once: nobody knows what was said before.
    """
    if not database.is_shared:
        await asyncio.Event().wait()
    lost = asyncio.Event()

    def heard(_connection: Any, _pid: int, _channel: str, payload: str) -> None:
        hear(Signal(payload))

    async with database.driver() as driver:
        driver.add_termination_listener(lambda _connection: lost.set())
        await driver.add_listener(_CHANNEL, heard)
        for signal in Signal:
            hear(signal)
        while not lost.is_set():
            try:
                await asyncio.wait_for(lost.wait(), _ASSURED_EVERY)
            except TimeoutError:
                await driver.execute("SELECT 1", timeout=_ASSURED_EVERY)
    raise DatabaseUnavailable(f"cannot use the database {database.place}: the connection was lost")
