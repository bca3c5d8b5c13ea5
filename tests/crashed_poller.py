"""A service that is killed in the middle of a poll: when does the next article arrive all the same?"""

import asyncio
import signal
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

from aiohttp import web
from sqlalchemy import select

from bot.store.engine.database import Database
from bot.store.schema import feeds
from tests.bench.audience import TOPIC, settle_in
from tests.bench.service import service
from tests.emulated import Emulated
from tests.forked import ForkedProcess

Start = Callable[..., AbstractAsyncContextManager[Process | ForkedProcess]]
INTERVAL = 2.0
BAR = 15.0 + INTERVAL
PATIENCE = 90.0


class Agency:
    """A feed of so many *entries*; while it *hangs*, it takes requests and does not answer."""

    def __init__(self) -> None:
        self.url = ""
        self.entries = 3
        self.hangs = False
        self._answering = asyncio.Event()
        self._asked_in_vain = asyncio.Event()

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Agency"]:
        application = web.Application()
        application.router.add_get("/feed.rss", self._feed)
        application.router.add_get(r"/tin/{number:\d+}", self._page)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            yield self
        finally:
            await runner.cleanup()

    async def until_polled(self) -> None:
        """Let the next poll hang, and return when it does."""
        self.hangs = True
        self._asked_in_vain.clear()
        async with asyncio.timeout(PATIENCE):
            await self._asked_in_vain.wait()

    def answer(self) -> None:
        self.hangs = False
        self._answering.set()

    def in_toml(self) -> str:
        return (
            f'[[feed]]\nid = "co-quan"\ntopic = "{TOPIC.id}"\nname = "Cơ quan"\n'
            f'url = "{self.url}/feed.rss"\ninterval = "{INTERVAL:.0f}s"\n'
        )

    async def _feed(self, _: web.Request) -> web.Response:
        if self.hangs:
            self._asked_in_vain.set()
            await self._answering.wait()
        items = "".join(
            f"<item><title>Tin số {number}</title><link>{self.url}/tin/{number}</link></item>"
            for number in range(self.entries, 0, -1)
        )
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Tin</title>{items}</channel></rss>'
        return web.Response(text=body, content_type="application/rss+xml")

    async def _page(self, request: web.Request) -> web.Response:
        number = request.match_info["number"]
        body = (
            f"<html><head><title>Tin số {number}</title></head><body><p>Nội dung tin số {number}.</p></body>"
        )
        return web.Response(text=body, content_type="text/html")


async def time_to_the_news(
    emulated: Emulated,
    database: Database,
    url: str,
    *,
    ends_by: signal.Signals,
    others: int,
    start: Start = service,
) -> float:
    """Return the seconds from the end of a polling process until the article of that moment is sent.

    *others* processes run beside it; without any it is started again, and they count from when it is up.
    Each is one that *start* starts.
    """
    await settle_in(database, 1)
    async with Agency().open() as agency:
        running = [
            start(api_url=emulated.url, database_url=url, feeds=[agency.in_toml()]) for _ in range(others + 2)
        ]
        async with _all(running[: others + 1]) as processes:
            await _until_known(database)
            await agency.until_polled()
            polling = await _poller(database, processes)
            agency.entries += 1
            polling.send_signal(ends_by)
            ended_at = time.monotonic()
            await polling.wait()
            agency.answer()
            async with _all([] if others else running[-1:]):
                if not others:
                    ended_at = await _until_up(emulated)
                await emulated.until_sent(1)
                return time.monotonic() - ended_at


@asynccontextmanager
async def _all(
    services: Sequence[AbstractAsyncContextManager[Process | ForkedProcess]],
) -> AsyncIterator[list[Process | ForkedProcess]]:
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(each) for each in services]


async def _until_up(emulated: Emulated) -> float:
    """Return the moment (monotonic) at which a second process has asked who it is."""
    async with asyncio.timeout(PATIENCE):
        while (await emulated.metrics())["calls"].get("getMe", 0) < 2:  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.05)
    return time.monotonic()


async def _until_known(database: Database) -> None:
    """Wait for the end of the first poll, which pushes nothing."""
    async with asyncio.timeout(PATIENCE):
        while True:
            async with database.read() as tx:
                if (await tx.execute(select(feeds.c.first_polled_at))).scalar():
                    return
            await asyncio.sleep(0.05)


async def _poller(
    database: Database, processes: Sequence[Process | ForkedProcess]
) -> Process | ForkedProcess:
    async with database.read() as tx:
        owner = (await tx.execute(select(feeds.c.lease_owner))).scalar_one()
    return next(each for each in processes if f":{each.pid}:" in owner)
