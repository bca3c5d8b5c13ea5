"""Fan-out to a million subscriptions, beside the statement that no fan-out can beat; and who waits for it."""

import asyncio
import time
from contextlib import AbstractAsyncContextManager

from sqlalchemy import func, select, text

from bot.domain.chats.chat import Address, ChatKind
from bot.domain.clock import SystemClock
from bot.services.ingest.fanout import FanOut
from bot.store.chats import chats
from bot.store.engine.database import Database
from bot.store.schema import deliveries
from tests.bench.audience import EXPIRES_AFTER, TOPIC, publish, settle_in
from tests.bench.databases import copied, new_database, opened
from tests.bench.row import Row
from tests.emulated import ACCOUNT

SUBSCRIPTIONS = 1_000_000
ROUNDS = 2
WORST_RATIO = 2.5
LONGEST_WAIT = 0.2
WRITES_EVERY = 0.02

_BARE = text(
    "INSERT INTO deliveries (account_id, chat_id, article_id, topic_id, revision, status, lane, digest,"
    " due_at, expires_at, claims, attempts, created_at) SELECT :account, chat_id, 1, topic_id, 0, 'pending',"
    " 2, false, :now, :end, 0, 0, :now FROM subscriptions WHERE topic_id = :topic ORDER BY chat_id"
)


async def fan_out_sqlite() -> Row:
    return await _row("sqlite", "SQLite")


async def fan_out_postgresql() -> Row:
    return await _row("postgresql", "PostgreSQL")


async def _row(dialect: str, name: str) -> Row:
    """Take the better of two runs of each: what else the machine does only ever adds."""
    bare, sliced, waits = [], [], list[float]()
    async with new_database(dialect) as template:
        async with opened(template) as database:
            await settle_in(database, SUBSCRIPTIONS)
        for _ in range(ROUNDS):
            bare.append(await _bare(copied(template)))
            took, longest = await _fanned_out(copied(template))
            sliced.append(took)
            waits.append(longest)
    ratio, wait = min(sliced) / min(bare), max(waits)
    return Row(
        f"fan-out to {SUBSCRIPTIONS:,} subscriptions, {name}",
        f"≤ {WORST_RATIO} × the bare INSERT … SELECT; no other write waits > {LONGEST_WAIT * 1000:.0f} ms",
        f"{ratio:.2f} × ({min(sliced):.1f} s : {min(bare):.1f} s); longest wait {wait * 1000:.0f} ms",
        ok=ratio <= WORST_RATIO and wait <= LONGEST_WAIT,
    )


async def _bare(copy: AbstractAsyncContextManager[str]) -> float:
    now = round(time.time() * 1000)
    end = now + round(EXPIRES_AFTER.total_seconds() * 1000)
    values = {"account": ACCOUNT, "topic": TOPIC.id, "now": now, "end": end}
    async with copy as url, opened(url) as database:
        started_at = time.monotonic()
        async with database.write() as tx:
            await tx.execute(_BARE, values)
        return time.monotonic() - started_at


async def _fanned_out(copy: AbstractAsyncContextManager[str]) -> tuple[float, float]:
    """Return how long the service's fan-out took, and the longest that another write took meanwhile."""
    async with copy as url, opened(url) as database:
        writing = asyncio.create_task(_longest_write(database))
        started_at = time.monotonic()
        await publish(database)
        await _until_done(database)
        took = time.monotonic() - started_at
        writing.cancel()
        longest = await writing
        async with database.read() as tx:
            made = (await tx.execute(select(func.count()).select_from(deliveries))).scalar_one()
        assert made == SUBSCRIPTIONS, f"{made} deliveries were made"
        return took, longest


async def _until_done(database: Database) -> None:
    clock = SystemClock()
    sliced = asyncio.Event()
    working = asyncio.create_task(FanOut(database, clock, on_slice=sliced.set).run())
    try:
        while True:
            await sliced.wait()
            sliced.clear()
            async with database.read() as tx:
                if not (await tx.execute(text("SELECT count(*) FROM fanouts"))).scalar_one():
                    return
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)


async def _longest_write(database: Database) -> float:
    """Do what an arriving person causes to be written, again and again; return the longest that one took."""
    longest, number = 0.0, 0
    clock = SystemClock()
    try:
        while True:
            number += 1
            address = Address(ACCOUNT, f"-{number}")
            started_at = time.monotonic()
            async with database.write() as tx:
                await chats.register(
                    tx, address, kind=ChatKind.GROUP, language="vi", title=None, now=clock.now()
                )
            longest = max(longest, time.monotonic() - started_at)
            await asyncio.sleep(WRITES_EVERY)
    except asyncio.CancelledError:
        return longest


ROWS = (fan_out_sqlite, fan_out_postgresql)
