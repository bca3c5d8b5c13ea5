"""A feed over HTTP that does everything that feeds do, step by step, and what each poll of it pushes."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from unicodedata import combining, normalize
from xml.sax.saxutils import escape

from bot.domain.chats.chat import TopicId
from bot.domain.news.feed import Feed, FeedId, Topic
from bot.services.ingest.ingester import IngestRules
from bot.services.ingest.poller import Poller
from bot.sources.http.client import HttpLimits
from bot.sources.web import WebSource
from bot.sources.workers.pool import Workers
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.integrity import migrate
from tests.fakes import FakeClock
from tests.sources.site import Site, local_client, running_site

TOPIC = Topic(TopicId("tin"), {"vi": "Tin"}, {}, "Tin")
FIRST = 30
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the feed; *place* is where it is said to be."""

    number: int
    place: str = "tin"
    at: datetime | None = None
    stripped: bool = False

    @property
    def title(self) -> str:
        title = f"Hội nghị Đảng bộ lần thứ {self.number}"
        if not self.stripped:
            return title
        bare = "".join(letter for letter in normalize("NFD", title) if not combining(letter))
        return "".join(letter if letter.isascii() else " " for letter in bare)

    def written(self, site: str) -> str:
        address = f"{site}/{self.place}/{self.number}.html"
        date = format_datetime(self.at or AT + timedelta(minutes=self.number))
        return (
            f"<item><title>{escape(self.title)}</title><link>{address}</link>"
            f"<guid>{address}</guid><pubDate>{date}</pubDate></item>"
        )


@dataclass(frozen=True, slots=True)
class Step:
    """What the feed did, what was pushed, and what should have been."""

    what: str
    pushed: tuple[int, ...]
    expected: tuple[int, ...]

    @property
    def right(self) -> bool:
        return self.pushed == self.expected


def items(newest: int, oldest: int = 1) -> list[Item]:
    """Return items as feeds list them, newest first."""
    return [Item(number) for number in range(newest, oldest - 1, -1)]


def story() -> list[tuple[str, list[Item] | None, tuple[int, ...]]]:
    """Return what happens, what the feed lists then (None: nothing at all), and what is new in that."""
    future = AT + timedelta(days=20_000)
    rebuilt = [
        replace(item, place="moi", at=AT + timedelta(days=1, minutes=item.number)) for item in items(38, 19)
    ]
    return [
        ("first poll", items(FIRST), ()),
        ("the same again", items(FIRST), ()),
        ("one new", items(31), (31,)),
        ("restart", items(31), ()),
        ("re-ordered", sorted(items(32), key=lambda item: item.number * 7 % 11), (32,)),
        ("truncated", items(33, 31), (33,)),
        ("whole again", items(33), ()),
        ("ASCII-stripped", [replace(item, stripped=True) for item in items(34)], (34,)),
        ("its letters back", items(34), ()),
        ("dated in the future", [replace(item, at=future) for item in items(35)], (35,)),
        ("dates back", items(35), ()),
        ("emptied", [], ()),
        ("no bytes", None, ()),
        ("back after that", items(36), (36,)),
        ("one vanished", [item for item in items(36) if item.number != 20], ()),
        ("it came back", items(37), (37,)),
        ("after an outage of a day", items(52, 20), tuple(range(38, 53))),
        ("rebuilt", rebuilt, ()),
        ("rebuilt, and one more", [Item(60, place="moi"), *rebuilt], (60,)),
    ]


async def mischief(database_url: str) -> list[Step]:
    """Play the story against the poller and a new database, and return what came of each step."""
    done = []
    async with running_site() as site, _polled(database_url, site) as (make_poller, feed):
        poller = make_poller()
        for what, listed, expected in story():
            if what == "restart":
                poller = make_poller()
            # Each poll a day after the last: how much may come in one day is another matter.
            make_poller.clock.advance(86_400)
            site.answers("/rss", b"" if listed is None else _feed(listed, site.url))
            (report,) = await poller.poll([feed.id])
            pushed = sorted(int(entry.title.split()[-1]) for entry in report.fresh.pushed)
            done.append(Step(what, tuple(pushed), expected))
    return done


def _feed(listed: Sequence[Item], site: str) -> bytes:
    written = "".join(item.written(site) for item in listed)
    return f'<rss version="2.0"><channel><title>Tin</title>{written}</channel></rss>'.encode()


@asynccontextmanager
async def _polled(url: str, site: Site) -> AsyncIterator["tuple[MakePoller, Feed]"]:
    await migrate.upgrade(url)
    database = await Database.open(url)
    clock = FakeClock()
    feed = Feed(FeedId("tin"), TOPIC.id, "Tin", f"{site.url}/rss")
    async with database.write() as tx:
        await feeds.sync_definitions(tx, [TOPIC], [feed], clock.now())
    async with local_client() as http, Workers(count=1) as workers:
        limits = HttpLimits(size=1_000_000, seconds=30)
        source = WebSource(http=http, workers=workers, clock=clock, limits=limits)
        yield MakePoller(database, source, clock), feed
    await database.close()


@dataclass(frozen=True, slots=True)
class MakePoller:
    """Makes a poller that knows nothing but what is stored, as a new process does."""

    database: Database
    source: WebSource
    clock: FakeClock

    def __call__(self) -> Poller:
        return Poller(
            self.database,
            self.source,
            self.clock,
            owner=f"poller {id(self)}",
            rules=IngestRules(concurrency=1),
        )
