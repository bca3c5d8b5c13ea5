"""Moving what waits into other topics: under the rules there, once, and no feed brings it back."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.desk.approval_rule import Approval, ApprovalRule
from bot.domain.desk.audit import Actor, AuditAction, AuditPlace
from bot.domain.news.article import Article
from bot.domain.publication.approval import Answer, Given
from bot.domain.publication.editing import Edit
from bot.domain.publication.publication import PublicationId, PublicationState
from bot.services.publishing.approval import give, put_back_rejected
from bot.services.publishing.editing import Edited, edit
from bot.store.articles import articles
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.publications import approvals, publications
from bot.store.publications.approvals import Worth
from bot.store.runtime import audit
from tests.store.world import ACCOUNT, DAYS, DOMESTIC, FEED, FOREIGN, NOW, prepare, rows, subscribe

EDITOR, PUBLISHER = Actor(AuditPlace.CHAT, "44", ACCOUNT), Actor(AuditPlace.CHAT, "900", ACCOUNT)
NEWS = Worth(owed=True, urgent=False, lasts=DAYS)
AWAITING, SCHEDULED = PublicationState.AWAITING, PublicationState.SCHEDULED
REJECTED, RELEASED = PublicationState.REJECTED, PublicationState.RELEASED
ARTICLE = Article("https://a.example/1", "Tin", "Tóm tắt", ("Một đoạn.",))
HOME_ALONE, ABROAD_ALONE = Edit.into([DOMESTIC.id]), Edit.into([FOREIGN.id])
BOTH = Edit.into([DOMESTIC.id, FOREIGN.id])


@pytest.fixture
async def desk(db: Database) -> Database:
    """A topic at home that asks one person, and one abroad that asks two."""
    await prepare(db)
    await asks(db, Approval.TWO)
    return db


async def asks(db: Database, abroad: Approval) -> None:
    async with db.write() as tx:
        asking = replace(DOMESTIC, approval=ApprovalRule(Approval.ONE))
        defined = [asking, replace(FOREIGN, approval=ApprovalRule(abroad))]
        await feeds.sync_definitions(tx, defined, [FEED], NOW)


async def polled(db: Database) -> PublicationId:
    """Take the article from a feed of the topic at home, as each poll does."""
    async with db.write() as tx:
        saved = await articles.save(tx, ARTICLE, photo=None, topic=DOMESTIC.id, now=NOW)
        publication = PublicationId(saved.id, DOMESTIC.id)
        if saved.awaits:
            await approvals.ask(tx, publication, NEWS, NOW)
    return publication


async def edits(db: Database, about: PublicationId, wanted: Edit) -> Edited:
    async with db.write() as tx:
        return await edit(tx, about.article, wanted, EDITOR, now=NOW)


async def approves(db: Database, about: PublicationId, user: str = "900") -> PublicationState | None:
    async with db.write() as tx:
        actor = replace(PUBLISHER, user=user)
        return await give(tx, about, Given(Answer.APPROVE), actor, now=NOW)


async def states(db: Database, about: PublicationId) -> list[PublicationState | None]:
    """Return the states at home and abroad."""
    async with db.read() as tx:
        found = await publications.get(tx, about.article)
    assert found
    return [found.states.get(each.id) for each in (DOMESTIC, FOREIGN)]


def abroad(about: PublicationId) -> PublicationId:
    return PublicationId(about.article, FOREIGN.id)


async def test_it_waits_there_alone_by_the_rule_there_and_no_poll_brings_it_back(desk: Database) -> None:
    await subscribe(desk, "1")
    about = await polled(desk)

    assert await edits(desk, about, replace(ABROAD_ALONE, title="Mới", urgent=True)) is Edited.DONE
    await polled(desk)

    assert await states(desk, about) == [REJECTED, AWAITING]
    assert await approves(desk, about) is None
    assert [await approves(desk, abroad(about), user) for user in ("1", "2")] == [AWAITING, RELEASED]
    assert (await states(desk, about), await rows(desk, "lane")) == ([REJECTED, RELEASED], [])
    async with desk.read() as tx:
        moved, *_ = await audit.since(tx, NOW)
    assert (moved.actor, moved.act.action) == (EDITOR, AuditAction.PUBLICATION_EDITED)
    assert moved.act.before == {
        "title": "Tin",
        "headline": "Tin",
        "urgent": False,
        "topics": DOMESTIC.id,
    }
    assert moved.act.after == {"headline": "Mới", "urgent": True, "topics": FOREIGN.id}


async def test_a_topic_is_added_and_taken_away_and_comes_back(desk: Database) -> None:
    about = await polled(desk)
    done = [
        (await edits(desk, about, wanted), await states(desk, about))
        for wanted in (BOTH, ABROAD_ALONE, BOTH, BOTH, HOME_ALONE)
    ]

    assert done == [
        (Edited.DONE, [AWAITING, AWAITING]),
        (Edited.DONE, [REJECTED, AWAITING]),
        (Edited.DONE, [AWAITING, AWAITING]),
        (Edited.SAME, [AWAITING, AWAITING]),
        (Edited.DONE, [AWAITING, REJECTED]),
    ]
    async with desk.read() as tx:
        request = await approvals.get(tx, about)
    assert request
    assert (request.waiting.round, request.waiting.approval, request.worth) == (4, Approval.ONE, NEWS)


async def test_a_topic_that_asks_nobody_is_no_way_around_approval(desk: Database) -> None:
    await asks(desk, Approval.NONE)
    about = await polled(desk)

    await edits(desk, about, ABROAD_ALONE)

    assert await states(desk, about) == [REJECTED, AWAITING]
    assert await approves(desk, abroad(about)) is RELEASED


async def test_what_waits_for_its_time_alone_goes_on_waiting_for_it(desk: Database) -> None:
    await asks(desk, Approval.NONE)
    at = NOW + timedelta(hours=1)
    async with desk.write() as tx:
        saved = await articles.save(tx, ARTICLE, photo=None, topic=FOREIGN.id, now=NOW)
        about = PublicationId(saved.id, FOREIGN.id)
        await approvals.schedule(tx, about, NEWS, at, NOW)

    await edits(desk, about, HOME_ALONE)
    await edits(desk, about, ABROAD_ALONE)

    async with desk.read() as tx:
        request = await approvals.get(tx, about)
    assert request
    # The topic at home asked somebody: from then on somebody has to approve it.
    assert (request.waiting.state, request.waiting.release_at) == (AWAITING, at)


async def test_where_somebody_has_rejected_it_an_edit_does_not_bring_it_back(desk: Database) -> None:
    about = await polled(desk)
    await edits(desk, about, BOTH)
    async with desk.write() as tx:
        await give(tx, abroad(about), Given(Answer.REJECT), PUBLISHER, now=NOW)

    assert await edits(desk, about, BOTH) is Edited.REJECTED
    assert await edits(desk, about, ABROAD_ALONE) is Edited.REJECTED
    assert await states(desk, about) == [AWAITING, REJECTED]


async def test_what_was_moved_away_can_be_put_back(desk: Database) -> None:
    about = await polled(desk)
    await edits(desk, about, ABROAD_ALONE)

    async with desk.write() as tx:
        assert await put_back_rejected(tx, about, PUBLISHER, now=NOW) is AWAITING

    assert await states(desk, about) == [AWAITING, AWAITING]


async def test_what_is_released_is_not_moved(desk: Database) -> None:
    about = await polled(desk)
    await edits(desk, about, BOTH)
    await approves(desk, about)

    assert await edits(desk, about, ABROAD_ALONE) is Edited.OUT
    assert await states(desk, about) == [RELEASED, AWAITING]


async def test_of_an_approval_and_a_move_at_the_same_moment_one_wins(desk: Database) -> None:
    await subscribe(desk, "1")
    for number in range(6):
        async with desk.write() as tx:
            each = replace(ARTICLE, url=f"https://a.example/race/{number}")
            saved = await articles.save(tx, each, photo=None, topic=DOMESTIC.id, now=NOW)
            about = PublicationId(saved.id, DOMESTIC.id)
            await approvals.ask(tx, about, NEWS, NOW)

        acts = [approves(desk, about), edits(desk, about, ABROAD_ALONE)]
        first, second = await asyncio.gather(*(acts if number % 2 else acts[::-1]))

        approved, moved = (first, second) if number % 2 else (second, first)
        assert (approved, moved, await states(desk, about)) in (
            (RELEASED, Edited.GONE, [RELEASED, None]),
            (None, Edited.DONE, [REJECTED, AWAITING]),
        )
        async with desk.read() as tx:
            acts_of = [
                line.act.action for line in await audit.since(tx, NOW) if line.act.about.id == str(saved.id)
            ]
        assert len(acts_of) == 1
