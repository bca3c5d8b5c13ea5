"""Three services on one PostgreSQL database: the one that sends is killed in the middle of a broadcast."""

import asyncio
import time
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack

from sqlalchemy import select

from bot.store.engine.database import Database
from bot.store.schema import leases
from tests.bench.audience import owe, settle_in
from tests.bench.databases import new_database, opened
from tests.bench.row import Row
from tests.bench.service import service, until_settled
from tests.bench.telegram import telegram
from tests.emulated import Emulated

SERVICES = 3
RATE = 200
CHATS = 4_000
KILLED_AFTER = 1_000
"""Messages after which it is killed."""
BAR = 15.0
STILL_SERVED = 0.3
"""Seconds after a kill in which the server may come to what had reached its socket."""


async def fail_over() -> Row:
    async with (
        new_database("postgresql") as url,
        opened(url) as database,
        telegram(users=CHATS, rate=RATE) as emulated,
        AsyncExitStack() as stack,
    ):
        await settle_in(database, CHATS)
        services = (service(api_url=emulated.url, database_url=url, rate=RATE) for _ in range(SERVICES))
        processes = [await stack.enter_async_context(each) for each in services]
        await _until_up(emulated)
        active = await _sender(database, processes)
        await owe(database)
        await _until_sent(emulated, KILLED_AFTER)
        took = await _replaced(active, emulated)
        await until_settled(database, within=120)
        copies = Counter(message["chat"] for message in await emulated.outbox())
        seen = await emulated.metrics()
    lost, twice = CHATS - len(copies), copies.total() - len(copies)
    return Row(
        f"{SERVICES} processes on PostgreSQL at {RATE}/s, the active sender killed",
        f"lost 0; violations 0; sending again within {BAR:.0f} s",
        f"lost {lost}; violations {seen['violations']}; sending again after {took:.1f} s;"
        f" {twice} second copies",
        ok=not lost and not seen["violations"] and took <= BAR,
    )


async def _until_up(emulated: Emulated) -> None:
    """Wait until all have come up: each asks who it is."""
    async with asyncio.timeout(90):
        while (await emulated.metrics())["calls"].get("getMe", 0) < SERVICES:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def _sender(database: Database, processes: Sequence[Process]) -> Process:
    """Return the process that has the account, once one has."""
    async with asyncio.timeout(90):
        while True:
            async with database.read() as tx:
                owner = (await tx.execute(select(leases.c.owner))).scalar()
            for process in processes:
                if owner and f":{process.pid}:" in owner:
                    return process
            await asyncio.sleep(0.05)


async def _replaced(active: Process, emulated: Emulated) -> float:
    """Kill a sender, and return the seconds until somebody else sends."""
    active.kill()
    killed_at = time.monotonic()
    await active.wait()
    await asyncio.sleep(STILL_SERVED)
    await _until_sent(emulated, (await emulated.metrics())["sent"] + 1)
    return time.monotonic() - killed_at


async def _until_sent(emulated: Emulated, count: int) -> None:
    async with asyncio.timeout(90):
        while (await emulated.metrics())["sent"] < count:  # noqa: ASYNC110 - in another process
            await asyncio.sleep(0.02)


ROWS = (fail_over,)
