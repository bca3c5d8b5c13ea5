"""Thirty days of a service in a few minutes: whether it has more in memory at their end than after the first.

The service's time is pushed on by some hours at a time. Between two steps all feeds are polled, articles are
read, sent and read again, people write, digests come due, and what is old is taken out. The parsers are not
counted: each ends after so many calls, or when it has been idle, and what they take is bounded.
"""

import asyncio
import itertools
import signal
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO

from aiohttp import web
from PIL import Image
from sqlalchemy import bindparam, exists, select, text

from bot.domain.clock import SystemClock
from bot.store.engine.database import Database
from bot.store.schema import PENDING, deliveries
from bot.store.schema import feeds as feed_table
from tests.bench.audience import FIRST_USER, TOPIC, settle_in
from tests.bench.broadcasts import until_listening
from tests.bench.databases import new_database, opened
from tests.bench.processes import peak_bytes, resident_bytes
from tests.bench.row import Row
from tests.bench.service import service
from tests.bench.telegram import telegram
from tests.emulated import Emulated

DAYS = 30
STEPS = 3
STEP = timedelta(days=1) / STEPS
FEEDS = 10
ENTRIES = 5
NEW_EACH_STEP = 3
CHATS = 120
DIGEST_EVERY = 4
"""One chat in so many has the day's articles as a digest."""
RATE = 1_000
WRITTEN = ("/moinhat 3", "/timkiem thông báo", "/toanvan 1", "/trogiup", "/chuyenmuc", "/caidat", "xin chào")
WRITERS = 20
"""People who write in each step, each of them one line."""
GROWTH = 0.05
PATIENCE = 120.0

_EVENING = text(
    "INSERT INTO schedules (id, timing, weekday, hour, time_zone)"
    " VALUES (1, 'daily', 0, 18, 'Asia/Ho_Chi_Minh')"
)
_DIGESTS = text(f"UPDATE subscriptions SET schedule_id = 1 WHERE chat_id % {DIGEST_EVERY} = 0")


@dataclass
class Agency:
    """A site of many feeds, each of which lists a new article now and then."""

    url: str = ""
    published: dict[int, int] = field(default_factory=lambda: dict.fromkeys(range(FEEDS), ENTRIES))

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Agency"]:
        application = web.Application()
        application.router.add_get(r"/{feed:\d+}.rss", self._feed)
        application.router.add_get(r"/{feed:\d+}/{number:\d+}", self._page)
        application.router.add_get(r"/anh/{number:\d+}.jpg", self._photo)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            yield self
        finally:
            await runner.cleanup()

    def in_toml(self) -> list[str]:
        return [
            f'[[feed]]\nid = "f{number}"\ntopic = "{TOPIC.id}"\nname = "Nguồn {number}"\n'
            f'url = "{self.url}/{number}.rss"\ninterval = "1h"\n'
            for number in self.published
        ]

    async def _feed(self, request: web.Request) -> web.Response:
        feed = request.match_info["feed"]
        last = self.published[int(feed)]
        summary = "Nội dung tóm tắt. " * 8
        items = "".join(
            f"<item><title>Thông báo số {number} của nguồn {feed}</title>"
            f"<link>{self.url}/{feed}/{number}</link><description>{summary}</description></item>"
            for number in range(last, last - ENTRIES, -1)
        )
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Tin</title>{items}</channel></rss>'
        return web.Response(text=body, content_type="application/rss+xml")

    async def _page(self, request: web.Request) -> web.Response:
        feed, number = request.match_info["feed"], request.match_info["number"]
        words = "Nội dung bài. " * 30
        paragraphs = "".join(f"<p>Đoạn {n} của bài {feed}.{number}. {words}</p>" for n in range(12))
        body = (
            f"<html><head><title>Thông báo số {number} của nguồn {feed}</title></head><body>"
            f'<div class="contentDetail"><h3>Thông báo số {number} của nguồn {feed}</h3>'
            f'<img src="/anh/{feed}{number}.jpg">{paragraphs}</div></body></html>'
        )
        return web.Response(text=body, content_type="text/html")

    async def _photo(self, request: web.Request) -> web.Response:
        return web.Response(body=_jpeg(int(request.match_info["number"])), content_type="image/jpeg")


def _jpeg(number: int) -> bytes:
    picture = Image.effect_noise((1280, 853), 40).convert("RGB")
    picture.paste((number % 251, number % 83, number % 17), (0, 0, 400, 400))
    content = BytesIO()
    picture.save(content, "JPEG", quality=70)
    return content.getvalue()


@dataclass
class Days:
    """The days of one service, and what it had in memory at the end of each."""

    process: Process
    database: Database
    emulated: Emulated
    agency: Agency
    levels: list[int] = field(default_factory=list)
    _passed: timedelta = timedelta()
    _turn: "itertools.count[int]" = field(default_factory=itertools.count)

    async def day(self) -> None:
        for _ in range(STEPS):
            turn = next(self._turn)
            for feed in range(NEW_EACH_STEP):
                self.agency.published[(turn * NEW_EACH_STEP + feed) % FEEDS] += 1
            self._passed += STEP
            await self.emulated.post("clock", advance=STEP.total_seconds())
            self.process.send_signal(signal.SIGUSR1)
            await asyncio.gather(self.until_done(), self._write(turn))
        self.levels.append(resident_bytes(self.process.pid))

    async def _write(self, turn: int) -> None:
        for writer in range(WRITERS):
            user = FIRST_USER + (turn * WRITERS + writer) % CHATS
            line = WRITTEN[(turn + writer) % len(WRITTEN)]
            await self.emulated.post("updates/message", chat=user, **{"from": user}, text=line)

    async def until_done(self) -> None:
        """Wait until every feed has been polled, and all that is due has been sent."""
        is_unpolled = feed_table.c.lease_owner.is_not(None) | (feed_table.c.next_poll_at <= bindparam("now"))
        is_due = exists(select(1).where(PENDING, deliveries.c.due_at <= bindparam("now")))
        left = select(exists(select(1).where(is_unpolled)) | is_due)
        async with asyncio.timeout(PATIENCE):
            while True:
                async with self.database.read() as tx:
                    if not (await tx.execute(left, {"now": self._now()})).scalar_one():
                        return
                await asyncio.sleep(0.1)

    def _now(self) -> datetime:
        return SystemClock().now() + self._passed


async def soak_sqlite() -> Row:
    return await _soak("sqlite", "SQLite")


async def soak_postgresql() -> Row:
    return await _soak("postgresql", "PostgreSQL")


async def _soak(dialect: str, name: str) -> Row:
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(new_database(dialect))
        database = await stack.enter_async_context(opened(url))
        await settle_in(database, CHATS)
        async with database.write() as tx:
            await tx.execute(_EVENING)
            await tx.execute(_DIGESTS)
        emulated = await stack.enter_async_context(telegram(users=CHATS, rate=RATE))
        agency = await stack.enter_async_context(Agency().open())
        running = service(
            api_url=emulated.url,
            database_url=url,
            rate=RATE,
            feeds=agency.in_toml(),
            module=("tests.bench.soaking", str(STEP.total_seconds())),
            more={"BANTIN_RETENTION__DELIVERIES": "8h", "BANTIN_RETENTION__ARTICLES": "12h"},
        )
        process = await stack.enter_async_context(running)
        await until_listening(emulated)
        days = Days(process, database, emulated, agency)
        await days.until_done()
        for _ in range(DAYS):
            await days.day()
        seen = await emulated.metrics()
        peak = peak_bytes(process.pid)
    first, last = days.levels[0], days.levels[-1]
    return Row(
        f"{DAYS} days of {FEEDS} feeds and {CHATS} chats, one after the other, {name}",
        f"memory at the end ≤ {GROWTH:.0%} above that after the first day; violations 0",
        f"{(last - first) / first:+.1%} ({_mb(first)} → {_mb(last)} MB, at its peak {_mb(peak)});"
        f" {seen['sent']:,} messages; violations {seen['violations']}",
        ok=last <= (1 + GROWTH) * first and not seen["violations"],
    )


def _mb(count: int) -> str:
    return f"{count / 2**20:.0f}"


ROWS = (soak_sqlite, soak_postgresql)
