"""What the service costs when there is nothing to do but look after a hundred feeds."""

import asyncio
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

from aiohttp import web
from sqlalchemy import update

from bot.domain.clock import SystemClock
from bot.domain.news.dedup import named
from bot.domain.news.feed import Entry, Feed, FeedId
from bot.store.engine.database import Database
from bot.store.feeds import feeds, seen_entries
from bot.store.schema import feeds as table
from tests.bench.audience import TOPIC
from tests.bench.broadcasts import until_listening
from tests.bench.databases import new_database, opened
from tests.bench.processes import cpu_seconds, family
from tests.bench.row import Row
from tests.bench.service import service
from tests.bench.telegram import telegram

FEEDS = 100
ENTRIES = 20
INTERVAL = timedelta(minutes=10)
WARM_AFTER = 14.0
WATCHED_FOR = 30.0
BAR = 0.01


async def idle() -> Row:
    async with idle_service() as process:
        # By then a poll or two have started a worker, which stays while there is something to parse.
        await asyncio.sleep(WARM_AFTER)
        used, took = await _cpu_of(family(process.pid))
    polls = round(FEEDS * took / INTERVAL.total_seconds())
    return Row(
        f"idle service with {FEEDS} feeds",
        f"≤ {BAR:.0%} of a core",
        f"{used / took:.2%}, {polls} polls and the parsing processes included",
        ok=used / took <= BAR,
    )


@asynccontextmanager
async def idle_service() -> AsyncIterator[Process]:
    """Run a service that looks after its feeds, and has nothing else to do."""
    async with (
        new_database("sqlite") as url,
        opened(url) as database,
        telegram(users=1) as emulated,
        _agency() as agency,
    ):
        known = [_feed(agency, number) for number in range(FEEDS)]
        await _have_polled(database, known)
        defined = [_in_toml(feed) for feed in known]
        async with service(api_url=emulated.url, database_url=url, feeds=defined) as process:
            await until_listening(emulated)
            yield process


async def _cpu_of(pids: Sequence[int]) -> tuple[float, float]:
    """Return how much CPU the processes used while they were watched, and for how long they were."""
    before, started_at = sum(map(cpu_seconds, pids)), time.monotonic()
    await asyncio.sleep(WATCHED_FOR)
    return sum(map(cpu_seconds, pids)) - before, time.monotonic() - started_at


def _feed(agency: str, number: int) -> Feed:
    address = f"{agency}/{number}.rss"
    return Feed(FeedId(f"f{number}"), TOPIC.id, f"Nguồn {number}", address, interval=INTERVAL)


def _in_toml(feed: Feed) -> str:
    return (
        f'[[feed]]\nid = "{feed.id}"\ntopic = "{feed.topic}"\nname = "{feed.name}"\nurl = "{feed.url}"\n'
        f'interval = "{feed.interval.total_seconds():.0f}s"\n'
    )


def _entries(page: str) -> tuple[Entry, ...]:
    return tuple(Entry(f"Thông báo số {number}", f"{page}/{number}") for number in range(ENTRIES))


async def _have_polled(database: Database, known: Sequence[Feed]) -> None:
    """Leave the database as a service does that has run for a while: all is known, and polls come evenly."""
    now = SystemClock().now()
    async with database.write() as tx:
        await feeds.sync_definitions(tx, [TOPIC], known, now)
        for number, feed in enumerate(known):
            page = feed.url.removesuffix(".rss")
            names = {name: None for each in named(_entries(page), {}) for name in each.names}
            await seen_entries.remember(tx, feed.id, names, now)
            state = {"first_polled_at": now, "next_poll_at": now + number * INTERVAL / FEEDS}
            await tx.execute(update(table).where(table.c.id == feed.id).values(state))


@asynccontextmanager
async def _agency() -> AsyncIterator[str]:
    """Serve feeds that never change, to the last byte and without validators, as many sites do."""

    async def rss(request: web.Request) -> web.Response:
        items = "".join(
            f"<item><title>{entry.title}</title><link>{entry.link}</link>"
            f"<description>{'Nội dung tóm tắt của thông báo. ' * 8}</description></item>"
            for entry in _entries(f"http://{request.host}/{request.match_info['number']}")
        )
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Tin</title>{items}</channel></rss>'
        return web.Response(text=body, content_type="application/rss+xml")

    application = web.Application()
    application.router.add_get(r"/{number:\d+}.rss", rss)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


ROWS = (idle,)
