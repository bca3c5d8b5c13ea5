"""Photos and documents that are sent while an announcement is being written: taken or refused."""

from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.commands.announcing.callbacks import ChangeDraft, DraftField, ReleaseDraft, WriteAnnouncement
from bot.commands.announcing.callbacks import ReleaseStep as Step
from bot.domain.chats.chat import IncomingFile
from bot.domain.desk.audit import AuditAction
from bot.domain.desk.roles import Role
from bot.domain.messaging.messenger import MessengerError
from bot.domain.publication.announcement import DOCUMENTS, Draft, DraftPart
from bot.domain.publication.uploads import KINDS, UploadRules, code_in
from bot.services.announcing.uploading import UploadDesk
from bot.store.articles import articles
from bot.store.engine.database import Database
from bot.store.publications import drafts, publications, uploads
from bot.store.runtime import admins, audit
from bot.store.runtime.admins import Appointment
from tests.commands.stage import HOME, OWNER, Person, Stage, wording
from tests.emulated import jpeg

PDF = b"%PDF-1.7 cong van"
ADDRESS = "https://tin.example.vn"
FEW = UploadDesk(UploadRules(bytes=1000), ADDRESS)
PHOTO = IncomingFile("photo", size=2000, is_photo=True)


@pytest.fixture
async def stage(db: Database) -> Stage:
    stage = await Stage.open(db)
    stage.messenger.files |= {"pdf": PDF, "photo": jpeg(), "other photo": jpeg(color="blue")}
    return stage


async def begins(stage: Stage, user: str = OWNER, text: str = "Nghỉ lễ\nCục nghỉ lễ hai ngày.") -> Person:
    person = stage.person(user)
    await person.types("/thongbao")
    if text:
        await person.types(text)
    return person


def pdf(name: str = "Công văn 12.pdf", *, in_album: bool = False) -> IncomingFile:
    return IncomingFile("pdf", name=name, size=len(PDF), in_album=in_album)


async def draft(stage: Stage, person: Person) -> Draft:
    chat = await stage.chat(person.address)
    assert chat
    async with stage.database.read() as tx:
        found = await drafts.of(tx, chat.id)
    assert found
    return found


def fault(fault: str, name: str, *, megabytes: int = 10) -> str:
    kinds = ", ".join(KINDS)
    return wording("upload-fault", fault=fault, name=name, megabytes=megabytes, count=5, kinds=kinds)


async def test_a_document_is_kept_shown_and_goes_out_with_the_announcement(stage: Stage) -> None:
    owner = await begins(stage)

    said = await owner.sends_file(pdf())
    (document,) = (await draft(stage, owner)).documents
    await owner.sends(ChangeDraft(DraftField.TOPIC_ON, HOME).pack())
    preview = await owner.sends(ReleaseDraft(Step.PREVIEW).pack())
    await owner.sends(ReleaseDraft(Step.RELEASE, (await draft(stage, owner)).mark).pack())

    assert wording("announcement-document-taken", name="Công văn 12.pdf", count=1) in said
    assert document.url in said
    assert "Công văn 12" in preview
    async with stage.database.read() as tx:
        kept = await uploads.shown(tx, code_in(document.url) or "")
        (published,) = await publications.newest(tx, limit=9)
        stored = await articles.get(tx, published.article)
    assert kept
    assert (kept.name, kept.content, kept.media_type) == ("Công văn 12.pdf", PDF, "application/pdf")
    assert stored
    assert stored.article.attachments == (document,)


async def test_what_is_being_written_is_shown_with_its_documents_when_the_command_is_sent_again(
    stage: Stage,
) -> None:
    owner = await begins(stage)
    await owner.sends_file(pdf())

    said = await owner.types("/thongbao")

    assert "Nghỉ lễ" in said
    assert "Công văn 12.pdf" in said


async def test_who_handed_in_what_is_written_down(stage: Stage) -> None:
    owner = await begins(stage)

    await owner.sends_file(pdf())

    async with stage.database.read() as tx:
        (line,) = await audit.newest(tx, limit=1)
    assert (line.act.action, line.actor.user) == (AuditAction.DOCUMENT_UPLOADED, OWNER)
    assert line.act.after
    assert line.act.after["title"] == "Công văn 12.pdf"


async def test_a_photo_is_the_photo_of_the_announcement_and_another_one_replaces_it(stage: Stage) -> None:
    owner = await begins(stage)

    first = await owner.sends_file(PHOTO)
    before = (await draft(stage, owner)).photo
    second = await owner.sends_file(replace(PHOTO, reference="other photo"))
    after = (await draft(stage, owner)).photo
    await owner.sends(ChangeDraft(DraftField.TOPIC_ON, HOME).pack())
    await owner.sends(ReleaseDraft(Step.TEST).pack())

    assert wording("announcement-photo-taken", had="none") in first
    assert wording("announcement-photo-taken", had="photo") in second
    assert before != after
    shown = [each.photo for each in owner.seen if each.photo]
    assert [getattr(each, "key", None) for each in shown] == [after]


async def test_a_photo_that_lies_on_the_web_is_fetched_and_called_by_its_bytes(stage: Stage) -> None:
    stage.pictures["https://photo-stal-1.zdn.vn/a.jpg"] = jpeg()
    owner = await begins(stage)

    await owner.sends_file(IncomingFile(address="https://photo-stal-1.zdn.vn/a.jpg", is_photo=True))

    key = (await draft(stage, owner)).photo
    assert key
    async with stage.database.read() as tx:
        photo = await articles.photo(tx, key)
    assert photo
    assert photo.url.startswith("urn:sha256:")


async def test_an_album_is_taken_file_by_file_each_told_of_in_a_line(stage: Stage) -> None:
    owner = await begins(stage)

    said = [await owner.sends_file(pdf(f"Phụ lục {number}.pdf", in_album=True)) for number in (1, 2, 3)]

    assert [each.name for each in (await draft(stage, owner)).documents] == [
        "Phụ lục 1.pdf",
        "Phụ lục 2.pdf",
        "Phụ lục 3.pdf",
    ]
    assert [wording("announcement-title") in each for each in said] == [False] * 3
    assert WriteAnnouncement().pack() in [button.action for button in owner.buttons]


async def test_the_same_document_is_named_once(stage: Stage) -> None:
    owner = await begins(stage)

    await owner.sends_file(pdf())
    await owner.sends_file(pdf())

    assert len((await draft(stage, owner)).documents) == 1


async def test_a_file_begins_an_announcement_whose_text_comes_with_it(stage: Stage) -> None:
    owner = await begins(stage, text="")

    await owner.sends_file(pdf(), "Nghỉ lễ\nCục nghỉ lễ hai ngày.")

    written = await draft(stage, owner)
    assert (written.title, written.text) == ("Nghỉ lễ", ("Cục nghỉ lễ hai ngày.",))
    assert len(written.documents) == 1


async def test_a_file_without_a_text_is_kept_and_the_text_asked_for(stage: Stage) -> None:
    owner = await begins(stage, text="")

    await owner.sends_file(pdf())
    await owner.types("Tin mới\nCục nghỉ lễ hai ngày.")

    written = await draft(stage, owner)
    assert (written.title, len(written.documents)) == ("Tin mới", 1)


async def test_a_picture_sent_as_a_file_is_the_photo_where_that_was_asked_for(stage: Stage) -> None:
    owner = await begins(stage)
    as_file = IncomingFile("photo", name="anh.jpg", size=2000)

    await owner.sends_file(as_file)
    await owner.sends(WriteAnnouncement(DraftPart.PHOTO).pack())
    await owner.sends_file(as_file)

    written = await draft(stage, owner)
    assert ([each.name for each in written.documents], written.photo is not None) == (["anh.jpg"], True)


@pytest.mark.parametrize(
    ("file", "why", "name"),
    [
        (IncomingFile("exe", name="tin.exe", size=9), "kind", "tin.exe"),
        (IncomingFile("video", name="clip.mp4", size=9), "kind", "clip.mp4"),
        (IncomingFile("none", name="../../etc/passwd", size=9), "kind", "passwd"),
        (IncomingFile("large", name="a.pdf", size=10_000_001), "large", "a.pdf"),
        (IncomingFile("large", name="a.pdf"), "large", "a.pdf"),
        (IncomingFile("zip", name="a.docx", size=9), "content", "a.docx"),
        (IncomingFile("large", size=11 * 2**20, is_photo=True), "photo", ""),
        (IncomingFile("pdf", size=9, is_photo=True), "photo", ""),
        (IncomingFile(address="https://photo.example/none.jpg", is_photo=True), "photo", ""),
    ],
)
async def test_what_is_not_taken_is_refused_in_a_sentence_and_changes_nothing(
    stage: Stage, file: IncomingFile, why: str, name: str
) -> None:
    stage.messenger.files |= {"zip": b"PK\x03\x04none", "large": PDF + b" " * 10_000_000}
    owner = await begins(stage)
    before = await draft(stage, owner)

    said = await owner.sends_file(file)

    assert said.strip() == fault(why, name)
    assert await draft(stage, owner) == before


async def test_what_its_name_or_size_rules_out_is_not_fetched(stage: Stage) -> None:
    owner = await begins(stage)
    stage.messenger.files.clear()

    said = [
        await owner.sends_file(IncomingFile("none", name="tin.exe", size=9)),
        await owner.sends_file(IncomingFile("none", name="tin.pdf", size=20_000_000)),
        await owner.sends_file(IncomingFile("none", size=20_000_000, is_photo=True)),
    ]

    assert [each.strip() for each in said] == [
        fault("kind", "tin.exe"),
        fault("large", "tin.pdf"),
        fault("photo", ""),
    ]


async def test_after_a_refusal_what_was_asked_for_is_waited_for_still(stage: Stage) -> None:
    owner = await begins(stage)
    await owner.sends(WriteAnnouncement(DraftPart.DOCUMENTS).pack())

    await owner.sends_file(IncomingFile("exe", name="tin.exe", size=9))
    await owner.types("Công văn 12: https://agency.example/cv12.pdf")

    assert [each.name for each in (await draft(stage, owner)).documents] == ["Công văn 12"]


async def test_more_documents_than_an_announcement_has_are_refused_before_they_are_fetched(
    stage: Stage,
) -> None:
    owner = await begins(stage)
    for number in range(DOCUMENTS):
        await owner.sends_file(pdf(f"Phụ lục {number}.pdf"))
    stage.messenger.files.clear()

    said = await owner.sends_file(pdf("Phụ lục cuối.pdf"))

    assert said.strip() == fault("together", "Phụ lục cuối.pdf")
    assert len((await draft(stage, owner)).documents) == DOCUMENTS


async def test_without_a_public_address_documents_are_refused_and_photos_are_not(stage: Stage) -> None:
    stage.uploads = UploadDesk(UploadRules(), "")
    owner = await begins(stage)

    said = await owner.sends_file(pdf())
    await owner.sends_file(PHOTO)

    written = await draft(stage, owner)
    assert said.strip() == fault("address", "Công văn 12.pdf")
    assert (written.documents, written.photo is not None) == ((), True)


async def test_a_file_that_cannot_be_fetched_may_be_sent_again(stage: Stage) -> None:
    owner = await begins(stage)
    stage.messenger.fails = MessengerError("Telegram cannot be reached: timed out")

    said = await owner.sends_file(pdf())
    stage.messenger.fails = None
    await owner.sends_file(pdf())

    assert said.strip() == fault("lost", "Công văn 12.pdf")
    assert len((await draft(stage, owner)).documents) == 1


async def test_a_bound_of_our_own_holds_whatever_the_messenger_says_of_the_size(stage: Stage) -> None:
    stage.uploads = FEW
    stage.messenger.files["pdf"] = PDF + b" " * 1000
    owner = await begins(stage)

    said = await owner.sends_file(IncomingFile("pdf", name="a.pdf", size=9))

    assert said.strip() == fault("large", "a.pdf", megabytes=0)


async def test_nobody_but_those_who_publish_hands_in_anything(stage: Stage) -> None:
    await stage.appoints("44", Appointment((Role.PUBLISHER,)))
    admin = await begins(stage, "44")
    async with stage.database.write() as tx:
        await admins.set_roles(tx, stage.messenger.account, "44", (Role.READER,))
    stage.messenger.files.clear()

    await admin.sends_file(pdf())

    assert (await draft(stage, admin)).documents == ()


async def test_a_person_who_writes_nothing_is_answered_as_before(stage: Stage) -> None:
    person = stage.person("55")
    stage.messenger.files.clear()

    said = await person.sends_file(pdf(), "Công văn")

    assert said
    assert said != fault("kind", "Công văn 12.pdf")
    assert await stage.chat(person.address) is None


async def test_somebody_limited_to_topics_announces_a_document_there_alone(stage: Stage) -> None:
    await stage.appoints("44", Appointment((Role.PUBLISHER,), topics=frozenset({HOME})))
    admin = await begins(stage, "44", text="")

    await admin.sends_file(pdf(), "Nghỉ lễ")

    assert (await draft(stage, admin)).topics == (HOME,)


async def test_nothing_of_a_file_is_logged(stage: Stage) -> None:
    owner = await begins(stage)

    with capture_logs() as logs:
        await owner.sends_file(pdf("Bí mật.pdf"))
        await owner.sends_file(IncomingFile("exe", name="Bí mật.exe", size=9))

    assert "Bí mật" not in str(logs)
