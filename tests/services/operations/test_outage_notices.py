"""A source that is down for a day is told to those who subscribe to its topic, if the topic wants it."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.commands.base.article_buttons import composer
from bot.domain.chats.message import Message, plain
from bot.domain.chats.preferences import Preferences
from bot.domain.news.feed import SourceError
from bot.i18n import FormOfAddress
from bot.services.operations.outage_notices import OutageNotices
from bot.store.articles import articles
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.outbox import outbox
from bot.store.schema import deliveries
from tests.commands.stage import texts
from tests.fakes import FakeMessenger
from tests.services.polling_world import ACCOUNT, FEED, OTHER, TOPIC, PollingWorld, entry

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@dataclass
class Subscribers:
    """A polled topic, what its subscribers are owed, and what looks for sources that are down."""

    world: PollingWorld
    owed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.notices = OutageNotices(
            self.world.database,
            self.world.clock,
            texts(FormOfAddress.YOU),
            expires_after=3 * DAY,
            on_owed=lambda: self.owed.append("owed"),
        )

    async def want_it_told(self, *, wanted: bool = True, address: str | None = None) -> None:
        topic = replace(TOPIC, tell_subscribers=wanted, address=address)
        async with self.world.database.write() as tx:
            await feeds.sync_definitions(tx, [topic], [FEED, OTHER], self.world.clock.now())

    async def polled(self, *, well: bool) -> None:
        self.world.source.fails = {} if well else {FEED.id: SourceError("it is down: try again later")}
        await self.world.poll()

    async def after(self, span: timedelta) -> list[str]:
        """Return what subscribers are owed when so much time has gone by."""
        self.world.clock.advance(span.total_seconds())
        await self.notices.tell()
        return await self.lines()

    async def lines(self) -> list[str]:
        async with self.world.database.read() as tx:
            owed = (
                (await tx.execute(select(deliveries.c.article_id).order_by(deliveries.c.id))).scalars().all()
            )
            found = await articles.many(tx, owed)
        return [found[number].article.title for number in owed]


@pytest.fixture
async def subscribers(db: Database) -> Subscribers:
    subscribers = Subscribers(await PollingWorld.make(db))
    await subscribers.want_it_told()
    subscribers.world.source.entries[FEED.id] = (entry(1),)
    await subscribers.polled(well=True)
    return subscribers


async def test_subscribers_are_told_once_in_one_line(subscribers: Subscribers) -> None:
    await subscribers.polled(well=False)

    assert await subscribers.after(DAY - HOUR) == []
    (line,) = await subscribers.after(HOUR)
    assert line == (
        "Từ 08:30 ngày 02/03/2026, bot không truy cập được “The office” nên tin của chuyên mục này "
        "có thể đến chậm; khi trang hoạt động trở lại, bot sẽ tiếp tục gửi tin. Rất mong bạn thông cảm."
    )
    await subscribers.polled(well=False)
    assert await subscribers.after(2 * DAY) == [line]
    assert subscribers.owed == ["owed"]


async def test_the_line_addresses_people_as_the_topic_does(subscribers: Subscribers) -> None:
    await subscribers.want_it_told(address="đồng chí")
    await subscribers.polled(well=False)

    (line,) = await subscribers.after(DAY)

    assert line.endswith("Rất mong đồng chí thông cảm.")


async def test_the_next_outage_is_told_anew(subscribers: Subscribers) -> None:
    await subscribers.polled(well=False)
    assert len(await subscribers.after(DAY)) == 1
    await subscribers.polled(well=True)
    assert len(await subscribers.after(DAY)) == 1
    await subscribers.polled(well=False)

    assert len(await subscribers.after(DAY)) == 2


async def test_two_processes_tell_it_once(subscribers: Subscribers) -> None:
    await subscribers.polled(well=False)
    await subscribers.after(DAY)

    assert len(await Subscribers(subscribers.world).after(HOUR)) == 1


async def test_a_topic_that_does_not_want_it_is_told_nothing(subscribers: Subscribers) -> None:
    await subscribers.want_it_told(wanted=False)
    await subscribers.polled(well=False)

    assert await subscribers.after(2 * DAY) == []


async def test_a_source_that_is_paused_or_never_worked_is_not_told_of(subscribers: Subscribers) -> None:
    await subscribers.polled(well=False)
    subscribers.world.source.fails[OTHER.id] = SourceError("no such host name")
    await subscribers.world.poll("other")
    async with subscribers.world.database.write() as tx:
        await feeds.set_paused(tx, FEED.id, paused=True)

    assert await subscribers.after(2 * DAY) == []


async def test_the_line_is_no_article_that_readers_find(subscribers: Subscribers) -> None:
    await subscribers.polled(well=False)
    await subscribers.after(DAY)

    async with subscribers.world.database.read() as tx:
        stored, count = await articles.latest(tx, topics=[TOPIC.id], limit=10)

    assert (count, [each.article.title for each in stored]) == (1, ["Tin 1"])


async def test_the_line_is_sent_as_it_is_without_buttons(subscribers: Subscribers) -> None:
    await subscribers.polled(well=False)
    (line,) = await subscribers.after(DAY)
    world = subscribers.world

    async with world.database.write() as tx:
        batch = await outbox.claim(
            tx,
            outbox.Claimant(account=ACCOUNT, owner="p", lease=HOUR),
            now=world.clock.now(),
            limit=9,
            usual=Preferences(),
        )
        (stored,) = (await articles.many(tx, [batch.deliveries[0].article])).values()
    compose = composer(texts(FormOfAddress.YOU), FakeMessenger())

    assert compose(stored, TOPIC, "vi", None, private=True, brief=False) == Message((plain(line),))
