"""Moving in the chat what waits into other topics, by whoever edits in all of them."""

import pytest

from bot.commands.admin.publishing.callbacks import MoveStep, MoveWaiting
from bot.domain.chats.chat import TopicId
from bot.domain.desk.roles import Role
from bot.domain.publication.publication import PublicationId, PublicationState
from bot.store.publications import approvals, publications
from bot.store.runtime.admins import Appointment
from tests.commands.stage import ABROAD, HOME, OWNER, Stage

AWAITING, REJECTED = PublicationState.AWAITING, PublicationState.REJECTED


@pytest.fixture
async def waiting(stage: Stage) -> PublicationId:
    return await stage.submit("Quyết định số 5", hour=5)


async def states(stage: Stage, about: PublicationId) -> dict[TopicId, PublicationState]:
    async with stage.database.read() as tx:
        found = await publications.get(tx, about.article)
    assert found
    return dict(found.states)


async def test_it_is_added_to_a_topic_and_then_waits_there_alone(
    stage: Stage, waiting: PublicationId
) -> None:
    owner = stage.person(OWNER)
    await owner.types("/choduyet")
    await owner.taps("1")
    await owner.taps("✏️ Sửa")
    await owner.taps("Đổi chuyên mục")
    assert owner.labels[:2] == ["✅ Hoạt động trong nước", "◻️ Hoạt động quốc tế"]
    await owner.taps("◻️ Hoạt động quốc tế")
    added = await owner.taps("Đăng thêm ở chuyên mục này")
    both = await states(stage, waiting)
    await owner.taps("Đổi chuyên mục")
    await owner.taps("✅ Hoạt động quốc tế")
    moved = await owner.taps("Chỉ đăng ở chuyên mục này")
    card = await owner.taps("Xem bài chờ duyệt")

    assert "Đã sửa, bài được trình duyệt lại." in added
    assert both == {HOME: AWAITING, ABROAD: AWAITING}
    assert "Đã sửa, bài được trình duyệt lại." in moved
    assert await states(stage, waiting) == {HOME: REJECTED, ABROAD: AWAITING}
    assert "Hoạt động quốc tế" in card
    again = await owner.sends(f"1ws.{waiting.article}.{HOME}")
    assert "đã chuyển bài khỏi chuyên mục “Hoạt động trong nước”" in again


async def test_the_last_topic_stays_and_in_english(stage: Stage, waiting: PublicationId) -> None:
    owner = stage.person(OWNER, language="en")
    await owner.types("/approvals")
    await owner.taps("1")
    await owner.taps("✏️ Edit")
    shown = await owner.taps("Other topics")
    await owner.sends(MoveWaiting(waiting.article, MoveStep.TAKE_AWAY, HOME).pack())

    assert "The article waits in the topics marked ✅." in shown
    assert owner.answer.toast == "The article must have a topic at least."
    assert await states(stage, waiting) == {HOME: AWAITING}


@pytest.mark.parametrize("limit", [HOME, ABROAD])
async def test_who_edits_in_one_of_the_topics_alone_moves_nothing(
    stage: Stage, waiting: PublicationId, limit: TopicId
) -> None:
    await stage.appoints("44", Appointment((Role.EDITOR,), topics=frozenset({limit}), note="Lan"))
    editor = stage.person("44")
    for step in (MoveStep.CHOOSE, MoveStep.ALONE, MoveStep.ADD):
        await editor.sends(MoveWaiting(waiting.article, step, ABROAD).pack())
        assert editor.answer.toast

    assert await states(stage, waiting) == {HOME: AWAITING}
    async with stage.database.read() as tx:
        request = await approvals.get(tx, waiting)
    assert request
    assert request.waiting.round == 1
