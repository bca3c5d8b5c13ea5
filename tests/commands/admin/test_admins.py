"""Owners appoint admins; nobody else learns that there are any."""

import pytest

from bot.commands.base.callbacks import Agree
from bot.domain.messaging.messenger import MessengerError
from bot.store.runtime import admins
from tests.commands.stage import OWNER, Stage, to, wording, words


async def appointed(stage: Stage) -> list[tuple[str, str]]:
    async with stage.database.read() as tx:
        found = await admins.appointed(tx, stage.messenger.account)
    return [(admin.user, admin.appointed_by) for admin in found]


async def test_an_owner_appoints_and_dismisses_once_that_is_confirmed(stage: Stage) -> None:
    owner = stage.person(OWNER)
    assert "Chưa có quản trị viên nào" in await owner.types("/admin")

    said = await owner.types("/admin 123")
    assert said.startswith("Đã chỉ định 123 làm quản trị viên.\nNgười này chưa mở cuộc trò chuyện với bot")
    assert "Quản trị viên của bot\n• 123, từ 08:30 ngày 02/03/2026" in said
    assert await appointed(stage) == [("123", OWNER)]

    asked = await owner.taps("Gỡ quyền quản trị: 123")
    assert "• 123" in await owner.taps("Không, giữ nguyên")
    assert asked.startswith("Gỡ quyền quản trị viên của 123?")
    assert await appointed(stage) == [("123", OWNER)]

    await owner.taps("Gỡ quyền quản trị: 123")
    said = await owner.taps("Đồng ý gỡ quyền")
    assert said.startswith("Đã gỡ quyền quản trị viên của 123.")
    assert await appointed(stage) == []
    assert (await owner.sends("1x.123.1")).startswith("123 không còn là quản trị viên.")


async def test_an_owner_notes_who_an_admin_is(stage: Stage) -> None:
    owner, person = stage.person(OWNER), stage.person("123")
    await person.types("/start")
    await person.taps(Agree)

    said = await owner.types("/admin 123 Nguyễn Văn Nam")
    assert "• Nguyễn Văn Nam (123), từ 08:30 ngày 02/03/2026" in said
    assert "Ghi chú của quản trị viên: Nguyễn Văn Nam" in await person.types("/dulieu")
    said = await owner.types("quản trị 123 Nguyễn Văn Nam, Văn phòng")
    assert "• Nguyễn Văn Nam, Văn phòng (123), từ" in said
    assert owner.labels == ["Gỡ quyền quản trị: Nguyễn Văn Nam… (123)"]

    asked = await owner.taps("Gỡ quyền quản trị")
    assert asked.startswith("Gỡ quyền quản trị viên của Nguyễn Văn Nam, Văn phòng (123)?")
    await owner.taps("Đồng ý gỡ quyền")
    assert await appointed(stage) == []


async def test_a_person_who_is_appointed_is_told_once(stage: Stage) -> None:
    owner, person = stage.person(OWNER), stage.person("123")
    await person.types("/dangky trong nước")
    await person.taps(Agree)

    await owner.types("/admin 123")
    told = [words(message) for message in to(owner.answer, person.address)]
    await owner.types("/admin 123")
    told_again = to(owner.answer, person.address)

    assert told == [
        "Bạn đã được chỉ định làm quản trị viên của bot. Vui lòng gửi /trogiup để xem các lệnh quản trị."
    ]
    assert told_again == []


async def test_whoever_is_appointed_before_the_first_start_learns_it_then(stage: Stage) -> None:
    await stage.person(OWNER).types("/admin 123")

    said = await stage.person("123").types("/start")

    assert "Bạn là quản trị viên của bot này.\nDành cho quản trị viên của bot:\n/kenh" in said
    assert "/admin" not in said
    assert "/kenh" not in await stage.person("124").types("/start")


async def test_an_owner_is_told_so_at_the_start(stage: Stage) -> None:
    said = await stage.person(OWNER).types("/start")

    assert "Bạn là người phụ trách bot này." in said
    assert "/admin – " in said


@pytest.mark.parametrize("words_", ["hai người", "@ten", "1" * 60, "-5", "abc"])
async def test_what_is_no_id_appoints_nobody(stage: Stage, words_: str) -> None:
    said = await stage.person(OWNER).types(f"/admin {words_}")

    assert "không phải là mã số hợp lệ" in said
    assert await appointed(stage) == []


async def test_somebody_whom_the_messenger_does_not_know_is_not_appointed(stage: Stage) -> None:
    stage.messenger.strangers = frozenset({"99999999999"})

    said = await stage.person(OWNER).types("/admin 99999999999")

    assert said.startswith("Chưa chỉ định 99999999999: ứng dụng nhắn tin không biết mã số này.")
    assert await appointed(stage) == []


async def test_an_owner_needs_no_appointment(stage: Stage) -> None:
    said = await stage.person(OWNER).types(f"/admin {OWNER}")

    assert said.startswith(f"{OWNER} là người phụ trách bot nên đã có mọi quyền quản trị.")
    assert await appointed(stage) == []


async def test_while_the_messenger_cannot_be_asked_nobody_is_appointed(stage: Stage) -> None:
    owner = stage.person(OWNER)
    await owner.types("/start")
    stage.messenger.fails = MessengerError("down")

    assert (await owner.types("/admin 123")).startswith("Hệ thống đang bận")
    assert await appointed(stage) == []


async def test_others_neither_see_nor_appoint_anybody(stage: Stage) -> None:
    await stage.person(OWNER).types("/admin 123")

    for user in ("77", "123"):
        person = stage.person(user)
        assert (await person.types("/admin 666")).startswith("Chỉ người phụ trách bot")
        for wish in ("1X", "1x.123", "1x.123.1"):
            await person.sends(wish)
            assert person.answer.toast == wording("not-allowed")

    assert await appointed(stage) == [("123", OWNER)]
