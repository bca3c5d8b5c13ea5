"""Kill -9 in the middle of a poll: when the article that appears at that moment is pushed."""

import signal

from tests.bench.databases import new_database, opened
from tests.bench.row import Row
from tests.bench.telegram import telegram
from tests.crashed_poller import BAR, INTERVAL, time_to_the_news


async def poll_after_crash_sqlite() -> Row:
    return await _row("sqlite", "the only process, on SQLite, started again", others=0)


async def poll_after_crash_postgresql() -> Row:
    return await _row("postgresql", "one of two processes on PostgreSQL", others=1)


async def _row(dialect: str, name: str, *, others: int) -> Row:
    async with (
        new_database(dialect) as url,
        opened(url) as database,
        telegram(users=1) as emulated,
    ):
        took = await time_to_the_news(emulated, database, url, ends_by=signal.SIGKILL, others=others)
    return Row(
        f"kill -9 in the middle of a poll ({name}): the article of that moment is pushed",
        f"≤ 15 s and the feed's interval ({INTERVAL:.0f} s)",
        f"{took:.1f} s",
        ok=took <= BAR,
    )


ROWS = (poll_after_crash_sqlite, poll_after_crash_postgresql)
