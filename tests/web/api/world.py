"""The API as programs meet it: over HTTP, with keys, a database, and photos that a test says there are."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Self

import aiohttp
import orjson
from aiohttp import web

from bot.domain.chats.chat import TopicId
from bot.domain.desk.api_keys import ApiScope
from bot.domain.desk.audit import Actor, AuditPlace
from bot.domain.news.article import Photo, PreparedPhoto
from bot.domain.news.feed import SourceError
from bot.services.administration import api_keys
from bot.services.administration.api_keys import CreatedApiKey, WantedApiKey
from bot.services.publishing.contents import PublishingRules
from bot.services.publishing.submissions import Submissions
from bot.services.subscribers.photo_fetcher import PhotoFetcher
from bot.store.engine.database import Database
from bot.web.api import PATH, ApiContext, api_routes
from bot.web.server import serve
from tests.emulated import jpeg
from tests.fakes import FakeClock
from tests.store.world import prepare

LAN = Actor(AuditPlace.CLI, "lan")
PHOTO = "https://agency.example/anh/1.jpg"
HOSTS = {"cu.agency.example": "agency.example"}
CONTENT: dict[str, Any] = {
    "url": "https://agency.example/tin/42",
    "title": "Lịch tiếp công dân tháng 12",
    "topics": ["trong-nuoc"],
    "summary": "Cục tiếp công dân vào các ngày thứ Ba.",
    "text": ["Cục tiếp công dân vào các ngày thứ Ba.", "Địa điểm: 384 Nguyễn Trãi."],
    "published_at": "2026-03-02T08:00:00+07:00",
}


@dataclass(frozen=True, slots=True)
class Said:
    """An answer of the API."""

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def code(self) -> str | None:
        """Return the code of a problem, which has all that RFC 9457 asks for; None for anything else."""
        if self.headers.get("Content-Type", "").partition(";")[0] != "application/problem+json":
            return None
        assert self.body["type"] == f"urn:bantin:problem:{self.body['code']}"
        assert self.body["status"] == self.status
        assert self.body["title"]
        assert self.body["detail"]
        return str(self.body["code"])

    @property
    def faults(self) -> list[tuple[str, str]]:
        return [(fault["pointer"], fault["code"]) for fault in self.body["errors"]]


@dataclass
class ApiWorld:
    """A served API. *photos* can be had by their addresses, *asked* are those that were asked for.

    While a photo is fetched, *gate* is waited for.
    """

    database: Database
    session: aiohttp.ClientSession
    clock: FakeClock = field(default_factory=FakeClock)
    url: str = ""
    owed: int = 0
    photos: dict[str, PreparedPhoto] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    asking: asyncio.Event = field(default_factory=asyncio.Event)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    routes: list[web.RouteDef] = field(default_factory=list)

    @classmethod
    @asynccontextmanager
    async def serve(cls, database: Database) -> AsyncIterator[Self]:
        await prepare(database)
        async with aiohttp.ClientSession() as session:
            world = cls(database, session)
            world.gate.set()
            fetcher = PhotoFetcher(database, world.fetch, world.clock)
            rules = PublishingRules(hosts=HOSTS)
            submissions = Submissions(database, fetcher, world.clock, rules, on_owed=world.note_owed)
            application = web.Application()
            context = ApiContext(database, world.clock, submissions.submit, world.note_owed)
            world.routes = api_routes(context)
            application.add_routes(world.routes)
            runner = await serve(application, host="127.0.0.1", port=0)
            world.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            try:
                yield world
            finally:
                await runner.cleanup()
                await fetcher.close()

    def note_owed(self) -> None:
        self.owed += 1

    async def fetch(self, photo: Photo) -> PreparedPhoto:
        self.asked.append(photo.url)
        self.asking.set()
        await self.gate.wait()
        if photo.url not in self.photos:
            raise SourceError(f"{photo.url}: there is none")
        return self.photos[photo.url]

    def has_photo(self, url: str = PHOTO) -> PreparedPhoto:
        self.photos[url] = PreparedPhoto("a" * 64, url, jpeg(), 64, 48)
        return self.photos[url]

    async def key(
        self, name: str = "cms", *scopes: ApiScope, topics: frozenset[TopicId] | None = None
    ) -> CreatedApiKey:
        """Make a key, with every scope if none is named."""
        wanted = WantedApiKey(name, frozenset(scopes or ApiScope), topics)
        async with self.database.write() as tx:
            return await api_keys.create(tx, wanted, LAN, now=self.clock.now())

    async def ask(
        self, method: str, path: str, token: str | None = None, *, body: Any = None, **headers: str
    ) -> Said:
        """Ask for what is at *path*; a body of plain data goes as JSON, Idempotency_Key is that header."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if token is not None:
            sent.setdefault("Authorization", f"Bearer {token}")
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
        content = orjson.dumps(body) if isinstance(body, dict | list | str | int) else body
        async with self.session.request(
            method, f"{self.url}{PATH}{path}", headers=sent, allow_redirects=False, data=content
        ) as answer:
            is_shown = "json" in answer.headers.get("Content-Type", "") and method != "HEAD"
            return Said(
                answer.status, await answer.json(content_type=None) if is_shown else None, answer.headers
            )

    async def post(self, token: str, body: Any = None, key: str = "k-1", **headers: str) -> Said:
        headers.setdefault("Idempotency_Key", key)
        return await self.ask("POST", "/contents", token, body=CONTENT if body is None else body, **headers)
