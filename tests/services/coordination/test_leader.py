"""One process at a time has an account, and knows by itself when it has lost it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from structlog.testing import capture_logs

from bot.services.aio import until
from bot.services.coordination.leader import LeaderLease, LeaseRules
from bot.store.engine.database import Database, Transaction
from bot.store.schema import leases
from tests.fakes import ACCOUNT, FakeClock

RULES = LeaseRules(lease=10, beat=3, margin=1)


@pytest.fixture
async def shared(postgresql_url: str) -> AsyncIterator[Database]:
    database = await Database.open(postgresql_url)
    yield database
    await database.close()


def tenure(database: Database, owner: str, clock: FakeClock) -> LeaderLease:
    return LeaderLease(database, clock, account=ACCOUNT, owner=owner, rules=RULES)


async def lapse(database: Database) -> None:
    async with database.write() as tx:
        until = (await tx.execute(leases.select())).one().until
        await tx.execute(update(leases).values(until=until - timedelta(days=1)))


@pytest.mark.postgres
async def test_what_was_won_is_ours_for_less_than_the_database_says(shared: Database) -> None:
    clock = FakeClock()
    ours = tenure(shared, "one", clock)

    await ours.win()
    owned = []
    for seconds in (0, 8.9, 0.2):
        clock.advance(seconds)
        owned.append(ours.owns())

    assert owned == [True, True, False]


@pytest.mark.postgres
async def test_while_somebody_has_the_account_nobody_else_wins_it(shared: Database) -> None:
    first, second = tenure(shared, "one", FakeClock()), tenure(shared, "two", FakeClock())
    await first.win()

    waiting = asyncio.create_task(second.win())
    await asyncio.wait({waiting}, timeout=0.2)
    early = second.owns()
    await first.release()
    await asyncio.wait_for(waiting, 10)

    assert (early, first.owns(), second.owns()) == (False, False, True)


@pytest.mark.postgres
async def test_who_finds_another_owner_has_lost_the_account_at_once(shared: Database) -> None:
    clock = FakeClock()
    first = tenure(shared, "one", clock)
    await first.win()
    await lapse(shared)
    await tenure(shared, "two", FakeClock()).win()

    await asyncio.wait_for(first.keep(), 10)

    assert (first.owns(), clock.monotonic() - FakeClock().monotonic()) == (False, 3)


class SlowToCommit(Database):
    """A database that commits its next writing transaction late, once it *is_slow*, whoever waits or not."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.is_slow = False
        self.began, self.may_commit = asyncio.Event(), asyncio.Event()

    @asynccontextmanager
    async def write(self, *, even_if_lost: bool = False) -> AsyncIterator[Transaction]:
        async with super().write(even_if_lost=even_if_lost) as tx:
            yield tx
            if self.is_slow:
                self.is_slow = False
                self.began.set()
                with suppress(asyncio.CancelledError):
                    await self.may_commit.wait()
                await self.may_commit.wait()


@pytest.mark.postgres
async def test_an_account_that_is_asked_for_until_the_end_is_left_to_others(postgresql_url: str) -> None:
    database = await SlowToCommit.open(postgresql_url)
    database.is_slow = True
    ours = tenure(database, "one", FakeClock())
    stop = asyncio.Event()
    competing = asyncio.create_task(until(stop, ours.win()))
    await database.began.wait()

    stop.set()
    await competing
    giving_up = asyncio.create_task(ours.release())
    await asyncio.wait({giving_up}, timeout=0.1)
    database.may_commit.set()
    await giving_up

    async with database.read() as tx:
        held = (await tx.execute(leases.select())).all()
    await database.close()
    assert held == []


@pytest.mark.postgres
async def test_a_database_that_is_away_costs_the_account_once_the_lease_is_over(
    shared: Database,
) -> None:
    clock = FakeClock()
    ours = tenure(shared, "one", clock)
    await ours.win()
    async with shared.write() as tx:
        await tx.exec_driver_sql("ALTER TABLE leases RENAME TO away")

    with capture_logs() as logs:
        await asyncio.wait_for(ours.keep(), 10)

    async with shared.write() as tx:
        await tx.exec_driver_sql("ALTER TABLE away RENAME TO leases")

    assert (ours.owns(), clock.monotonic() - FakeClock().monotonic()) == (False, 9)
    assert {log["event"] for log in logs} == {"the lease could not be asked for"}


async def test_an_account_in_an_sqlite_file_belongs_to_its_one_process(sqlite_db: Database) -> None:
    clock = FakeClock()
    ours = tenure(sqlite_db, "one", clock)

    await ours.win()
    clock.advance(10_000)

    assert ours.owns()
