"""Who may approve is asked in their own chat, reminded, and sees who has answered."""

from dataclasses import dataclass, field, replace

import pytest

from bot.app import approval_texts
from bot.domain.chats.chat import Address, ChatKind
from bot.domain.chats.message import Message, NewPhoto
from bot.domain.delivery.delivery import Outcome, Receipt, RetryLater
from bot.domain.desk.approval_rule import Approval, ApprovalRule
from bot.domain.desk.audit import Actor, AuditPlace
from bot.domain.desk.roles import Role
from bot.domain.news.article import Article, PreparedPhoto
from bot.domain.publication.approval import Answer, Given
from bot.domain.publication.publication import PublicationId
from bot.i18n import FormOfAddress, Translator
from bot.services.operations.approval_questions import UNHEARD_AFTER, ApprovalQuestions
from bot.services.operations.managed_account import AccountHealth
from bot.services.publishing.approval import ask_anew, give
from bot.services.publishing.releases import Releases
from bot.store.articles import articles
from bot.store.chats import chats
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.publications import approvals
from bot.store.publications.approvals import Worth
from bot.store.runtime import admins
from bot.store.runtime.admins import Appointment
from tests.fakes import FakeClock, FakeMessenger
from tests.managed import FakeAccount
from tests.store.world import ACCOUNT, DAYS, DOMESTIC, FEED, FOREIGN, prepare

OWNER, LAN, MINH = "900", "44", "45"
TEXTS = Translator.load(FormOfAddress.YOU, {"vi": "Cục", "en": "Office"})
PHOTO = PreparedPhoto("0" * 64, "https://agency.example/a.jpg", b"jpeg", 10, 10)
URGENT = Worth(owed=True, urgent=True, lasts=DAYS)


@dataclass
class Desk:
    """An owner, and two publishers of whom one is for another topic; all have written to the bot."""

    database: Database
    clock: FakeClock = field(default_factory=FakeClock)
    told: int = 0
    outcome: Outcome | None = None

    def __post_init__(self) -> None:
        self.account = FakeAccount(ACCOUNT, frozenset({OWNER}), outcome=self._outcome)
        self.restart()

    def restart(self) -> None:
        self.questions = ApprovalQuestions(self.database, self.clock, approval_texts(TEXTS), self.account)

    def _outcome(self, _address: Address) -> Outcome:
        self.told += 1
        return self.outcome or Receipt(str(self.told))

    async def prepare(self, approval: Approval = Approval.ONE) -> None:
        now = self.clock.now()
        await prepare(self.database)
        async with self.database.write() as tx:
            asking = replace(DOMESTIC, approval=ApprovalRule(approval))
            await feeds.sync_definitions(tx, [asking, FOREIGN], [FEED], now)
            for user, topics in ((LAN, None), (MINH, frozenset({FOREIGN.id}))):
                chosen = Appointment((Role.PUBLISHER,), topics, f"Đồng chí {user}")
                await admins.appoint(tx, ACCOUNT, user, chosen, appointed_by=OWNER, now=now)
            for user in (OWNER, LAN, MINH):
                address = Address(ACCOUNT, user)
                await chats.register(tx, address, kind=ChatKind.PRIVATE, language="vi", title=None, now=now)

    async def submit(self, worth: Worth = URGENT, article: Article | None = None) -> PublicationId:
        now = self.clock.now()
        news = article or Article("https://agency.example/5", "Quyết định số 5", "Tóm tắt.")
        async with self.database.write() as tx:
            saved = await articles.save(tx, news, photo=PHOTO, topic=DOMESTIC.id, now=now)
            publication = PublicationId(saved.id, DOMESTIC.id)
            await approvals.ask(tx, publication, worth, now)
        return publication

    async def answers(self, publication: PublicationId, answer: Answer, user: str = LAN) -> None:
        actor = Actor(AuditPlace.CHAT, user, ACCOUNT)
        async with self.database.write() as tx:
            assert await give(tx, publication, Given(answer), actor, now=self.clock.now())

    async def said(self) -> list[tuple[str, Message]]:
        """Return what people are told now."""
        self.account.said.clear()
        await self.questions.look()
        return list(self.account.said)


@pytest.fixture
async def desk(db: Database) -> Desk:
    desk = Desk(db)
    await desk.prepare()
    return desk


def words(message: Message) -> str:
    return "".join(span.text for span in message.text)


async def test_owners_and_the_publishers_of_the_topic_are_asked_once_with_the_card(desk: Desk) -> None:
    await desk.submit()

    said = await desk.said()

    assert sorted(user for user, _ in said) == [LAN, OWNER]
    card = said[0][1]
    assert card.photo == NewPhoto(PHOTO.key, PHOTO.content)
    assert words(card).startswith("Quyết định số 5")
    assert "Tóm tắt." in words(card)
    assert "Đây là tin khẩn." in words(card)
    assert "Nếu đến 08:30 ngày 03/03/2026 chưa có trả lời, bot sẽ nhắc lại." in words(card)
    assert [button.label for button in card.keyboard[0]] == ["✅ Duyệt", "🕗 Hẹn giờ"]
    assert await desk.said() == []
    desk.restart()
    assert await desk.said() == []


async def test_a_card_with_its_question_fits_what_a_photo_may_say(desk: Desk) -> None:
    await desk.submit(article=Article("https://agency.example/6", "Rất dài " * 60, "Một câu dài. " * 200))

    (_, card), _ = await desk.said()

    assert len(words(card)) <= FakeMessenger().capabilities.caption_length
    assert "Bài chờ duyệt" in words(card)


async def test_who_was_asked_sees_who_has_answered(desk: Desk) -> None:
    publication = await desk.submit()
    await desk.said()
    await desk.answers(publication, Answer.REJECT)

    said = await desk.said()

    assert sorted(user for user, _ in said) == [LAN, OWNER]
    assert {message.replaces for _, message in said} == {"1", "2"}
    assert "✖ Đồng chí 44 đã từ chối bài trong chuyên mục “Trong nước”" in words(said[0][1])
    assert said[0][1].keyboard == ()
    assert await desk.said() == []


async def test_who_could_not_be_told_of_an_answer_is_told_later(desk: Desk) -> None:
    publication = await desk.submit()
    await desk.said()
    await desk.answers(publication, Answer.REJECT)
    desk.outcome = RetryLater("502")
    assert len(await desk.said()) == 2
    assert await desk.said() == []
    desk.outcome = None

    desk.clock.advance(UNHEARD_AFTER.total_seconds())

    assert {message.replaces for _, message in await desk.said()} == {"1", "2"}
    assert await desk.said() == []


async def test_a_change_asks_anew_and_says_so_where_it_was_asked_before(desk: Desk) -> None:
    publication = await desk.submit()
    await desk.said()
    async with desk.database.write() as tx:
        await ask_anew(tx, publication.article, now=desk.clock.now())

    said = await desk.said()

    assert ["thay đổi" in words(message) for _, message in said] == [True, True, False, False]
    assert sorted(user for user, _ in said[2:]) == [LAN, OWNER]


async def test_where_two_approve_who_has_is_not_asked_again(db: Database) -> None:
    desk = Desk(db)
    await desk.prepare(Approval.TWO)
    publication = await desk.submit()
    await desk.answers(publication, Answer.APPROVE)

    ((user, card),) = await desk.said()

    assert user == OWNER
    assert "còn thiếu 1 người (đã duyệt: Đồng chí 44)" in words(card)


async def test_people_are_reminded_of_what_nobody_has_answered(desk: Desk) -> None:
    await desk.submit()
    await desk.said()
    desk.clock.advance(24 * 3600)
    await Releases(desk.database, desk.clock, on_owed=lambda: None).release_due()

    assert len(await desk.said()) == 2
    assert await desk.said() == []


async def test_nobody_is_asked_about_what_is_no_news(desk: Desk) -> None:
    await desk.submit(replace(URGENT, owed=False))

    assert await desk.said() == []


async def test_who_cannot_be_reached_is_tried_again_later(desk: Desk) -> None:
    await desk.submit()
    desk.outcome = RetryLater("502")
    assert len(await desk.said()) == 2
    assert await desk.said() == []
    desk.outcome = None

    desk.clock.advance(UNHEARD_AFTER.total_seconds())

    assert len(await desk.said()) == 2


async def test_an_account_that_is_not_ours_asks_nobody(desk: Desk) -> None:
    await desk.submit()
    desk.account.state = AccountHealth(ours=False)

    assert await desk.said() == []


async def test_where_nothing_can_be_edited_nothing_is_said_about_an_answer(desk: Desk) -> None:
    capabilities = replace(FakeMessenger().capabilities, edits=False)
    desk.account.messenger = FakeMessenger(capabilities=capabilities)
    publication = await desk.submit()
    await desk.said()
    await desk.answers(publication, Answer.APPROVE)

    assert await desk.said() == []
