"""The page of an article that was edited changes: nothing is overwritten, and somebody is asked."""

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

import pytest

from bot.commands.admin.approvals import hold_question, withdrawal_question
from bot.commands.admin.publishing.source_changes import source_question
from bot.domain.chats.chat import Address, ChatKind
from bot.domain.chats.preferences import Preferences
from bot.domain.delivery.delivery import DeliveryStatus, Receipt, Settlement
from bot.domain.desk.approval_rule import Approval, ApprovalRule
from bot.domain.desk.audit import Actor, AuditPlace
from bot.domain.news.article import Article, ArticleId
from bot.domain.news.correction import CorrectionRules
from bot.domain.publication.approval import Answer, Given
from bot.domain.publication.editing import Edit, SourceText
from bot.domain.publication.publication import PublicationState
from bot.i18n import FormOfAddress, Translator
from bot.services.ingest.revisits import Revisits
from bot.services.operations.approvals import ApprovalRequests, Questions
from bot.services.publishing.approval import give
from bot.services.publishing.editing import edit
from bot.services.publishing.source_changes import leave, take
from bot.store.articles import articles, source_texts
from bot.store.chats import chats
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.outbox import outbox
from bot.store.publications import approvals
from bot.store.publications.approvals import ApprovalRequest
from tests.managed import FakeAccount
from tests.services.polling_world import ACCOUNT, FEED, OTHER, TOPIC, PollingWorld, entry
from tests.store.world import rows

RULES = CorrectionRules((timedelta(hours=1), timedelta(hours=6)), timedelta(hours=6), 3)
HOUR = 3600.0
DAYS = timedelta(days=3)
LAN = Actor(AuditPlace.CHAT, "900")
OWNER = "900"
PAGE = Article(entry(2).link, "Tin 2 (đính chính)")
TEXTS = Translator.load(FormOfAddress.YOU, {"vi": "Cục", "en": "Office"})


@dataclass
class Desk:
    """A topic that asks one person, an article there that was edited, and an owner to be asked."""

    polling: PollingWorld
    article: ArticleId

    def __post_init__(self) -> None:
        at = self.polling
        self.account = FakeAccount(ACCOUNT, frozenset({OWNER}), outcome=lambda _: Receipt("1"))
        questions = Questions(
            about_hold=partial(hold_question, translator=TEXTS),
            about_withdrawal=partial(withdrawal_question, translator=TEXTS),
            about_source=partial(source_question, translator=TEXTS),
        )
        self.notices = ApprovalRequests(at.database, at.clock, questions, [self.account])
        self.revisits = Revisits(at.database, at.source, at.clock, rules=RULES, on_owed=lambda: None)

    async def reread(self, page: Article = PAGE) -> None:
        self.polling.clock.advance(HOUR)
        self.polling.source.read_anew[page.url] = page
        await self.revisits.read_due()
        await self.notices.ask()

    async def approve(self, seen: int | None = None) -> PublicationState | None:
        request = await self.waiting()
        assert request is not None
        given = Given(Answer.APPROVE, round=seen)
        async with self.polling.database.write() as tx:
            return await give(tx, request.publication, given, LAN, now=self.polling.clock.now())

    async def send(self) -> None:
        """Have what is owed be sent."""
        now, claimant = self.polling.clock.now(), outbox.Claimant(account=ACCOUNT, owner="s", lease=DAYS)
        async with self.polling.database.write() as tx:
            batch = await outbox.claim(tx, claimant, now=now, limit=5, usual=Preferences())
            (owed,) = batch.deliveries
            sent = Settlement(owed.id, DeliveryStatus.SENT, attempts=1, message_id="77")
            await outbox.settle(tx, [sent], owner="s", now=now)

    async def waiting(self) -> ApprovalRequest | None:
        async with self.polling.database.read() as tx:
            return next(iter(await approvals.of_article(tx, self.article)), None)

    async def title(self) -> str:
        async with self.polling.database.read() as tx:
            stored = await articles.get(tx, self.article)
        assert stored is not None
        return stored.article.title

    async def source(self) -> SourceText | None:
        async with self.polling.database.read() as tx:
            return await source_texts.get(tx, self.article)

    async def decide(self, version: int, *, takes: bool) -> bool:
        now = self.polling.clock.now()
        async with self.polling.database.write() as tx:
            if takes:
                return await take(tx, self.article, version, LAN, lasts=DAYS, now=now)
            return await leave(tx, self.article, version, LAN, now=now)


@pytest.fixture
async def desk(db: Database) -> Desk:
    world = await PollingWorld.make(db)
    async with db.write() as tx:
        asking = replace(TOPIC, approval=ApprovalRule(Approval.ONE))
        await feeds.sync_definitions(tx, [asking], [FEED, OTHER], world.clock.now())
        owner = Address(ACCOUNT, OWNER)
        await chats.register(
            tx, owner, kind=ChatKind.PRIVATE, language="vi", title=None, now=world.clock.now()
        )
    world.source.entries[FEED.id] = ()
    await world.poll()
    world.source.entries[FEED.id] = (entry(2),)
    await world.poll()
    async with db.write() as tx:
        (request,) = await approvals.waiting(tx, topics=None, limit=9)
        article = request.publication.article
        await edit(tx, article, Edit.of_words(title="Bản sửa"), LAN, now=world.clock.now())
    return Desk(world, article)


async def test_a_change_of_the_page_leaves_what_waits_and_asks_anew_with_what_it_says(desk: Desk) -> None:
    await desk.reread()

    request, source = await desk.waiting(), await desk.source()
    assert request is not None
    assert source is not None
    assert (request.waiting.round, await desk.title(), source.title) == (3, "Bản sửa", PAGE.title)
    assert await desk.approve(seen=2) is None
    assert await desk.approve(seen=3) is PublicationState.RELEASED
    assert desk.account.said == []


async def test_a_page_that_says_what_it_said_asks_nobody(desk: Desk) -> None:
    await desk.reread(replace(PAGE, title="Tin 2"))

    request = await desk.waiting()
    assert request is not None
    assert request.waiting.round == 2


async def test_another_feed_completes_what_the_source_says_alone(desk: Desk) -> None:
    world = desk.polling
    world.source.entries[OTHER.id] = ()
    await world.poll("other")
    world.source.entries[OTHER.id] = (replace(entry(2), guid="elsewhere", summary="Tóm tắt"),)
    await world.poll("other")

    source, request = await desk.source(), await desk.waiting()
    assert source is not None
    assert request is not None
    assert (source.summary, source.version, request.waiting.round) == ("Tóm tắt", 1, 3)
    async with world.database.read() as tx:
        stored = await articles.get(tx, desk.article)
    assert stored is not None
    assert stored.article.summary == ""


async def test_after_the_release_somebody_is_asked_once_and_takes_the_change(desk: Desk) -> None:
    await desk.approve()
    await desk.send()
    await desk.reread()
    await desk.notices.ask()

    ((person, message),) = desk.account.said
    labels = [button.label for row in message.keyboard for button in row]
    assert (person, labels) == (OWNER, ["Lấy theo trang nguồn", "Giữ bản đã sửa"])
    assert (await desk.title(), await rows(desk.polling.database, "revision")) == ("Bản sửa", [(0,)])
    assert await desk.decide(1, takes=True)

    assert (await desk.title(), await desk.source()) == (PAGE.title, None)
    assert await rows(desk.polling.database, "revision") == [(0,), (1,)]
    assert not await desk.decide(1, takes=False)


async def test_who_leaves_it_is_asked_again_only_about_the_next_change(desk: Desk) -> None:
    await desk.approve()
    await desk.reread()
    assert await desk.decide(1, takes=False)
    assert not await desk.decide(1, takes=True)
    desk.polling.clock.advance(4 * HOUR)
    await desk.reread(replace(PAGE, title="Lần hai"))

    assert len(desk.account.said) == 2
    assert not await desk.decide(1, takes=True)
    assert await desk.decide(2, takes=True)
    assert await desk.title() == "Lần hai"


async def test_one_approves_while_the_page_changes_and_somebody_is_asked_either_way(desk: Desk) -> None:
    state, _ = await asyncio.gather(desk.approve(seen=2), desk.reread())
    await desk.notices.ask()

    source, request = await desk.source(), await desk.waiting()
    assert source is not None
    assert (await desk.title(), source.title) == ("Bản sửa", PAGE.title)
    if state is None:
        assert request is not None
        assert request.waiting.round == 3
    else:
        assert (state, request, source.undecided) == (PublicationState.RELEASED, None, True)
        assert len(desk.account.said) == 1
