"""Announcements in the console: written, previewed, foretold, tried, proposed, released and ended."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.chats.chat import Address, ChatKind, TopicId
from bot.domain.clock import VIETNAM
from bot.domain.desk.audit import AuditAction, AuditPlace
from bot.domain.desk.roles import Role
from bot.domain.news.article import ArticleId
from bot.domain.publication.announcement import DESK_DRAFTS, AtEnd, DeskDraft
from bot.domain.publication.publication import PublicationState
from bot.i18n import FormOfAddress
from bot.services.operations.follow_ups import FollowUps
from bot.store.articles import articles
from bot.store.chats import chats
from bot.store.engine.database import Database
from bot.store.publications import announcements, desk_drafts, publications
from bot.store.runtime import audit
from bot.store.runtime.admins import Appointment
from tests.commands.stage import HOME, OWNER, texts, words
from tests.fakes import ACCOUNT
from tests.managed import FakeAccount
from tests.web.console.stage import ConsoleStage, Seen, Visitor

ELSEWHERE = TopicId("quoc-te")
EDITOR, OTHER = "901", "902"
DAY = timedelta(days=1)
PHOTO = b"JPEG"
PDF = b"%PDF-1.7\n"
FORM = {
    "title": "Tạm ngừng tiếp công dân <b>",
    "text": "Đoạn một.\n\nĐoạn hai.",
    "page": "",
    "documents": "Công văn 12: https://agency.example/cv12.pdf",
    "topic": [HOME],
    "release_at": "",
    "ends_at": "",
    "at_end": "note",
}


@pytest.fixture
async def stage(db: Database) -> AsyncIterator[ConsoleStage]:
    async with ConsoleStage.open(db) as stage:
        yield stage


@pytest.fixture
async def owner(stage: ConsoleStage) -> Visitor:
    return await stage.sign_in()


@pytest.fixture
async def editor(stage: ConsoleStage) -> Visitor:
    await stage.appoint(EDITOR, Appointment((Role.EDITOR,), note="Chị Lan"))
    return await stage.sign_in(EDITOR)


async def begun(visitor: Visitor) -> int:
    answer = await visitor.post("/announcements/begin")
    return int(answer.headers["Location"].rpartition("/")[2])


async def saves(
    visitor: Visitor, draft: int, *files: tuple[str, str, bytes], seen: str = "", **changed: Any
) -> Seen:
    """Save the form on the page of a draft, as it is now unless another one was *seen*."""
    mark = seen or hidden(await visitor.get(f"/announcements/drafts/{draft}"), "seen")
    form = {**FORM, **changed}
    return await visitor.upload("/announcements/save", files, draft=draft, seen=mark, **form)


async def acts(visitor: Visitor, draft: int, act: str, **more: Any) -> str:
    """Press a button below the preview of a draft, and return the notice or the status of a refusal."""
    mark = hidden(await visitor.get(f"/announcements/drafts/{draft}/preview"), "seen")
    answer = await visitor.post(f"/announcements/{act}", **{"draft": draft, "seen": mark, **more})
    return notice(answer) if answer.status == 303 else str(answer.status)


def hidden(page: Seen, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    return found[1] if found else ""


def notice(answer: Seen) -> str:
    assert answer.status == 303, answer.text
    return answer.headers["Location"].partition("notice=")[2]


def listing(draft: DeskDraft) -> str:
    """Return the documents of a draft as its form lists them."""
    return "\n".join(f"{each.name}: {each.url}" for each in draft.draft.documents)


async def stored(stage: ConsoleStage, draft: int) -> DeskDraft | None:
    async with stage.database.read() as tx:
        return next((each for each in await desk_drafts.every(tx) if each.id == draft), None)


async def audited(stage: ConsoleStage) -> list[AuditAction]:
    async with stage.database.read() as tx:
        lines = [each for each in await audit.newest(tx, limit=50) if "console" not in each.act.action]
    assert {each.actor.place for each in lines} <= {AuditPlace.CONSOLE}
    return [each.act.action for each in reversed(lines)]


async def newest(stage: ConsoleStage) -> ArticleId:
    async with stage.database.read() as tx:
        (found,) = await publications.newest(tx, limit=1)
    return found.article


async def state(stage: ConsoleStage, article: ArticleId) -> PublicationState | None:
    async with stage.database.read() as tx:
        found = await publications.get(tx, article)
    return found.state if found else None


async def test_one_is_written_previewed_and_released(stage: ConsoleStage, owner: Visitor) -> None:
    draft = await begun(owner)

    saved = await saves(owner, draft, ("photo", "anh.jpg", PHOTO), urgent="yes")
    preview = await owner.get(f"/announcements/drafts/{draft}/preview")
    photo = await owner.get(f"/announcements/drafts/{draft}/photo")
    told = await acts(owner, draft, "release")

    async with stage.database.read() as tx:
        article = await articles.get(tx, await newest(stage))
    assert notice(saved) == "saved"
    assert all(
        said in preview.text for said in ("Tạm ngừng tiếp công dân &lt;b&gt;", "Đoạn hai.", "Công văn 12")
    )
    assert (photo.status, photo.headers["Content-Type"]) == (200, "image/jpeg")
    assert (told, await stored(stage, draft)) == ("announcement-released", None)
    assert article is not None
    assert (article.article.body, article.photo_key is not None) == (("Đoạn một.", "Đoạn hai."), True)
    assert await audited(stage) == [AuditAction.CONTENT_PUBLISHED]
    assert "Tạm ngừng" in (await owner.get("/announcements?show=released")).text


async def test_what_an_editor_proposes_a_publisher_releases(stage: ConsoleStage, editor: Visitor) -> None:
    draft = await begun(editor)
    await saves(editor, draft)
    await stage.appoint(OTHER, Appointment((Role.PUBLISHER,), note="Anh Nam"))
    publisher = await stage.sign_in(OTHER)

    own = await acts(editor, draft, "release")
    proposed = [await acts(editor, draft, "propose", proposed="yes") for _ in range(2)]
    listed = await publisher.get("/announcements")
    released = await acts(publisher, draft, "release")

    assert (own, proposed) == ("403", ["draft-proposed", "draft-changed"])
    assert all(said in listed.text for said in ("Tạm ngừng", "Chị Lan", "Đề nghị phát hành"))
    assert released == "announcement-released"
    assert await audited(stage) == [AuditAction.ANNOUNCEMENT_PROPOSED, AuditAction.CONTENT_PUBLISHED]


async def test_a_proposal_is_taken_back_and_a_draft_dropped(stage: ConsoleStage, editor: Visitor) -> None:
    draft = await begun(editor)
    await saves(editor, draft)
    await acts(editor, draft, "propose", proposed="yes")

    told = [await acts(editor, draft, "propose"), await acts(editor, draft, "drop")]

    assert (told, await stored(stage, draft)) == (["draft-taken-back", "draft-dropped"], None)
    assert await audited(stage) == [
        AuditAction.ANNOUNCEMENT_PROPOSED,
        AuditAction.ANNOUNCEMENT_TAKEN_BACK,
        AuditAction.ANNOUNCEMENT_DROPPED,
    ]


@pytest.mark.parametrize("act", ["release", "propose"])
async def test_nothing_goes_on_that_lacks_something_or_was_not_seen(
    stage: ConsoleStage, owner: Visitor, act: str
) -> None:
    draft = await begun(owner)
    lacking = await acts(owner, draft, act, proposed="yes")
    await saves(owner, draft)

    unseen = await acts(owner, draft, act, proposed="yes", seen="0" * 12)

    assert ([lacking, unseen], await audited(stage)) == (["draft-lacks", "draft-changed"], [])


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"title": "x" * 301}, "Tiêu đề dài nhất"),
        ({"page": "trang web"}, "đúng một địa chỉ"),
        ({"documents": "Công văn 12"}, "Mỗi dòng tài liệu"),
        ({"release_at": "2020-01-01T08:00"}, "Giờ phát hành phải"),
        ({"ends_at": "2099-01-01T08:00"}, "Thời điểm hết hạn phải"),
        ({"release_at": "8:00 hằng tuần"}, "không lặp lại theo chu kỳ"),
        ({"release_at": "mai kia"}, "Giờ phát hành phải"),
    ],
)
async def test_what_is_wrong_is_said_and_what_was_typed_stays(
    stage: ConsoleStage, owner: Visitor, changed: dict[str, str], fault: str
) -> None:
    draft = await begun(owner)
    before = await stored(stage, draft)

    answer = await saves(owner, draft, **changed)

    assert (answer.status, fault in answer.text, "Đoạn hai." in answer.text) == (422, True, True)
    assert await stored(stage, draft) == before


async def test_a_photo_that_is_none_keeps_the_draft_as_it_was(stage: ConsoleStage, owner: Visitor) -> None:
    draft = await begun(owner)
    before = await stored(stage, draft)

    answer = await saves(owner, draft, ("photo", "anh.jpg", b"GIF89a"))
    too_large = await saves(owner, draft, ("photo", "anh.jpg", PHOTO + bytes(10 * 2**20)))

    assert [answer.status, too_large.status] == [422, 422]
    assert await stored(stage, draft) == before


async def test_a_photo_is_taken_away_again(stage: ConsoleStage, owner: Visitor) -> None:
    draft = await begun(owner)
    photos = []

    for files, without in (([("photo", "a.jpg", PHOTO)], ""), ([], ""), ([], "yes")):
        await saves(owner, draft, *files, without_photo=without)
        found = await stored(stage, draft)
        assert found
        photos.append(found.draft.photo is not None)

    assert photos == [True, True, False]


async def test_documents_are_handed_in_named_by_an_address_and_left_out_again(
    stage: ConsoleStage, owner: Visitor
) -> None:
    draft = await begun(owner)
    files = [("files", "Công văn 12.pdf", PDF), ("files", "Biểu mẫu.PDF", PDF + b"2")]

    saved = await saves(owner, draft, *files)
    found = await stored(stage, draft)
    assert found is not None
    form = await owner.get(f"/announcements/drafts/{draft}")
    again = await saves(owner, draft, files[0], documents=listing(found))
    twice = await stored(stage, draft)
    await saves(owner, draft, documents="")
    after = await stored(stage, draft)

    named = [each.name for each in found.draft.documents]
    assert (notice(saved), notice(again)) == ("saved", "saved")
    assert named == ["Công văn 12", "Công văn 12.pdf", "Biểu mẫu.PDF"]
    assert all(each in form.text for each in named)
    assert re.fullmatch(
        r"https://tin.example.vn/d/[0-9a-f]{32}/cong-van-12.pdf", found.draft.documents[1].url
    )
    assert twice is not None
    assert twice.draft.documents == found.draft.documents
    assert after is not None
    assert after.draft.documents == ()
    assert set(await audited(stage)) == {AuditAction.DOCUMENT_UPLOADED}


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        ([("chạy.exe", b"MZ")], "chạy.exe” không thuộc loại được nhận"),
        ([("không đuôi", PDF)], "không đuôi” không thuộc loại được nhận"),
        ([("giả.pdf", b"MZ")], "giả.pdf” không đúng với đuôi tệp"),
        ([("giả.docx", PDF)], "giả.docx” không đúng với đuôi tệp"),
        ([("lớn.pdf", PDF + bytes(20_000))], "lớn.pdf” lớn hơn"),
        ([(f"{each}.pdf", PDF) for each in range(3)], "nhiều nhất 2 tệp"),
    ],
)
async def test_a_file_that_is_not_taken_is_named_and_nothing_is_kept(
    stage: ConsoleStage, owner: Visitor, files: list[tuple[str, bytes]], fault: str
) -> None:
    draft = await begun(owner)
    before = await stored(stage, draft)

    answer = await saves(owner, draft, *(("files", name, content) for name, content in files))

    assert (answer.status, fault in answer.text, "Đoạn hai." in answer.text) == (422, True, True)
    assert await stored(stage, draft) == before
    assert await audited(stage) == []


async def test_who_saves_over_a_change_of_somebody_else_is_asked_first(
    stage: ConsoleStage, owner: Visitor, editor: Visitor
) -> None:
    draft = await begun(editor)
    await saves(editor, draft, title="Của người khác")

    first = await saves(owner, draft, seen="0" * 12)
    kept = await stored(stage, draft)
    again = await saves(owner, draft, seen=hidden(first, "seen"))

    assert (first.status, notice(again)) == (422, "saved")
    assert kept is not None
    assert kept.draft.title == "Của người khác"


async def test_who_edits_in_other_topics_does_not_see_it(stage: ConsoleStage, owner: Visitor) -> None:
    draft = await begun(owner)
    await saves(owner, draft)
    await stage.appoint(EDITOR, Appointment((Role.PUBLISHER,), frozenset({ELSEWHERE})))
    admin = await stage.sign_in(EDITOR)

    seen = [await admin.get(f"/announcements/drafts/{draft}{rest}") for rest in ("", "/preview", "/photo")]
    done = [await acts(admin, draft, each) for each in ("release", "drop", "try", "propose")]
    saved = await saves(admin, draft, topic=[ELSEWHERE])

    assert "Tạm ngừng" not in (await admin.get("/announcements")).text
    assert ([each.status for each in seen], done, saved.status) == ([404] * 3, ["404"] * 4, 404)


async def test_one_chooses_only_topics_that_one_may_write_for(stage: ConsoleStage) -> None:
    await stage.appoint(EDITOR, Appointment((Role.EDITOR,), frozenset({ELSEWHERE})))
    admin = await stage.sign_in(EDITOR)
    draft = await begun(admin)

    await saves(admin, draft, topic=[HOME, ELSEWHERE])

    found = await stored(stage, draft)
    assert found is not None
    assert found.draft.topics == (ELSEWHERE,)


async def test_the_forecast_counts_who_would_get_it(stage: ConsoleStage, owner: Visitor) -> None:
    now = stage.clock.now()
    async with stage.database.write() as tx:
        for user in ("1", "2"):
            chat = await chats.register(
                tx, Address(ACCOUNT, user), kind=ChatKind.PRIVATE, title=None, language="vi", now=now
            )
            await chats.give_consent(tx, chat.id, "1", now)
            await chats.subscribe(tx, chat.id, HOME, now)
    draft = await begun(owner)
    await saves(owner, draft)

    before = await owner.get(f"/announcements/drafts/{draft}/preview")
    after = await owner.get(f"/announcements/drafts/{draft}/preview?forecast=yes")

    counted = texts(FormOfAddress.YOU).text("vi", "forecast-title", count=2)
    assert [counted in each.text for each in (before, after)] == [False, True]


async def test_a_test_goes_to_whoever_asks_alone_and_is_marked_as_one(
    stage: ConsoleStage, owner: Visitor
) -> None:
    draft = await begun(owner)
    await saves(owner, draft, ("photo", "anh.jpg", PHOTO))
    account = FakeAccount(ACCOUNT)
    teller = FollowUps(stage.database, stage.clock, texts(FormOfAddress.YOU), account)

    strange = await acts(owner, draft, "try")
    async with stage.database.write() as tx:
        await chats.register(
            tx,
            Address(ACCOUNT, OWNER),
            kind=ChatKind.PRIVATE,
            title=None,
            language="vi",
            now=stage.clock.now(),
        )
    told = await acts(owner, draft, "try")
    for _ in range(2):
        await teller.tell()

    assert (strange, told) == ("draft-no-chat", "draft-tried")
    ((address, message),) = account.said
    assert (address, words(message).startswith("[THỬ] Tạm ngừng")) == (OWNER, True)
    assert (message.photo is not None, await audited(stage)) == (True, [])


async def test_one_is_scheduled_and_ended_before_its_time(stage: ConsoleStage, owner: Visitor) -> None:
    at = (stage.clock.now() + DAY).astimezone(VIETNAM).replace(second=0, microsecond=0)
    draft = await begun(owner)
    await saves(owner, draft, release_at=f"{at:%Y-%m-%dT%H:%M}", ends_at=f"{at + DAY:%Y-%m-%dT%H:%M}")

    told = await acts(owner, draft, "release")
    article = await newest(stage)
    listed = await owner.get("/announcements?show=scheduled")
    ended = [notice(await owner.post("/announcements/end", article=article)) for _ in range(2)]

    assert (told, "Tạm ngừng" in listed.text) == ("announcement-scheduled", True)
    assert ended == ["announcement-ended", "article-changed"]
    assert await state(stage, article) is PublicationState.RECALLED
    assert await audited(stage) == [AuditAction.CONTENT_PUBLISHED, AuditAction.PUBLICATION_RECALLED]


@pytest.mark.parametrize(
    ("at_end", "state_then", "action"),
    [
        (AtEnd.NOTE, PublicationState.ENDED, AuditAction.ANNOUNCEMENT_ENDED),
        (AtEnd.DELETE, PublicationState.RECALLED, AuditAction.PUBLICATION_RECALLED),
    ],
)
async def test_one_that_is_out_ends_early_as_it_would_in_time(
    stage: ConsoleStage, owner: Visitor, at_end: AtEnd, state_then: PublicationState, action: AuditAction
) -> None:
    draft = await begun(owner)
    await saves(owner, draft, at_end=at_end)
    await acts(owner, draft, "release")
    article = await newest(stage)
    page = await owner.get(f"/articles/{article}")

    ended = notice(await owner.post("/announcements/end", article=article))

    async with stage.database.read() as tx:
        about = await announcements.get(tx, article)
    assert "/console/announcements/end" in page.text
    assert "/console/announcements/end" not in (await owner.get(f"/articles/{article}")).text
    assert (ended, await state(stage, article)) == ("announcement-ended", state_then)
    assert about is not None
    assert (about.ended_at, (await audited(stage))[-1]) == (stage.clock.now(), action)
    assert "Tạm ngừng" in (await owner.get("/announcements?show=ended")).text


async def test_a_person_has_so_many_drafts_and_no_more(stage: ConsoleStage, owner: Visitor) -> None:
    for _ in range(DESK_DRAFTS):
        await begun(owner)

    assert notice(await owner.post("/announcements/begin")) == "draft-too-many"
