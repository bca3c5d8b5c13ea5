"""What is new in a feed, whatever it does: each article is owed once, and only what is new."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.chats.chat import Address, ChatKind, TopicId
from bot.domain.chats.preferences import Preferences
from bot.domain.desk.figures import EndReason
from bot.domain.news.article import DatePrecision, Published
from bot.domain.news.feed import Entry, Feed, FeedId, Topic
from bot.services.ingest.poller import PollReport
from bot.store.chats import chats
from bot.store.engine.database import Database
from bot.store.feeds import feeds, quarantine
from bot.store.outbox import outbox
from tests.builders import stripped
from tests.fake_source import Killed
from tests.services.polling_world import ACCOUNT, FEED, OTHER, TOPIC, PollingWorld, entry, pushed

BASE = "https://office.example/web/guest/tin/-/asset_publisher/7xsjBfqhCDAV/content"
AT = Published(datetime(2026, 3, 2, 1, 0, tzinfo=UTC), DatePrecision.MINUTE)
SLUG = Entry("Hội nghị sơ kết công tác đảng", f"{BASE}/hoi-nghi-so-ket", published=AT)
BY_NUMBER = replace(SLUG, link=f"{BASE}/id/151800", guid=f"{BASE}/id/151800")
ABROAD = Topic(TopicId("quoc-te"), {"vi": "Quốc tế"}, {}, "QuocTe")
ABROAD_FEED = Feed(FeedId("abroad"), ABROAD.id, "Abroad", "https://office.example/abroad")


@pytest.fixture
async def world(db: Database) -> PollingWorld:
    return await PollingWorld.make(db)


def dated(number: int, minute: int | None = None) -> Entry:
    at = AT.at + timedelta(minutes=number if minute is None else minute)
    return replace(entry(number), published=Published(at, DatePrecision.MINUTE))


@pytest.mark.parametrize(
    "link",
    [
        f"{BASE.replace('https', 'http')}/hoi-nghi-so-ket",
        f"{BASE.replace('office.example', 'www.office.example')}/hoi-nghi-so-ket",
        f"{BASE.replace('office.example', 'wipo.example')}/hoi-nghi-so-ket",
        f"{BASE.replace('/web/', '/vi_VN/web/')}/hoi-nghi-so-ket",
        f"{BASE}/hoi-nghi-so-ket?inheritRedirect=false&redirect=https%3A%2F%2Foffice.example%2Ftin",
        f"{BASE}/id/151800",
    ],
)
async def test_an_article_is_owed_once_whatever_address_another_feed_gives_it(
    world: PollingWorld, link: str
) -> None:
    await world.poll("office", "other")
    world.source.entries = {FEED.id: (SLUG,), OTHER.id: (replace(SLUG, link=link, guid="another"),)}

    await world.poll("office")
    await world.poll("other")

    assert (len(await world.titles()), await world.deliveries()) == (1, 1)


@pytest.mark.parametrize(
    "link",
    [
        "http://www.office.example/tin/1",
        "https://wipo.example/tin/1",
        "https://wipo.example/vi_VN/tin/1?inheritRedirect=true",
    ],
)
async def test_hosts_that_stand_for_each_other_count_as_one_for_any_page(
    world: PollingWorld, link: str
) -> None:
    await world.poll("office", "other")
    first = Entry("Một tin", "https://office.example/tin/1")
    world.source.entries = {FEED.id: (first,), OTHER.id: (replace(first, link=link),)}

    await world.poll("office")
    await world.poll("other")

    assert await world.deliveries() == 1


async def test_the_address_that_the_page_states_wins_and_the_entrys_is_remembered(
    world: PollingWorld,
) -> None:
    await world.poll("office", "other")
    world.source.canonical[BY_NUMBER.link] = SLUG.link
    world.source.entries = {FEED.id: (replace(BY_NUMBER, published=None),)}
    await world.poll("office")
    world.source.canonical.clear()
    world.source.entries = {
        OTHER.id: (replace(SLUG, published=None), replace(BY_NUMBER, published=None, guid="x")),
    }

    await world.poll("other")

    assert (await world.urls(), await world.deliveries()) == ([SLUG.link], 1)


@pytest.mark.parametrize(
    "again",
    [
        replace(SLUG, guid="new"),
        replace(SLUG, published=Published(AT.at + timedelta(days=300), DatePrecision.MINUTE)),
        replace(SLUG, published=None),
        stripped(SLUG),
        replace(SLUG, link="https://moved.example/bai/9", guid="new"),
        replace(stripped(SLUG), link="https://moved.example/bai/9", guid="new"),
    ],
    ids=["guid", "date", "undated", "stripped", "moved", "moved and stripped"],
)
async def test_an_entry_that_only_looks_different_is_not_new(world: PollingWorld, again: Entry) -> None:
    world.source.entries[FEED.id] = (SLUG, entry(1))
    await world.poll()
    world.source.entries[FEED.id] = (again, entry(1))

    first, second = [*await world.poll(), *await world.poll()]

    assert (pushed([first, second]), await world.deliveries()) == ([], 0)


async def test_one_title_at_two_addresses_is_two_articles(world: PollingWorld) -> None:
    world.source.entries[FEED.id] = (SLUG,)
    await world.poll()
    beside = replace(SLUG, link=f"{BASE}/hoi-nghi-so-ket-1")
    later = replace(beside, link=f"{BASE}/hoi-nghi-so-ket-2", published=replace(AT, at=AT.at + timedelta(1)))
    world.source.entries[FEED.id] = (later, beside, SLUG)

    await world.poll()

    assert (len(await world.titles()), await world.deliveries()) == (3, 2)


async def test_a_guid_that_all_entries_share_names_none_of_them(world: PollingWorld) -> None:
    world.source.entries[FEED.id] = (replace(entry(1), guid="0"), replace(entry(2), guid="0"))
    await world.poll()
    world.source.entries[FEED.id] = (replace(entry(3), guid="0"), replace(entry(2), guid="0"))

    assert pushed(await world.poll()) == ["Tin 3"]


async def test_an_article_that_enters_another_topic_is_owed_to_those_who_have_not_had_it(
    world: PollingWorld,
) -> None:
    now = world.clock.now()
    async with world.database.write() as tx:
        await feeds.sync_definitions(tx, [TOPIC, ABROAD], [FEED, ABROAD_FEED], now)
        both = await chats.find(tx, Address(ACCOUNT, "-100"))
        assert both
        await chats.subscribe(tx, both.id, ABROAD.id, now)
        late = await chats.register(
            tx, Address(ACCOUNT, "-200"), kind=ChatKind.CHANNEL, language="vi", title=None, now=now
        )
        await chats.subscribe(tx, late.id, ABROAD.id, now)
    await world.poll("office", "abroad")
    world.source.entries = {FEED.id: (SLUG,), ABROAD_FEED.id: (BY_NUMBER,)}
    await world.poll("office")

    await world.poll("abroad")

    assert await world.owed_to() == [("-100", TOPIC.id), ("-200", ABROAD.id)]


async def test_what_ended_unsent_is_owed_again_when_the_article_enters_another_topic(
    world: PollingWorld,
) -> None:
    now = world.clock.now()
    async with world.database.write() as tx:
        await feeds.sync_definitions(tx, [TOPIC, ABROAD], [FEED, ABROAD_FEED], now)
    await world.poll("office", "abroad")
    world.source.entries = {FEED.id: (SLUG,), ABROAD_FEED.id: (SLUG,)}
    await world.poll("office")
    async with world.database.write() as tx:
        chat = await chats.find(tx, Address(ACCOUNT, "-100"))
        assert chat
        await chats.unsubscribe(tx, chat.id, TOPIC.id, why=EndReason.UNSUBSCRIBED, now=world.clock.now())
        lease = timedelta(minutes=1)
        await outbox.claim(
            tx,
            outbox.Claimant(account=ACCOUNT, owner="s", lease=lease),
            now=now,
            limit=5,
            usual=Preferences(),
        )
        await chats.subscribe(tx, chat.id, ABROAD.id, now)

    await world.poll("abroad")

    async with world.database.write() as tx:
        claimed = await outbox.claim(
            tx,
            outbox.Claimant(account=ACCOUNT, owner="s", lease=lease),
            now=now,
            limit=5,
            usual=Preferences(),
        )
    assert [delivery.topic for delivery in claimed.deliveries] == [ABROAD.id]


@dataclass
class Held:
    """A feed that was rebuilt: twelve new entries, none of the old."""

    world: PollingWorld
    reports: tuple[PollReport, ...]

    async def decide(self, decision: quarantine.Decision) -> bool:
        async with self.world.database.write() as tx:
            (hold,) = await quarantine.undecided(tx)
            return await quarantine.decide(tx, hold.id, decision, now=self.world.clock.now())

    async def waiting(self) -> int:
        async with self.world.database.read() as tx:
            return sum(hold.entries for hold in await quarantine.undecided(tx))


@pytest.fixture
async def rebuilt(world: PollingWorld) -> Held:
    world.source.entries[FEED.id] = tuple(dated(number) for number in range(3))
    await world.poll()
    world.source.entries[FEED.id] = tuple(dated(number) for number in range(112, 100, -1))
    return Held(world, await world.poll())


async def test_a_rebuilt_feed_is_held_and_pushes_nothing(rebuilt: Held) -> None:
    world = rebuilt.world

    again = await world.poll()

    assert (len(rebuilt.reports[0].fresh.held), await rebuilt.waiting(), await world.deliveries()) == (
        12,
        12,
        0,
    )
    assert (pushed(again), again[0].fresh.held) == ([], ())


async def test_the_menu_of_another_page_is_held_where_the_list_is_a_guess(world: PollingWorld) -> None:
    world.source.guessed.add(FEED.id)
    world.source.entries[FEED.id] = tuple(dated(number) for number in range(3))
    await world.poll()
    world.source.entries[FEED.id] = (dated(101), dated(102))

    reports = await world.poll()

    assert (pushed(reports), len(reports[0].fresh.held), await world.deliveries()) == ([], 2, 0)


async def test_what_is_new_after_a_hold_is_pushed_at_once(rebuilt: Held) -> None:
    world = rebuilt.world
    world.source.entries[FEED.id] = (dated(113), *world.source.entries[FEED.id])

    assert pushed(await world.poll()) == ["Tin 113"]


async def test_held_entries_are_sent_once_when_somebody_says_so(rebuilt: Held) -> None:
    world = rebuilt.world
    assert await rebuilt.decide(quarantine.Decision.SEND)

    await world.poll()
    await world.poll()

    assert (await world.deliveries(), await rebuilt.waiting(), len(await world.titles())) == (12, 0, 15)


async def test_held_entries_can_be_kept_without_sending_them(rebuilt: Held) -> None:
    world = rebuilt.world
    assert await rebuilt.decide(quarantine.Decision.KEEP)

    await world.poll()

    assert (await world.deliveries(), len(await world.titles())) == (0, 15)


async def test_a_hold_is_decided_only_once(rebuilt: Held) -> None:
    async with rebuilt.world.database.write() as tx:
        (hold,) = await quarantine.undecided(tx)
        answers = [
            await quarantine.decide(tx, hold.id, decision, now=rebuilt.world.clock.now())
            for decision in (quarantine.Decision.KEEP, quarantine.Decision.SEND)
        ]

    await rebuilt.world.poll()

    assert (answers, await rebuilt.world.deliveries()) == ([True, False], 0)


async def test_a_crash_while_held_entries_are_sent_loses_and_doubles_none(rebuilt: Held) -> None:
    world = rebuilt.world
    await rebuilt.decide(quarantine.Decision.SEND)
    world.source.deadly = {dated(105).link}
    with pytest.raises(Killed):
        await world.poll()
    world.source.deadly = set()
    world.clock.advance(3600)

    await world.poll()

    assert await world.deliveries() == 12


async def test_after_an_outage_of_a_day_all_that_is_new_is_pushed(world: PollingWorld) -> None:
    world.source.entries[FEED.id] = tuple(dated(number) for number in range(3))
    await world.poll()
    world.clock.advance(86400)
    world.source.entries[FEED.id] = tuple(dated(number) for number in range(20, 1, -1))

    assert len(pushed(await world.poll())) == 18


async def test_a_feed_that_floods_is_held_although_one_of_its_entries_is_known(world: PollingWorld) -> None:
    world.source.entries[FEED.id] = (dated(0),)
    await world.poll()
    world.clock.advance(600)
    world.source.entries[FEED.id] = tuple(dated(number) for number in range(300, -1, -1))

    reports = [*await world.poll(), *await world.poll()]

    async with world.database.read() as tx:
        (hold,) = await quarantine.undecided(tx)
    assert (len(pushed(reports)), await world.deliveries(), hold.entries) == (10, 10, 290)


async def test_a_flood_in_small_portions_is_held_once_the_feed_is_known(world: PollingWorld) -> None:
    listed: list[Entry] = []
    reports: list[PollReport] = []

    async def brings(count: int) -> None:
        listed[:0] = [dated(len(listed) + number) for number in range(count, 0, -1)]
        world.source.entries[FEED.id] = tuple(listed[:60])
        reports.extend(await world.poll())

    for _ in range(10):
        await brings(2)
        world.clock.advance(86_400)
    before = len(pushed(reports))
    for _ in range(20):
        await brings(5)
        world.clock.advance(600)

    assert (before, len(pushed(reports)) - before) == (18, 10)


async def test_owners_are_asked_about_a_flood_that_goes_on_at_most_every_hour(world: PollingWorld) -> None:
    asked = 0
    world.source.entries[FEED.id] = (dated(0),)
    await world.poll()
    for number in range(1, 13):
        world.clock.advance(600)
        world.source.entries[FEED.id] = tuple(dated(each) for each in range(number * 12, -1, -1))
        await world.poll()
        async with world.database.write() as tx:
            for hold in await quarantine.undecided(tx, due=world.clock.now()):
                asked += 1
                await quarantine.ask_again(tx, hold.id, world.clock.now() + timedelta(days=1))

    assert asked == 2
