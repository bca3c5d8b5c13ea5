"""How long a forecast takes over a million chats, and whether it counts them as a release would."""

import time
from datetime import timedelta

from sqlalchemy import text

from bot.domain.clock import SystemClock
from bot.domain.publication.content import Content
from bot.domain.publication.forecast import AccountForecast
from bot.services.publishing.forecasting import ForecastRules, forecast
from bot.store.engine.database import Database
from tests.bench.audience import TOPIC, settle_in
from tests.bench.databases import new_database, opened
from tests.bench.row import Row

CHATS = 1_000_000
QUARTER = CHATS // 4
"""So many get a digest, and so many others are filtered out; half of all have a filter."""
SLOWEST = timedelta(seconds=15)
"""So long an official waits who has written an announcement for everybody."""

_EVENING = (
    "INSERT INTO schedules (id, timing, weekday, hour, time_zone)"
    " VALUES (1, 'daily', 0, 18, 'Asia/Ho_Chi_Minh')"
)
_CHOICES = (
    _EVENING,
    "UPDATE subscriptions SET schedule_id = 1 WHERE chat_id % 4 = 0",
    "INSERT INTO filters (id, words) VALUES (1, 'nhãn hiệu'), (2, 'sáng chế')",
    "UPDATE subscriptions SET filter_id = 1 + chat_id % 2 WHERE chat_id % 4 < 2",
)


async def forecast_sqlite() -> Row:
    return await _row("sqlite", "SQLite")


async def forecast_postgresql() -> Row:
    return await _row("postgresql", "PostgreSQL")


async def _row(dialect: str, name: str) -> Row:
    async with new_database(dialect) as url, opened(url) as database:
        await settle_in(database, CHATS)
        async with database.write() as tx:
            for choice in _CHOICES:
                await tx.execute(text(choice))
        took, found = await _timed(database)
    counted = found.reached, sum(found.digests.values()), found.filtered
    return Row(
        f"forecast of an announcement to {CHATS:,} chats with digests and filters, {name}",
        f"≤ {SLOWEST.total_seconds():.0f} s, and all are counted right",
        f"{took:.1f} s; {found.reached:,} get it, {found.filtered:,} filtered out",
        ok=took <= SLOWEST.total_seconds() and counted == (CHATS - QUARTER, QUARTER, QUARTER),
    )


async def _timed(database: Database) -> tuple[float, AccountForecast]:
    """Return how many seconds it took, and what it says."""
    content = Content("a", "Thông báo về nhãn hiệu", ("Trong hai ngày tới.",))
    began = time.perf_counter()
    async with database.read() as tx:
        (found,) = await forecast(tx, content, [TOPIC], ForecastRules(), now=SystemClock().now())
    return time.perf_counter() - began, found


ROWS = (forecast_sqlite, forecast_postgresql)
