"""Followed pages: each is read once a day whoever follows it, and what has changed is owed once."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from bot.domain.chats.chat import Address, ChatId, ChatKind
from bot.domain.chats.consent import VERSION
from bot.domain.chats.following import LASTS
from bot.domain.chats.preferences import Preferences
from bot.domain.delivery.delivery import DeliveryStatus, Settlement
from bot.domain.news.feed import ArticleGoneError, FollowedText, SourceError, Validators
from bot.i18n import FormOfAddress, Translator
from bot.services.ingest.followed_pages import FollowedPages
from bot.services.subscribers import erasure, following
from bot.store.articles import articles
from bot.store.chats import chats, follows
from bot.store.engine.database import Database
from bot.store.files.url import DatabaseUnavailable
from bot.store.outbox import outbox
from bot.store.schema import followed_pages
from tests.services.polling_world import ACCOUNT, FEED, TOPIC, PollingWorld, entry

HOUR = 3600
DAY = 24 * HOUR
URL = "https://office.example/bieu-phi"
TEXTS = Translator.load(FormOfAddress.YOU, {"vi": "Cục", "en": "Office"})


def page(*lines: str) -> FollowedText:
    return FollowedText("Biểu phí", ("Biểu phí", "Phí nộp tại Cục.", *lines), Validators(etag='"1"'))


@dataclass
class World:
    """Chats that follow pages, and what reads those."""

    polling: PollingWorld

    def __post_init__(self) -> None:
        at = self.polling
        self.pages = self.another()
        at.source.texts[URL] = page("1 | Phí A | 100 đồng")

    def another(self) -> FollowedPages:
        at = self.polling
        return FollowedPages(at.database, at.source, at.clock, TEXTS, timedelta(days=3), lambda: None)

    async def follows(self, person: str, url: str = URL, *, most: int = 20, language: str = "vi") -> bool:
        at = self.polling
        async with at.database.write() as tx:
            chat = await chats.register(
                tx,
                Address(ACCOUNT, person),
                kind=ChatKind.PRIVATE,
                language=language,
                title=None,
                now=at.clock.now(),
            )
            await chats.give_consent(tx, chat.id, VERSION, at.clock.now())
            found = await following.page_at(tx, url, chat.id)
            assert found is not None
            number = await following.follow(tx, chat.id, found, most=most, now=at.clock.now())
            return number is not None

    async def passes(self, seconds: float, text: FollowedText | SourceError | None = None) -> None:
        if text is not None:
            self.polling.source.texts[URL] = text
        self.polling.clock.advance(seconds)
        await self.pages.read_due()
        await self.pages.end_over()

    async def told(self) -> list[tuple[str, str]]:
        """Return what chats are owed that can be claimed now, and settle it as sent."""
        at = self.polling
        async with at.database.write() as tx:
            claimant = outbox.Claimant(account=ACCOUNT, owner="s", lease=timedelta(minutes=1))
            batch = await outbox.claim(tx, claimant, now=at.clock.now(), limit=50, usual=Preferences())
            stored = await articles.many(tx, {each.article for each in batch.deliveries})
            sent = [
                Settlement(each.id, DeliveryStatus.SENT, attempts=1, message_id="7")
                for each in batch.deliveries
            ]
            await outbox.settle(tx, sent, owner="s", now=at.clock.now())
        return [(each.address.chat, stored[each.article].article.title) for each in batch.deliveries]

    async def chat(self, person: str) -> ChatId:
        async with self.polling.database.read() as tx:
            found = await chats.find(tx, Address(ACCOUNT, person))
        assert found is not None
        return found.id


@pytest.fixture
async def world(db: Database) -> World:
    return World(await PollingWorld.make(db))


async def test_who_follows_a_page_is_told_once_what_has_changed(world: World) -> None:
    await world.follows("1")
    await world.follows("2", language="en")
    await world.passes(0)
    assert await world.told() == []

    await world.passes(DAY + HOUR, page("1 | Phí A | 120 đồng"))
    await world.another().read_due()
    told = dict(await world.told())
    await world.passes(2 * HOUR, page("1 | Phí A | 130 đồng"))

    assert told == {
        "1": "🔔 Trang bạn theo dõi đã thay đổi: “Biểu phí”\n\n"
        "✏️ Sửa: “1 | Phí A | 100 đồng” → “1 | Phí A | 120 đồng”",
        "2": "🔔 A page that you follow has changed: “Biểu phí”\n\n"
        "✏️ Changed: “1 | Phí A | 100 đồng” → “1 | Phí A | 120 đồng”",
    }
    assert await world.told() == [], "a second change of the same day waits for the next one"
    await world.passes(DAY)
    assert len(await world.told()) == 2


async def test_a_page_is_read_once_a_day_whoever_follows_it_and_asks_whether_it_has_changed(
    world: World,
) -> None:
    for person in range(1, 6):
        await world.follows(str(person))
    world.polling.source.texts[f"{URL}-2"] = page()
    await world.follows("1", f"{URL}-2")
    for _ in range(7 * 24):
        await world.passes(HOUR)
    asked = world.polling.source.asked_for

    assert 2 * 6 <= len(asked) <= 2 * 8
    assert asked[0][1] == Validators()
    assert asked[-1][1] == Validators(etag='"1"')
    world.polling.source.texts[URL] = world.polling.source.texts[f"{URL}-2"] = None  # not modified
    await world.passes(2 * DAY)
    assert await world.told() == []


async def test_a_change_that_could_not_be_owed_at_once_is_owed_by_the_next_process(
    sqlite_db: Database,
) -> None:
    world = World(await PollingWorld.make(sqlite_db))
    await world.follows("1")
    await world.passes(0)
    at = world.polling
    at.source.texts[URL] = page("1 | Phí A | 120 đồng")
    at.clock.advance(DAY + HOUR)
    async with sqlite_db.write() as tx:
        refuse = "BEGIN SELECT RAISE(ABORT, 'database is locked'); END"
        await tx.execute(text(f"CREATE TRIGGER away BEFORE INSERT ON deliveries {refuse}"))
    with pytest.raises(DatabaseUnavailable):
        await world.another().read_due()
    assert await world.told() == []

    async with sqlite_db.write() as tx:
        await tx.execute(text("DROP TRIGGER away"))
    await world.another().read_due()
    await world.another().read_due()

    assert [chat for chat, _ in await world.told()] == ["1"]


async def test_who_stops_following_is_told_nothing_more_and_the_page_is_read_no_more(world: World) -> None:
    await world.follows("1")
    await world.passes(0)
    await world.passes(DAY + HOUR, page("1 | Phí A | 120 đồng"))
    at = world.polling
    async with at.database.write() as tx:
        (followed,) = await follows.of_chat(tx, await world.chat("1"))
        await follows.end(tx, await world.chat("1"), followed.id)

    assert await world.told() == []
    await world.passes(0)
    async with at.database.read() as tx:
        assert (await tx.execute(select(followed_pages.c.id))).all() == []


async def test_following_ends_after_a_year_with_a_last_message(world: World) -> None:
    await world.follows("1")
    await world.passes(0)
    await world.passes(LASTS.total_seconds())

    told = await world.told()
    assert [chat for chat, _ in told] == ["1"]
    assert told[0][1].startswith("Đã hết một năm theo dõi trang “Biểu phí”.")
    await world.passes(DAY + HOUR, page("1 | Phí A | 120 đồng"))
    assert await world.told() == []


@pytest.mark.parametrize(
    ("error", "said"),
    [(ArticleGoneError("gone"), "không còn"), (SourceError("no article"), "không đọc được")],
)
async def test_a_page_that_is_gone_or_cannot_be_read_ends_with_a_last_message(
    world: World, error: SourceError, said: str
) -> None:
    world.polling.source.texts[URL] = error
    await world.follows("1")
    for _ in range(40):
        await world.passes(HOUR)

    told = await world.told()
    assert len(told) == 1
    assert said in told[0][1]
    assert len(world.polling.source.asked_for) == 3
    assert await world.follows("1"), "it may be followed once more"


async def test_a_chat_follows_so_many_pages_and_none_elsewhere(world: World) -> None:
    assert await world.follows("1", most=1)
    assert await world.follows("1", most=1), "it does already"
    assert not await world.follows("1", f"{URL}-2", most=1)
    async with world.polling.database.read() as tx:
        for address in (
            "https://elsewhere.example/bieu-phi",
            "http://127.0.0.1/x",
            "https://office.example:6379/x",
            "https://office.example@evil.example/x",
            "ftp://office.example/x",
            "khong phai",
            f"https://office.example/{'x' * 600}",
        ):
            assert await following.page_at(tx, address, None) is None, address
        assert await following.page_at(tx, "www.office.example/thu-tuc", None) is not None


async def test_a_correction_that_the_card_tells_is_not_told_twice(world: World) -> None:
    at = world.polling
    await at.poll()
    at.source.entries[FEED.id] = (entry(1),)
    await at.poll()
    url = entry(1).link
    await world.told()
    at.source.texts[url] = FollowedText("Tin 1", ("Tin 1", "Tóm tắt.", "Đoạn một."), Validators())
    async with at.database.write() as tx:
        stored, _ = await articles.latest(tx, topics=None, limit=1, offset=0)
        channel = await world.chat("-100")
        found = await following.page_of(tx, stored[0], TOPIC)
        assert found is not None
        await following.follow(tx, channel, found, most=5, now=at.clock.now())
    await world.follows("1", url)
    await world.passes(0)

    at.source.texts[url] = FollowedText("Tin 1 (sửa)", ("Tin 1 (sửa)", "Tóm tắt.", "Đoạn một."), Validators())
    await world.passes(DAY + HOUR)
    by_title = [chat for chat, _ in await world.told()]
    at.source.texts[url] = FollowedText("Tin 1 (sửa)", ("Tin 1 (sửa)", "Tóm tắt.", "Đoạn hai."), Validators())
    await world.passes(DAY + HOUR)

    assert by_title == ["1"], "the channel has the card, which is edited"
    assert sorted(chat for chat, _ in await world.told()) == ["-100", "1"], "no card shows the second one"


async def test_deleting_personal_data_takes_along_what_is_followed(world: World) -> None:
    await world.follows("1")
    async with world.polling.database.write() as tx:
        await erasure.erase(tx, ACCOUNT, "1", key=b"k", now=world.polling.clock.now())
    await world.passes(0)
    async with world.polling.database.read() as tx:
        assert (await tx.execute(select(followed_pages.c.id))).all() == []
