"""A process that ends while it polls a feed costs that feed seconds."""

import signal
from collections.abc import AsyncIterator

import pytest

from bot.services.ingest.ingester import LEASE
from bot.store.engine.database import Database
from tests.crashed_poller import time_to_the_news
from tests.emulated import Emulated
from tests.faults.serving import service

pytestmark = pytest.mark.timeout(300)
BAR = 60.0
"""Seconds, on a machine that may be busy with other tests: far less than the lease of a feed. The bench asks
for what is promised."""


@pytest.fixture
async def emulated() -> AsyncIterator[Emulated]:
    async with Emulated.start() as emulated:
        await emulated.subscribers(1)
        yield emulated


@pytest.mark.parametrize("ends_by", [signal.SIGKILL, signal.SIGTERM])
async def test_what_appears_when_a_process_ends_is_pushed_after_its_restart(
    emulated: Emulated, database_url: str, db: Database, ends_by: signal.Signals
) -> None:
    took = await time_to_the_news(emulated, db, database_url, ends_by=ends_by, others=0, start=service)

    assert took < BAR < LEASE.total_seconds() / 4


@pytest.mark.postgres
async def test_what_appears_when_a_process_is_killed_is_pushed_by_another(
    emulated: Emulated, postgresql_url: str
) -> None:
    database = await Database.open(postgresql_url)
    try:
        took = await time_to_the_news(
            emulated, database, postgresql_url, ends_by=signal.SIGKILL, others=1, start=service
        )
    finally:
        await database.close()

    assert took < BAR < LEASE.total_seconds() / 4
