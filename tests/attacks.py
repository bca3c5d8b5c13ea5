"""Feeds and pages that are made to stop the service, and their way through it: from source to card."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.domain.chats.message import Button
from bot.domain.chats.preferences import MessageOptions
from bot.domain.clock import SystemClock
from bot.domain.news.feed import Feed, FeedId, FeedKind
from bot.services.ingest.ingester import IngestRules
from bot.services.ingest.poller import Poller
from bot.services.rendering.card import CardFormat
from bot.services.rendering.digest import Edition, Item, digest
from bot.sources.http.client import HttpLimits
from bot.sources.web import WORKERS, WebSource
from bot.sources.workers.pool import Workers
from bot.store.articles import articles
from bot.store.articles.articles import StoredArticle
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from tests.commands.stage import HOME, TOPICS, Person, Stage, texts
from tests.heartbeat import Stalls, heartbeat
from tests.sources.site import Site, local_client, running_site

LIMITS = HttpLimits(size=10_000_000, seconds=30)
FEED = FeedId("nguon")
SAMPLE = "Sáng nay, Sở ra quân dọn rác ở bờ sông cùng năm mươi người dân trong xã, rồi họp bàn việc mới. "


@dataclass(frozen=True, slots=True)
class Attack:
    """What a hostile site answers by path, its feed at /feed; *ours* is the site's own address."""

    name: str
    answers: Callable[[str], dict[str, bytes]]


def rss(*items: str) -> bytes:
    return f'<rss version="2.0"><channel><title>Tin</title>{"".join(items)}</channel></rss>'.encode()


def item(number: int, title: str, *, site: str, more: str = "") -> str:
    return f"<item><title>{title}</title><link>{site}/{number}.html</link>{more}</item>"


def json_feed(*entries: dict[str, object]) -> bytes:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": entries}).encode()


def text(content: str) -> Attack:
    """Return an entry of a JSON Feed whose whole text is *content*."""
    named = repr(content[:12])
    entry: dict[str, object] = {"id": "2", "title": "Tin hai a", "content_text": content}
    return Attack(f"text of {named}", lambda _: {"/feed": json_feed(entry)})


def title(content: str) -> Attack:
    named = repr(content[:12])
    return Attack(
        f"title of {len(content)} {named}", lambda site: {"/feed": rss(item(2, content, site=site))}
    )


def long_base(site: str) -> dict[str, bytes]:
    pictures = '<img src="a.jpg">' * 5_000
    base = f'<base href="{site}/{"x" * 20_000}/">'
    body = f'<div class="contentDetail"><h3>Tin hai a</h3>{pictures}<p>{SAMPLE * 5}</p></div>'
    return {
        "/feed": rss(item(2, "Tin hai a", site=site)),
        "/2.html": f"<html><head>{base}</head><body>{body}</body></html>".encode(),
    }


def many_titles(site: str) -> dict[str, bytes]:
    """Return a feed of nearly ten megabytes, of which all but one entry are held for somebody to look at."""
    return {"/feed": rss(*(item(n, f"{n} {'a. ' * 800}", site=site) for n in range(2, 3_000)))}


def long_addresses(site: str) -> dict[str, bytes]:
    queries = "&amp;".join(f"a{n}=%C3%A1" for n in range(120))
    entries = "".join(
        f"<item><title>Tin {n}</title><link>{site}/{n}.html?{queries}</link></item>" for n in range(2, 2_000)
    )
    return {"/feed": rss(entries)}


ATTACKS = (
    title("." * 20_000),
    title("A. " * 20_000),
    title("." * 5_000_000),
    title("x" * 5_000_000),
    text("a\n" * 100_000),
    text("a " * 2_000_000),
    text("A. " * 1_000_000),
    text("Điều 1. " * 200_000),
    text("a" + "\u0301\u0323" * 500_000),
    text("👩\u200d" * 500_000),
    text(SAMPLE * 20_000),
    Attack("base href of 20 kB under 5,000 pictures", long_base),
    Attack("3,000 titles of 2,400 letters", many_titles),
    Attack("2,000 addresses of 1,500 letters", long_addresses),
)


def _opening(label: str, stored: StoredArticle, *, private: bool) -> Button:
    return Button(label, action=f"{stored.id} {private}")


@dataclass
class Target:
    """A service in this process: a poller over real HTTP and real workers, a database, a person who asks."""

    site: Site
    stage: Stage
    poller: Poller
    person: Person

    async def suffer(self, attack: Attack) -> list[StoredArticle]:
        """Poll the hostile feed, and have all that it brought shown in every way; return what was stored."""
        for path, body in attack.answers(self.site.url).items():
            kind = "text/html" if path.endswith(".html") else "application/octet-stream"
            self.site.answers(path, body, headers={"Content-Type": kind})
        (report,) = await self.poller.poll([FEED])
        assert report.error is None, report.error
        for words in ("/moinhat 2", "/timkiem a", "/timkiem viet nam", "/toanvan 1"):
            assert await self.person.types(words)
        while any("Đọc tiếp" in label for label in self.person.labels) and len(self.person.seen) < 20:
            await self.person.taps("Đọc tiếp")
        async with self.stage.database.read() as tx:
            stored, _ = await articles.latest(tx, topics=None, limit=10, offset=0)
        digest(
            [Item(each, TOPICS[0]) for each in stored],
            Edition("vi", MessageOptions(), self.stage.clock.now().date(), private=True),
            CardFormat(texts(self.stage.form), "vi", self.stage.messenger.capabilities),
            button=_opening,
        )
        return list(stored)


@asynccontextmanager
async def target(database: Database) -> AsyncIterator[Target]:
    """Set a service up that has polled its feed once, and whose workers are warm."""
    stage = await Stage.open(database)
    async with (
        running_site() as site,
        local_client() as http,
        Workers(count=WORKERS) as workers,
    ):
        feed = Feed(FEED, HOME, "Nguồn", f"{site.url}/feed", kind=FeedKind.AUTO)
        async with database.write() as tx:
            await feeds.sync_definitions(tx, TOPICS, [feed], stage.clock.now())
        poller = Poller(
            database,
            WebSource(http=http, workers=workers, clock=SystemClock(), limits=LIMITS),
            stage.clock,
            owner="poller",
            rules=IngestRules(concurrency=2),
        )
        site.answers("/feed", rss(item(1, "Tin một", site=site.url)))
        await poller.poll([FEED])
        person = stage.person()
        await person.types("/moinhat")
        yield Target(site, stage, poller, person)


async def stalls_under(attack: Attack, database: Database) -> tuple[Stalls, list[StoredArticle]]:
    """Return how the loop fared while *attack* was polled, stored and shown, and what was stored."""
    async with target(database) as service, heartbeat() as stalls:
        stored = await service.suffer(attack)
    return stalls, stored
