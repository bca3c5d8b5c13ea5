"""All machines go by the database's time."""

from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.services.coordination.database_clock import DatabaseClock
from bot.store.coordination import leases
from bot.store.engine.database import Database, Transaction
from tests.fakes import FakeClock


async def test_a_machine_whose_clock_is_wrong_goes_by_the_database_and_says_so(db: Database) -> None:
    machine = FakeClock(datetime(2001, 1, 1, tzinfo=UTC))
    clock = DatabaseClock(db, machine)
    before = clock.now()

    with capture_logs() as logs:
        await clock.ask()
    told = clock.now()
    machine.advance(90)

    assert before == datetime(2001, 1, 1, tzinfo=UTC)
    assert abs(told - datetime.now(UTC)) < timedelta(seconds=10)
    assert clock.now() - told == timedelta(seconds=90)
    assert [log["log_level"] for log in logs] == ["warning"]


class Calendar:
    """A database's calendar, which somebody sets."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)

    async def told(self, tx: Transaction) -> datetime:
        del tx
        return self.time


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    calendar = Calendar()
    monkeypatch.setattr(leases, "time", calendar.told)
    return calendar


async def test_a_clock_that_is_set_back_never_makes_time_step_back(
    sqlite_db: Database, calendar: Calendar
) -> None:
    machine = FakeClock()
    clock = DatabaseClock(sqlite_db, machine)
    calendar.time += timedelta(hours=1)
    await clock.ask()
    first = clock.now()

    calendar.time -= timedelta(minutes=10)
    told = []
    for _ in range(50):
        await clock.ask()
        told.append(clock.now())
        machine.advance(30)
        calendar.time += timedelta(seconds=30)

    assert told == sorted(told)
    assert told[0] == first
    # At half the speed it takes twice as long as it was set back.
    off = [moment - (calendar.time - timedelta(seconds=30 * (50 - turn))) for turn, moment in enumerate(told)]
    assert (off[20], off[40], off[49]) == (timedelta(minutes=5), timedelta(0), timedelta(0))


async def test_a_clock_that_is_set_ahead_is_followed_at_once(sqlite_db: Database, calendar: Calendar) -> None:
    machine = FakeClock()
    clock = DatabaseClock(sqlite_db, machine)
    await clock.ask()

    calendar.time += timedelta(hours=1)
    await clock.ask()

    assert clock.now() == calendar.time
