"""All machines go by the database's time."""

from datetime import UTC, datetime, timedelta

from structlog.testing import capture_logs

from bot.services.shared_clock import SharedClock
from bot.store.database import Database
from tests.fakes import FakeClock


async def test_a_machine_whose_clock_is_wrong_goes_by_the_database_and_says_so(db: Database) -> None:
    machine = FakeClock(datetime(2001, 1, 1, tzinfo=UTC))
    clock = SharedClock(db, machine)
    before = clock.now()

    with capture_logs() as logs:
        await clock.ask()
    told = clock.now()
    machine.advance(90)

    assert before == datetime(2001, 1, 1, tzinfo=UTC)
    assert abs(told - datetime.now(UTC)) < timedelta(seconds=10)
    assert clock.now() - told == timedelta(seconds=90)
    assert [log["log_level"] for log in logs] == ["warning"]
