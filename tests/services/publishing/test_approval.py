"""Approving, scheduling and rejecting what waits: who is owed it then, who sees it, and who comes second."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.chats.chat import AccountId, ChatId, TopicId
from bot.domain.desk.approval_rule import Approval, ApprovalRule, Unanswered
from bot.domain.desk.audit import SERVICE, Actor, AuditAction, AuditPlace
from bot.domain.desk.figures import EndReason
from bot.domain.news.article import Article, ArticleId
from bot.domain.publication.announcement import AtEnd
from bot.domain.publication.approval import Answer, Given
from bot.domain.publication.publication import PublicationId, PublicationState, Step
from bot.domain.text import search as searches
from bot.services.publishing.approval import ask_anew, give, put_back_rejected
from bot.services.publishing.publications import take_step
from bot.services.publishing.releases import Releases
from bot.services.publishing.standing import standing
from bot.services.subscribers.articles import visible
from bot.store.articles import articles, revisits, search
from bot.store.chats import chats, reading_list
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.outbox import outbox
from bot.store.publications import announcements, approvals, publications
from bot.store.publications.approvals import ApprovalRequest, Worth
from bot.store.runtime import accounts, admins, audit, owner_names
from bot.store.runtime.admins import Appointment
from tests.fakes import FakeClock
from tests.store.world import (
    ACCOUNT,
    DAYS,
    DOMESTIC,
    FEED,
    FOREIGN,
    MINUTE,
    NOW,
    SECOND,
    claim,
    prepare,
    publish,
    rows,
    save,
    sent,
    settle,
    subscribe,
)

HOUR = timedelta(hours=1)
LAN = Actor(AuditPlace.CHAT, "900", ACCOUNT)
ZALO = AccountId("zalo:a")
MINH = Actor(AuditPlace.CHAT, "900", ZALO)
APPROVE, REJECT, TAKE_BACK = (Given(answer) for answer in Answer)
AWAITING, SCHEDULED = PublicationState.AWAITING, PublicationState.SCHEDULED
RELEASED, REJECTED = PublicationState.RELEASED, PublicationState.REJECTED
STOPPED, RECALLED = PublicationState.STOPPED, PublicationState.RECALLED
ONE, TWO = ApprovalRule(Approval.ONE), ApprovalRule(Approval.TWO)
NEWS = Worth(owed=True, urgent=False, lasts=DAYS)


@pytest.fixture
async def desk(db: Database) -> Database:
    await prepare(db)
    await asks(db, ONE)
    return db


async def asks(db: Database, rule: ApprovalRule) -> None:
    """Let the topic at home ask for approval as *rule* says; the other asks for none."""
    async with db.write() as tx:
        await feeds.sync_definitions(tx, [replace(DOMESTIC, approval=rule), FOREIGN], [FEED], NOW)


async def submit(db: Database, number: int = 1, worth: Worth = NEWS) -> PublicationId:
    """Have an article wait for approval in the topic at home."""
    async with db.write() as tx:
        publication = PublicationId(await save(tx, number), DOMESTIC.id)
        await approvals.ask(tx, publication, worth, NOW)
    return publication


async def answer(
    db: Database,
    publication: PublicationId,
    given: Given,
    actor: Actor = LAN,
    *,
    now: datetime = NOW,
) -> PublicationState | None:
    async with db.write() as tx:
        return await give(tx, publication, given, actor, now=now)


async def states(db: Database, article: ArticleId) -> dict[TopicId, PublicationState]:
    async with db.read() as tx:
        found = await publications.get(tx, article)
    assert found is not None
    return dict(found.states)


async def waiting(db: Database, publication: PublicationId) -> ApprovalRequest | None:
    async with db.read() as tx:
        return await approvals.get(tx, publication)


async def history(db: Database) -> list[tuple[AuditAction, str, str]]:
    """Return the acts of the log with the states before and after each."""
    async with db.read() as tx:
        lines = await audit.since(tx, NOW)
    return [
        (line.act.action, str((line.act.before or {})["state"]), str((line.act.after or {})["state"]))
        for line in lines
    ]


def at(db: Database, now: datetime) -> Releases:
    return Releases(db, FakeClock(now), on_owed=lambda: None)


async def found(db: Database, article: ArticleId, reader: ChatId) -> set[bool]:
    """Return whether *article* is found by listing, by words, by its number and on a reading list."""
    async with db.read() as tx:
        listed, _ = await articles.latest(tx, topics=[DOMESTIC.id, FOREIGN.id], limit=9)
        by_words = await search.find(tx, searches.read("bài"), topics=[DOMESTIC.id], limit=9)
        shown = await visible(tx, article, reader)
        saved, _ = await reading_list.page(tx, reader, limit=9, offset=0)
    return {article in [each.id for each in listed], article in by_words, shown is not None, article in saved}


async def test_what_waits_is_owed_to_nobody_and_is_released_to_those_who_subscribe_then(
    desk: Database,
) -> None:
    (left, _) = await subscribe(desk, "1", "2")
    publication = await submit(desk)
    (came,) = await subscribe(desk, "3")
    async with desk.write() as tx:
        await chats.unsubscribe(tx, left, DOMESTIC.id, why=EndReason.UNSUBSCRIBED, now=NOW)
    assert await rows(desk, "chat_id") == []

    state = await answer(desk, publication, APPROVE, now=NOW + HOUR)

    assert state is RELEASED
    owed = await rows(desk, "chat_id", "due_at", "expires_at")
    assert (came, NOW + HOUR, NOW + HOUR + DAYS) in owed
    assert left not in {chat for chat, *_ in owed}
    assert len(owed) == 2
    assert await history(desk) == [(AuditAction.PUBLICATION_APPROVED, "awaiting", "released")]
    assert await waiting(desk, publication) is None


async def test_readers_find_only_what_was_approved(desk: Database) -> None:
    (reader,) = await subscribe(desk, "1")
    publication = await submit(desk)
    rejected = await submit(desk, 2)
    async with desk.write() as tx:
        for each in (publication, rejected):
            await reading_list.add(tx, reader, each.article, NOW)

    seen = [await found(desk, publication.article, reader)]
    await answer(desk, publication, Given(Answer.APPROVE, NOW + HOUR))
    seen.append(await found(desk, publication.article, reader))
    await answer(desk, publication, APPROVE)
    seen.append(await found(desk, publication.article, reader))
    await answer(desk, rejected, REJECT)

    assert seen == [{False}, {False}, {True}]
    assert await found(desk, rejected.article, reader) == {False}


async def test_of_two_who_approve_at_the_same_moment_one_releases(desk: Database) -> None:
    await subscribe(desk, "1")
    publication = await submit(desk)

    seen = Given(Answer.APPROVE, round=1)
    got = await asyncio.gather(*(answer(desk, publication, seen, actor) for actor in (LAN, MINH)))

    assert sorted(got, key=str) == [None, RELEASED]
    assert len(await rows(desk, "id")) == 1
    assert len(await history(desk)) == 1


async def test_of_two_persons_that_a_topic_wants_no_vote_is_lost_at_the_same_moment(desk: Database) -> None:
    await asks(desk, TWO)
    await subscribe(desk, "1")
    published = [await submit(desk, number) for number in range(1, 6)]

    for publication in published:
        got = await asyncio.gather(*(answer(desk, publication, APPROVE, actor) for actor in (LAN, MINH)))
        assert sorted(got, key=str) == [AWAITING, RELEASED]

    assert len(await rows(desk, "id")) == len(published)
    assert len(await history(desk)) == 2 * len(published)


async def test_two_different_persons_approve_where_the_topic_wants_two(desk: Database) -> None:
    await asks(desk, TWO)
    publication = await submit(desk)

    got = [await answer(desk, publication, APPROVE, actor) for actor in (LAN, LAN, MINH)]

    assert got == [AWAITING, None, RELEASED]
    async with desk.read() as tx:
        votes = await approvals.votes(tx, publication)
    assert {(vote.voter.account, vote.voter.user) for vote in votes} == {
        (ACCOUNT, "900"),
        ("zalo:a", "900"),
    }


async def test_one_rejects_and_that_is_final(desk: Database) -> None:
    publication = await submit(desk)

    got = [await answer(desk, publication, given) for given in (REJECT, APPROVE, TAKE_BACK, REJECT)]

    assert got == [REJECTED, None, None, None]
    assert await states(desk, publication.article) == {DOMESTIC.id: REJECTED}
    assert await history(desk) == [(AuditAction.PUBLICATION_REJECTED, "awaiting", "rejected")]


async def test_what_is_scheduled_is_released_at_its_time_once(desk: Database) -> None:
    await subscribe(desk, "1")
    publication = await submit(desk)
    assert await answer(desk, publication, Given(Answer.APPROVE, NOW + HOUR)) is SCHEDULED

    await at(desk, NOW + HOUR - SECOND).release_due()
    early = await rows(desk, "id")
    await asyncio.gather(*(at(desk, NOW + HOUR).release_due() for _ in range(4)))

    assert early == []
    assert await rows(desk, "due_at") == [(NOW + HOUR,)]
    assert await history(desk) == [
        (AuditAction.PUBLICATION_APPROVED, "awaiting", "scheduled"),
        (AuditAction.PUBLICATION_RELEASED, "scheduled", "released"),
    ]
    async with desk.read() as tx:
        assert (await audit.newest(tx, limit=1))[0].actor == SERVICE


async def test_a_schedule_is_taken_back_and_asked_about_anew(desk: Database) -> None:
    publication = await submit(desk)
    await answer(desk, publication, Given(Answer.APPROVE, NOW + HOUR))

    assert await answer(desk, publication, TAKE_BACK, MINH) is AWAITING

    await at(desk, NOW + 2 * HOUR).release_due()
    request = await waiting(desk, publication)
    assert request is not None
    assert (request.waiting.voters, request.waiting.release_at) == (frozenset(), None)
    assert await answer(desk, publication, Given(Answer.APPROVE, round=1)) is None


async def test_who_approves_while_the_page_changes_has_not_seen_it_and_the_change_asks(
    desk: Database,
) -> None:
    await asks(desk, TWO)
    publication = await submit(desk)
    await answer(desk, publication, Given(Answer.APPROVE, round=1), LAN)
    async with desk.write() as tx:
        assert await ask_anew(tx, publication.article, now=NOW + MINUTE)

    late = await answer(desk, publication, Given(Answer.APPROVE, round=1), MINH, now=NOW + MINUTE)
    again = [await answer(desk, publication, Given(Answer.APPROVE, round=2), each) for each in (LAN, MINH)]

    assert late is None
    assert again == [AWAITING, RELEASED]
    assert [action for action, *_ in await history(desk)].count(AuditAction.PUBLICATION_ASKED_ANEW) == 1


async def test_a_change_takes_what_is_scheduled_off_the_schedule(desk: Database) -> None:
    publication = await submit(desk)
    await answer(desk, publication, Given(Answer.APPROVE, NOW + HOUR))
    async with desk.write() as tx:
        await ask_anew(tx, publication.article, now=NOW + MINUTE)

    await at(desk, NOW + 2 * HOUR).release_due()

    assert await states(desk, publication.article) == {DOMESTIC.id: AWAITING}


@pytest.mark.parametrize(
    ("what", "state", "owed"),
    [
        (Unanswered.REMIND, AWAITING, 0),
        (Unanswered.RELEASE, RELEASED, 1),
        (Unanswered.DROP, REJECTED, 0),
    ],
)
async def test_what_nobody_answers_becomes_what_its_topic_says(
    desk: Database, what: Unanswered, state: PublicationState, owed: int
) -> None:
    await asks(desk, ApprovalRule(Approval.ONE, what, HOUR))
    await subscribe(desk, "1")
    publication = await submit(desk)

    await at(desk, NOW + HOUR - SECOND).release_due()
    before = await states(desk, publication.article)
    await at(desk, NOW + HOUR).release_due()

    assert before == {DOMESTIC.id: AWAITING}
    assert await states(desk, publication.article) == {DOMESTIC.id: state}
    assert len(await rows(desk, "id")) == owed
    assert len(await history(desk)) == (0 if state is AWAITING else 1)
    request = await waiting(desk, publication)
    assert (request.answer_until if request else None) == (NOW + 2 * HOUR if state is AWAITING else None)


async def test_nobody_is_owed_what_was_no_news_and_nothing_becomes_of_it_unanswered(desk: Database) -> None:
    await asks(desk, ApprovalRule(Approval.ONE, Unanswered.RELEASE, HOUR))
    (reader,) = await subscribe(desk, "1")
    publication = await submit(desk, worth=replace(NEWS, owed=False))
    await at(desk, NOW + 2 * HOUR).release_due()
    assert await found(desk, publication.article, reader) == {False}

    await answer(desk, publication, APPROVE)

    assert await rows(desk, "id") == []
    assert await states(desk, publication.article) == {DOMESTIC.id: RELEASED}


async def test_an_article_is_out_in_one_topic_while_it_waits_in_another(desk: Database) -> None:
    (at_home,) = await subscribe(desk, "1")
    (abroad,) = await subscribe(desk, "2", topic=FOREIGN)
    article = await publish(desk, topic=FOREIGN)
    async with desk.write() as tx:
        await save(tx, 1)
        publication = PublicationId(article, DOMESTIC.id)
        await approvals.ask(tx, publication, NEWS, NOW)

    async with desk.read() as tx:
        listed, _ = await articles.latest(tx, topics=[DOMESTIC.id], limit=9)
        stored = await articles.get(tx, article)
    assert listed == ()
    assert stored is not None
    assert (stored.topics, stored.other_topics) == ((FOREIGN.id,), (DOMESTIC.id,))
    assert await rows(desk, "chat_id") == [(abroad,)]
    # Who has left the topic that it came by does not get it by the one in which it waits.
    async with desk.write() as tx:
        await chats.subscribe(tx, abroad, DOMESTIC.id, NOW)
        await chats.unsubscribe(tx, abroad, FOREIGN.id, why=EndReason.UNSUBSCRIBED, now=NOW)
    assert await claim(desk) == ()

    await answer(desk, publication, APPROVE)

    assert {delivery.chat for delivery in await claim(desk)} == {at_home, abroad}


async def test_what_is_released_while_its_article_is_stopped_is_stopped(desk: Database) -> None:
    await subscribe(desk, "1")
    article = await publish(desk, topic=FOREIGN)
    async with desk.write() as tx:
        await save(tx, 1)
        publication = PublicationId(article, DOMESTIC.id)
        await approvals.ask(tx, publication, NEWS, NOW)
        await take_step(tx, article, Step.STOP, LAN, now=NOW)

    assert await answer(desk, publication, APPROVE) is STOPPED
    assert await states(desk, article) == {DOMESTIC.id: STOPPED, FOREIGN.id: STOPPED}
    assert await claim(desk) == ()
    async with desk.write() as tx:
        await take_step(tx, article, Step.RESUME, LAN, now=NOW)
        while await outbox.continue_fanouts(tx, now=NOW):
            pass
    assert len(await claim(desk)) == 1


async def test_a_stop_leaves_what_waits_and_a_recall_ends_it(desk: Database) -> None:
    article = await publish(desk, topic=FOREIGN)
    async with desk.write() as tx:
        await save(tx, 1)
        publication = PublicationId(article, DOMESTIC.id)
        await approvals.ask(tx, publication, NEWS, NOW)
        await take_step(tx, article, Step.STOP, LAN, now=NOW)
    stopped = await states(desk, article)
    async with desk.write() as tx:
        await take_step(tx, article, Step.RECALL, LAN, now=NOW)

    assert stopped == {FOREIGN.id: STOPPED, DOMESTIC.id: AWAITING}
    assert await states(desk, article) == {FOREIGN.id: RECALLED, DOMESTIC.id: RECALLED}
    assert await answer(desk, publication, APPROVE) is None


async def test_a_chat_that_has_the_article_gets_it_once(desk: Database) -> None:
    await subscribe(desk, "1")
    await subscribe(desk, "1", topic=FOREIGN)
    article = await publish(desk, topic=FOREIGN)
    (first,) = await claim(desk)
    await settle(desk, sent(first))
    async with desk.write() as tx:
        await save(tx, 1)
        publication = PublicationId(article, DOMESTIC.id)
        await approvals.ask(tx, publication, NEWS, NOW)

    await answer(desk, publication, APPROVE)

    assert await claim(desk) == ()


async def test_an_answer_that_does_not_commit_leaves_nothing(desk: Database) -> None:
    await subscribe(desk, "1")
    publication = await submit(desk)

    async def fail() -> None:
        async with desk.write() as tx:
            await give(tx, publication, APPROVE, LAN, now=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()

    assert await states(desk, publication.article) == {DOMESTIC.id: AWAITING}
    assert (await rows(desk, "id"), await history(desk)) == ([], [])


async def test_what_is_given_something_that_it_lacked_is_filled(desk: Database) -> None:
    publication = await submit(desk)
    fuller = Article("https://agency.example/tin/1", "Bài số 1", "Tóm tắt")

    async with desk.write() as tx:
        saved = await articles.save(tx, fuller, photo=None, topic=FOREIGN.id, now=NOW)
        again = await articles.save(tx, fuller, photo=None, topic=FOREIGN.id, now=NOW)

    assert (saved.id, saved.is_filled, again.is_filled) == (publication.article, True, False)


async def test_what_waits_is_listed_by_topic_with_what_is_asked_about_first(desk: Database) -> None:
    quiet = await submit(desk, 1, replace(NEWS, owed=False))
    later = await submit(desk, 2)
    asked = await submit(desk, 3)
    await answer(desk, later, Given(Answer.APPROVE, NOW + HOUR))

    async with desk.read() as tx:
        everywhere = await approvals.waiting(tx, topics=None, limit=9)
        scheduled = await approvals.waiting(tx, topics=[DOMESTIC.id], state=SCHEDULED, limit=9)
        elsewhere = await approvals.waiting(tx, topics=[FOREIGN.id], limit=9)

    assert of(everywhere) == [asked, later, quiet]
    assert (of(scheduled), elsewhere) == ([later], ())


def of(requests: Iterable[ApprovalRequest]) -> list[PublicationId]:
    return [each.publication for each in requests]


async def puts_back(db: Database, publication: PublicationId, now: datetime = NOW) -> PublicationState | None:
    async with db.write() as tx:
        return await put_back_rejected(tx, publication, LAN, now=now)


async def test_what_was_rejected_is_put_back_and_approved_anew(desk: Database) -> None:
    await subscribe(desk, "1")
    publication = await submit(desk, worth=replace(NEWS, urgent=True))
    await answer(desk, publication, replace(REJECT, reason="Chưa có số liệu"))
    async with desk.read() as tx:
        rejected = await standing(tx, publication)

    done = [await puts_back(desk, publication, NOW + 2 * DAYS) for _ in range(2)]
    again = await waiting(desk, publication)
    released = await answer(desk, publication, APPROVE, now=NOW + 2 * DAYS)

    assert rejected is not None
    assert (rejected.rejection and rejected.rejection.reason) == "Chưa có số liệu"
    assert done == [PublicationState.AWAITING, None]
    assert again is not None
    assert (again.waiting.round, again.waiting.voters, again.worth.urgent) == (2, frozenset(), True)
    assert (released, len(await rows(desk, "chat_id"))) == (RELEASED, 1)
    assert await history(desk) == [
        (AuditAction.PUBLICATION_REJECTED, "awaiting", "rejected"),
        (AuditAction.PUBLICATION_PUT_BACK, "rejected", "awaiting"),
        (AuditAction.PUBLICATION_APPROVED, "awaiting", "released"),
    ]


async def test_after_seven_days_a_rejection_is_final(desk: Database) -> None:
    publication = await submit(desk)
    await answer(desk, publication, REJECT)

    assert await puts_back(desk, publication, NOW + timedelta(days=7)) is None
    assert await states(desk, publication.article) == {DOMESTIC.id: REJECTED}


async def test_what_its_topic_asks_for_by_now_is_needed_when_it_is_put_back(desk: Database) -> None:
    publication = await submit(desk)
    await answer(desk, publication, REJECT)
    await asks(desk, replace(ONE, approval=Approval.TWO))

    await puts_back(desk, publication)
    got = [await answer(desk, publication, APPROVE, each) for each in (LAN, replace(LAN, user="77"))]

    assert got == [PublicationState.AWAITING, RELEASED]


async def test_what_was_taken_down_or_is_over_is_not_put_back(desk: Database) -> None:
    gone, over = await submit(desk, 1), await submit(desk, 2)
    for each in (gone, over):
        await answer(desk, each, REJECT)
    async with desk.write() as tx:
        await revisits.withdraw(tx, gone.article, NOW)
        await announcements.add(tx, over.article, ends_at=NOW + HOUR, at_end=AtEnd.NOTE)

    assert [await puts_back(desk, each, NOW + HOUR) for each in (gone, over)] == [None, None]


async def test_two_accounts_of_one_person_are_one_vote(desk: Database) -> None:
    await asks(desk, TWO)
    publication = await submit(desk)
    async with desk.write() as tx:
        await accounts.register(tx, ZALO, platform="zalo", name="bantin", now=NOW)
        for account, name in ((ACCOUNT, "Lê Thị Lan"), (ZALO, " lê thị  lan")):
            await admins.appoint(tx, account, "900", Appointment((), note=name), appointed_by="1", now=NOW)

    got = [await answer(desk, publication, APPROVE, each) for each in (LAN, MINH, replace(LAN, user="77"))]

    assert got == [AWAITING, None, RELEASED]


async def test_an_owner_and_an_admin_of_one_name_are_one_vote(desk: Database) -> None:
    await asks(desk, TWO)
    publication = await submit(desk)
    async with desk.write() as tx:
        await accounts.register(tx, ZALO, platform="zalo", name="bantin", now=NOW)
        await owner_names.follow(tx, {("telegram", "900"): "Lê Thị Lan"})
        named = Appointment((), note="Lê Thị Lan")
        await admins.appoint(tx, ZALO, "900", named, appointed_by="1", now=NOW)

    got = [await answer(desk, publication, APPROVE, each) for each in (LAN, MINH)]
    async with desk.read() as tx:
        found = await standing(tx, publication)

    assert (got, found and [each.name for each in found.said]) == ([AWAITING, None], ["Lê Thị Lan"])
