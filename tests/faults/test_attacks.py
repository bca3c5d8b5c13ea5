"""What strangers may try, against a Bot API that is none of ours: the service holds there as well."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.chats.chat import Address, ChatId, ChatKind, TopicId
from bot.domain.chats.preferences import Preferences
from bot.domain.clock import SystemClock
from bot.domain.delivery.delivery import DeliveryStatus, Settlement
from bot.domain.news.article import Article
from bot.domain.news.feed import Topic
from bot.store.articles import articles
from bot.store.chats import chats
from bot.store.choices import visibility
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.outbox import outbox
from tests.bench.audience import FIRST_USER, TOPIC, owe, settle_in
from tests.bench.service import until_settled
from tests.emulated import ACCOUNT
from tests.faults.people import People
from tests.faults.serving import service
from tests.faults.strict_api import StrictApi

pytestmark = pytest.mark.timeout(300)
STARTS_WITHIN = 90.0
OWNER, STRANGER = 900, 666
CHANNEL = -600
OWNED = {"BANTIN_ACCESS__OWNERS": f"telegram:{OWNER}"}
CLOSED = Topic(TopicId("noi-bo"), {"vi": "Nội bộ"}, {}, "NộiBộ", members_only=True)
_CLOSED = f"""
[[topic]]
id = "{CLOSED.id}"
name = {{ vi = "Nội bộ" }}
hashtag = "NộiBộ"
members_only = true
"""


@pytest.fixture
async def people(api: StrictApi, sqlite_url: str, sqlite_db: Database) -> AsyncIterator[People]:
    """The people around a service that has 60 subscribers and a channel."""
    await settle_in(sqlite_db, 60)
    now = SystemClock().now()
    async with sqlite_db.write() as tx:
        address = Address(ACCOUNT, str(CHANNEL))
        channel = await chats.register(
            tx, address, kind=ChatKind.CHANNEL, language="vi", title="Kênh", now=now
        )
        await chats.subscribe(tx, channel.id, TOPIC.id, now)
    async with service(api_url=api.url, database_url=sqlite_url, more=OWNED):
        await api.until(lambda: api.calls["getUpdates"] > 0, within=STARTS_WITHIN)
        yield People(api)


def to(api: StrictApi, chat: int) -> list[str]:
    """Return what was asked for a chat, in its order."""
    return [method for method, given in api.said if str(given.get("chat_id")) == str(chat)]


@pytest.mark.parametrize("data", ["1o.help", "1o.topics", "1d", "1m.10.99999.", "1v.1"])
async def test_a_press_that_somebody_has_made_up_does_nothing_to_a_channel(
    api: StrictApi, people: People, sqlite_db: Database, data: str
) -> None:
    await owe(sqlite_db)
    await until_settled(sqlite_db, within=60)
    before = [method for method in to(api, CHANNEL) if method != "getChatMember"]

    await people.press(STRANGER, data, channel=CHANNEL, message=7)
    await api.until(lambda: api.calls["answerCallbackQuery"] == 1, within=30)
    await people.write(FIRST_USER, "/trogiup")
    await api.until(lambda: len(to(api, FIRST_USER)) == 2, within=30)

    assert [method for method in to(api, CHANNEL) if method != "getChatMember"] == before == ["sendMessage"]


async def test_news_go_out_while_a_crowd_asks_for_more_than_is_allowed(
    api: StrictApi, people: People, sqlite_db: Database
) -> None:
    is_over = asyncio.Event()

    async def crowd() -> None:
        while not is_over.is_set():
            for user in range(200, 250):
                await people.write(user, "/trogiup")
            await asyncio.sleep(1)

    asking = asyncio.create_task(crowd())
    await api.until(lambda: len(api.taken) > 60, within=60)
    await owe(sqlite_db)
    await until_settled(sqlite_db, within=60)
    is_over.set()
    await asking

    subscribers = {str(FIRST_USER + number) for number in range(60)} | {str(CHANNEL)}
    assert subscribers <= set(api.copies())
    assert api.fullest_second <= api.limit


async def test_owners_hear_once_of_a_stranger_who_lets_the_bot_into_many_groups(
    api: StrictApi, people: People
) -> None:
    for group in range(30):
        await people.let_in(STRANGER, group=-7000 - group)
    await people.write(OWNER, "/trogiup")
    await api.until(lambda: len(to(api, -7029)) > 0, within=120)
    await api.until(lambda: len(to(api, OWNER)) >= 2, within=60)

    # One notice, and the answer to what they asked.
    assert to(api, OWNER) == ["sendMessage"] * 2


async def test_a_reply_overtakes_those_who_ask_inline_with_every_letter(
    api: StrictApi, people: People
) -> None:
    for letter in range(30):
        for user in range(300, 320):
            await people.ask_inline(user, "tin" + "x" * letter)
    await people.write(FIRST_USER, "/trogiup")
    await api.until(lambda: len(to(api, FIRST_USER)) == 1, within=30)


async def test_who_was_shut_out_gets_no_correction_that_was_owed_before(
    api: StrictApi, sqlite_url: str, sqlite_db: Database
) -> None:
    await settle_in(sqlite_db, 2)
    member, other = await _members(sqlite_db)
    await _owe_a_correction(sqlite_db)
    async with sqlite_db.write() as tx:
        await visibility.revoke(tx, member, CLOSED.id, SystemClock().now())

    async with service(api_url=api.url, database_url=sqlite_url, feeds=[_CLOSED]):
        await until_settled(sqlite_db, within=STARTS_WITHIN)

    edited = [given["chat_id"] for method, given in api.said if method.startswith("edit")]
    assert (list(map(str, edited)), api.copies()[str(FIRST_USER)]) == ([str(FIRST_USER + 1)], 0)
    assert member != other


async def _members(database: Database) -> list[ChatId]:
    now = SystemClock().now()
    made = []
    async with database.write() as tx:
        await feeds.sync_definitions(tx, [TOPIC, CLOSED], [], now)
        for user in (FIRST_USER, FIRST_USER + 1):
            chat = await chats.find(tx, Address(ACCOUNT, str(user)))
            assert chat is not None
            await visibility.grant(tx, chat.id, CLOSED.id, now)
            await chats.subscribe(tx, chat.id, CLOSED.id, now)
            made.append(chat.id)
    return made


async def _owe_a_correction(database: Database) -> None:
    """Have an article sent to both, and corrected afterwards."""
    now = SystemClock().now()
    until = now + timedelta(days=3)
    async with database.write() as tx:
        words = Article("https://agency.example/tin/1", "Bài")
        article = (await articles.save(tx, words, photo=None, topic=CLOSED.id, now=now)).id
        owed = outbox.NewFanout(article, CLOSED.id, due_at=now, expires_at=until)
        await outbox.enqueue(tx, owed, now=now)
        claimed = await outbox.claim(
            tx,
            outbox.Claimant(account=ACCOUNT, owner="before", lease=timedelta(minutes=1)),
            now=now,
            limit=9,
            usual=Preferences(),
        )
        sent = [Settlement(each.id, DeliveryStatus.SENT, 1, message_id="7") for each in claimed.deliveries]
        await outbox.settle(tx, sent, owner="before", now=now)
        corrected = Article("https://agency.example/tin/1", "Bài đã sửa")
        await articles.revise(tx, article, corrected, None, revision=1, now=now)
        await outbox.enqueue(tx, replace(owed, revision=1), now=now)
