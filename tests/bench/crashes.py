"""Kill -9 at random moments during a broadcast: what is lost, and what comes twice."""

import asyncio
import random
import time
from asyncio.subprocess import Process
from dataclasses import dataclass, field

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
GATHERED_FOR = 0.05
"""Seconds for which receipts may be gathered; then a transaction stores them, behind another one at most."""
STILL_SERVED = 0.3
"""Seconds after a kill in which the server may come to what had reached its socket."""


async def kill_sqlite() -> Row:
    return await _row("sqlite", "SQLite")


async def kill_postgresql() -> Row:
    return await _row("postgresql", "PostgreSQL")


@dataclass
class _Kills:
    """When senders were killed (seconds since the epoch), and how long their transactions had taken."""

    at: list[float] = field(default_factory=list)
    transactions: list[float] = field(default_factory=list)

    def age(self, taken_at: float) -> float:
        """Return for how long a message had been taken when the sender was killed, which came next."""
        return next((kill - taken_at for kill in self.at if kill > taken_at - STILL_SERVED), -1.0)

    @property
    def transaction(self) -> float:
        """Return how long a transaction takes, but for one in a hundred."""
        return sorted(self.transactions)[len(self.transactions) * 99 // 100]


@dataclass
class _Seen:
    """What the server has taken: by chat the moments, and the breaches of its windows."""

    taken_at: dict[int, list[float]]
    violations: int

    @property
    def doubled(self) -> list[float]:
        """Return when each message was taken that came once more afterwards."""
        return [at for moments in self.taken_at.values() for at in sorted(moments)[:-1]]


async def _row(dialect: str, name: str) -> Row:
    kills = _Kills()
    async with (
        new_database(dialect) as url,
        opened(url) as database,
        telegram(users=CHATS, rate=RATE) as emulated,
    ):
        await settle_in(database, CHATS)
        await owe(database, photo=photo())
        for _ in range(KILLS):
            await _live_and_die(emulated, url, kills)
        async with running("tests.sending_process", emulated.url, TOKEN, url, str(RATE)) as process:
            await until_settled(database, within=120)
        await _note_transactions(process, kills)
        seen = await _seen(emulated)
    within = GATHERED_FOR + kills.transaction
    ages = [kills.age(at) for moments in seen.taken_at.values() for at in moments]
    lately = sum(-STILL_SERVED <= age <= within for age in ages)
    lost, twice = CHATS - len(seen.taken_at), len(seen.doubled)
    oldest = max((kills.age(at) for at in seen.doubled), default=0.0)
    return Row(
        f"kill -9 at a random moment, {KILLS} times, at {RATE}/s, {name}",
        "lost 0; second copies ≤ what was taken in the last 50 ms and one transaction",
        f"lost {lost}; {twice} second copies, the oldest of {oldest * 1e3:.0f} ms; taken in the last 50 +"
        f" {kills.transaction * 1e3:.0f} ms: {lately:,} of {CHATS:,}; violations {seen.violations}",
        ok=not lost and twice <= lately and not seen.violations,
    )


async def _live_and_die(emulated: Emulated, url: str, kills: _Kills) -> None:
    """Let a sender send for a while that nobody knows in advance, and kill it in the middle of it."""
    before = (await emulated.metrics())["sent"]
    async with running("tests.sending_process", emulated.url, TOKEN, url, str(RATE)) as process:
        async with asyncio.timeout(60):
            while (await emulated.metrics())["sent"] == before:  # noqa: ASYNC110 - in another process
                await asyncio.sleep(0.01)
        await asyncio.sleep(random.uniform(0, LONGEST_LIFE))
        kills.at.append(time.time())
        process.kill()
        await process.wait()
    await _note_transactions(process, kills)
    # What had reached the server's socket is still served.
    await asyncio.sleep(STILL_SERVED)


async def _note_transactions(process: Process, kills: _Kills) -> None:
    assert process.stdout is not None
    *whole, _cut_off = (await process.stdout.read()).decode().split("\n")
    kills.transactions += [float(line) for line in whole]


async def _seen(emulated: Emulated) -> _Seen:
    taken_at: dict[int, list[float]] = {}
    for message in await emulated.outbox():
        taken_at.setdefault(message["chat"], []).append(message["taken_at"])
    return _Seen(taken_at, (await emulated.metrics())["violations"])


ROWS = (kill_sqlite, kill_postgresql)
