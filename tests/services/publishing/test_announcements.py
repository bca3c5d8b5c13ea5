"""An announcement whose time is over: what was sent says so or is deleted, once, and no more goes out."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.domain.chats.chat import ChatId
from bot.domain.chats.preferences import Schedule, Timing
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.desk.approval_rule import Approval, ApprovalRule
from bot.domain.desk.audit import SERVICE, AuditAction
from bot.domain.news.article import Article, ArticleId
from bot.domain.publication.announcement import AtEnd, Draft
from bot.domain.publication.approval import Answer, Given
from bot.domain.publication.publication import PublicationId, PublicationState, Step
from bot.services.publishing.announcements import AnnouncementEnds, announce
from bot.services.publishing.approval import give
from bot.services.publishing.contents import PublishingRules
from bot.services.publishing.publications import take_step
from bot.services.publishing.releases import Releases
from bot.store.articles import articles
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.publications import approvals, publications
from bot.store.runtime import audit
from bot.store.schema import announcements as announcements_table
from bot.store.schema import deliveries
from tests.fakes import FakeClock
from tests.services.publishing.test_contents import ACTOR, PHOTO
from tests.store.world import DOMESTIC, FEED, FOREIGN, NOW, choose, claim, prepare, sent, settle, subscribe

HOUR = timedelta(hours=1)
DRAFT = Draft("thong-bao", "Nghỉ lễ", ("Cục nghỉ lễ.",), topics=(DOMESTIC.id,), ends_at=NOW + HOUR)


@pytest.fixture
async def desk(db: Database) -> Database:
    await prepare(db)
    return db


async def release(db: Database, draft: Draft = DRAFT) -> ArticleId:
    async with db.write() as tx:
        article = await announce(tx, draft, [DOMESTIC], ACTOR, PublishingRules(), now=NOW)
    assert article
    return article


async def end(db: Database, *, after: timedelta = HOUR) -> int:
    """Have the ends looked at so long after NOW; return how often something was owed by that."""
    owed: list[None] = []
    clock = FakeClock(NOW + after)
    await AnnouncementEnds(db, clock, on_owed=lambda: owed.append(None)).end_due()
    return len(owed)


async def states(db: Database, article: ArticleId) -> PublicationState | None:
    async with db.read() as tx:
        found = await publications.get(tx, article)
    return found.state if found else None


async def actions(db: Database) -> list[AuditAction]:
    async with db.read() as tx:
        lines = await audit.newest(tx, limit=9)
    return [line.act.action for line in reversed(lines) if line.actor == SERVICE]


async def left(db: Database) -> list[tuple[ChatId, int, DeliveryStatus]]:
    async with db.read() as tx:
        query = select(deliveries.c.chat_id, deliveries.c.revision, deliveries.c.status)
        rows = (await tx.execute(query.order_by(deliveries.c.id))).all()
    return [(ChatId(chat), revision, DeliveryStatus(status)) for chat, revision, status in rows]


async def test_it_ends_at_its_time_and_not_before(desk: Database) -> None:
    article = await release(desk)

    before = await end(desk, after=HOUR - timedelta(seconds=1))
    at_its_time = await end(desk)

    assert (before, at_its_time) == (0, 1)
    assert await states(desk, article) is PublicationState.ENDED
    assert await actions(desk) == [AuditAction.ANNOUNCEMENT_ENDED]


async def test_it_ends_once_however_many_look(desk: Database) -> None:
    (chat,) = await subscribe(desk, "1")
    article = await release(desk)
    (first,) = await claim(desk)
    await settle(desk, sent(first))

    await asyncio.gather(*(end(desk) for _ in range(4)))
    await end(desk, after=2 * HOUR)

    assert await actions(desk) == [AuditAction.ANNOUNCEMENT_ENDED]
    (telling,) = await claim(desk, now=NOW + HOUR)
    assert (telling.chat, telling.article, telling.revision, telling.replaces) == (chat, article, 1, "77")


async def test_what_was_not_sent_by_then_is_not_sent_any_more(desk: Database) -> None:
    waiting, digest = await subscribe(desk, "1", "2")
    await choose(desk, digest, schedule=Schedule(Timing.DAILY, 18))
    await release(desk)
    await end(desk)

    assert await claim(desk, now=NOW + 12 * HOUR) == ()

    cancelled = DeliveryStatus.CANCELLED
    assert await left(desk) == [(waiting, 0, cancelled), (digest, 0, cancelled)]


async def test_one_that_is_to_be_deleted_is_recalled(desk: Database) -> None:
    await subscribe(desk, "1")
    article = await release(desk, replace(DRAFT, at_end=AtEnd.DELETE))
    (first,) = await claim(desk)
    await settle(desk, sent(first))

    await end(desk)

    (telling,) = await claim(desk, now=NOW + HOUR)
    assert telling.takes_back
    assert await states(desk, article) is PublicationState.RECALLED
    assert await actions(desk) == [AuditAction.PUBLICATION_RECALLED]


async def test_one_that_was_stopped_ends_and_holds_nothing_any_more(desk: Database) -> None:
    (chat,) = await subscribe(desk, "1")
    article = await release(desk)
    async with desk.write() as tx:
        await take_step(tx, article, Step.STOP, ACTOR, now=NOW)
    assert await claim(desk) == ()

    await end(desk)

    assert await claim(desk, now=NOW + HOUR) == ()
    assert await left(desk) == [(chat, 0, DeliveryStatus.CANCELLED)]
    async with desk.write() as tx:
        assert await take_step(tx, article, Step.RESUME, ACTOR, now=NOW) is None


async def test_one_that_was_recalled_before_is_left_alone(desk: Database) -> None:
    article = await release(desk)
    async with desk.write() as tx:
        await take_step(tx, article, Step.RECALL, ACTOR, now=NOW)

    await end(desk)

    assert await states(desk, article) is PublicationState.RECALLED
    assert await actions(desk) == []


async def test_one_that_is_over_is_found_no_more_and_can_still_be_recalled(desk: Database) -> None:
    article = await release(desk)
    await end(desk)

    async with desk.write() as tx:
        found, _ = await articles.latest(tx, topics=[DOMESTIC.id], limit=9)
        recalled = await take_step(tx, article, Step.RECALL, ACTOR, now=NOW)

    assert (found, recalled) == ((), PublicationState.RECALLED)


async def test_one_for_later_is_released_at_its_time_to_who_subscribes_then(desk: Database) -> None:
    article = await release(desk, replace(DRAFT, release_at=NOW + HOUR, ends_at=NOW + 3 * HOUR))
    (chat,) = await subscribe(desk, "1")
    assert await states(desk, article) is PublicationState.SCHEDULED
    assert await claim(desk) == ()

    await come_due(desk, after=HOUR)

    assert await states(desk, article) is PublicationState.RELEASED
    assert [each.chat for each in await claim(desk, now=NOW + HOUR)] == [chat]


async def test_where_its_topic_asks_for_approval_it_waits_for_that_and_for_its_time(desk: Database) -> None:
    await subscribe(desk, "1")
    rule = ApprovalRule(Approval.ONE)
    async with desk.write() as tx:
        await feeds.sync_definitions(tx, [replace(DOMESTIC, approval=rule), FOREIGN], [FEED], NOW)
    article = await release(desk, replace(DRAFT, release_at=NOW + HOUR, ends_at=NOW + 3 * HOUR))
    waits = await states(desk, article)

    async with desk.write() as tx:
        await give(tx, PublicationId(article, DOMESTIC.id), Given(Answer.APPROVE), ACTOR, now=NOW)
    approved = await states(desk, article)
    await come_due(desk, after=HOUR)

    assert (waits, approved) == (PublicationState.AWAITING, PublicationState.SCHEDULED)
    assert await states(desk, article) is PublicationState.RELEASED


async def test_one_that_nobody_approves_before_it_is_over_is_never_sent(desk: Database) -> None:
    await subscribe(desk, "1")
    rule = ApprovalRule(Approval.ONE)
    async with desk.write() as tx:
        await feeds.sync_definitions(tx, [replace(DOMESTIC, approval=rule), FOREIGN], [FEED], NOW)
    article = await release(desk)

    await end(desk)

    assert await states(desk, article) is PublicationState.RECALLED
    assert await claim(desk, now=NOW + HOUR) == ()


async def test_where_it_still_waits_in_another_topic_nobody_is_asked_any_more(desk: Database) -> None:
    rule = ApprovalRule(Approval.ONE)
    async with desk.write() as tx:
        await feeds.sync_definitions(tx, [DOMESTIC, replace(FOREIGN, approval=rule)], [FEED], NOW)
        draft = replace(DRAFT, topics=(DOMESTIC.id, FOREIGN.id))
        article = await announce(tx, draft, [DOMESTIC, FOREIGN], ACTOR, PublishingRules(), now=NOW)
    assert article

    await end(desk)

    async with desk.read() as tx:
        found = await publications.get(tx, article)
        waiting = await approvals.of_article(tx, article)
    assert found
    assert found.states == {
        DOMESTIC.id: PublicationState.ENDED,
        FOREIGN.id: PublicationState.REJECTED,
    }
    assert waiting == ()
    assert await actions(desk) == [AuditAction.PUBLICATION_REJECTED, AuditAction.ANNOUNCEMENT_ENDED]


async def test_one_that_cannot_be_ended_keeps_no_other_from_its_end(
    desk: Database,
) -> None:
    broken = await release(desk)
    whole = await release(desk, replace(DRAFT, key="khac", ends_at=NOW + HOUR + timedelta(seconds=1)))
    async with desk.write() as tx:
        unknown = update(announcements_table).where(announcements_table.c.article_id == broken)
        await tx.execute(unknown.values(at_end="burn"))

    await end(desk, after=2 * HOUR)

    assert await states(desk, broken) is PublicationState.RELEASED
    assert await states(desk, whole) is PublicationState.ENDED


async def come_due(db: Database, *, after: timedelta) -> None:
    await Releases(db, FakeClock(NOW + after), on_owed=lambda: None).release_due()


async def test_a_page_that_is_an_article_already_is_not_announced(desk: Database) -> None:
    async with desk.write() as tx:
        polled = Article("https://agency.example/tin/1", "Từ nguồn tin")
        await articles.save(tx, polled, photo=None, topic=DOMESTIC.id, now=NOW)
        draft = replace(DRAFT, page="http://www.agency.example/tin/1")

        assert await announce(tx, draft, [DOMESTIC], ACTOR, PublishingRules(), now=NOW) is None

    assert await release(desk, replace(draft, page=""))


async def test_the_photo_goes_with_it(desk: Database) -> None:
    async with desk.write() as tx:
        await articles.save_photo(tx, PHOTO, now=NOW)

    article = await release(desk, replace(DRAFT, photo=PHOTO.key))

    async with desk.read() as tx:
        stored = await articles.get(tx, article)
    assert stored
    assert stored.photo_key == PHOTO.key
