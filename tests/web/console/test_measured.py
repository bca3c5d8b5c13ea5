"""Counts that take long are made in the background."""

import asyncio

from structlog.testing import capture_logs

from bot.store.engine.database import Database, Transaction
from bot.web.console.measured import Measured
from tests.fakes import FakeClock


async def test_a_count_that_fails_by_our_own_fault_is_logged_and_made_anew(sqlite_db: Database) -> None:
    counts = [7]

    async def count(_tx: Transaction, _key: None) -> int:
        if len(counts) == 1:
            counts.append(8)
            raise ZeroDivisionError
        return counts[-1]

    measured = Measured(sqlite_db, FakeClock(), asyncio.Lock(), count, patience=10)

    with capture_logs() as logs:
        failed = await measured.get(None)
    counted = await measured.get(None)

    assert (failed, [each["log_level"] for each in logs]) == (None, ["error"])
    assert counted
    assert counted.value == 8
