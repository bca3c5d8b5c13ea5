"""Editing what waits: it is approved anew, the source's own words stay, and each edit is in the log."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.delivery.fair_queue import Lane
from bot.domain.desk.approval_rule import Approval, ApprovalRule
from bot.domain.desk.audit import Actor, AuditAction, AuditPlace
from bot.domain.news.article import Article, ArticleId, PreparedPhoto
from bot.domain.publication.approval import Answer, Given
from bot.domain.publication.editing import Edit, SourceText
from bot.domain.publication.publication import PublicationId, PublicationState
from bot.services.publishing.approval import give
from bot.services.publishing.editing import Edited, edit, restore
from bot.store.articles import articles, source_texts
from bot.store.articles.articles import StoredArticle
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.publications import approvals
from bot.store.publications.approvals import ApprovalRequest, Worth
from bot.store.runtime import audit
from bot.store.runtime.retention import prune_photos
from tests.store.world import ACCOUNT, DAYS, DOMESTIC, FEED, FOREIGN, NOW, prepare, rows, subscribe

EDITOR, PUBLISHER = Actor(AuditPlace.CHAT, "44", ACCOUNT), Actor(AuditPlace.CHAT, "900", ACCOUNT)
PHOTO = PreparedPhoto("a" * 64, "https://a.example/1.jpg", b"jpeg", 10, 10)
OTHER = PreparedPhoto("b" * 64, "https://a.example/2.jpg", b"jpeg 2", 10, 10)
TITLED = Edit.of_words(title="Tiêu đề mới")
NEWS = Worth(owed=True, urgent=False, lasts=DAYS)
AWAITING, SCHEDULED = PublicationState.AWAITING, PublicationState.SCHEDULED


@pytest.fixture
async def desk(db: Database) -> Database:
    """A topic at home that asks two persons; the other asks nobody."""
    await prepare(db)
    async with db.write() as tx:
        asking = replace(DOMESTIC, approval=ApprovalRule(Approval.TWO))
        await feeds.sync_definitions(tx, [asking, FOREIGN], [FEED], NOW)
    return db


async def submit(db: Database, key: str = "1") -> PublicationId:
    async with db.write() as tx:
        article = Article(f"https://a.example/{key}", "Tin", "Tóm tắt", ("Một đoạn.",))
        saved = await articles.save(tx, article, photo=PHOTO, topic=DOMESTIC.id, now=NOW)
        publication = PublicationId(saved.id, DOMESTIC.id)
        await approvals.ask(tx, publication, NEWS, NOW)
    return publication


async def edits(db: Database, article: ArticleId, wanted: Edit, *, seen: int | None = None) -> Edited:
    async with db.write() as tx:
        return await edit(tx, article, wanted, EDITOR, seen=seen, now=NOW)


async def restores(db: Database, article: ArticleId) -> Edited:
    async with db.write() as tx:
        return await restore(tx, article, EDITOR, now=NOW)


async def approve(db: Database, about: PublicationId, user: str, seen: int) -> PublicationState | None:
    async with db.write() as tx:
        return await give(
            tx, about, Given(Answer.APPROVE, round=seen), replace(PUBLISHER, user=user), now=NOW
        )


async def stored(db: Database, article: ArticleId) -> tuple[StoredArticle, SourceText | None]:
    async with db.read() as tx:
        found = await articles.get(tx, article)
        assert found is not None
        return found, await source_texts.get(tx, article)


async def waiting(db: Database, about: PublicationId) -> ApprovalRequest:
    async with db.read() as tx:
        found = await approvals.get(tx, about)
    assert found is not None
    return found


async def test_an_edit_ends_the_votes_asks_anew_and_keeps_what_the_source_says(desk: Database) -> None:
    about = await submit(desk)
    await approve(desk, about, "1", 1)

    assert await edits(desk, about.article, TITLED) is Edited.DONE

    article, source = await stored(desk, about.article)
    request = (await waiting(desk, about)).waiting
    assert (article.article.title, article.revision) == ("Tiêu đề mới", 0)
    assert source == SourceText("Tin", "Tóm tắt", ("Một đoạn.",), (), (), PHOTO.key)
    assert (request.round, request.lacking, request.state) == (2, 2, AWAITING)
    assert await approve(desk, about, "2", 1) is None


async def test_what_is_edited_goes_out_as_it_was_edited(desk: Database) -> None:
    await subscribe(desk, "1")
    about = await submit(desk)
    await edits(desk, about.article, replace(TITLED, urgent=True))
    for user in ("1", "2"):
        state = await approve(desk, about, user, 2)

    assert state is PublicationState.RELEASED
    assert await rows(desk, "revision", "lane") == [(0, Lane.URGENT)]
    assert await edits(desk, about.article, Edit.of_words(title="Muộn")) is Edited.GONE


async def test_each_edit_is_in_the_log_with_what_it_changed(desk: Database) -> None:
    about = await submit(desk)
    await edits(desk, about.article, Edit.of_words(title="Mới", urgent=True, without_photo=True))
    await restores(desk, about.article)

    async with desk.read() as tx:
        edited, restored = await audit.since(tx, NOW)
    assert (edited.actor, edited.act.action) == (EDITOR, AuditAction.PUBLICATION_EDITED)
    before = {"title": "Tin", "headline": "Tin", "lead_photo": PHOTO.key, "urgent": False}
    assert edited.act.before == before
    assert edited.act.after == {"headline": "Mới", "lead_photo": None, "urgent": True}
    assert restored.act.action is AuditAction.SOURCE_RESTORED
    assert restored.act.after == {"headline": "Tin", "lead_photo": PHOTO.key}


async def test_the_original_is_restored_whatever_was_edited_since(desk: Database) -> None:
    about = await submit(desk)
    await edits(desk, about.article, TITLED)
    await edits(desk, about.article, Edit(photo=OTHER))
    await edits(desk, about.article, Edit.of_words(summary=""))

    assert await restores(desk, about.article) is Edited.DONE

    article, source = await stored(desk, about.article)
    assert (article.article.title, article.article.summary, article.photo_key) == (
        "Tin",
        "Tóm tắt",
        PHOTO.key,
    )
    assert source is None
    assert (await waiting(desk, about)).waiting.round == 5
    assert await restores(desk, about.article) is Edited.SAME


async def test_an_edit_that_changes_nothing_asks_nobody_anew(desk: Database) -> None:
    about = await submit(desk)

    assert await edits(desk, about.article, Edit.of_words(title="Tin", urgent=False)) is Edited.SAME

    assert (await waiting(desk, about)).waiting.round == 1
    assert (await stored(desk, about.article))[1] is None


async def test_urgency_alone_is_no_edit_of_the_words(desk: Database) -> None:
    about = await submit(desk)

    assert await edits(desk, about.article, Edit(urgent=True)) is Edited.DONE

    assert (await waiting(desk, about)).worth.urgent
    assert (await stored(desk, about.article))[1] is None


async def test_what_is_out_in_another_topic_is_not_edited(desk: Database) -> None:
    about = await submit(desk)
    async with desk.write() as tx:
        article = Article("https://a.example/1", "Tin")
        await articles.save(tx, article, photo=None, topic=FOREIGN.id, now=NOW)

    assert await edits(desk, about.article, TITLED) is Edited.OUT
    assert await restores(desk, about.article) is Edited.OUT


async def test_an_edit_of_what_was_seen_before_a_change_is_refused(desk: Database) -> None:
    about = await submit(desk)
    await edits(desk, about.article, TITLED)

    assert await edits(desk, about.article, Edit(photo=OTHER), seen=1) is Edited.GONE
    assert (await stored(desk, about.article))[0].photo_key == PHOTO.key


async def test_what_needs_no_approval_and_waits_for_its_time_goes_on_waiting_for_it(desk: Database) -> None:
    async with desk.write() as tx:
        saved = await articles.save(
            tx, Article("https://a.example/9", "Thông báo"), photo=None, topic=FOREIGN.id, now=NOW
        )
        about = PublicationId(saved.id, FOREIGN.id)
        await approvals.schedule(tx, about, NEWS, NOW + timedelta(hours=1), NOW)

    assert await edits(desk, about.article, TITLED) is Edited.DONE

    request = (await waiting(desk, about)).waiting
    assert (request.state, request.release_at, request.round) == (SCHEDULED, NOW + timedelta(hours=1), 2)


async def test_the_photo_of_the_source_is_kept_as_long_as_it_can_be_restored(desk: Database) -> None:
    about = await submit(desk)
    await edits(desk, about.article, Edit(without_photo=True))
    later = NOW + timedelta(days=99)

    async with desk.write() as tx:
        assert await prune_photos(tx, saved_before=later, limit=9) == 0
    await restores(desk, about.article)

    assert (await stored(desk, about.article))[0].photo_key == PHOTO.key
