"""Editing in the console before a release: as in the chat, and nobody overwrites what they have not seen."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.blocks.model import ItemList, ListItem, Paragraph, plain_runs
from bot.domain.desk.audit import Actor, AuditPlace
from bot.domain.desk.roles import Role
from bot.domain.news.article import Article, Photo, PreparedPhoto
from bot.domain.publication.editing import Edit
from bot.domain.publication.publication import PublicationId, PublicationState
from bot.services.publishing.editing import edit
from bot.store.articles import articles, source_texts
from bot.store.articles.articles import StoredArticle
from bot.store.engine.database import Database
from bot.store.publications import approvals
from bot.store.publications.approvals import ApprovalRequest
from bot.store.runtime.admins import Appointment
from tests.commands.stage import HOME, OWNER
from tests.fakes import ACCOUNT
from tests.web.console.stage import ConsoleStage, Seen, Visitor
from tests.web.console.test_approvals import (
    ADMIN,
    ELSEWHERE,
    answers,
    audited,
    notice,
    path_of,
    state,
    submit,
)

LEAD = PreparedPhoto("a" * 64, "https://agency.example/1.jpg", b"a JPEG", 10, 10)
BY_OWNER = Actor(AuditPlace.CONSOLE, OWNER, ACCOUNT)
OTHER, GONE = "https://agency.example/2.jpg", "https://agency.example/gone.jpg"


@pytest.fixture
async def stage(db: Database) -> AsyncIterator[ConsoleStage]:
    async with ConsoleStage.open(db) as stage:
        yield stage


@pytest.fixture
async def owner(stage: ConsoleStage) -> Visitor:
    return await stage.sign_in()


async def submit_with_photos(stage: ConsoleStage) -> PublicationId:
    """Have an article with three photos wait in the topic at home."""
    about = await submit(stage, "Ba ảnh")
    photos = (Photo(LEAD.url), Photo(OTHER, "Toàn cảnh <i>"), Photo(GONE))
    article = Article("https://agency.example/Ba ảnh", "Ba ảnh", "Tóm tắt.", ("Một",), photos)
    listed = ItemList((ListItem((Paragraph(plain_runs("Một")),)),))
    article = replace(article, blocks=(listed,))
    async with stage.database.write() as tx:
        stored = await articles.get(tx, about.article)
        assert stored is not None
        await articles.save_photo(tx, LEAD, now=stage.clock.now())
        await articles.reword(tx, stored, article, LEAD.key, revision=stored.revision, now=stage.clock.now())
    return about


async def saves(visitor: Visitor, about: PublicationId, page: Seen | None = None, **typed: str) -> Seen:
    """Send the form of a page, or else of the one as it is now."""
    shown = page or await visitor.get(f"{path_of(about)}/edit")
    asked = re.search(r'name="round" value="(\d+)"', shown.text)
    assert asked is not None, shown.text
    form = {"title": "Ba ảnh", "summary": "Tóm tắt.", "urgent": "yes", "photo": "", "topics": HOME, **typed}
    return await visitor.post(
        "/approvals/edit", article=str(about.article), topic=about.topic, round=asked[1], **form
    )


async def standing(stage: ConsoleStage, about: PublicationId) -> tuple[StoredArticle, ApprovalRequest]:
    async with stage.database.read() as tx:
        stored, request = await articles.get(tx, about.article), await approvals.get(tx, about)
    assert stored
    assert request
    return stored, request


async def test_words_photo_and_urgency_are_edited_beside_the_source_and_restored(
    stage: ConsoleStage, owner: Visitor
) -> None:
    about = await submit_with_photos(stage)

    form = await owner.get(f"{path_of(about)}/edit")
    seen = await owner.get(path_of(about))
    told = notice(await saves(owner, about, title="Tiêu đề mới", summary="", photo=OTHER, urgent=""))
    stored, request = await standing(stage, about)
    after = await owner.get(f"{path_of(about)}/edit")
    restored = await owner.post("/approvals/restore", article=str(about.article), topic=about.topic)
    original, _ = await standing(stage, about)

    assert ("Toàn cảnh &lt;i&gt;" in form.text, f'value="{OTHER}"' in form.text) == (True, True)
    assert all("<ul><li><p>Một" in page.text for page in (form, seen))
    assert (told, request.worth.urgent, request.waiting.round) == ("edit-done", False, 2)
    assert (stored.article.title, stored.article.summary) == ("Tiêu đề mới", "")
    assert (stored.article.photos[0].url, stored.photo_key) == (OTHER, OTHER[-64:])
    assert all(each in after.text for each in ("Tiêu đề mới", "<b>Ba ảnh</b>", "Tóm tắt."))
    assert (notice(restored), original.article.title, original.photo_key) == ("edit-done", "Ba ảnh", LEAD.key)
    assert await audited(stage) == ["edited"]


async def test_what_has_changed_meanwhile_is_shown_and_not_overwritten(
    stage: ConsoleStage, owner: Visitor
) -> None:
    about = await submit_with_photos(stage)
    opened = await owner.get(f"{path_of(about)}/edit")
    async with stage.database.write() as tx:
        by_page = Edit.of_words(title="Tiêu đề theo trang")
        await edit(tx, about.article, by_page, BY_OWNER, now=stage.clock.now())

    asked = await saves(owner, about, opened, title="Tiêu đề gõ dở")
    kept, _ = await standing(stage, about)
    told = notice(await saves(owner, about, asked, title="Tiêu đề gõ dở"))
    stored, _ = await standing(stage, about)

    assert (asked.status, "Tiêu đề theo trang" in asked.text, "Tiêu đề gõ dở" in asked.text) == (
        409,
        True,
        True,
    )
    assert (kept.article.title, told, stored.article.title) == (
        "Tiêu đề theo trang",
        "edit-done",
        "Tiêu đề gõ dở",
    )


async def test_it_is_moved_to_another_topic(stage: ConsoleStage, owner: Visitor) -> None:
    about = await submit(stage, "Ba ảnh")
    form = await owner.get(f"{path_of(about)}/edit")

    answer = await saves(owner, about, summary="", topics=ELSEWHERE)
    there = PublicationId(about.article, ELSEWHERE)

    assert re.findall(r'name="topics" value="([a-z-]+)"( checked)?', form.text)[:2] == [
        (HOME, " checked"),
        (ELSEWHERE, ""),
    ]
    assert (notice(answer), path_of(there) in answer.headers["Location"]) == ("edit-done", True)
    assert [await state(stage, each) for each in (about, there)] == [
        PublicationState.REJECTED,
        PublicationState.AWAITING,
    ]


async def test_who_edits_at_home_alone_moves_nothing_elsewhere(stage: ConsoleStage) -> None:
    about = await submit(stage, "Ba ảnh")
    await stage.appoint(ADMIN, Appointment((Role.EDITOR,), frozenset({HOME})))
    editor = await stage.sign_in(ADMIN)

    refused = await saves(editor, about, topics=ELSEWHERE)

    assert (refused.status, await state(stage, about)) == (403, PublicationState.AWAITING)


@pytest.mark.parametrize("typed", [{"title": " "}, {"title": "a" * 5_000}, {"photo": GONE}, {"photo": "x"}])
async def test_what_cannot_stand_is_shown_again_with_the_reason(
    stage: ConsoleStage, owner: Visitor, typed: dict[str, Any]
) -> None:
    about = await submit_with_photos(stage)

    answer = await saves(owner, about, **{"summary": "Vừa gõ", **typed})

    assert (answer.status, 'role="alert"' in answer.text, "Vừa gõ" in answer.text) == (422, True, True)
    assert await audited(stage) == []


async def test_the_photo_is_taken_away_and_nothing_typed_changes_nothing(
    stage: ConsoleStage, owner: Visitor
) -> None:
    about = await submit_with_photos(stage)

    same = notice(await saves(owner, about))
    told = notice(await saves(owner, about, photo="none"))
    stored, _ = await standing(stage, about)

    assert (same, told, stored.photo_key) == ("edit-same", "edit-done", None)


async def test_an_editor_edits_and_decides_nothing(stage: ConsoleStage, owner: Visitor) -> None:
    about = await submit(stage, "Bài của biên tập viên")
    await stage.appoint(ADMIN, Appointment((Role.EDITOR,)))
    editor = await stage.sign_in(ADMIN)

    page = await editor.get(path_of(about))
    told = notice(await saves(editor, about, title="Biên tập xong"))
    form = {"article": str(about.article), "topic": about.topic, "round": "2", "answer": "approve"}
    refused = await editor.post("/approvals/answer", **form)

    assert ("/approvals/answer" in page.text, f"{path_of(about)}/edit" in page.text) == (False, True)
    assert (told, refused.status) == ("edit-done", 403)
    assert await state(stage, about) is PublicationState.AWAITING


async def test_who_is_limited_to_other_topics_edits_nothing(stage: ConsoleStage) -> None:
    about = await submit(stage, "Không phải của mình")
    await stage.appoint(ADMIN, Appointment((Role.EDITOR,), frozenset({ELSEWHERE})))
    editor = await stage.sign_in(ADMIN)
    form = {"article": str(about.article), "round": "1", "title": "Khác", "summary": "", "topics": HOME}

    answered = [
        (await editor.get(f"{path_of(about)}/edit")).status,
        *[(await editor.post("/approvals/edit", topic=each, **form)).status for each in (HOME, ELSEWHERE)],
        (await editor.post("/approvals/restore", topic=HOME, **form)).status,
    ]

    assert (answered, await audited(stage)) == ([403] * 4, [])


async def test_what_waits_no_more_is_not_edited(stage: ConsoleStage, owner: Visitor) -> None:
    about = await submit(stage, "Đã duyệt")
    opened = await owner.get(f"{path_of(about)}/edit")
    await answers(owner, about, "approve")

    told = [notice(await owner.get(f"{path_of(about)}/edit")), notice(await saves(owner, about, opened))]

    assert (told, await audited(stage)) == (["edit-out"] * 2, ["approved"])


@pytest.mark.parametrize(("takes", "title"), [("yes", "Nguồn đã sửa"), ("no", "Bản đã sửa")])
async def test_a_source_that_changes_after_the_release_is_asked_about(
    stage: ConsoleStage, owner: Visitor, takes: str, title: str
) -> None:
    about = await submit(stage, "Nguồn")
    await saves(owner, about, title="Bản đã sửa")
    await answers(owner, about, "approve")
    async with stage.database.write() as tx:
        source = await source_texts.get(tx, about.article)
        assert source is not None
        await source_texts.change(tx, about.article, replace(source, title="Nguồn đã sửa"))

    page = await owner.get(f"/articles/{about.article}")
    form = {"article": str(about.article), "takes": takes, "version": "1"}
    told = [notice(await owner.post("/articles/source", **form)) for _ in range(2)]
    after = await owner.get(f"/articles/{about.article}")
    async with stage.database.read() as tx:
        stored = await articles.get(tx, about.article)

    assert ("/articles/source" in page.text, "/articles/source" in after.text) == (True, False)
    assert told == ["source-taken" if takes == "yes" else "source-left", "article-changed"]
    assert stored
    assert stored.article.title == title
