"""What the service has in memory: while it is idle, and while a million deliveries are made and wait."""

import asyncio

from sqlalchemy import func, select

from bot.sources.workers.pool import CallLimits
from bot.store.engine.database import Database
from bot.store.schema import fanouts
from tests.bench.audience import publish, settle_in
from tests.bench.databases import new_database, opened
from tests.bench.idle import FEEDS, WARM_AFTER, idle_service
from tests.bench.processes import family, own_bytes, peak_bytes
from tests.bench.row import Row
from tests.bench.service import service
from tests.bench.telegram import telegram
from tests.emulated import Emulated

PENDING = 1_000_000
RATE = 1_000
REACHED = 10_000
"""Messages that are sent before the peak is read; the emulator knows no more than twice as many people."""
BAR = 220 * 1024 * 1024
IDLE_BAR = 180 * 1024 * 1024


async def memory_idle() -> Row:
    """Look for as long as takes a parser that is idle to end: one is left, which the next poll needs."""
    async with idle_service() as process:
        await asyncio.sleep(CallLimits().idle + WARM_AFTER)
        pids = family(process.pid)
        service, *parsers = [own_bytes(pid) for pid in pids]
    return Row(
        f"memory of an idle service with {FEEDS} feeds, and of its parsers",
        f"≤ {IDLE_BAR / 2**20:.0f} MB",
        f"{(service + sum(parsers)) / 2**20:.0f} MB ({service / 2**20:.0f} MB, and {len(parsers)} parsers)",
        ok=service + sum(parsers) <= IDLE_BAR,
    )


async def memory() -> Row:
    async with new_database("sqlite") as url, opened(url) as database:
        await settle_in(database, PENDING)
        await publish(database)
        async with (
            telegram(users=2 * REACHED, rate=RATE) as emulated,
            service(api_url=emulated.url, database_url=url, rate=RATE) as process,
        ):
            await _until_under_way(database, emulated)
            peaks = [peak_bytes(pid) for pid in family(process.pid)]
    return Row(
        f"memory of the service with {PENDING:,} pending deliveries",
        f"≤ {BAR / 2**20:.0f} MB at its peak",
        f"{sum(peaks) / 2**20:.0f} MB",
        ok=sum(peaks) <= BAR,
    )


async def _until_under_way(database: Database, emulated: Emulated) -> None:
    """Wait until the fan-out has come to its end and sending is in full swing."""
    running = select(func.count()).select_from(fanouts)
    async with asyncio.timeout(200):
        while True:
            async with database.read() as tx:
                left = (await tx.execute(running)).scalar_one()
            if not left and (await emulated.metrics())["sent"] >= REACHED:
                return
            await asyncio.sleep(0.2)


ROWS = (memory_idle, memory)
