"""A topic that asks for approval: what comes in waits, and its page is looked after meanwhile."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.chats.chat import TopicId
from bot.domain.delivery.fair_queue import Lane
from bot.domain.desk.approval_rule import Approval, ApprovalRule
from bot.domain.desk.audit import Actor, AuditPlace
from bot.domain.news.article import Article
from bot.domain.news.correction import REPORTED_AT, CorrectionRules
from bot.domain.news.feed import ArticleGoneError
from bot.domain.publication.approval import Answer, Given
from bot.domain.publication.publication import PublicationState, Step
from bot.services.ingest.revisits import Revisits
from bot.services.publishing.approval import give
from bot.services.publishing.publications import take_step
from bot.store.articles import revisits as revisit_rows
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.publications import approvals
from bot.store.publications.approvals import ApprovalRequest
from tests.services.polling_world import FEED, OTHER, TOPIC, PollingWorld, entry
from tests.store.world import rows

RULES = CorrectionRules((timedelta(hours=1), timedelta(hours=6)), timedelta(hours=6), 3)
HOUR = 3600.0
LAN = Actor(AuditPlace.CHAT, "900")
PAGE = Article(entry(2).link, "Tin 2 (đính chính)")


@pytest.fixture
async def world(db: Database) -> PollingWorld:
    """A topic that asks for approval; the first article is known, and the second comes in."""
    world = await PollingWorld.make(db)
    asking = replace(TOPIC, approval=ApprovalRule(Approval.ONE), urgent_words=("Tin 2",))
    async with db.write() as tx:
        await feeds.sync_definitions(tx, [asking], [FEED, OTHER], world.clock.now())
    world.source.entries[FEED.id] = (entry(1),)
    await world.poll()
    world.source.entries[FEED.id] = (entry(2), entry(1))
    await world.poll()
    return world


async def waiting(world: PollingWorld) -> tuple[ApprovalRequest, ...]:
    async with world.database.read() as tx:
        return await approvals.waiting(tx, topics=None, limit=9)


async def reread(world: PollingWorld, page: Article, hours: float = 1) -> None:
    """Let time pass and the page be read again."""
    world.clock.advance(hours * HOUR)
    world.source.read_anew[page.url] = page
    revisits = Revisits(world.database, world.source, world.clock, rules=RULES, on_owed=lambda: None)
    await revisits.read_due()


async def approve(world: PollingWorld, round_seen: int | None = None) -> PublicationState | None:
    news, *_ = await waiting(world)
    given = Given(Answer.APPROVE, round=round_seen)
    async with world.database.write() as tx:
        return await give(tx, news.publication, given, LAN, now=world.clock.now())


async def test_what_comes_in_waits_and_what_was_there_before_is_asked_about_to_nobody(
    world: PollingWorld,
) -> None:
    news, known = await waiting(world)

    assert (news.title, news.worth.owed, news.worth.urgent) == ("Tin 2", True, True)
    assert (known.title, known.worth.owed, known.answer_until) == ("Tin 1", False, None)
    assert news.answer_until == world.clock.now() + timedelta(hours=24)
    assert await world.deliveries() == 0


async def test_what_is_approved_goes_out_as_urgent_and_lasts_from_then(world: PollingWorld) -> None:
    world.clock.advance(80 * HOUR)

    await approve(world)

    assert await world.owed_to() == [("-100", TopicId("tin"))]
    ((lane, expires_at),) = await rows(world.database, "lane", "expires_at")
    assert (lane, expires_at) == (Lane.URGENT, world.clock.now() + timedelta(hours=72))


async def test_a_change_of_the_page_changes_what_waits_and_asks_anew(world: PollingWorld) -> None:
    await reread(world, PAGE)

    news, _ = await waiting(world)
    assert (news.title, news.waiting.round) == ("Tin 2 (đính chính)", 2)
    assert await approve(world, round_seen=1) is None
    assert await approve(world, round_seen=2) is PublicationState.RELEASED
    assert await rows(world.database, "revision") == [(0,)]


async def test_a_page_is_looked_after_for_as_long_as_it_waits_and_from_its_release_on(
    world: PollingWorld,
) -> None:
    for number in range(40):
        await reread(world, replace(PAGE, title=f"Tin 2, bản {number}"))
    await approve(world)
    read = []
    for hour in range(1, 9):
        before = len(world.source.read_for)
        await reread(world, replace(PAGE, title="Tin 2, bản 39"))
        read += [hour] * (len(world.source.read_for) - before)

    assert (await waiting(world))[0].title == "Tin 1"
    assert read == [1, 6]


async def test_what_waits_can_be_recalled_once_its_page_is_gone_and_what_was_rejected_is_no_trouble(
    world: PollingWorld,
) -> None:
    news, _ = await waiting(world)
    gone = ArticleGoneError("404")
    for _ in range(REPORTED_AT):
        world.clock.advance(HOUR)
        world.source.read_anew[PAGE.url] = gone
        await Revisits(
            world.database, world.source, world.clock, rules=RULES, on_owed=lambda: None
        ).read_due()

    async with world.database.write() as tx:
        unasked = await revisit_rows.unasked(tx, absences=REPORTED_AT)
        await give(tx, news.publication, Given(Answer.REJECT), LAN, now=world.clock.now())
        after_rejection = await revisit_rows.unasked(tx, absences=REPORTED_AT)
    assert (unasked, after_rejection) == ((news.publication.article,), ())


async def test_a_recall_ends_what_waits_and_owes_nothing(world: PollingWorld) -> None:
    news, _ = await waiting(world)
    async with world.database.write() as tx:
        state = await take_step(tx, news.publication.article, Step.RECALL, LAN, now=world.clock.now())

    assert state is PublicationState.RECALLED
    assert [each.title for each in await waiting(world)] == ["Tin 1"]
    assert await world.deliveries() == 0


async def test_another_feed_that_knows_more_of_what_waits_asks_anew(world: PollingWorld) -> None:
    world.source.entries[OTHER.id] = ()
    await world.poll("other")
    world.source.entries[OTHER.id] = (replace(entry(2), guid="elsewhere", summary="Tóm tắt"),)

    await world.poll("other")

    news, _ = await waiting(world)
    assert (news.waiting.round, len(await waiting(world))) == (2, 2)
