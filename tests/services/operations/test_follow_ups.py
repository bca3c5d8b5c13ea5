"""Those who began something are told how it has ended: a poll, a withdrawal, the sending of held articles."""

from datetime import timedelta

import pytest

from bot.domain.chats.chat import Address, Chat, ChatKind, ChatStatus
from bot.domain.chats.preferences import Preferences
from bot.domain.delivery.delivery import (
    DeliveryStatus,
    Outcome,
    QuotaSpent,
    Receipt,
    RetryLater,
    Settlement,
)
from bot.domain.news.article import ArticleId
from bot.domain.news.feed import SourceError
from bot.domain.reason import Reason, ReasonCode
from bot.i18n import FormOfAddress
from bot.services.operations.follow_ups import (
    FollowUps,
    follow_held,
    follow_poll,
    follow_withdrawal,
    tell_of_unsubscription,
)
from bot.services.publishing.publications import take_back
from bot.store.articles import articles
from bot.store.chats import chats
from bot.store.engine.database import Database
from bot.store.feeds import feeds, poll_marks, quarantine
from bot.store.outbox import outbox
from bot.store.runtime import follow_ups
from tests.commands.stage import texts, words
from tests.managed import FakeAccount
from tests.services.polling_world import ACCOUNT, FEED, PollingWorld, entry

HOUR = timedelta(hours=1)
SENT = (DeliveryStatus.SENT, None)


class Followed:
    """A feed that was polled once, an admin who begins things, and what the admin is told."""

    def __init__(self, world: PollingWorld, admin: Chat) -> None:
        self.world = world
        self.admin = admin
        self.outcome: Outcome = Receipt("1")
        self.account = FakeAccount(ACCOUNT, outcome=self._outcome)
        translator = texts(FormOfAddress.YOU)
        self._service = FollowUps(world.database, world.clock, translator, self.account)

    def _outcome(self, address: Address) -> Outcome:
        assert address == self.admin.address
        return self.outcome

    async def told(self) -> list[str]:
        """Return what the admin is told now."""
        self.account.said.clear()
        await self._service.tell()
        return [words(message) for _, message in self.account.said]

    async def asks_for_a_poll(self) -> None:
        now = self.world.clock.now()
        async with self.world.database.write() as tx:
            mark = (await poll_marks.marks(tx, [FEED.id]))[FEED.id]
            await follow_poll(tx, self.admin.id, mark, now=now)
            await feeds.poll_now(tx, FEED.id, now)

    async def is_polled(self) -> None:
        self.world.clock.advance(1)
        await self.world.poller.start_due_polls()
        await self.world.poller.finish()

    async def has_an_article_sent(self) -> None:
        """Have “Tin 2” sent to all three who get it."""
        self.world.source.entries[FEED.id] = (entry(2), entry(1))
        await self.asks_for_a_poll()
        await self.is_polled()
        await self.told()
        await self.settle(SENT, SENT, SENT)

    async def withdraws_it(self) -> None:
        now = self.world.clock.now()
        async with self.world.database.write() as tx:
            newest, _ = await articles.latest(tx, topics=None, limit=2, offset=0)
            (stored,) = [each for each in newest if each.article.title == "Tin 2"]
            await take_back(tx, stored.id, now=now)
            await follow_withdrawal(tx, self.admin.id, stored.id, now=now)

    async def settle(self, *ends: tuple[DeliveryStatus, Reason | None]) -> None:
        """Let what is owed end like this, one after the other."""
        now = self.world.clock.now()
        async with self.world.database.write() as tx:
            claimed = await outbox.claim(
                tx,
                outbox.Claimant(account=ACCOUNT, owner="s", lease=HOUR),
                now=now,
                limit=50,
                usual=Preferences(quiet=None),
            )
            settlements = [
                Settlement(each.id, status, 1, message_id="9", reason=why.stored() if why else None)
                for each, (status, why) in zip(claimed.deliveries, ends, strict=True)
            ]
            await outbox.settle(tx, settlements, owner="s", now=now)


@pytest.fixture
async def followed(db: Database) -> Followed:
    world = await PollingWorld.make(db)
    world.source.entries = {FEED.id: (entry(1),)}
    await world.poll()
    world.clock.advance(60)
    async with db.write() as tx:
        admin = await chats.register(
            tx,
            Address(ACCOUNT, "900"),
            kind=ChatKind.PRIVATE,
            language="vi",
            title=None,
            now=world.clock.now(),
        )
        for number in range(2):
            there = await chats.register(
                tx,
                Address(ACCOUNT, f"-20{number}"),
                kind=ChatKind.CHANNEL,
                language="vi",
                title="Kênh",
                now=world.clock.now(),
            )
            await chats.subscribe(tx, there.id, FEED.topic, world.clock.now())
    return Followed(world, admin)


async def test_a_poll_that_brings_nothing_says_so_once(followed: Followed) -> None:
    await followed.asks_for_a_poll()
    before = await followed.told()
    await followed.is_polled()

    assert (before, await followed.told(), await followed.told()) == (
        [],
        ["Đã kiểm tra “The office”: không có bài mới."],
        [],
    )


async def test_a_poll_says_how_many_articles_it_brought(followed: Followed) -> None:
    followed.world.source.entries[FEED.id] = (entry(3), entry(2), entry(1))
    await followed.asks_for_a_poll()
    await followed.is_polled()

    assert await followed.told() == ["Đã kiểm tra “The office”: có 2 bài mới."]


async def test_who_was_unsubscribed_at_their_wish_is_told_so(followed: Followed) -> None:
    async with followed.world.database.write() as tx:
        await tell_of_unsubscription(tx, followed.admin, [FEED.topic], now=followed.world.clock.now())

    told, again = await followed.told(), await followed.told()

    assert ([each.startswith("Theo yêu cầu của") for each in told], again) == ([True], [])


async def test_what_the_month_has_no_room_for_is_told_when_it_turns(followed: Followed) -> None:
    clock = followed.world.clock
    await followed.asks_for_a_poll()
    await followed.is_polled()

    followed.outcome = QuotaSpent("the month's messages are spent", clock.now() + HOUR)
    tries = [len(await followed.told()) for _ in range(3)]
    followed.outcome = Receipt("1")
    clock.advance(HOUR.total_seconds() + 1)

    assert tries == [1, 0, 0]
    assert await followed.told() == ["Đã kiểm tra “The office”: không có bài mới."]


async def test_a_poll_says_what_it_had_to_put_aside(followed: Followed) -> None:
    followed.world.source.entries[FEED.id] = tuple(entry(number) for number in range(120, 100, -1))
    await followed.asks_for_a_poll()
    await followed.is_polled()

    assert await followed.told() == [
        (
            "Đã kiểm tra “The office”: không có bài mới.\n"
            "Đang giữ 20 bài chờ quyết định; vui lòng gửi /nguon để xem."
        )
    ]


async def test_a_poll_that_fails_says_why(followed: Followed) -> None:
    trouble = SourceError("answered 503", ReasonCode.SITE_TROUBLE, status=503)
    followed.world.source.fails[FEED.id] = trouble
    await followed.asks_for_a_poll()
    await followed.is_polled()

    assert await followed.told() == [
        "Chưa kiểm tra được “The office”: máy chủ của trang nguồn đang gặp sự cố (mã 503), bot sẽ tự thử lại."
    ]


async def test_a_poll_that_does_not_end_is_not_waited_for_in_silence(followed: Followed) -> None:
    await followed.asks_for_a_poll()
    followed.world.clock.advance(601)

    assert await followed.told() == [
        "Sau 10 phút, “The office” vẫn chưa được kiểm tra xong; vui lòng gửi /nguon để xem tình trạng."
    ]
    assert await followed.told() == []


async def test_what_could_not_be_said_is_said_later(followed: Followed) -> None:
    await followed.asks_for_a_poll()
    await followed.is_polled()
    followed.outcome = RetryLater("the account is not ours")
    first = await followed.told()
    followed.outcome = Receipt("1")

    assert (first, await followed.told(), await followed.told()) == (first, first, [])


async def test_nothing_is_said_to_whoever_shut_the_bot_out(followed: Followed) -> None:
    await followed.asks_for_a_poll()
    await followed.is_polled()
    async with followed.world.database.write() as tx:
        await chats.set_status(tx, followed.admin.id, ChatStatus.OFF, now=followed.world.clock.now())

    assert await followed.told() == []


async def test_a_withdrawal_says_when_it_has_ended_and_what_is_left(followed: Followed) -> None:
    await followed.has_an_article_sent()
    await followed.withdraws_it()

    before = await followed.told()
    await followed.settle(
        SENT, SENT, (DeliveryStatus.CANCELLED, Reason(ReasonCode.NO_EDITS, "it cannot edit"))
    )

    assert before == []
    assert await followed.told() == [
        (
            "Đã thu hồi 2/3 tin về bài “Tin 2”.\n"
            "1 tin không thu hồi được: ứng dụng nhắn tin không cho sửa hoặc xóa tin đã gửi."
        )
    ]


async def test_a_withdrawal_says_what_stays_where_nothing_can_be_written(followed: Followed) -> None:
    await followed.has_an_article_sent()
    async with followed.world.database.write() as tx:
        shut = await chats.find(tx, Address(ACCOUNT, "-200"))
        assert shut
        await chats.set_status(tx, shut.id, ChatStatus.OFF, now=followed.world.clock.now())
    await followed.withdraws_it()
    await followed.settle(SENT, SENT)

    (told,) = await followed.told()

    assert told.startswith("Đã thu hồi 2/3 tin")
    assert "1 tin được giữ nguyên" in told


async def test_held_articles_say_when_they_have_been_sent(followed: Followed) -> None:
    world = followed.world
    world.source.entries[FEED.id] = tuple(entry(number) for number in range(120, 100, -1))
    await followed.asks_for_a_poll()
    await followed.is_polled()
    await followed.told()
    async with world.database.write() as tx:
        (hold,) = await quarantine.undecided(tx)
        await quarantine.decide(tx, hold.id, quarantine.Decision.SEND, newest=2, now=world.clock.now())
        await follow_held(tx, followed.admin.id, FEED.id, now=world.clock.now())

    undecided = await followed.told()
    await followed.is_polled()
    unsent = await followed.told()
    refused = (DeliveryStatus.REJECTED, Reason(ReasonCode.MESSAGE_REFUSED, "empty"))
    await followed.settle(SENT, SENT, SENT)
    half_sent = await followed.told()
    await followed.settle(SENT, SENT, refused)

    assert (undecided, unsent, half_sent, len(await world.titles())) == ([], [], [], 21)
    assert await followed.told() == [
        (
            "Đã gửi xong các bài được giữ lại của “The office”: 5 tin.\n"
            "1 tin không gửi được: ứng dụng nhắn tin từ chối tin (nội dung gốc: empty)."
        )
    ]


async def test_what_is_gone_is_not_followed(followed: Followed) -> None:
    await followed.asks_for_a_poll()
    async with followed.world.database.write() as tx:
        await feeds.sync_definitions(tx, [], [], followed.world.clock.now())
        await follow_withdrawal(tx, followed.admin.id, ArticleId(99), now=followed.world.clock.now())

    assert await followed.told() == []
    async with followed.world.database.read() as tx:
        assert await follow_ups.open_ones(tx, ACCOUNT) == ()
