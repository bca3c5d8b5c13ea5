"""Owners appoint admins; nobody else learns that there are any."""

import pytest

from bot.store import admins
from tests.commands.stage import OWNER, Stage, to, words


async def appointed(stage: Stage) -> list[tuple[str, str]]:
    async with stage.database.read() as tx:
        found = await admins.appointed(tx, stage.messenger.account)
    return [(admin.user, admin.appointed_by) for admin in found]


async def test_an_owner_appoints_and_dismisses(stage: Stage) -> None:
    owner = stage.person(OWNER)
    assert "Chưa có quản trị viên nào" in await owner.types("/admin")

    said = await owner.types("/admin 123")
    assert said.startswith("Đã chỉ định 123 làm quản trị viên.\n\nQuản trị viên của bot\n• 123")
    assert await appointed(stage) == [("123", OWNER)]

    said = await owner.taps("Gỡ quyền quản trị: 123")
    assert said.startswith("Đã gỡ quyền quản trị viên của 123.")
    assert await appointed(stage) == []


async def test_a_person_who_is_appointed_is_told_once(stage: Stage) -> None:
    owner, person = stage.person(OWNER), stage.person("123")
    await person.types("/dangky trong nước")
    await person.taps("Đồng ý")

    await owner.types("/admin 123")
    told = [words(message) for message in to(owner.answer, person.address)]
    await owner.types("/admin 123")
    told_again = to(owner.answer, person.address)

    assert told == [
        "Bạn đã được chỉ định làm quản trị viên của bot. Vui lòng gửi /trogiup để xem các lệnh quản trị."
    ]
    assert told_again == []


@pytest.mark.parametrize("words_", ["hai người", "@ten", "1" * 60])
async def test_what_is_no_id_appoints_nobody(stage: Stage, words_: str) -> None:
    said = await stage.person(OWNER).types(f"/admin {words_}")

    assert "không phải là mã số hợp lệ" in said
    assert await appointed(stage) == []


async def test_others_neither_see_nor_appoint_anybody(stage: Stage) -> None:
    await stage.person(OWNER).types("/admin 123")

    for user in ("77", "123"):
        person = stage.person(user)
        assert (await person.types("/admin 666")).startswith("Bot chưa hiểu")
        await person.sends("1x.123")
        assert person.answer.toast == "Bạn không có quyền thực hiện việc này."

    assert await appointed(stage) == [("123", OWNER)]
