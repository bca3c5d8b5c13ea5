"""The page for everybody: how much one process answers of what it keeps, and how long it makes the rest."""

import asyncio
import multiprocessing
import random
import time
from collections.abc import AsyncIterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager

from aiohttp import ClientSession, DummyCookieJar, TCPConnector, web

from bot.domain.chats.chat import TopicId
from bot.domain.clock import SystemClock
from bot.domain.news.article import Article
from bot.domain.news.feed import Topic
from bot.i18n import FormOfAddress
from bot.store.articles import articles
from bot.store.articles.released import LOT
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.web.public import Door, MediaAddresses, PublicSite, public_routes
from bot.web.public.cache import FRESH
from bot.web.public.paths import article_name
from bot.web.server import serve
from tests.bench.databases import new_database, opened
from tests.bench.finding import ARTICLES, TOPICS, fill
from tests.bench.row import Row
from tests.commands.stage import texts
from tests.web.posting import free_port

LEAST = 1_000
"""Answers a second."""
CLIENTS = 32
SECONDS = 8.0
SLOWEST_MS = 30.0
VISITS = 400


class LateClock(SystemClock):
    """A clock by which nothing that was made is fresh any more at the next request."""

    def __init__(self) -> None:
        self.passed = 0.0

    def monotonic(self) -> float:
        self.passed += FRESH
        return super().monotonic() + self.passed


@asynccontextmanager
async def _served(database: Database, clock: SystemClock, port: int) -> AsyncIterator[str]:
    address = f"http://127.0.0.1:{port}"
    doors = (Door("telegram", "Telegram", lambda topic: f"https://t.me/bantin_bot?start={topic}"),)

    async def no_pdf(_svg: str) -> None:
        return None

    photos = MediaAddresses(address, b"secret")
    site = PublicSite(database, clock, texts(FormOfAddress.YOU), address, photos, doors, no_pdf)
    application = web.Application()
    application.add_routes(public_routes(site))
    runner = await serve(application, host="127.0.0.1", port=port)
    try:
        yield address
    finally:
        await runner.cleanup()


async def cached_pages() -> Row:
    """Ask one process for one page, from another process, as often as it answers."""
    async with new_database("sqlite") as url, opened(url) as database:
        await _publish(database)
        spawn = multiprocessing.get_context("spawn")
        async with _served(database, SystemClock(), free_port()) as address:
            with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as process:
                before = time.process_time()
                asking = asyncio.get_running_loop().run_in_executor(process, _ask_for_long, f"{address}/tin")
                count = await asking
                computed = time.process_time() - before
    rate, of_computing = count / SECONDS, count / computed
    return Row(
        "the front page of the public page, kept by one process, asked for by 32 connections",
        f"≥ {LEAST:,} answers/s",
        f"{rate:,.0f} answers/s beside the client, {of_computing:,.0f} in a second of computing",
        ok=of_computing >= LEAST,
    )


async def _publish(database: Database) -> None:
    """Publish as many articles as the front page shows."""
    now = SystemClock().now()
    async with database.write() as tx:
        topics = [Topic(TopicId(topic), {"vi": topic}, {}, topic) for topic in TOPICS]
        await feeds.sync_definitions(tx, topics, [], now)
        for number in range(60):
            words = f"Hội nghị số {number} về sở hữu trí tuệ và đổi mới sáng tạo "
            article = Article(f"https://agency.example/tin/{number}", words, words * 3, (words * 20,))
            topic = TopicId(TOPICS[number % len(TOPICS)])
            await articles.save(tx, article, photo=None, topic=topic, now=now)


def _ask_for_long(url: str) -> int:
    return asyncio.run(_asked(url))


async def _asked(url: str) -> int:
    count, until = 0, time.perf_counter() + SECONDS
    async with ClientSession(
        connector=TCPConnector(limit=CLIENTS), cookie_jar=DummyCookieJar(), auto_decompress=False
    ) as http:

        async def ask() -> None:
            nonlocal count
            while time.perf_counter() < until:
                async with http.get(url, headers={"Accept-Encoding": "gzip"}) as answer:
                    assert answer.status == 200
                    await answer.read()
                count += 1

        await asyncio.gather(*(ask() for _ in range(CLIENTS)))
    return count


async def public_pages_sqlite() -> Row:
    return await _row("sqlite", "SQLite")


async def public_pages_postgresql() -> Row:
    return await _row("postgresql", "PostgreSQL")


async def _row(dialect: str, name: str) -> Row:
    async with new_database(dialect) as url, opened(url) as database:
        await fill(database, words=60)
        took = await _visited(database)
    every = sorted(seconds for each in took.values() for seconds in each)
    kinds = ", ".join(f"{kind} {_p95(took[kind]):.1f}" for kind in sorted(took))
    return Row(
        f"pages of the public page that are made anew, {ARTICLES:,} articles, 95 % of visits, {name}",
        f"≤ {SLOWEST_MS:.0f} ms",
        f"{_p95(every):.1f} ms ({kinds})",
        ok=_p95(every) <= SLOWEST_MS,
    )


def _p95(seconds: list[float]) -> float:
    ascending = sorted(seconds)
    return ascending[round(len(ascending) * 0.95) - 1] * 1000


async def _visited(database: Database) -> dict[str, list[float]]:
    """Return how long visits of each kind of page took, in seconds, as a client on this machine finds it."""
    chance, port = random.Random(7), free_port()
    async with database.read() as tx:
        rows = (await tx.exec_driver_sql("SELECT id, title, summary FROM articles")).all()
    known = {number: (title, summary) for number, title, summary in rows}
    took: dict[str, list[float]] = {}
    async with (
        _served(database, LateClock(), port) as address,
        ClientSession(cookie_jar=DummyCookieJar(), auto_decompress=False) as http,
    ):
        for _ in range(VISITS):
            number = chance.randint(1, ARTICLES)
            title = known[number][0]
            name = article_name(Article(f"https://agency.example/tin/{number}", title).key, title)
            topic = chance.choice(TOPICS)
            paths = {
                "home": "/tin",
                "topic": f"/tin/chuyen-muc/{topic}?trang={chance.randint(1, 1600)}",
                "article": f"/tin/bai/{name}",
                "search": f"/tin/tim?q={'+'.join(title.split()[: chance.randint(2, 4)])}",
                "feed": f"/tin/chuyen-muc/{topic}/atom.xml",
                "sitemap": f"/tin/sitemap-{chance.randint(0, ARTICLES // LOT - 1)}.xml",
            }
            for kind in chance.choices(list(paths), weights=(4, 4, 8, 2, 1, 1), k=1):
                began = time.perf_counter()
                async with http.get(address + paths[kind]) as answer:
                    await answer.read()
                took.setdefault(kind, []).append(time.perf_counter() - began)
                assert answer.status == 200, paths[kind]
    return took


ROWS = (cached_pages, public_pages_sqlite, public_pages_postgresql)
