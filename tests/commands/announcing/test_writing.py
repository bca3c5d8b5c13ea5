"""/thongbao: written part by part, tried by nobody but its author, foretold, and released once."""

from dataclasses import replace

import pytest

from bot.commands.announcing.callbacks import (
    ChangeDraft,
    DraftField,
    ReleaseDraft,
    ReleaseStep,
    WriteAnnouncement,
)
from bot.commands.base.callbacks import Agree
from bot.domain.chats.chat import TopicId
from bot.domain.desk.audit import AuditAction
from bot.domain.desk.roles import Role
from bot.domain.publication.announcement import AtEnd, Draft, DraftPart
from bot.store.engine.database import Database
from bot.store.outbox import outbox
from bot.store.publications import drafts, publications
from bot.store.runtime import audit
from bot.store.runtime.admins import Appointment
from tests.commands.stage import ABROAD, HOME, OWNER, Person, Stage, wording
from tests.emulated import jpeg

TEXT = "Tạm ngừng tiếp công dân\nCục tạm ngừng tiếp công dân hai ngày.\n\nTin mới sẽ được báo sau."
PHOTO = "https://agency.example/anh.jpg"


@pytest.fixture
async def stage(sqlite_db: Database) -> Stage:
    return await Stage.open(sqlite_db)


async def begins(stage: Stage, user: str = OWNER) -> Person:
    person = stage.person(user)
    await person.types("/start")
    await person.types("/thongbao")
    await person.types(TEXT)
    return person


async def draft(stage: Stage, person: Person) -> Draft | None:
    chat = await stage.chat(person.address)
    assert chat
    async with stage.database.read() as tx:
        return await drafts.of(tx, chat.id)


async def mark(stage: Stage, person: Person) -> str:
    written = await draft(stage, person)
    assert written
    return written.mark


async def presses(person: Person, *data: WriteAnnouncement | ChangeDraft | ReleaseDraft) -> str:
    """Send what these buttons send, and return what the bot says to the last one, its notice included."""
    for each in data:
        said = await person.sends(each.pack())
    return f"{person.answer.toast}\n{said}"


async def test_the_first_line_is_the_title_and_each_other_one_a_paragraph(stage: Stage) -> None:
    owner = await begins(stage)

    written = await draft(stage, owner)

    assert written
    assert (written.title, written.text) == (
        "Tạm ngừng tiếp công dân",
        ("Cục tạm ngừng tiếp công dân hai ngày.", "Tin mới sẽ được báo sau."),
    )


async def test_each_part_is_asked_for_and_taken(stage: Stage) -> None:
    stage.pictures[PHOTO] = jpeg()
    owner = await begins(stage)

    for part, words in (
        (DraftPart.PHOTO, PHOTO),
        (DraftPart.DOCUMENTS, "Công văn 12: https://agency.example/cv12.pdf"),
        (DraftPart.PAGE, "https://agency.example/thong-bao"),
        (DraftPart.RELEASE, "8:00 1/4"),
        (DraftPart.END, "17h ngày 1/5"),
    ):
        await presses(owner, WriteAnnouncement(part))
        await owner.types(words)
    await presses(
        owner,
        ChangeDraft(DraftField.TOPIC_ON, HOME),
        ChangeDraft(DraftField.TOPIC_ON, ABROAD),
        ChangeDraft(DraftField.TOPIC_OFF, HOME),
        ChangeDraft(DraftField.URGENT, "1"),
        ChangeDraft(DraftField.AT_END, AtEnd.DELETE),
    )

    written = await draft(stage, owner)
    assert written
    assert (written.photo, written.page) == (PHOTO[-64:], "https://agency.example/thong-bao")
    assert [(each.name, each.url) for each in written.documents] == [
        ("Công văn 12", "https://agency.example/cv12.pdf")
    ]
    assert (written.topics, written.urgent, written.at_end) == ((ABROAD,), True, AtEnd.DELETE)
    assert written.ends_at
    assert written.release_at
    assert (written.release_at.month, written.release_at.hour) == (4, 1)
    assert (written.ends_at.hour, written.ends_at.minute) == (10, 0)


async def test_a_part_is_taken_away_again(stage: Stage) -> None:
    owner = await begins(stage)
    await presses(owner, WriteAnnouncement(DraftPart.PAGE))
    await owner.types("https://agency.example/thong-bao")
    await presses(owner, ChangeDraft(DraftField.LASTS, "7"))

    await presses(
        owner,
        ChangeDraft(DraftField.WITHOUT, DraftPart.PAGE),
        ChangeDraft(DraftField.WITHOUT, DraftPart.END),
    )

    written = await draft(stage, owner)
    assert written
    assert (written.page, written.ends_at) == ("", None)


@pytest.mark.parametrize(
    ("part", "words", "key"),
    [
        (DraftPart.TEXT, "x" * 301, "announcement-fault"),
        (DraftPart.DOCUMENTS, "Công văn", "announcement-fault"),
        (DraftPart.PAGE, "trang của Cục", "announcement-fault"),
        (DraftPart.PHOTO, "ảnh hội nghị", "announcement-fault"),
        (DraftPart.PHOTO, "https://agency.example/khong-co.jpg", "announcement-no-photo"),
        (DraftPart.END, "31/02", "announcement-fault"),
        (DraftPart.END, "8 giờ mỗi thứ Hai", "announcement-no-series"),
    ],
)
async def test_what_cannot_be_taken_is_asked_for_again_and_changes_nothing(
    stage: Stage, part: DraftPart, words: str, key: str
) -> None:
    owner = await begins(stage)
    before = await draft(stage, owner)
    await presses(owner, WriteAnnouncement(part))

    answer = await owner.types(words)

    assert wording(key, part=part).replace("`", "") in answer
    assert await draft(stage, owner) == before


async def test_words_that_are_commands_elsewhere_are_part_of_the_text(stage: Stage) -> None:
    owner = stage.person(OWNER)
    await owner.types("/start")
    await owner.types("/thongbao")

    await owner.types("Tin mới\nHủy lịch tiếp công dân")

    written = await draft(stage, owner)
    assert written
    assert (written.title, written.text) == ("Tin mới", ("Hủy lịch tiếp công dân",))


async def test_leaving_a_question_keeps_what_was_written(stage: Stage) -> None:
    owner = await begins(stage)
    await presses(owner, WriteAnnouncement(DraftPart.TEXT))

    await owner.types("hủy")

    written = await draft(stage, owner)
    assert written
    assert written.title == "Tạm ngừng tiếp công dân"


async def test_what_lacks_a_topic_is_not_shown_to_anybody(stage: Stage) -> None:
    owner = await begins(stage)

    answer = await presses(owner, ReleaseDraft(ReleaseStep.RELEASE))

    assert wording("announcement-lacks", lack="topic") in answer


async def test_it_is_released_once_and_written_down(stage: Stage) -> None:
    owner = await begins(stage)
    await presses(owner, ChangeDraft(DraftField.TOPIC_ON, HOME))

    seen = await mark(stage, owner)
    first = await presses(owner, ReleaseDraft(ReleaseStep.RELEASE, seen))
    second = await presses(owner, ReleaseDraft(ReleaseStep.RELEASE, seen))

    async with stage.database.read() as tx:
        found = await publications.newest(tx, limit=9)
        (line,) = await audit.newest(tx, limit=1)
    assert [(each.title, each.topics) for each in found] == [("Tạm ngừng tiếp công dân", (HOME,))]
    assert (line.act.action, line.actor.user) == (AuditAction.CONTENT_PUBLISHED, OWNER)
    assert (
        wording("announcement-released", state="released", moment="", topics="Hoạt động trong nước") in first
    )
    assert wording("announcement-none") in second
    assert await draft(stage, owner) is None


async def test_what_was_not_shown_as_it_is_now_is_shown_and_not_released(stage: Stage) -> None:
    owner = await begins(stage)
    await presses(owner, ChangeDraft(DraftField.TOPIC_ON, HOME))
    seen = await mark(stage, owner)
    await presses(owner, WriteAnnouncement(DraftPart.TEXT))
    await owner.types("Hai ngày khác\nCục tạm ngừng tiếp công dân hai ngày khác.")

    answer = await presses(owner, ReleaseDraft(ReleaseStep.RELEASE, seen))

    async with stage.database.read() as tx:
        assert await publications.newest(tx, limit=9) == ()
    assert "Hai ngày khác" in answer
    await owner.taps(wording("button-announcement-step", step="r"))
    async with stage.database.read() as tx:
        assert [each.title for each in await publications.newest(tx, limit=9)] == ["Hai ngày khác"]


async def test_a_test_is_marked_and_goes_to_nobody_else(stage: Stage) -> None:
    owner = await begins(stage)
    await presses(owner, ChangeDraft(DraftField.TOPIC_ON, HOME))

    answer = await presses(owner, ReleaseDraft(ReleaseStep.TEST))

    assert {each.to for each in owner.answer.messages} == {owner.address}
    assert "[THỬ] Tạm ngừng tiếp công dân" in answer
    async with stage.database.read() as tx:
        assert await publications.newest(tx, limit=9) == ()
        assert not await outbox.counts(tx)


async def test_the_preview_is_followed_by_the_forecast(stage: Stage) -> None:
    owner = await begins(stage)
    await owner.types("/dangky trong nước")
    await owner.taps(Agree)
    await presses(owner, ChangeDraft(DraftField.TOPIC_ON, HOME))

    answer = await presses(owner, ReleaseDraft(ReleaseStep.PREVIEW))

    assert wording("announcement-counting") in answer
    assert wording("forecast-title", count=1) in answer
    assert wording("announcement-release-question") in answer


async def test_somebody_limited_to_topics_announces_there_alone(stage: Stage) -> None:
    limited = Appointment((Role.PUBLISHER,), topics=frozenset({HOME}))
    await stage.appoints("44", limited)
    admin = await begins(stage, "44")
    written = await draft(stage, admin)
    assert written
    assert written.topics == (HOME,)
    chat = await stage.chat(admin.address)
    assert chat

    # Their topics may have changed since they chose.
    async with stage.database.write() as tx:
        await drafts.keep(tx, chat.id, replace(written, topics=(HOME, ABROAD)))
    refused = await presses(admin, ReleaseDraft(ReleaseStep.RELEASE))
    await presses(admin, ChangeDraft(DraftField.TOPIC_ON, ABROAD))

    left = await draft(stage, admin)
    assert wording("only-other-topics") in refused
    assert left
    assert left.topics == (HOME,)


async def test_who_may_not_publish_is_told_who_may(stage: Stage) -> None:
    await stage.appoints("44", Appointment((Role.FEEDS,)))

    answer = await stage.person("44").types("/thongbao")

    assert wording("role-name", role="publisher") in answer


async def test_a_topic_that_there_is_not_cannot_be_chosen(stage: Stage) -> None:
    owner = await begins(stage)

    await presses(owner, ChangeDraft(DraftField.TOPIC_ON, TopicId("khong-co")))

    written = await draft(stage, owner)
    assert written
    assert written.topics == ()
