"""Sources: what polling and reading cost, and that neither holds up a person."""

import asyncio
import io
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import feedparser
import trafilatura
from sqlalchemy import update

from bot.domain.chats.chat import TopicId
from bot.domain.clock import SystemClock
from bot.domain.news.article import Article, PreparedPhoto
from bot.domain.news.dedup import fresh_entries, named
from bot.domain.news.feed import Entry, Feed, FeedId, FeedKind, Fetched, Topic, Validators
from bot.services.ingest.ingester import IngestRules
from bot.services.ingest.poller import Poller
from bot.sources.content.parse import parse_page
from bot.sources.feeds.detect import parse_any
from bot.sources.feeds.result import ParsedFeed
from bot.sources.http.client import HttpClient, HttpLimits
from bot.sources.http.ssrf import AddressGuard
from bot.sources.web import WebSource
from bot.sources.workers.pool import CallLimits, Workers
from bot.store.engine.database import Database, Transaction
from bot.store.feeds import feeds, seen_entries
from bot.store.integrity import migrate
from bot.store.schema import feeds as table
from tests.bench.agency import feed as made_feed
from tests.bench.agency import page
from tests.bench.row import Measure, Row

TOPIC = Topic(TopicId("tin"), {"vi": "Tin"}, {}, "Tin")
FEEDS = 1_000
ROUNDS = 3
REPEATS = 60


@asynccontextmanager
async def _agency() -> AsyncIterator[int]:
    """Run the site and yield its port."""
    site = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.agency", stdout=asyncio.subprocess.PIPE
    )
    assert site.stdout
    try:
        yield int(await site.stdout.readline())
    finally:
        site.kill()
        await site.wait()


@asynccontextmanager
async def _source(*, workers: int) -> AsyncIterator[tuple[WebSource, Workers]]:
    guard = AddressGuard({"127.0.0.0/8"})
    limits = HttpLimits(size=10_000_000, seconds=60)
    async with (
        HttpClient(guard=guard) as http,
        Workers(count=workers, limits=CallLimits(seconds=120)) as pool,
    ):
        yield WebSource(http=http, workers=pool, clock=SystemClock(), limits=limits), pool


@asynccontextmanager
async def _poller(
    source: WebSource, defined: list[Feed], *, known: Callable[[Feed], tuple[Entry, ...]] | None = None
) -> AsyncIterator[Poller]:
    """Have the feeds *defined* polled; if it is said what is *known* of each, they have been before."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}"
        await migrate.upgrade(url)
        database = await Database.open(url)
        async with database.write() as tx:
            await feeds.sync_definitions(tx, [TOPIC], defined, datetime.now(UTC))
            if known:
                await _have_polled(tx, defined, known)
        yield Poller(
            database,
            source,
            SystemClock(),
            owner="bench",
            rules=IngestRules(concurrency=8),
        )
        await database.close()


async def _have_polled(
    tx: Transaction, defined: list[Feed], known: Callable[[Feed], tuple[Entry, ...]]
) -> None:
    now = datetime.now(UTC)
    for feed in defined:
        names = {name: None for each in named(known(feed), {}) for name in each.names}
        await seen_entries.remember(tx, feed.id, names, now)
    await tx.execute(update(table).values(first_polled_at=now))


def _listed_first(feed: Feed) -> tuple[Entry, ...]:
    """Return what the site lists before the first round."""
    listed = parse_any(
        made_feed(25, link=feed.url.replace("/many/", "/page/")),
        url=feed.url,
        charset=None,
        kind=FeedKind.AUTO,
        selectors={},
        preset=None,
        now=datetime.now(UTC),
    )
    assert isinstance(listed, ParsedFeed)
    return listed.entries


def _feed(name: str, url: str) -> Feed:
    return Feed(FeedId(name), TOPIC.id, name, url, kind=FeedKind.AUTO)


async def _cpu(workers: Workers) -> float:
    """Return the CPU that this process and its one worker have used, in ms."""
    return 1_000 * (time.process_time() + await workers.run(time.process_time))


def _each(function: Callable[[], object], repeats: int = REPEATS) -> float:
    """Return the CPU of one call, in ms."""
    function()
    started = time.process_time()
    for _ in range(repeats):
        function()
    return 1_000 * (time.process_time() - started) / repeats


async def changed_feed() -> Row:
    body = made_feed(25)
    bare = _each(lambda: feedparser.parse(io.BytesIO(body), resolve_relative_uris=False, sanitize_html=False))
    async with _agency() as port, _source(workers=1) as (source, workers):
        wanted = _feed("feed", f"http://127.0.0.1:{port}/feed")

        async def poll() -> None:
            fetched = await source.fetch(wanted, Validators())
            assert isinstance(fetched, Fetched)
            found = named(fetched.entries, {})
            fresh_entries(found, frozenset(), first_poll=False, is_guessed=False, room=10)

        await poll()
        started = await _cpu(workers)
        for _ in range(REPEATS):
            await poll()
        ours = (await _cpu(workers) - started) / REPEATS
    allowed = 1.3 * bare + 2
    return Row(
        "CPU of fetching, parsing and deciding a changed feed of 25 entries",
        f"≤ 1.3 × feedparser + 2 ms ({allowed:.1f} ms)",
        f"{ours:.1f} ms (feedparser alone {bare:.1f} ms)",
        ok=ours <= allowed,
    )


async def feed_not_modified() -> Row:
    async with _agency() as port, _source(workers=1) as (source, workers):
        defined = [_feed("same", f"http://127.0.0.1:{port}/same")]
        async with _poller(source, defined) as poller:
            source.read = _unread  # type: ignore[method-assign] # pages are no part of this row
            source.photo = _no_photo  # type: ignore[method-assign]
            await poller.poll([defined[0].id])
            started = await _cpu(workers)
            for _ in range(REPEATS):
                (report,) = await poller.poll([defined[0].id])
                assert report.not_modified
            cost = (await _cpu(workers) - started) / REPEATS
    name = "CPU of a poll that is not modified, everything included"
    return Row(name, "≤ 4 ms", f"{cost:.1f} ms", ok=cost <= 4)


async def _unread(feed: Feed, entry: object) -> Article:
    del feed
    return Article(f"https://so.example.vn/{id(entry)}", "Tin")


async def _no_photo(article: Article) -> PreparedPhoto | None:
    del article
    return None


def _read(body: bytes) -> Article:
    url = "https://so.example.vn/tin/1.html"
    return parse_page(body, url=url, charset=None, selectors={}, preset=None, now=datetime.now(UTC))


async def page_by_selectors() -> Row:
    body = page(marked=True)
    cost = _each(lambda: _read(body))
    return Row("CPU of an article page by selectors", "≤ 3 ms", f"{cost:.1f} ms", ok=cost <= 3)


async def page_by_density() -> Row:
    body = page(marked=False)
    html = body.decode()
    bare = _each(lambda: trafilatura.extract(html))
    cost = _each(lambda: _read(body))
    return Row(
        "CPU of an article page of no known markup",
        f"≤ 1.3 × trafilatura ({1.3 * bare:.1f} ms)",
        f"{cost:.1f} ms (trafilatura alone {bare:.1f} ms)",
        ok=cost <= 1.3 * bare,
    )


async def loop_blocked_by_a_large_feed() -> Row:
    body = made_feed(8_000)
    worst = 0.0

    async def watch() -> None:
        nonlocal worst
        while True:
            started = time.perf_counter()
            await asyncio.sleep(0.001)
            worst = max(worst, time.perf_counter() - started - 0.001)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body))
        for start in range(0, len(body), 65_536):
            writer.write(body[start : start + 65_536])
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server, _source(workers=1) as (source, workers):
        await workers.run(time.process_time)
        watching = asyncio.create_task(watch())
        fetched = await source.fetch(
            _feed("large", f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"), Validators()
        )
        watching.cancel()
    assert fetched
    name = f"event loop blocked while a feed of {len(body) / 1e6:.1f} MB is polled"
    return Row(name, "< 50 ms", f"{1_000 * worst:.0f} ms", ok=worst < 0.05)


async def thousand_feeds() -> Row:
    took = []
    async with _agency() as port, _source(workers=2) as (source, workers), aiohttp.ClientSession() as session:
        hosts = [f"127.0.{number // 250}.{number % 250 + 1}:{port}" for number in range(FEEDS)]
        defined = [_feed(f"f{n}", f"http://{host}/many/{n}") for n, host in enumerate(hosts)]
        async with _poller(source, defined, known=_listed_first) as poller:
            source.photo = _no_photo  # type: ignore[method-assign]
            await poller.poll([feed.id for feed in defined])
            for number in range(1, ROUNDS + 1):
                await session.get(f"http://127.0.0.1:{port}/round/{number}")
                started = time.perf_counter()
                reports = await poller.poll([feed.id for feed in defined])
                took.append(time.perf_counter() - started)
                assert sum(len(report.fresh.pushed) for report in reports) == FEEDS // 10
        memory = _memory("self") + sum(_memory(str(idle._process.pid)) for idle in workers._idle)
    slowest = max(took)
    return Row(
        "a round of 1,000 feeds in one process, one tenth changed, pages read",
        "≤ 60 s, ≤ 250 MB",
        f"{slowest:.0f} s, {memory:.0f} MB with its workers",
        ok=slowest <= 60 and memory <= 250,
    )


def _memory(pid: str) -> float:
    """Return the memory of a process that is its own, in MB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1_000


ROWS: tuple[Measure, ...] = (
    changed_feed,
    feed_not_modified,
    page_by_selectors,
    page_by_density,
    loop_blocked_by_a_large_feed,
    thousand_feeds,
)
