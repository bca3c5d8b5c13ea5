"""Owners appoint admins; nobody else learns that there are any."""

import pytest

from bot.commands.base.callbacks import Agree
from bot.domain.desk.roles import Role
from bot.domain.messaging.messenger import MessengerError
from bot.store.runtime import admins
from bot.store.runtime.admins import Admin, Appointment
from tests.commands.stage import ABROAD, OWNER, Stage, to, wording, words

PUBLISHER, FEEDS, READER = (wording("role-name", role=role) for role in ("publisher", "feeds", "reader"))


async def found(stage: Stage) -> tuple[Admin, ...]:
    async with stage.database.read() as tx:
        return await admins.appointed(tx, stage.messenger.account)


async def appointed(stage: Stage) -> list[tuple[str, str]]:
    return [(admin.user, admin.appointed_by) for admin in await found(stage)]


async def test_an_owner_appoints_once_the_role_is_chosen_and_dismisses_once_that_is_confirmed(
    stage: Stage,
) -> None:
    owner = stage.person(OWNER)
    assert "Chưa có quản trị viên nào" in await owner.types("/admin")

    asked = await owner.types("/admin 123")
    assert asked.startswith("Chỉ định 123 làm quản trị viên với vai trò nào?\n\nNgười duyệt tin: duyệt,")
    assert owner.labels == [
        "Người duyệt tin",
        "Biên tập viên",
        "Người phụ trách nguồn tin",
        "Người theo dõi",
        "Không, giữ nguyên",
    ]
    assert await appointed(stage) == []
    said = await owner.taps("Người duyệt tin")
    assert said.startswith("Đã chỉ định 123 làm quản trị viên.\nNgười này chưa mở cuộc trò chuyện với bot")
    assert f"Vai trò: {PUBLISHER}\nChuyên mục phụ trách: tất cả\nTừ 08:30 ngày 02/03/2026" in said
    assert await appointed(stage) == [("123", OWNER)]
    listed = await owner.types("/admin")
    assert f"Quản trị viên của bot\n• 123: {PUBLISHER}, từ 08:30 ngày 02/03/2026" in listed

    await owner.taps("123")
    asked = await owner.taps("Gỡ quyền quản trị: 123")
    assert f"Vai trò: {PUBLISHER}" in await owner.taps("Không, giữ nguyên")
    assert asked.startswith("Gỡ quyền quản trị viên của 123?")
    assert await appointed(stage) == [("123", OWNER)]

    await owner.taps("Gỡ quyền quản trị: 123")
    said = await owner.taps("Đồng ý gỡ quyền")
    assert said.startswith("Đã gỡ quyền quản trị viên của 123.")
    assert await appointed(stage) == []
    assert (await owner.sends("1x.123.1")).startswith("123 không còn là quản trị viên.")
    assert (await owner.sends("1ad.123")).startswith("123 không còn là quản trị viên.")


@pytest.mark.parametrize(
    ("typed", "role"),
    [("người phụ trách nguồn tin", Role.FEEDS), ("nguoi duyet tin", Role.PUBLISHER), ("READER", Role.READER)],
)
async def test_a_role_may_be_typed(stage: Stage, typed: str, role: Role) -> None:
    owner = stage.person(OWNER)
    await owner.types("/admin 123 Nguyễn Văn Nam")

    again = await owner.types("giám đốc")
    said = await owner.types(typed)

    assert said.startswith("Đã chỉ định Nguyễn Văn Nam (123) làm quản trị viên.")
    assert again.startswith("Chỉ định Nguyễn Văn Nam (123) làm quản trị viên với vai trò nào?")
    (admin,) = await found(stage)
    assert (admin.roles, admin.note) == ((role,), "Nguyễn Văn Nam")


async def test_who_thinks_better_of_it_appoints_nobody_by_the_next_words(stage: Stage) -> None:
    owner = stage.person(OWNER)
    await owner.types("/admin 123 Nguyễn Văn Nam")

    await owner.taps("Không, giữ nguyên")
    await owner.types("người theo dõi")

    assert await appointed(stage) == []


async def test_an_owner_notes_who_an_admin_is_and_the_note_goes_with_the_role(stage: Stage) -> None:
    owner, person = stage.person(OWNER), stage.person("123")
    await person.types("/start")
    await person.taps(Agree)

    asked = await owner.types("/admin 123 Nguyễn Văn Nam")
    assert "Ghi chú được lưu cùng vai trò; người được chỉ định xem được ghi chú." in asked
    await owner.taps("Người theo dõi")
    (told,) = to(owner.answer, person.address)
    assert words(told) == (
        f"Bạn đã được chỉ định làm quản trị viên của bot, với vai trò: {READER}. "
        "Vui lòng gửi /trogiup để xem các lệnh quản trị.\n"
        "Người phụ trách bot ghi về bạn: “Nguyễn Văn Nam”. Ghi chú này được lưu cùng vai trò, "
        "hiển thị khi gửi /dulieu và được xóa khi thôi giữ vai trò."
    )
    assert "Ghi chú của quản trị viên: Nguyễn Văn Nam" in await person.types("/dulieu")
    said = await owner.types("quản trị 123 Nguyễn Văn Nam, Văn phòng")
    assert "Nguyễn Văn Nam, Văn phòng (123)" in said
    await owner.types("/admin")
    assert owner.labels == ["Nguyễn Văn Nam… (123)"]

    await owner.sends("1x.123.1")
    assert await appointed(stage) == []
    await owner.types("/admin 123")
    await owner.taps("Người theo dõi")
    assert [each.note for each in await found(stage)] == [""]


async def test_a_person_who_is_appointed_is_told_once(stage: Stage) -> None:
    owner, person = stage.person(OWNER), stage.person("123")
    await person.types("/dangky trong nước")
    await person.taps(Agree)

    await owner.types("/admin 123")
    await owner.taps("Người theo dõi")
    told = to(owner.answer, person.address)
    await owner.types("/admin 123")
    told_again = to(owner.answer, person.address)
    await owner.sends("1ap.123.publisher")

    assert (len(told), told_again, to(owner.answer, person.address)) == (1, [], [])
    assert [each.roles for each in await found(stage)] == [(Role.READER,)]


async def test_whoever_is_appointed_before_the_first_start_learns_it_then(stage: Stage) -> None:
    await stage.appoints("123", Appointment((Role.PUBLISHER, Role.FEEDS), note="Nguyễn Văn Nam"))

    said = await stage.person("123").types("/start")

    assert f"Bạn là quản trị viên của bot này, với vai trò: {PUBLISHER}, {FEEDS}.\n" in said
    assert "Người phụ trách bot ghi về bạn: “Nguyễn Văn Nam”." in said
    assert "Dành cho quản trị viên của bot:\n/choduyet" in said
    assert "\n/nguon" in said
    assert "/admin" not in said
    assert "/kenh" not in await stage.person("124").types("/start")


async def test_roles_are_switched_and_limited_to_topics(stage: Stage) -> None:
    owner = stage.person(OWNER)
    await stage.appoints("123", Appointment((Role.READER,)))
    await owner.types("/admin 123")

    await owner.taps("◻️ Người phụ trách nguồn tin")
    await owner.taps("✅ Người theo dõi")
    await owner.taps("✅ Người phụ trách nguồn tin")
    refused = owner.answer.toast
    await owner.taps("Chuyên mục phụ trách")
    await owner.taps("◻️ Hoạt động quốc tế")
    limited = [each.topics for each in await found(stage)]
    await owner.taps("✅ Hoạt động quốc tế")
    refused_too = owner.answer.toast
    await owner.taps("◻️ Tất cả chuyên mục")

    assert (refused or "").startswith("Cần ít nhất một vai trò")
    assert (limited, refused_too) == ([frozenset({ABROAD})], "Cần ít nhất một chuyên mục.")
    assert [(each.roles, each.topics) for each in await found(stage)] == [((Role.FEEDS,), None)]
    said = await owner.types("/nhatky")
    assert "đổi vai trò của quản trị viên 123\n  các chuyên mục: không đặt → Hoạt động quốc tế" in said
    assert f"  vai trò: {READER} → {FEEDS}, {READER}" in said


async def test_a_menu_of_help_shows_what_the_roles_may_do(stage: Stage) -> None:
    for user, roles in (("1", (Role.READER,)), ("2", (Role.PUBLISHER,))):
        await stage.appoints(user, Appointment(roles))

    reader, publisher = [await stage.person(user).types("/trogiup") for user in ("1", "2")]

    assert ("/nguon" in reader, "/kenh" in reader, "/moi " in reader) == (True, False, False)
    assert ("/nguon" in publisher, "/kenh" in publisher, "/nhatky" in publisher) == (True, True, False)


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
    await stage.appoints("123")
    told = {
        "77": ("Chỉ người phụ trách bot", "Bạn không có quyền thực hiện việc này."),
        "123": (wording("only-roles", roles=wording("role-name", role="owner")),) * 2,
    }

    for user, (typed, pressed) in told.items():
        person = stage.person(user)
        assert (await person.types("/admin 666")).startswith(typed)
        for wish in (
            "1X",
            "1x.123",
            "1x.123.1",
            "1ap.666.reader",
            "1ad.123",
            "1ar.123.reader.1",
            "1at.123.1",
        ):
            await person.sends(wish)
            assert (person.answer.toast or "").startswith(pressed)

    assert await appointed(stage) == [("123", OWNER)]
