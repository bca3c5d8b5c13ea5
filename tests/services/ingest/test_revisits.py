"""Corrections: what has changed on the page, and only there, is owed to those who have the article."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial

import pytest
from structlog.testing import capture_logs

from bot.commands.admin.approvals import hold_question, withdrawal_question
from bot.commands.admin.publishing.source_changes import source_question
from bot.domain.chats.chat import AccountId, Address, ChatKind, TopicId
from bot.domain.chats.message import Message
from bot.domain.chats.preferences import Preferences
from bot.domain.delivery.delivery import (
    ChatUnreachable,
    DeliveryStatus,
    Outcome,
    Receipt,
    RetryLater,
    Settlement,
)
from bot.domain.desk.roles import Role
from bot.domain.news.article import Article, Attachment, Photo, PreparedPhoto
from bot.domain.news.correction import CorrectionRules
from bot.domain.news.feed import ArticleGoneError, SourceError
from bot.i18n import FormOfAddress, Translator
from bot.services.ingest.revisits import Revisits
from bot.services.operations import approvals
from bot.services.operations.approvals import ApprovalRequests, Questions
from bot.services.operations.managed_account import AccountHealth
from bot.store.articles import articles
from bot.store.chats import chats
from bot.store.engine.database import Database
from bot.store.outbox import outbox
from bot.store.runtime import accounts, admins
from bot.store.runtime.admins import Appointment
from tests.managed import FakeAccount
from tests.services.polling_world import ACCOUNT, FEED, TOPIC, PollingWorld, entry
from tests.store.world import rows

HOUR = 3600
OWNER = "900"
OTHER_OWNER = "901"
"""One who has not written to the bot, but where a test says so."""
RULES = CorrectionRules(tuple(timedelta(hours=hours) for hours in (1, 6, 24, 48)), timedelta(hours=48), 3)
PAGE = Article(entry(1).link, "Tin 1", "Tóm tắt", photos=(Photo("https://office.example/a.jpg"),))
TEXTS = Translator.load(FormOfAddress.YOU, {"vi": "Cục", "en": "Office"})


@dataclass
class World:
    """An article that one channel has received, and what looks after it."""

    polling: PollingWorld
    outcome: Outcome = field(default_factory=lambda: Receipt("1"))
    outcomes: dict[str, Outcome] = field(default_factory=dict)

    def __post_init__(self) -> None:
        at = self.polling
        self.account = FakeAccount(ACCOUNT, frozenset({OWNER, OTHER_OWNER}), outcome=self._outcome)
        self.questions = Questions(
            about_hold=partial(hold_question, translator=TEXTS),
            about_withdrawal=partial(withdrawal_question, translator=TEXTS),
            about_source=partial(source_question, translator=TEXTS),
        )
        self.notices = ApprovalRequests(at.database, at.clock, self.questions, [self.account])
        self.corrections = Revisits(at.database, at.source, at.clock, rules=RULES, on_owed=lambda: None)

    @property
    def told(self) -> list[tuple[str, Message]]:
        return self.account.said

    def _outcome(self, address: Address) -> Outcome:
        return self.outcomes.get(address.chat, self.outcome)

    async def knows(self, person: str) -> None:
        at = self.polling
        async with at.database.write() as tx:
            address = Address(ACCOUNT, person)
            await chats.register(
                tx, address, kind=ChatKind.PRIVATE, language="vi", title=None, now=at.clock.now()
            )

    async def begin(self) -> None:
        at = self.polling
        await self.knows(OWNER)
        at.source.entries[FEED.id] = ()
        await at.poll()
        at.source.entries[FEED.id] = (replace(entry(1), summary=PAGE.summary, photos=PAGE.photos),)
        await at.poll()
        async with at.database.write() as tx:
            now, lease = at.clock.now(), timedelta(minutes=1)
            batch = await outbox.claim(
                tx,
                outbox.Claimant(account=ACCOUNT, owner="s", lease=lease),
                now=now,
                limit=5,
                usual=Preferences(),
            )
            (owed,) = batch.deliveries
            sent = Settlement(owed.id, DeliveryStatus.SENT, attempts=1, message_id="77")
            await outbox.settle(tx, [sent], owner="s", now=now)

    async def passes(self, hours: float, page: Article | SourceError) -> None:
        self.polling.clock.advance(hours * HOUR)
        self.polling.source.read_anew[PAGE.url] = page
        await self.corrections.read_due()
        await self.notices.ask()

    async def revisions(self) -> list[int]:
        return [revision for (revision,) in await rows(self.polling.database, "revision")]


@pytest.fixture
async def world(db: Database) -> World:
    world = World(await PollingWorld.make(db))
    await world.begin()
    return world


async def test_a_change_on_the_page_is_owed_as_a_later_revision(world: World) -> None:
    await world.passes(1, replace(PAGE, title="Tin 1 (đính chính)"))

    assert (await world.revisions(), await world.polling.titles()) == ([0, 1], ["Tin 1 (đính chính)"])


async def test_a_document_that_is_added_on_the_page_is_owed_as_a_later_revision(world: World) -> None:
    await world.passes(1, replace(PAGE, attachments=(Attachment("https://office.example/1.pdf", "Văn bản"),)))

    assert await world.revisions() == [0, 1]


async def test_a_change_in_the_feed_alone_is_none(world: World) -> None:
    world.polling.source.entries[FEED.id] = (replace(entry(1), title="Tin 1 khac"),)
    await world.polling.poll()

    await world.passes(1, PAGE)

    assert (await world.revisions(), await world.polling.titles()) == ([0], ["Tin 1"])


async def test_pages_are_read_after_1_6_24_and_48_hours_and_never_again(world: World) -> None:
    read = []
    for hour in range(1, 60):
        before = len(world.polling.source.read_for)
        await world.passes(1, PAGE)
        read += [hour] * (len(world.polling.source.read_for) - before)

    assert read == [1, 6, 24, 48]


async def test_messages_are_edited_three_times_at_most(world: World) -> None:
    for number, hours in enumerate((1, 5, 18, 24)):
        await world.passes(hours, replace(PAGE, title=f"Tin sửa lần {number}"))

    assert (await world.revisions(), await world.polling.titles()) == ([0, 1, 2, 3], ["Tin sửa lần 3"])


async def test_another_photo_is_a_correction_and_the_same_picture_elsewhere_is_none(world: World) -> None:
    photos = world.polling.source.photos
    moved = replace(PAGE, photos=(Photo("https://office.example/b.jpg"),))
    await world.passes(1, moved)
    assert await world.revisions() == [0]

    photos[PAGE.url] = PreparedPhoto("b" * 64, "https://office.example/c.jpg", b"jpeg", 10, 10)
    await world.passes(5, replace(PAGE, photos=(Photo("https://office.example/c.jpg"),)))

    async with world.polling.database.read() as tx:
        (stored,), _ = await articles.latest(tx, topics=None, limit=1)
    assert (await world.revisions(), stored.photo_key) == ([0, 1], "b" * 64)


async def test_a_page_that_cannot_be_had_is_tried_again_and_nobody_is_told(world: World) -> None:
    await world.passes(1, SourceError("503"))
    await world.passes(0.25, replace(PAGE, title="Tin mới"))

    assert (await world.revisions(), world.told) == ([0, 1], [])


async def test_an_article_that_is_gone_twice_is_reported_once(world: World) -> None:
    for hours in (1, 0.25, 5, 18):
        await world.passes(hours, ArticleGoneError("404"))

    (told,) = world.told
    labels = [button.label for row in told[1].keyboard for button in row]
    assert (told[0], labels) == (OWNER, ["Thu hồi 1 tin đã gửi", "Giữ nguyên"])


async def test_an_article_that_stays_gone_is_logged_when_that_changes_and_no_more(world: World) -> None:
    gone = ArticleGoneError("404")
    with capture_logs() as logs:
        for _ in range(5):
            await world.passes(1, gone)
        await world.passes(6, PAGE)
        await world.passes(14, gone)

    assert [log["event"] for log in logs if log["event"].startswith("an article")] == [
        "an article is gone",
        "an article stays gone: managers are asked",
        "an article is there again",
        "an article is gone",
    ]


async def test_an_article_that_was_gone_once_and_came_back_is_not_reported(world: World) -> None:
    await world.passes(1, ArticleGoneError("404"))
    await world.passes(0.25, PAGE)
    await world.passes(5, ArticleGoneError("404"))

    assert world.told == []


async def test_a_question_goes_out_through_every_account_that_is_ours(world: World) -> None:
    at, other = world.polling, AccountId("zalo:7")
    accounts_there = [FakeAccount(other, frozenset({"abc"})), world.account]
    async with at.database.write() as tx:
        now = at.clock.now()
        await accounts.register(tx, other, platform="zalo", name="", now=now)
        address = Address(other, "abc")
        await chats.register(tx, address, kind=ChatKind.PRIVATE, language="vi", title=None, now=now)
    at.source.entries[FEED.id] = tuple(entry(number) for number in range(100, 112))
    await at.poll()
    notices = ApprovalRequests(at.database, at.clock, world.questions, accounts_there)

    asked = []
    for is_ours in (False, True):
        accounts_there[0].state = AccountHealth(ours=is_ours)
        at.clock.advance(24 * HOUR)
        await notices.ask()
        asked.append([len(account.said) for account in accounts_there])

    assert asked == [[0, 1], [1, 2]]


async def test_admins_are_asked_about_the_topics_alone_that_they_decide_about(world: World) -> None:
    ours, other = frozenset({TOPIC.id}), frozenset({TopicId("khac")})
    admins_there = {
        "11": Appointment((Role.PUBLISHER,)),
        "12": Appointment((Role.PUBLISHER,), ours),
        "13": Appointment((Role.PUBLISHER,), other),
        "14": Appointment((Role.FEEDS, Role.READER)),
    }
    now = world.polling.clock.now()
    async with world.polling.database.write() as tx:
        for user, appointment in admins_there.items():
            await admins.appoint(tx, ACCOUNT, user, appointment, appointed_by=OWNER, now=now)
    for user in admins_there:
        await world.knows(user)

    for hours in (1, 0.25, 5, 18):
        await world.passes(hours, ArticleGoneError("404"))

    assert sorted(chat for chat, _ in world.told) == ["11", "12", OWNER]


async def hold_entries(world: World) -> None:
    """Have a poll bring so many entries at once that they are held."""
    world.polling.source.entries[FEED.id] = tuple(entry(number) for number in range(100, 112))
    await world.polling.poll()


async def dead_account(world: World, outcome: Callable[[Address], Outcome]) -> FakeAccount:
    """Return another account, whose owner has written to it."""
    dead, now = AccountId("zalo:7"), world.polling.clock.now()
    async with world.polling.database.write() as tx:
        await accounts.register(tx, dead, platform="zalo", name="", now=now)
        address = Address(dead, "abc")
        await chats.register(tx, address, kind=ChatKind.PRIVATE, language="vi", title=None, now=now)
    return FakeAccount(dead, frozenset({"abc"}), outcome=outcome)


async def test_a_dead_account_keeps_no_reminder_from_the_owners_of_another(world: World) -> None:
    at = world.polling
    dead = await dead_account(world, lambda _: RetryLater("the account is not ours"))
    notices = ApprovalRequests(at.database, at.clock, world.questions, [dead, world.account])
    await hold_entries(world)

    asked = []
    for hours in (0, 0.5, 0.6, 23, 1.1, 23):
        at.clock.advance(hours * HOUR)
        await notices.ask()
        asked.append(len(world.told))

    # It is tried for an hour; from then on the question counts as asked, and is put anew every day.
    assert (asked, len(dead.said)) == ([1, 1, 1, 1, 2, 2], 5)


async def test_a_silent_account_is_waited_for_once_and_not_with_every_question(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Silent(FakeAccount):
        async def reply(self, address: Address, message: Message) -> Outcome:
            await super().reply(address, message)
            await asyncio.Event().wait()
            raise AssertionError

    monkeypatch.setattr(approvals, "HEARD_WITHIN", 2.0)
    at = world.polling
    dead = await dead_account(world, lambda _: Receipt("1"))
    silent = Silent(dead.id, dead.owners)
    notices = ApprovalRequests(at.database, at.clock, world.questions, [silent, world.account])
    await hold_entries(world)
    at.source.read_anew[PAGE.url] = ArticleGoneError("404")
    for hours in (1, 0.25, 5):
        at.clock.advance(hours * HOUR)
        await world.corrections.read_due()

    await notices.ask()

    assert (len(silent.said), len(world.told)) == (1, 2)


async def test_owners_are_asked_about_a_hold_and_reminded_daily(world: World) -> None:
    at = world.polling
    at.source.entries[FEED.id] = tuple(entry(number) for number in range(100, 112))
    await at.poll()

    asked = []
    for hours in (0, 1, 23, 24):
        at.clock.advance(hours * HOUR)
        await world.notices.ask_about_holds()
        asked.append(len(world.told))

    labels = [button.label for row in world.told[0][1].keyboard for button in row]
    assert (asked, labels) == (
        [1, 1, 2, 3],
        [
            "Gửi cả 12 bài",
            "Gửi 3 bài mới nhất",
            "Gửi 10 bài mới nhất",
            "Xem tiêu đề (12)",
            "Chỉ lưu, không gửi",
        ],
    )


async def test_an_owner_who_could_not_be_reached_is_asked_again_in_an_hour(world: World) -> None:
    at = world.polling
    at.source.entries[FEED.id] = tuple(entry(number) for number in range(100, 112))
    await at.poll()
    world.outcome = ChatUnreachable("blocked")

    await world.notices.ask_about_holds()
    at.clock.advance(HOUR)
    await world.notices.ask_about_holds()

    assert len(world.told) == 2


async def test_who_has_a_question_is_not_asked_again_while_another_cannot_be_reached(world: World) -> None:
    at = world.polling
    await world.knows(OTHER_OWNER)
    at.source.entries[FEED.id] = tuple(entry(number) for number in range(100, 112))
    await at.poll()
    world.outcomes[OTHER_OWNER] = RetryLater("the account is not ours")

    for _ in range(3):
        await world.notices.ask_about_holds()
        at.clock.advance(10)
    world.outcomes.clear()
    for _ in range(3):
        await world.notices.ask_about_holds()
        at.clock.advance(10)

    assert [chat for chat, _ in world.told] == [OWNER, *[OTHER_OWNER] * 4]


async def test_about_an_article_that_is_gone_those_who_are_to_be_asked_later_are_asked_once_more(
    world: World,
) -> None:
    await world.knows(OTHER_OWNER)
    world.outcomes[OWNER] = RetryLater("closed for long")
    await world.passes(1, ArticleGoneError("404"))
    await world.passes(0.25, ArticleGoneError("404"))
    world.outcomes.clear()

    for _ in range(2):
        await world.notices.ask()

    assert [chat for chat, _ in world.told] == [OWNER, OTHER_OWNER, OWNER]


async def test_about_an_article_that_is_gone_it_is_asked_again_when_nobody_could_be_reached(
    world: World,
) -> None:
    world.outcome = ChatUnreachable("blocked")
    await world.passes(1, ArticleGoneError("404"))
    await world.passes(0.25, ArticleGoneError("404"))
    world.outcome = Receipt("1")

    asked = []
    for hours in (0.5, 0.5, 0.5):
        world.polling.clock.advance(hours * HOUR)
        await world.notices.ask()
        asked.append(len(world.told))

    assert asked == [1, 2, 2]
