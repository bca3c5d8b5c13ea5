"""Two feeds of one topic, a channel that subscribes to it, and a poller over a source that tests set up."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Self

from sqlalchemy import func, select

from bot.domain.chats.chat import AccountId, Address, ChatKind, TopicId
from bot.domain.news.feed import Entry, Feed, FeedId, Topic
from bot.services.ingest.ingester import IngestRules
from bot.services.ingest.poller import Poller, PollHooks, PollReport
from bot.store import schema
from bot.store.articles import articles
from bot.store.chats import chats
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.runtime import accounts
from tests.fake_source import FakeSource
from tests.fakes import FakeClock

ACCOUNT = AccountId("telegram:1")
TOPIC = Topic(TopicId("tin"), {"vi": "Tin tức"}, {}, "Tin")
FEED = Feed(FeedId("office"), TOPIC.id, "The office", "https://office.example/rss")
OTHER = Feed(FeedId("other"), TOPIC.id, "Another", "https://other.example/rss")


def entry(number: int) -> Entry:
    return Entry(f"Tin {number}", f"https://office.example/{number}", f"guid {number}")


class PollingWorld:
    """A database with two feeds of one topic and one subscriber, and a poller over a fake source."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.source = FakeSource()
        self.clock = FakeClock()
        self.owed: list[str] = []
        self.reports: list[PollReport] = []
        self.poller = self.another_poller("poller")

    def another_poller(self, owner: str) -> Poller:
        return Poller(
            self.database,
            self.source,
            self.clock,
            owner=owner,
            rules=IngestRules(
                hosts={"wipo.example": "office.example"}, revisit_after=timedelta(hours=1), concurrency=4
            ),
            hooks=PollHooks(owed=lambda: self.owed.append("owed"), polled=self.reports.append),
        )

    async def prepare(self) -> None:
        now = self.clock.now()
        async with self.database.write() as tx:
            await feeds.sync_definitions(tx, [TOPIC], [FEED, OTHER], now)
            await accounts.register(tx, ACCOUNT, platform="telegram", name="bot", now=now)
            chat = await chats.register(
                tx, Address(ACCOUNT, "-100"), kind=ChatKind.CHANNEL, language="vi", title="Kênh", now=now
            )
            await chats.subscribe(tx, chat.id, TOPIC.id, now)

    async def poll(self, *ids: str) -> tuple[PollReport, ...]:
        return await self.poller.poll([FeedId(name) for name in ids or ("office",)])

    async def titles(self) -> list[str]:
        async with self.database.read() as tx:
            stored, _ = await articles.latest(tx, topics=None, limit=100, offset=0)
        return sorted(each.article.title for each in stored)

    async def deliveries(self) -> int:
        async with self.database.read() as tx:
            query = select(func.count()).select_from(schema.deliveries)
            return int((await tx.execute(query)).scalar_one())

    @classmethod
    async def make(cls, database: Database) -> Self:
        world = cls(database)
        await world.prepare()
        return world

    async def urls(self) -> list[str]:
        async with self.database.read() as tx:
            stored, _ = await articles.latest(tx, topics=None, limit=100, offset=0)
        return sorted(each.article.url for each in stored)

    async def owed_to(self) -> list[tuple[str, TopicId]]:
        """Return the chats that are owed something, and by which topic."""
        table = schema.deliveries
        query = (
            select(schema.chats.c.chat, table.c.topic_id)
            .join_from(table, schema.chats, schema.chats.c.id == table.c.chat_id)
            .order_by(table.c.id)
        )
        async with self.database.read() as tx:
            return [(chat, TopicId(topic)) for chat, topic in await tx.execute(query)]


def pushed(reports: Sequence[PollReport]) -> list[str]:
    return [each.title for report in reports for each in report.fresh.pushed]
