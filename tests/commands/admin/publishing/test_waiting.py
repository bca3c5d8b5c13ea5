"""Approving, scheduling and rejecting in the chat what waits to be released."""

from datetime import datetime

import pytest

from bot.commands.admin.publishing.callbacks import (
    AnswerApproval,
    ChooseRelease,
    RejectForNoReason,
    ShowWaiting,
)
from bot.commands.base.callbacks import ShowPublication
from bot.domain.clock import VIETNAM
from bot.domain.desk.approval_rule import Approval
from bot.domain.desk.roles import Role
from bot.domain.publication.approval import Answer
from bot.domain.publication.publication import PublicationId, PublicationState
from bot.services.publishing.approval import ask_anew
from bot.store.publications import approvals, publications
from bot.store.runtime.admins import Appointment
from tests.commands.stage import ABROAD, HOME, OWNER, Stage

PUBLISHER = Appointment((Role.PUBLISHER,), note="Nguyễn Văn Nam")
AWAITING, SCHEDULED = PublicationState.AWAITING, PublicationState.SCHEDULED
RELEASED, REJECTED = PublicationState.RELEASED, PublicationState.REJECTED


@pytest.fixture
async def waiting(stage: Stage) -> PublicationId:
    return await stage.submit("Quyết định số 5", hour=5, photo=True)


async def state(stage: Stage, publication: PublicationId) -> PublicationState:
    async with stage.database.read() as tx:
        found = await publications.get(tx, publication.article)
    assert found is not None
    return found.states[publication.topic]


async def release_at(stage: Stage, publication: PublicationId) -> datetime | None:
    async with stage.database.read() as tx:
        found = await approvals.get(tx, publication)
    assert found is not None
    return found.waiting.release_at


async def test_what_waits_is_listed_shown_as_it_will_look_and_approved(
    stage: Stage, waiting: PublicationId
) -> None:
    owner = stage.person(OWNER)

    listed = await owner.types("/choduyet")
    assert "1. Quyết định số 5\nHoạt động trong nước\n⏳ Chờ duyệt từ 08:30 ngày 02/03/2026" in listed
    card = await owner.taps("Xem bài 1")
    assert card.startswith("Quyết định số 5")
    assert "⏳ Bài chờ duyệt để phát hành trong chuyên mục “Hoạt động trong nước”. Vui lòng chọn." in card
    assert owner.seen[-1].photo is not None
    assert owner.labels[:4] == ["✅ Duyệt", "🕗 Hẹn giờ", "✏️ Sửa", "✖ Từ chối"]
    said = await owner.taps("✅ Duyệt")

    assert "✅ Bài đã phát hành trong chuyên mục “Hoạt động trong nước” lúc 08:30 ngày 02/03/2026." in said
    assert owner.answer.toast == "Đã duyệt, bài được phát hành"
    assert await state(stage, waiting) is RELEASED
    assert "Không có bài nào chờ duyệt." in await owner.types("/choduyet")


async def test_who_answers_second_learns_how_it_stands_and_by_whom(
    stage: Stage, waiting: PublicationId
) -> None:
    await stage.appoints("44", PUBLISHER)
    first, second = stage.person("44"), stage.person(OWNER)
    for person in (first, second):
        await person.types("/choduyet")
        await person.taps(ShowWaiting)
    await first.taps("✖ Từ chối")
    await first.taps("✖ Từ chối, không nêu lý do")

    said = await second.taps("✅ Duyệt")

    assert second.answer.toast == "Không thực hiện được: tình trạng của bài đã thay đổi."
    assert "✖ Nguyễn Văn Nam đã từ chối bài trong chuyên mục" in said
    assert await state(stage, waiting) is REJECTED


async def test_who_approves_while_the_page_changes_is_shown_the_change(
    stage: Stage, waiting: PublicationId
) -> None:
    owner = stage.person(OWNER)
    await owner.types("/choduyet")
    await owner.taps(ShowWaiting)
    async with stage.database.write() as tx:
        await ask_anew(tx, waiting.article, now=stage.clock.now())

    await owner.taps("✅ Duyệt")
    assert await state(stage, waiting) is AWAITING
    await owner.taps("Xem bài chờ duyệt")
    await owner.taps("✅ Duyệt")

    assert await state(stage, waiting) is RELEASED


@pytest.mark.parametrize(
    ("typed", "day", "hour"), [("8 giờ sáng mai", 3, 8), ("14:30", 2, 14), ("14h30 thứ Ba", 3, 14)]
)
async def test_a_time_is_typed(stage: Stage, waiting: PublicationId, typed: str, day: int, hour: int) -> None:
    owner = stage.person(OWNER)
    await owner.types("/choduyet")
    await owner.taps(ShowWaiting)
    asked = await owner.taps("🕗 Hẹn giờ")
    assert "Phát hành bài “Quyết định số 5” vào lúc nào?" in asked

    said = await owner.types(typed)

    assert "🕗 Bài đã được duyệt và sẽ phát hành trong chuyên mục" in said
    at = await release_at(stage, waiting)
    assert at is not None
    assert (at.astimezone(VIETNAM).day, at.astimezone(VIETNAM).hour) == (day, hour)
    assert await state(stage, waiting) is SCHEDULED


async def test_a_time_is_chosen_changed_and_taken_back(stage: Stage, waiting: PublicationId) -> None:
    owner = stage.person(OWNER)
    await owner.types("/choduyet")
    await owner.taps(ShowWaiting)
    await owner.taps("🕗 Hẹn giờ")
    assert owner.labels[:3] == ["14:00 ngày 02/03/2026", "17:00 ngày 02/03/2026", "08:00 ngày 03/03/2026"]
    await owner.taps("17:00")
    assert "🕗 Sẽ phát hành lúc 17:00 ngày 02/03/2026" in await owner.types("/choduyet")
    await owner.taps(ShowWaiting)
    await owner.taps("🕗 Đổi giờ")
    await owner.taps("14:00")
    await owner.taps("Xem bài chờ duyệt")
    await owner.taps("↩ Hủy lịch")

    assert await state(stage, waiting) is AWAITING
    assert await release_at(stage, waiting) is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("khi nào tiện", "Bot chưa hiểu “khi nào tiện”."),
        ("8:00 hôm nay", "08:00 ngày 02/03/2026 không phải là một thời điểm sắp tới"),
        ("8:00 3/3/2029", "không phải là một thời điểm sắp tới"),
    ],
)
async def test_a_time_that_cannot_be_is_asked_for_once_more(
    stage: Stage, waiting: PublicationId, typed: str, said: str
) -> None:
    owner = stage.person(OWNER)
    await owner.sends(ChooseRelease(waiting.article, 1, None, waiting.topic).pack())

    assert said in await owner.types(typed)
    assert "sẽ phát hành" in await owner.types("15:00")
    assert await state(stage, waiting) is SCHEDULED


async def test_two_persons_approve_and_each_sees_who_is_missing(stage: Stage) -> None:
    publication = await stage.submit("Quyết định số 6", hour=6, approval=Approval.TWO)
    await stage.appoints("44", PUBLISHER)
    publisher, owner = stage.person("44"), stage.person(OWNER)
    await publisher.types("/choduyet")
    await publisher.taps(ShowWaiting)

    said = await publisher.taps("✅ Duyệt")
    assert "còn thiếu 1 người (đã duyệt: Nguyễn Văn Nam)" in said
    await publisher.taps("Xem bài chờ duyệt")
    await publisher.taps("✅ Duyệt")
    assert await state(stage, publication) is AWAITING
    await owner.types("/choduyet")
    await owner.taps(ShowWaiting)
    await owner.taps("✅ Duyệt")

    assert await state(stage, publication) is RELEASED


async def test_who_is_limited_to_other_topics_neither_sees_nor_decides(
    stage: Stage, waiting: PublicationId
) -> None:
    await stage.appoints("44", Appointment((Role.PUBLISHER,), topics=frozenset({ABROAD})))
    person = stage.person("44")

    assert "Không có bài nào chờ duyệt." in await person.types("/choduyet")
    for action in (
        AnswerApproval(waiting.article, Answer.APPROVE, 1, waiting.topic),
        ChooseRelease(waiting.article, 1, 29_542_000, waiting.topic),
        ChooseRelease(waiting.article, 1, None, waiting.topic),
        ShowWaiting(waiting.article, waiting.topic),
    ):
        await person.sends(action.pack())
        assert "chuyên mục" in (person.answer.toast or "")
    assert await state(stage, waiting) is AWAITING


async def test_only_publishers_are_let_in(stage: Stage, waiting: PublicationId) -> None:
    await stage.appoints("44", Appointment((Role.READER,)))
    reader, stranger = stage.person("44"), stage.person("45")

    assert "người duyệt tin" in await reader.types("/choduyet") or "Chỉ" in await reader.types("/choduyet")
    assert (await stranger.types("/choduyet")).startswith("Chỉ quản trị viên của bot")
    await reader.sends(AnswerApproval(waiting.article, Answer.APPROVE, 1, HOME).pack())
    assert await state(stage, waiting) is AWAITING


async def test_the_list_of_publications_says_how_each_stands(stage: Stage, waiting: PublicationId) -> None:
    owner = stage.person(OWNER)

    assert "⏳ Chờ duyệt từ" in await owner.types("/tinphathanh")
    await owner.taps("Xem bài 1")
    assert "Bài chờ duyệt để phát hành" in await owner.taps("Xem bài chờ duyệt")
    assert await state(stage, waiting) is AWAITING


async def test_in_english(stage: Stage, waiting: PublicationId) -> None:
    owner = stage.person(OWNER, language="en")

    assert "⏳ Awaiting approval since" in await owner.types("/approvals")
    await owner.taps(ShowWaiting)
    assert owner.labels[:4] == ["✅ Approve", "🕗 Schedule", "✏️ Edit", "✖ Reject"]
    await owner.taps("🕗 Schedule")
    assert "will be released in the topic “Domestic news” at 08:00 on 3 March 2026" in await owner.types(
        "8 am tomorrow"
    )
    assert await state(stage, waiting) is SCHEDULED


async def test_it_is_rejected_for_a_reason_and_put_back(stage: Stage, waiting: PublicationId) -> None:
    owner = stage.person(OWNER)
    await owner.types("/choduyet")
    await owner.taps(ShowWaiting)

    asked = await owner.taps("✖ Từ chối")
    too_long = await owner.types("a" * 201)
    said = await owner.types("Tin mới: chưa có số liệu")
    rejected = await state(stage, waiting)
    card = await owner.taps("↩ Đưa lại chờ duyệt")

    assert "Từ chối bài “Quyết định số 5”?" in asked
    assert "Lý do dài quá 200 ký tự." in too_long
    assert (rejected, "Lý do: Tin mới: chưa có số liệu" in said) == (REJECTED, True)
    assert (await state(stage, waiting), owner.labels[0]) == (AWAITING, "✅ Duyệt")
    assert "⏳ Bài chờ duyệt" in card


async def test_what_was_rejected_is_found_among_what_came_last_and_put_back_for_a_week(
    stage: Stage, waiting: PublicationId
) -> None:
    owner = stage.person(OWNER)
    await owner.sends(RejectForNoReason(waiting.article, 1, HOME).pack())
    await owner.types("/tinphathanh")
    await owner.taps(ShowPublication)
    await owner.taps(ShowWaiting)
    offered = "↩ Đưa lại chờ duyệt" in owner.labels
    stage.clock.advance(7 * 86_400)

    await owner.taps("↩ Đưa lại chờ duyệt")

    assert (offered, await state(stage, waiting)) == (True, REJECTED)
    assert owner.answer.toast == "Không thực hiện được: tình trạng của bài đã thay đổi."
