"""The public page over HTTP, with a real database behind it; and what is published in it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import ClientSession, DummyCookieJar, web

from bot.domain.chats.chat import TopicId
from bot.domain.desk.audit import Actor, AuditPlace
from bot.domain.news.article import Article, ArticleId, DatePrecision, PreparedPhoto, Published
from bot.domain.news.feed import Topic
from bot.domain.publication.publication import Step
from bot.i18n import FormOfAddress
from bot.runtime.process.picture_drawer import PictureDrawer
from bot.services.publishing.publications import take_step
from bot.store.articles import articles
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.web.public import Door, MediaAddresses, PublicSite, media_route, public_routes
from bot.web.public.cache import FRESH
from bot.web.public.paths import article_name
from bot.web.server import serve
from tests.commands.stage import FEEDS, HOME, TOPICS, texts
from tests.fakes import FakeClock
from tests.web.posting import free_port

CLOSED = Topic(TopicId("noi-bo"), {"vi": "Nội bộ mật"}, {}, "NộiBộ", members_only=True)
OFFICER = Actor(AuditPlace.CLI, "officer")
DOORS = (
    Door("telegram", "Telegram", lambda topic: f"https://t.me/bantin_bot?start={topic}"),
    Door("zalo", "Zalo", lambda _topic: None, "https://zalo.me/123456789"),
)


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader was answered with."""

    status: int
    body: bytes
    headers: Mapping[str, str]

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True, slots=True)
class PublicStage:
    """A public page that is served, and the database behind it."""

    site: PublicSite
    http: ClientSession
    clock: FakeClock

    @classmethod
    @asynccontextmanager
    async def open(cls, database: Database, *, hub: str = "") -> AsyncIterator["PublicStage"]:
        clock, port = FakeClock(), free_port()
        async with database.write() as tx:
            await feeds.sync_definitions(tx, (*TOPICS, CLOSED), FEEDS, clock.now())
        drawer = PictureDrawer()
        address = f"http://127.0.0.1:{port}"
        photos = MediaAddresses(address, b"secret")
        said = texts(FormOfAddress.YOU)
        site = PublicSite(database, clock, said, address, photos, DOORS, drawer.pdf, hub)

        async def find(key: str) -> bytes | None:
            async with database.read() as tx:
                found = await articles.photo(tx, key)
            return found.content if found else None

        application = web.Application()
        application.add_routes([media_route(photos, find), *public_routes(site)])
        runner = await serve(application, host="127.0.0.1", port=port)
        try:
            async with ClientSession(cookie_jar=DummyCookieJar(), auto_decompress=False) as http:
                yield cls(site, http, clock)
        finally:
            await runner.cleanup()
            await drawer.close()

    async def get(self, path: str, **headers: str) -> Read:
        """Ask for *path* once what was made before has lost its freshness."""
        self.clock.advance(FRESH + 1)
        return await self.get_at_once(path, **headers)

    async def get_at_once(self, path: str, *, method: str = "GET", **headers: str) -> Read:
        sent = {
            "Accept-Encoding": "identity",
            **{name.replace("_", "-"): each for name, each in headers.items()},
        }
        url = path if path.startswith("http") else f"{self.site.address}{path}"
        async with self.http.request(method, url, headers=sent, allow_redirects=False) as answer:
            return Read(answer.status, await answer.read(), answer.headers)

    async def publish(
        self, title: str, topic: TopicId = HOME, *, photo: PreparedPhoto | None = None, age: int = 0
    ) -> ArticleId:
        """Publish an article that is *age* days old, with a text in which its title stands."""
        now = self.clock.now()
        article = Article(
            f"https://agency.example/{title}",
            title,
            summary=f"Tóm tắt <b> của {title}",
            body=(f"Đoạn đầu của {title}.", "</script><script>alert(1)</script>"),
            published=Published(now - timedelta(days=age), DatePrecision.MINUTE),
        )
        async with self.site.database.write() as tx:
            return (await articles.save(tx, article, photo=photo, topic=topic, now=now)).id

    async def step(self, article: ArticleId, step: Step) -> None:
        async with self.site.database.write() as tx:
            await take_step(tx, article, step, OFFICER, now=self.clock.now())

    @staticmethod
    def path_of(title: str, *, language: str = "") -> str:
        """Return the path of the article called *title*, whatever its state."""
        name = Article(f"https://agency.example/{title}", title)
        return f"/tin{language}/bai/{name_of(name)}"


def name_of(article: Article) -> str:
    return article_name(article.key, article.title)
