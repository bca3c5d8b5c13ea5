"""Stopping, resuming and recalling an article: who sees it, what is written down, and who comes second."""

import asyncio

import pytest

from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.desk.audit import Actor, AuditAction, AuditPlace, SubjectKind
from bot.domain.news.article import Article, ArticleId
from bot.domain.publication.pauses import EVERYTHING, Paused, PauseScope
from bot.domain.publication.publication import PublicationState, Step
from bot.domain.text import search as searches
from bot.services.publishing import pausing
from bot.services.publishing.publications import take_step
from bot.services.subscribers.articles import visible
from bot.store.articles import articles, search
from bot.store.chats import reading_list
from bot.store.engine.database import Database
from bot.store.outbox import outbox
from bot.store.publications import pauses, publications
from bot.store.runtime import audit
from tests.store.world import (
    ACCOUNT,
    DAYS,
    DOMESTIC,
    FOREIGN,
    NOW,
    claim,
    prepare,
    publish,
    rows,
    sent,
    settle,
    subscribe,
)

ACTOR = Actor(AuditPlace.CHAT, "900", ACCOUNT)
STOPPED, RELEASED, RECALLED = PublicationState.STOPPED, PublicationState.RELEASED, PublicationState.RECALLED


@pytest.fixture
async def desk(db: Database) -> Database:
    await prepare(db)
    return db


async def take(db: Database, article: ArticleId, step: Step) -> PublicationState | None:
    async with db.write() as tx:
        return await take_step(tx, article, step, ACTOR, now=NOW)


async def found(db: Database, article: ArticleId, reader: int) -> list[bool]:
    """Return whether *article* is found by listing, by words, by its number and on a reading list."""
    async with db.read() as tx:
        listed, _ = await articles.latest(tx, topics=[DOMESTIC.id, FOREIGN.id], limit=9)
        by_words = await search.find(tx, searches.read("bài"), topics=[DOMESTIC.id], limit=9)
        shown = await visible(tx, article, None)
        saved, _ = await reading_list.page(tx, reader, limit=9, offset=0)  # type: ignore[arg-type]
    return [article in [each.id for each in listed], article in by_words, shown is not None, article in saved]


async def test_readers_find_only_what_is_released(desk: Database) -> None:
    (chat,) = await subscribe(desk, "1")
    article = await publish(desk)
    async with desk.write() as tx:
        await reading_list.add(tx, chat, article, NOW)

    seen = [await found(desk, article, chat)]
    for step in (Step.STOP, Step.RESUME, Step.RECALL):
        await take(desk, article, step)
        seen.append(await found(desk, article, chat))

    assert seen == [[True] * 4, [False] * 4, [True] * 4, [False] * 4]


async def test_each_step_has_its_audit_line_and_a_refused_one_has_none(desk: Database) -> None:
    article = await publish(desk)

    steps = (Step.RESUME, Step.STOP, Step.STOP, Step.RESUME, Step.STOP, Step.RECALL, Step.RESUME, Step.RECALL)
    states = [await take(desk, article, step) for step in steps]
    unknown = await take(desk, ArticleId(99), Step.STOP)

    assert states == [None, STOPPED, None, RELEASED, STOPPED, RECALLED, None, None]
    assert unknown is None
    async with desk.read() as tx:
        lines = [record.act for record in await audit.since(tx, NOW)]
        publication = await publications.get(tx, article)
    assert [line.action for line in lines] == [
        AuditAction.PUBLICATION_STOPPED,
        AuditAction.PUBLICATION_RESUMED,
        AuditAction.PUBLICATION_STOPPED,
        AuditAction.PUBLICATION_RECALLED,
    ]
    assert {line.about.id for line in lines} == {str(article)}
    assert lines[-1].before
    assert lines[-1].before["state"] == "stopped"
    assert lines[-1].before["title"]
    assert lines[-1].after == {"state": "recalled"}
    assert publication is not None
    assert publication.state is RECALLED


async def test_what_does_not_commit_leaves_neither_state_nor_line(desk: Database) -> None:
    article = await publish(desk)

    async def fail() -> None:
        async with desk.write() as tx:
            await take_step(tx, article, Step.STOP, ACTOR, now=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()

    async with desk.read() as tx:
        assert await audit.count(tx) == 0
        assert not await pauses.known(tx)
        publication = await publications.get(tx, article)
    assert publication is not None
    assert publication.state is RELEASED


async def test_of_two_who_stop_at_the_same_moment_one_does(desk: Database) -> None:
    article = await publish(desk)

    states = await asyncio.gather(*(take(desk, article, Step.STOP) for _ in range(4)))

    assert sorted(states, key=str) == [None, None, None, STOPPED]
    async with desk.read() as tx:
        assert await audit.count(tx) == 1


@pytest.mark.parametrize("step", [Step.STOP, Step.RECALL])
async def test_another_topic_is_no_way_around_a_stop_or_a_recall(desk: Database, step: Step) -> None:
    await subscribe(desk, "1")
    await subscribe(desk, "2", topic=FOREIGN)
    article = await publish(desk)
    state = await take(desk, article, step)

    async with desk.write() as tx:
        same = Article("https://agency.example/tin/1", "Bài số 1")
        saved = await articles.save(tx, same, photo=None, topic=FOREIGN.id, now=NOW)
        assert (saved.id, saved.state) == (article, state)
        if saved.is_owed:
            fanout = outbox.NewFanout(article=article, topic=FOREIGN.id, due_at=NOW, expires_at=NOW + DAYS)
            await outbox.enqueue(tx, fanout, now=NOW)
    assert await claim(desk) == ()

    if step is Step.STOP:
        await take(desk, article, Step.RESUME)
        async with desk.write() as tx:
            while await outbox.continue_fanouts(tx, now=NOW):
                pass
        assert len(await claim(desk)) == 2


async def test_a_recall_ends_what_is_pending_with_a_reason_and_takes_back_what_was_sent(
    desk: Database,
) -> None:
    await subscribe(desk, "1", "2")
    article = await publish(desk)
    (first,) = await claim(desk, limit=1)
    await settle(desk, sent(first))
    await take(desk, article, Step.STOP)
    assert await claim(desk) == ()
    await take(desk, article, Step.RECALL)

    (back,) = await claim(desk)

    assert (back.chat, back.withdrawn, back.replaces) == (first.chat, True, "77")
    ended = ("cancelled", "the agency has taken the article down")
    assert ended in await rows(desk, "status", "reason")
    assert DeliveryStatus.PENDING not in [status for (status,) in await rows(desk, "status")][:2]


async def test_pausing_has_its_audit_line_and_is_refused_for_what_is_not_there(desk: Database) -> None:
    topic = Paused(PauseScope.TOPIC, DOMESTIC.id)
    nobody = [
        Paused(PauseScope.TOPIC, "khong-co"),
        Paused(PauseScope.ACCOUNT, "telegram:9"),
        Paused(PauseScope.ARTICLE, "1"),
        Paused(PauseScope.EVERYTHING, "x"),
    ]
    async with desk.write() as tx:
        done = [
            await pausing.pause(tx, topic, ACTOR, now=NOW),
            await pausing.pause(tx, topic, ACTOR, now=NOW),
            await pausing.unpause(tx, topic, ACTOR, now=NOW),
            await pausing.unpause(tx, EVERYTHING, ACTOR, now=NOW),
            *[await pausing.pause(tx, each, ACTOR, now=NOW) for each in nobody],
        ]
        lines = [(record.act.action, record.act.about.kind) for record in await audit.since(tx, NOW)]

    assert done == [True, False, True, False, *([False] * 4)]
    assert lines == [(AuditAction.PAUSED, SubjectKind.TOPIC), (AuditAction.UNPAUSED, SubjectKind.TOPIC)]
