"""Editing in the chat what waits to be released, by whoever may, and deciding about its source later."""

from dataclasses import replace

import pytest

from bot.commands.admin.publishing.callbacks import ChoosePhoto, DecideSource, EditWaiting, EditWish
from bot.domain.desk.audit import Actor, AuditPlace
from bot.domain.desk.roles import Role
from bot.domain.news.article import Photo
from bot.domain.publication.approval import Answer, Given
from bot.domain.publication.editing import SourceText
from bot.domain.publication.publication import PublicationId
from bot.services.publishing.approval import give
from bot.store.articles import articles, source_texts
from bot.store.articles.articles import StoredArticle
from bot.store.publications import approvals
from bot.store.runtime.admins import Appointment
from tests.commands.stage import ABROAD, HOME, OWNER, Person, Stage

EDITOR = Appointment((Role.EDITOR,), note="Lê Thị Lan")
PHOTOS = (Photo("https://agency.example/1.jpg", "Hội nghị"), Photo("https://agency.example/2.jpg"))

OWNERS_VOTE = Actor(AuditPlace.CHAT, OWNER)


@pytest.fixture
async def waiting(stage: Stage) -> PublicationId:
    """An article with a summary and two photos, neither of which is its lead photo yet."""
    publication = await stage.submit("Quyết định số 5", hour=5, photo=True)
    async with stage.database.write() as tx:
        stored = await articles.get(tx, publication.article)
        assert stored is not None
        with_photos = replace(stored.article, summary="Tóm tắt.", photos=PHOTOS)
        await articles.revise(tx, stored.id, with_photos, None, revision=0, now=stage.clock.now())
    return publication


async def editing(stage: Stage, user: str = OWNER, language: str = "vi") -> Person:
    """Return somebody who sees what can be edited about what waits."""
    person = stage.person(user, language=language)
    await person.types("/choduyet")
    await person.taps("1")
    await person.taps(EditWaiting)
    return person


async def stored(stage: Stage, publication: PublicationId) -> StoredArticle:
    async with stage.database.read() as tx:
        found = await articles.get(tx, publication.article)
    assert found is not None
    return found


async def test_a_title_is_typed_and_the_source_stays_beside_it(stage: Stage, waiting: PublicationId) -> None:
    owner = await editing(stage)
    asked = await owner.taps("Sửa tiêu đề")
    assert "Tiêu đề hiện nay:\n\nQuyết định số 5" in asked

    said = await owner.types("  Quyết định   mới ")

    assert "Quyết định mới" in said
    assert "✏️ Đã sửa trước khi phát hành.\nTiêu đề theo nguồn: Quyết định số 5" in said
    assert "Đã sửa, bài được trình duyệt lại" in said
    card = await owner.taps("Xem bài chờ duyệt")
    assert card.startswith("Quyết định mới")
    assert "Tiêu đề theo nguồn: Quyết định số 5" in card
    async with stage.database.read() as tx:
        request = await approvals.get(tx, waiting)
    assert request is not None
    assert request.waiting.round == 2


async def test_what_cannot_be_a_summary_is_asked_for_once_more(stage: Stage, waiting: PublicationId) -> None:
    owner = await editing(stage)
    await owner.taps("Sửa tóm tắt")

    assert "Tóm tắt không được dài quá 1.000 ký tự." in await owner.types("x" * 1001)
    assert "Tóm tắt theo nguồn: Tóm tắt." in await owner.types("Ngắn gọn.")
    assert (await stored(stage, waiting)).article.summary == "Ngắn gọn."


async def test_the_photo_is_another_one_or_none_and_is_restored(stage: Stage, waiting: PublicationId) -> None:
    key = (await stored(stage, waiting)).photo_key
    stage.pictures[PHOTOS[1].url] = b"jpeg"
    owner = await editing(stage)
    offered = await owner.taps("Đổi ảnh")
    assert "1. Hội nghị\n2. https://agency.example/2.jpg" in offered
    assert "Nguồn có ảnh đại diện khác." in await owner.taps("Ảnh 2")
    chosen = await stored(stage, waiting)
    assert (chosen.photo_key, chosen.article.photos[0]) == (PHOTOS[1].url[-64:], PHOTOS[1])

    await owner.taps("Đổi ảnh")
    assert "Không có ảnh đại diện." in await owner.taps("Không dùng ảnh")
    assert (await stored(stage, waiting)).photo_key is None
    await owner.taps("Khôi phục nguyên văn")

    restored = await stored(stage, waiting)
    assert (restored.photo_key, restored.article.photos) == (key, PHOTOS)


async def test_a_photo_that_cannot_be_had_changes_nothing(stage: Stage, waiting: PublicationId) -> None:
    owner = await editing(stage)
    await owner.taps("Đổi ảnh")

    assert "Chưa lấy được ảnh này từ trang nguồn." in await owner.taps("Ảnh 1")
    async with stage.database.read() as tx:
        assert await source_texts.get(tx, waiting.article) is None


async def test_a_photo_of_an_earlier_round_is_not_taken(stage: Stage, waiting: PublicationId) -> None:
    owner = await editing(stage)
    await owner.taps("Đánh dấu tin khẩn")

    await owner.sends(ChoosePhoto(waiting.article, 1, 1, HOME).pack())

    assert owner.answer.toast == "Không thực hiện được: tình trạng của bài đã thay đổi."


async def test_it_is_urgent_and_not_so_again(stage: Stage, waiting: PublicationId) -> None:
    owner = await editing(stage)

    assert "Đây là tin khẩn." in await owner.taps("Đánh dấu tin khẩn")
    assert "Đây là tin khẩn." not in await owner.taps("Bỏ đánh dấu tin khẩn")
    async with stage.database.read() as tx:
        request = await approvals.get(tx, waiting)
    assert request is not None
    assert not request.worth.urgent


async def test_an_editor_edits_and_does_not_approve(stage: Stage, waiting: PublicationId) -> None:
    await stage.appoints("44", EDITOR)
    editor = stage.person("44")
    await editor.types("/choduyet")
    await editor.taps("1")
    assert editor.labels[0] == "✏️ Sửa"
    assert not {"✅ Duyệt", "✖ Từ chối"} & set(editor.labels)
    await editor.taps("✏️ Sửa")
    await editor.taps("Sửa tiêu đề")
    await editor.types("Của biên tập viên")
    refused = await editor.sends(f"1wa.{waiting.article}.approve.2.{HOME}")

    assert (await stored(stage, waiting)).article.title == "Của biên tập viên"
    assert "được phát hành" not in f"{refused}{editor.answer.toast}"
    async with stage.database.read() as tx:
        assert await approvals.get(tx, waiting) is not None


@pytest.mark.parametrize(
    "appointment", [replace(EDITOR, topics=frozenset({ABROAD})), Appointment((Role.READER, Role.FEEDS))]
)
async def test_who_may_not_edit_there_changes_nothing(
    stage: Stage, waiting: PublicationId, appointment: Appointment
) -> None:
    await stage.appoints("44", appointment)
    person = stage.person("44")
    for wish in EditWish:
        await person.sends(EditWaiting(waiting.article, wish, HOME).pack())
        assert person.answer.toast
    await person.sends(ChoosePhoto(waiting.article, 1, 1, HOME).pack())
    await person.types("Tiêu đề của người khác")

    assert (await stored(stage, waiting)).article.title == "Quyết định số 5"


async def test_what_is_released_meanwhile_is_not_edited(stage: Stage, waiting: PublicationId) -> None:
    owner = await editing(stage)
    await owner.taps("Sửa tiêu đề")
    async with stage.database.write() as tx:
        await give(tx, waiting, Given(Answer.APPROVE), OWNERS_VOTE, now=stage.clock.now())

    assert "bài không còn chờ phát hành" in await owner.types("Muộn")
    assert (await stored(stage, waiting)).article.title == "Quyết định số 5"


@pytest.mark.parametrize(
    ("takes", "said", "title"),
    [(True, "Đã lấy theo trang nguồn", "Theo trang"), (False, "Đã giữ bản đã sửa.", "Bản sửa")],
)
async def test_a_change_of_the_page_is_taken_or_not_once(
    stage: Stage, waiting: PublicationId, *, takes: bool, said: str, title: str
) -> None:
    owner = await editing(stage)
    await owner.taps("Sửa tiêu đề")
    await owner.types("Bản sửa")
    async with stage.database.write() as tx:
        await give(tx, waiting, Given(Answer.APPROVE), OWNERS_VOTE, now=stage.clock.now())
        article = (await articles.many(tx, [waiting.article]))[waiting.article]
        page = replace(article.article, title="Theo trang")
        await source_texts.change(tx, waiting.article, SourceText.of(page, article.photo_key))

    decision = DecideSource(waiting.article, 1, takes=takes).pack()
    assert said in await owner.sends(decision)
    assert "đã có người quyết định" in await owner.sends(decision)
    assert (await stored(stage, waiting)).article.title == title


async def test_in_english(stage: Stage, waiting: PublicationId) -> None:
    owner = stage.person(OWNER, language="en")
    await owner.types("/approvals")
    await owner.taps("1")
    assert "Editing before the release" in await owner.taps("✏️ Edit")
    await owner.taps("Edit the title")

    assert "Title in the source: Quyết định số 5" in await owner.types("Decision No. 5")
    assert "It has no lead photo." not in await owner.taps("Restore the original")
