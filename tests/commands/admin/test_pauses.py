"""Pausing topics, accounts and everything in the chat."""

import pytest

from bot.domain.desk.audit import AuditAction
from bot.domain.desk.roles import Role
from bot.domain.publication.pauses import PauseScope
from bot.store.publications import pauses
from bot.store.runtime import audit
from bot.store.runtime.admins import Appointment
from tests.commands.stage import HOME, OWNER, Stage, wording
from tests.store import world


@pytest.fixture
async def published(stage: Stage) -> Stage:
    await world.prepare(stage.database)
    await world.subscribe(stage.database, "11")
    await world.publish(stage.database)
    return stage


async def scopes(stage: Stage) -> list[PauseScope]:
    async with stage.database.read() as tx:
        return [each.what.scope for each in await pauses.standing(tx)]


@pytest.mark.parametrize(
    ("label", "standing"),
    [
        ("“Trong nước”", "⏸ Chuyên mục “Trong nước”: tạm dừng từ"),
        ("toàn bộ", "⏸ Toàn bộ tin: tạm dừng từ"),
        (f"{world.ACCOUNT}", f"⏸ Tài khoản {world.ACCOUNT}: tạm dừng từ"),
    ],
)
async def test_each_is_paused_and_goes_on(published: Stage, label: str, standing: str) -> None:
    owner = published.person(OWNER)
    assert "Hiện không có nội dung nào bị tạm dừng." in await owner.types("/tamdung")

    said = await owner.taps(f"⏸ Tạm dừng {label}")
    assert owner.answer.toast == "Đang tạm dừng gửi tin"
    assert standing in said
    assert await world.claim(published.database) == ()

    assert "Hiện không có nội dung nào" in await owner.taps(f"▶️ Gửi tiếp {label}")
    assert owner.answer.toast == "Đã cho gửi tiếp"
    assert len(await world.claim(published.database)) == 1
    async with published.database.read() as tx:
        lines = await audit.newest(tx, limit=9)
    assert [line.act.action for line in lines] == [AuditAction.UNPAUSED, AuditAction.PAUSED]
    assert {line.actor.user for line in lines} == {OWNER}


async def test_a_button_tapped_twice_does_no_harm(published: Stage) -> None:
    owner = published.person(OWNER)
    await owner.types("/tamdung")

    for _ in range(2):
        await owner.sends("1py.1.everything")
    assert owner.answer.toast == "Không thực hiện được: trạng thái đã thay đổi."
    assert await scopes(published) == [PauseScope.EVERYTHING]
    await owner.sends("1py.1.topic.khong-co")
    await owner.sends("1py.1.article.1")
    await owner.sends("1py.0.article.1")
    assert await scopes(published) == [PauseScope.EVERYTHING]


async def test_people_are_answered_while_everything_is_paused(published: Stage) -> None:
    await published.person(OWNER).sends("1py.1.everything")

    assert "Bài số 1" in await published.person().types("tin mới nhất")


async def test_english_speakers_read_it_in_english(published: Stage) -> None:
    owner = published.person(OWNER, "en")

    assert (await owner.types("/pause")).startswith("Pausing the news\n\nNothing is paused.")
    assert "⏸ All news: paused since" in await owner.taps("⏸ Pause everything")


async def test_a_publisher_of_one_topic_pauses_that_alone(published: Stage) -> None:
    await published.appoints("44", Appointment((Role.PUBLISHER,), frozenset({HOME})))
    manager = published.person("44")
    await manager.types("/tamdung")

    assert [label for label in manager.labels if "Tạm dừng" in label] == ["⏸ Tạm dừng “Trong nước”"]
    for what in ("everything", f"account.{world.ACCOUNT}", "topic.quoc-te"):
        await manager.sends(f"1py.1.{what}")
    assert await scopes(published) == []
    await manager.sends("1py.1.everything")
    assert (manager.answer.toast or "").startswith("Việc này thuộc chuyên mục mà")
    await manager.taps("⏸ Tạm dừng “Trong nước”")
    assert await scopes(published) == [PauseScope.TOPIC]


async def test_a_reader_sees_what_is_paused_and_changes_nothing(published: Stage) -> None:
    await published.person(OWNER).sends("1py.1.everything")
    await published.appoints("44", Appointment((Role.READER,)))
    reader = published.person("44")

    assert "⏸ Toàn bộ tin: tạm dừng từ" in await reader.types("/tamdung")
    assert reader.labels == [wording("button-refresh")]
    await reader.sends("1py.0.everything")
    assert await scopes(published) == [PauseScope.EVERYTHING]
