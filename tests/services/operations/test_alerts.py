"""Alerts as owners get them: few, in their language, and none twice over a restart."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.domain.chats.chat import AccountId, Address, ChatKind, ChatStatus
from bot.domain.chats.message import Message
from bot.domain.delivery.delivery import ChatUnreachable, Outcome, Receipt, RetryLater
from bot.domain.news.feed import Feed, FeedId, Validators
from bot.domain.news.poll_stats import PollStats
from bot.domain.news.volume import counted
from bot.domain.reason import Reason
from bot.i18n import FormOfAddress
from bot.services.operations.alerts import AlertRules, Alerts
from bot.services.operations.managed_account import AccountHealth
from bot.store.chats import chats
from bot.store.engine.database import Database, DatabaseUnavailable
from bot.store.feeds import feeds, poll_leases, poll_stats, volumes
from bot.store.runtime import alerts
from tests.commands.stage import OWNER, TOPICS, texts, words
from tests.fakes import FakeClock
from tests.full_disk import full_disk
from tests.managed import FakeAccount
from tests.store.world import ACCOUNT, DOMESTIC, FEED, MINUTE, NOW, prepare, publish, settle_all, subscribe

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
RULES = AlertRules(
    feed_after=3 * HOUR, silent_after=7 * DAY, account_after=15 * MINUTE, backlog_after=HOUR, remind_every=DAY
)


@dataclass
class Watch:
    """Alerts of one account, and what its owners were told."""

    database: Database
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOW))
    health: AccountHealth = field(default_factory=AccountHealth)
    outcome: Outcome = field(default_factory=lambda: Receipt("1"))
    owners: tuple[str, ...] = (OWNER,)
    others: tuple[FakeAccount, ...] = ()

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        self.account = FakeAccount(
            ACCOUNT, owners=frozenset(self.owners), state=self.health, outcome=lambda _: self.outcome
        )
        translator = texts(FormOfAddress.YOU)
        self._alerts = Alerts(self.database, self.clock, translator, RULES, [self.account, *self.others])

    async def check(self) -> None:
        await self._alerts.check()

    async def after(self, span: timedelta) -> list[str]:
        """Return what an owner is told when so much time has gone by."""
        self.clock.advance(span.total_seconds())
        self.account.said.clear()
        self.account.state = self.health
        await self.check()
        return [words(message) for _, message in self.account.said]

    async def polls(self, feed: Feed = FEED, *, error: str | None) -> None:
        """Let *feed* be polled now, with an error or well."""
        now = self.clock.now()
        async with self.database.write() as tx:
            await poll_leases.claim(tx, [feed.id], owner="p", now=now, lease=MINUTE)
            if error:
                why = Reason.of(error)
                await poll_leases.save_failure(tx, feed.id, owner="p", error=why, now=now, next_poll_at=now)
            else:
                await poll_leases.save_poll(
                    tx,
                    feed.id,
                    poll_leases.PollOutcome(validators=Validators(), next_poll_at=now, took_article=False),
                    owner="p",
                    now=now,
                )

    async def brings_news(self, *, usual_gap: timedelta | None = None) -> None:
        """Let the feed be polled now, and bring something new."""
        await self.polls(error=None)
        async with self.database.write() as tx:
            await poll_stats.save(tx, FEED.id, PollStats(usual_gap=usual_gap, changed_at=self.clock.now()))

    async def lists(self, count: int) -> None:
        """Let the feed be polled now, and list so many entries."""
        await self.polls(error=None)
        async with self.database.write() as tx:
            before = await volumes.volume(tx, FEED.id)
            after = counted(before, pushed=0, listed=count, now=self.clock.now())
            await volumes.save(tx, FEED.id, after)

    async def speaks(self, user: str, language: str, status: ChatStatus = ChatStatus.ACTIVE) -> None:
        async with self.database.write() as tx:
            address = Address(ACCOUNT, user)
            chat = await chats.register(
                tx, address, kind=ChatKind.PRIVATE, language=language, title=None, now=NOW
            )
            await chats.set_status(tx, chat.id, status, "blocked", now=NOW)


@dataclass(eq=False)
class StalledAccount(FakeAccount):
    """Answers when it is let go on."""

    begun: asyncio.Event = field(default_factory=asyncio.Event)
    goes_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def reply(self, address: Address, message: Message) -> Outcome:
        self.begun.set()
        await self.goes_on.wait()
        return await super().reply(address, message)


@pytest.fixture
async def watch(sqlite_db: Database) -> Watch:
    await prepare(sqlite_db)
    return Watch(sqlite_db)


async def test_a_feed_that_fails_for_long_is_told_once_reminded_of_daily_and_called_off(watch: Watch) -> None:
    await watch.polls(error="HTTP 503")
    assert await watch.after(3 * HOUR - MINUTE) == []
    await watch.polls(error="[site-trouble status=502] HTTP 502")

    (said,) = await watch.after(MINUTE)
    assert said == (
        "⚠️ Cảnh báo từ hệ thống\n"
        "• Từ 08:30 ngày 02/03/2026, không kiểm tra được nguồn “Báo Chính”. Lỗi gần nhất: "
        "máy chủ của trang nguồn đang gặp sự cố (mã 502), bot sẽ tự thử lại\n\n"
        "Vui lòng gửi /nguon để xem tình trạng các nguồn tin."
    )
    assert [await watch.after(HOUR) for _ in range(3)] == [[], [], []]
    assert (await watch.after(21 * HOUR))[0].startswith(
        "⏳ Vẫn chưa được khắc phục\n• Từ 08:30 ngày 02/03/2026, không kiểm tra được nguồn “Báo Chính”"
    )
    assert await watch.after(HOUR) == []
    await watch.polls(error=None)
    assert await watch.after(MINUTE) == [
        "✅ Đã trở lại bình thường\n• Nguồn “Báo Chính” (gặp lỗi từ 08:30 ngày 02/03/2026)"
    ]
    assert await watch.after(HOUR) == []


async def test_a_feed_that_falls_silent_is_told_once_reminded_of_and_called_off_when_news_come(
    watch: Watch,
) -> None:
    await watch.brings_news()
    assert await watch.after(7 * DAY - MINUTE) == []
    await watch.polls(error=None)

    (said,) = await watch.after(MINUTE)
    assert said == (
        "⚠️ Cảnh báo từ hệ thống\n"
        "• Nguồn “Báo Chính” vẫn kiểm tra được nhưng không có tin mới từ 08:30 ngày 02/03/2026, "
        "lâu hơn thường lệ.\n\n"
        "Vui lòng gửi /nguon để xem tình trạng các nguồn tin."
    )
    watch.restart()
    assert [await watch.after(HOUR) for _ in range(3)] == [[], [], []]
    assert (await watch.after(21 * HOUR))[0].startswith("⏳ Vẫn chưa được khắc phục\n• Nguồn “Báo Chính”")
    await watch.brings_news()
    assert await watch.after(HOUR) == [
        "✅ Đã trở lại bình thường\n• Nguồn “Báo Chính” đã có tin mới (không có tin từ 08:30 ngày 02/03/2026)"
    ]
    assert await watch.after(HOUR) == []


async def test_a_feed_that_seldom_has_news_may_be_silent_four_times_as_long(watch: Watch) -> None:
    await watch.brings_news(usual_gap=5 * DAY)

    assert await watch.after(20 * DAY - MINUTE) == []
    assert len(await watch.after(MINUTE)) == 1


async def test_a_feed_whose_entries_are_gone_is_told_of(watch: Watch) -> None:
    await watch.brings_news()
    await watch.lists(0)
    assert await watch.after(3 * HOUR - MINUTE) == []
    await watch.lists(0)

    (said,) = await watch.after(MINUTE)
    await watch.lists(5)
    (over,) = await watch.after(HOUR)

    assert (
        "• Nguồn “Báo Chính” vẫn kiểm tra được nhưng không liệt kê tin nào từ 08:30 ngày 02/03/2026." in said
    )
    assert over.endswith("• Nguồn “Báo Chính” đã liệt kê tin trở lại (trống từ 08:30 ngày 02/03/2026)")


async def test_a_silent_feed_that_then_fails_is_not_said_to_have_news(watch: Watch) -> None:
    await watch.brings_news()
    assert len(await watch.after(7 * DAY)) == 1
    await watch.polls(error="HTTP 503")

    (said,) = await watch.after(4 * HOUR)

    assert "không kiểm tra được" in said
    assert "✅" not in said


async def test_a_feed_that_fails_for_a_week_is_told_of_for_that_alone(watch: Watch) -> None:
    await watch.brings_news()
    await watch.polls(error="HTTP 503")

    (said,) = await watch.after(8 * DAY)

    assert "không có tin mới" not in said


async def test_a_restart_says_nothing_twice(watch: Watch) -> None:
    await watch.polls(error="HTTP 503")
    assert len(await watch.after(4 * HOUR)) == 1

    watch.restart()

    assert await watch.after(HOUR) == []


async def test_a_feed_that_is_well_again_in_time_is_no_news(watch: Watch) -> None:
    await watch.polls(error="HTTP 503")
    watch.clock.advance(3600)
    await watch.polls(error=None)
    watch.clock.advance(3600)
    await watch.polls(error="HTTP 503")

    assert await watch.after(2 * HOUR) == []


async def test_many_troubles_come_in_one_message_that_is_not_too_long(watch: Watch) -> None:
    many = [replace(FEED, id=FeedId(f"feed-{n}"), name=f"Nguồn {n} {'dài ' * 40}") for n in range(50)]
    async with watch.database.write() as tx:
        await feeds.sync_definitions(tx, [DOMESTIC, *TOPICS[1:]], many, NOW)
    for feed in many:
        await watch.polls(feed, error="timed out " * 50)

    (said,) = await watch.after(3 * HOUR)

    assert (said.count("•"), "… và 42 mục khác" in said, len(said) < 4096) == (8, True, True)


async def test_what_goes_wrong_a_little_later_waits_for_the_next_message(watch: Watch) -> None:
    other = replace(FEED, id=FeedId("khac"), name="Báo Khác")
    async with watch.database.write() as tx:
        await feeds.sync_definitions(tx, [DOMESTIC], [FEED, other], NOW)
    await watch.polls(error="HTTP 503")
    watch.clock.advance(60)
    await watch.polls(other, error="HTTP 503")

    assert len(await watch.after(3 * HOUR - MINUTE)) == 1
    assert await watch.after(2 * MINUTE) == []
    (said,) = await watch.after(10 * MINUTE)
    assert ("Báo Khác" in said, "Báo Chính" in said) == (True, False)


async def test_a_feed_that_is_paused_is_not_called_well(watch: Watch) -> None:
    await watch.polls(error="HTTP 503")
    await watch.after(3 * HOUR)
    async with watch.database.write() as tx:
        await feeds.set_paused(tx, FEED.id, paused=True)

    assert await watch.after(HOUR) == []
    async with watch.database.read() as tx:
        assert await alerts.standing(tx) == ()


async def test_an_old_backlog_is_told_and_called_off_when_it_is_much_younger(watch: Watch) -> None:
    await subscribe(watch.database, "1", "2")
    await publish(watch.database)

    assert await watch.after(HOUR) == [
        (
            "⚠️ Cảnh báo từ hệ thống\n"
            "• Có 2 tin đến hạn nhưng chưa gửi được; tin chờ lâu nhất đã chờ từ 08:30 ngày 02/03/2026."
        )
    ]
    await settle_all(watch.database, now=watch.clock.now())
    await publish(watch.database, 2, due_at=NOW + HOUR)
    assert await watch.after(35 * MINUTE) == []
    await settle_all(watch.database, now=watch.clock.now())
    assert await watch.after(MINUTE) == [
        "✅ Đã trở lại bình thường\n• Việc gửi tin (chậm từ 08:30 ngày 02/03/2026)"
    ]


async def test_an_account_that_was_refused_tells_of_it_when_it_may_speak_again(watch: Watch) -> None:
    watch.health = AccountHealth(refused="Unauthorized")
    assert await watch.after(MINUTE) == []

    watch.health = AccountHealth()
    watch.restart()

    (said,) = await watch.after(HOUR)
    assert said == (
        "✅ Đã trở lại bình thường\n"
        "• Tài khoản telegram:1 (bị từ chối từ 08:31 ngày 02/03/2026); các tin chưa gửi vẫn được giữ lại"
    )


async def test_that_an_account_is_refused_is_told_through_another_one_until_it_is_over(watch: Watch) -> None:
    other = FakeAccount(AccountId("zalo:7"), owners=frozenset({"abc"}))
    watch.health, watch.others = AccountHealth(refused="Unauthorized"), (other,)
    watch.restart()

    told_through_itself = [await watch.after(MINUTE) for _ in range(3)]
    watch.health = AccountHealth()
    told_through_itself.append(await watch.after(HOUR))

    begun, over = [words(message) for _, message in other.said]
    assert told_through_itself == [[], [], [], [over]]
    assert begun == (
        "⚠️ Cảnh báo từ hệ thống\n"
        "• Từ 08:31 ngày 02/03/2026, tài khoản telegram:1 bị ứng dụng nhắn tin từ chối. "
        "Lỗi: mã truy cập không còn hiệu lực hoặc tài khoản đã bị xóa"
    )
    assert over.startswith("✅ Đã trở lại bình thường\n• Tài khoản telegram:1")


async def test_an_account_that_stalls_keeps_nobody_from_being_told_through_another(watch: Watch) -> None:
    stalled = StalledAccount(AccountId("zalo:7"), owners=frozenset({"abc"}))
    watch.others = (stalled,)
    watch.restart()
    await watch.polls(error="HTTP 503")
    watch.clock.advance((3 * HOUR).total_seconds())

    told = asyncio.Event()

    def is_told(_: Address) -> Outcome:
        told.set()
        return Receipt("1")

    watch.account.outcome = is_told
    checking = asyncio.create_task(watch.check())
    await stalled.begun.wait()
    await told.wait()
    was_waiting = not checking.done()
    stalled.goes_on.set()
    await checking

    assert (was_waiting, len(watch.account.said), len(stalled.said)) == (True, 1, 1)


async def test_what_is_said_of_an_account_that_another_process_has_is_left_to_that(watch: Watch) -> None:
    other = FakeAccount(AccountId("zalo:7"), owners=frozenset({"abc"}))
    watch.others = (other,)
    watch.health = AccountHealth(deaf_since=NOW, deaf_reason="Conflict")
    watch.restart()
    assert len(await watch.after(15 * MINUTE)) == 1

    # This process loses the account, and does not know whether another one hears its updates.
    watch.health = AccountHealth(ours=False)
    assert await watch.after(HOUR) == []
    assert len(other.said) == 1


async def test_an_account_that_hears_nothing_for_long_says_so(watch: Watch) -> None:
    watch.health = AccountHealth(deaf_since=NOW, deaf_reason="Conflict: terminated by other getUpdates")

    assert await watch.after(14 * MINUTE) == []
    (said,) = await watch.after(MINUTE)
    assert said.startswith(
        "⚠️ Cảnh báo từ hệ thống\n"
        "• Từ 08:30 ngày 02/03/2026, không nhận được tin nhắn gửi đến tài khoản telegram:1"
    )


async def test_each_owner_is_told_in_their_own_language(watch: Watch) -> None:
    watch.owners = ("900", "901")
    watch.restart()
    await watch.speaks("901", "en")
    await watch.polls(error="HTTP 503")

    first, second = await watch.after(3 * HOUR)

    assert first.startswith("⚠️ Cảnh báo từ hệ thống")
    assert second.startswith(
        "⚠️ Alert\n• The source “Báo Chính” has not been reachable since 08:30 on 2 March 2026."
    )


async def test_an_owner_who_cannot_be_reached_is_not_tried_again_and_again(watch: Watch) -> None:
    watch.outcome = ChatUnreachable("Forbidden: bot can't initiate conversation with a user")
    await watch.polls(error="HTTP 503")

    assert len(await watch.after(3 * HOUR)) == 1
    assert await watch.after(HOUR) == []


async def test_an_owner_who_blocked_the_bot_is_left_alone(watch: Watch) -> None:
    await watch.speaks(OWNER, "vi", ChatStatus.OFF)
    await watch.polls(error="HTTP 503")

    assert await watch.after(3 * HOUR) == []


async def test_what_could_not_be_sent_is_sent_later_and_not_at_once(watch: Watch) -> None:
    watch.outcome = RetryLater("the account is closed")
    await watch.polls(error="HTTP 503")
    assert len(await watch.after(3 * HOUR)) == 1
    assert await watch.after(MINUTE) == []

    watch.outcome = Receipt("1")

    assert (await watch.after(10 * MINUTE))[0].startswith("⚠️ Cảnh báo từ hệ thống")
    assert await watch.after(HOUR) == []


async def test_without_owners_nobody_is_told_and_nothing_piles_up(watch: Watch) -> None:
    watch.owners = ()
    watch.restart()
    await watch.polls(error="HTTP 503")

    assert await watch.after(3 * HOUR) == []
    await watch.polls(error=None)
    assert await watch.after(HOUR) == []
    async with watch.database.read() as tx:
        assert await alerts.standing(tx) == ()


async def test_a_database_that_takes_no_writes_is_told_once_and_called_off(watch: Watch) -> None:
    async with full_disk(watch.database):
        with pytest.raises(DatabaseUnavailable):
            await watch.database.probe()
        said = [await watch.after(MINUTE) for _ in range(3)]
    over = [await watch.after(MINUTE) for _ in range(2)]

    assert [len(each) for each in (*said, *over)] == [1, 0, 0, 1, 0]
    assert "cơ sở dữ liệu không ghi được" in said[0][0]
    assert "Đã trở lại bình thường" in over[0][0]
