"""What people's choices cost: filters when an article is planned, and digests when their hour comes."""

import asyncio
import time
from datetime import timedelta

from sqlalchemy import text, update

from bot.domain.clock import SystemClock
from bot.domain.news.article import Article
from bot.store.articles import articles
from bot.store.engine.database import Database
from bot.store.outbox import outbox
from bot.store.outbox.plan import FilterCache
from bot.store.schema import deliveries
from tests.bench.audience import EXPIRES_AFTER, TOPIC, owe, settle_in
from tests.bench.broadcasts import photo, until_listening, until_sending
from tests.bench.databases import new_database, opened
from tests.bench.processes import family, peak_bytes
from tests.bench.row import Row
from tests.bench.service import service
from tests.bench.telegram import telegram
from tests.emulated import Emulated

FILTERING = 1_000
ROUNDS = 7
WORST_FILTERING = 3.0

DIGESTS = 100_000
ARTICLES = 3
RATE = 1_000
REACHED = 10_000
"""Digests that are sent before the peak is read; the emulator knows no more than twice as many people."""
MEMORY_BAR = 200 * 1024 * 1024
COMES_IN = timedelta(seconds=10)
"""How soon the hour comes: later than an idle sender looks once more what comes next."""

_EVENING = text(
    "INSERT INTO schedules (id, timing, weekday, hour, time_zone)"
    " VALUES (1, 'daily', 0, 18, 'Asia/Ho_Chi_Minh')"
)
_DIGESTS = text("UPDATE subscriptions SET schedule_id = 1")
_WORDS = ("sáng chế", "kiểu dáng", "nhãn hiệu", "chỉ dẫn địa lý", "hội nghị", "thông báo", "quyết định")
_FILTERS = text("INSERT INTO filters (words) VALUES (:words)")
_FILTERED = text(
    "UPDATE subscriptions SET filter_id ="
    " (SELECT min(id) FROM filters) + chat_id - (SELECT min(id) FROM chats)"
)


async def filters_sqlite() -> Row:
    return await _filters("sqlite", "SQLite")


async def filters_postgresql() -> Row:
    return await _filters("postgresql", "PostgreSQL")


async def _filters(dialect: str, name: str) -> Row:
    """Plan the same articles for chats without filters and then for the same chats, each with its own one."""
    planner = FilterCache()
    async with new_database(dialect) as url, opened(url) as database:
        await settle_in(database, FILTERING)
        without = min([await _planned(database, number, planner) for number in range(ROUNDS)])
        async with database.write() as tx:
            await tx.execute(_FILTERS, [{"words": _words_of(number)} for number in range(FILTERING)])
            await tx.execute(_FILTERED)
        rounds = [await _planned(database, number, planner) for number in range(ROUNDS, 2 * ROUNDS)]
    ratio = min(rounds[1:]) / without
    return Row(
        f"{FILTERING:,} chats, each with a filter of its own, one article planned, {name}",
        f"≤ {WORST_FILTERING:.0f} × planning without filters",
        f"{ratio:.2f} × ({min(rounds[1:]) * 1000:.1f} ms : {without * 1000:.1f} ms);"
        f" with filters never read before {rounds[0] * 1000:.1f} ms",
        ok=ratio <= WORST_FILTERING,
    )


def _words_of(number: int) -> str:
    """Return a filter like those that people write: some words to have, one to leave out."""
    one, other = _WORDS[number % len(_WORDS)], _WORDS[number // len(_WORDS) % len(_WORDS)]
    return f'"{one} {other}", đơn{number}, thông báo, -hủy{number}'


async def digest() -> Row:
    """Have the hour of all digests come while the service runs: the planned moments are moved to be near."""
    async with new_database("sqlite") as url, opened(url) as database:
        await settle_in(database, DIGESTS)
        async with database.write() as tx:
            await tx.execute(_EVENING)
            await tx.execute(_DIGESTS)
        started_at = time.monotonic()
        for number in range(ARTICLES):
            await owe(database, number=number, photo=photo() if number == 0 else None)
        planned = (time.monotonic() - started_at) / ARTICLES
        async with (
            telegram(users=2 * REACHED, rate=RATE) as emulated,
            service(api_url=emulated.url, database_url=url, rate=RATE) as process,
        ):
            await until_listening(emulated)
            hour, at_hour = SystemClock().now() + COMES_IN, time.monotonic() + COMES_IN.total_seconds()
            async with database.write() as tx:
                await tx.execute(update(deliveries).values(due_at=hour))
            late = await until_sending(emulated) - at_hour
            await _until_under_way(emulated)
            peaks = [peak_bytes(pid) for pid in family(process.pid)]
            took = time.monotonic() - at_hour - late
            seen = await emulated.metrics()
    return Row(
        f"a digest of {ARTICLES} articles for {DIGESTS:,} chats at one hour",
        f"sending starts within 5 s; ≤ {MEMORY_BAR / 2**20:.0f} MB at its peak; violations 0",
        f"{late:.1f} s after the hour; {sum(peaks) / 2**20:.0f} MB; {REACHED / took:.0f} digests/s;"
        f" violations {seen['violations']}; each article planned in {planned:.1f} s",
        ok=late <= 5 and sum(peaks) <= MEMORY_BAR and not seen["violations"],
    )


async def _until_under_way(emulated: Emulated) -> None:
    async with asyncio.timeout(200):
        while (await emulated.metrics())["sent"] < REACHED:  # noqa: ASYNC110 - it happens in another process
            await asyncio.sleep(0.05)


async def _planned(database: Database, number: int, planner: FilterCache) -> float:
    """Return the seconds that planning takes, from a saved article to its deliveries."""
    now = SystemClock().now()
    body = ("Cục Sở hữu trí tuệ thông báo về việc tiếp nhận đơn đăng ký. " * 4,) * 10
    article = Article(f"https://agency.example/tin/{number}", f"Thông báo số {number}", "Tóm tắt.", body)
    async with database.write() as tx:
        saved = await articles.save(tx, article, photo=None, topic=TOPIC.id, now=now)
    started_at = time.perf_counter()
    async with database.write() as tx:
        end = now + EXPIRES_AFTER
        await outbox.enqueue(
            tx,
            outbox.NewFanout(article=saved.id, topic=TOPIC.id, due_at=now, expires_at=end),
            now=now,
            planner=planner,
        )
    return time.perf_counter() - started_at


ROWS = (filters_sqlite, filters_postgresql, digest)
