"""Kill -9 at random moments during a broadcast: what is lost, and what comes twice."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import func, select

from bot.store.database import Database
from bot.store.schema import deliveries
from tests.bench.audience import owe, settle_in
from tests.bench.broadcasts import photo
from tests.bench.databases import new_database, opened
from tests.bench.processes import running
from tests.bench.row import Row
from tests.bench.service import until_settled
from tests.bench.telegram import telegram
from tests.emulated import TOKEN, Emulated

KILLS = 20
RATE = 1_000
CHATS = 18_000
LONGEST_LIFE = 1.2
"""Seconds from a sender's first message to its end."""


async def kill_sqlite() -> Row:
    return await _row("sqlite", "SQLite")


async def kill_postgresql() -> Row:
    return await _row("postgresql", "PostgreSQL")


@dataclass
class _Count:
    """Messages and receipts up to the last kill, and what was in flight at each."""

    sent: int = 0
    receipts: int = 0
    in_flight: list[int] = field(default_factory=list)

    def note(self, sent: int, receipts: int) -> None:
        self.in_flight.append((sent - self.sent) - (receipts - self.receipts))
        self.sent, self.receipts = sent, receipts


async def _row(dialect: str, name: str) -> Row:
    count = _Count()
    async with (
        new_database(dialect) as url,
        opened(url) as database,
        telegram(users=CHATS, rate=RATE) as emulated,
    ):
        await settle_in(database, CHATS)
        await owe(database, photo=photo())
        for _ in range(KILLS):
            await _live_and_die(emulated, url)
            count.note((await emulated.metrics())["sent"], await _receipts(database))
        async with running("tests.sending_process", emulated.url, TOKEN, url, str(RATE)):
            await until_settled(database, within=120)
        copies = Counter(message["chat"] for message in await emulated.outbox())
        violations = (await emulated.metrics())["violations"]
    lost, twice, in_flight = CHATS - len(copies), copies.total() - len(copies), sum(count.in_flight)
    return Row(
        f"kill -9 at a random moment, {KILLS} times, at {RATE}/s, {name}",
        "lost 0; second copies ≤ the sends in flight",
        f"lost {lost}; {twice} second copies, {in_flight} in flight (at most {max(count.in_flight)} at once)"
        f" of {CHATS:,}; violations {violations}",
        ok=not lost and twice <= in_flight and not violations,
    )


async def _live_and_die(emulated: Emulated, url: str) -> None:
    """Let a sender send for a while that nobody knows in advance, and kill it in the middle of it."""
    before = (await emulated.metrics())["sent"]
    async with running("tests.sending_process", emulated.url, TOKEN, url, str(RATE)) as process:
        async with asyncio.timeout(60):
            while (await emulated.metrics())["sent"] == before:  # noqa: ASYNC110 - in another process
                await asyncio.sleep(0.01)
        await asyncio.sleep(random.uniform(0, LONGEST_LIFE))
        process.kill()
        await process.wait()
    # What had reached the server's socket is still served.
    await asyncio.sleep(0.1)


async def _receipts(database: Database) -> int:
    sent = select(func.count()).where(deliveries.c.status == "sent")
    async with database.read() as tx:
        return (await tx.execute(sent)).scalar_one()


ROWS = (kill_sqlite, kill_postgresql)
