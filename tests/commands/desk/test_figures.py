"""/thongke: the figures of some days, in words and in a picture."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.commands.desk.figures import ShowFigures
from bot.domain.desk.figures import EndReason, Figure
from bot.domain.desk.roles import Role
from bot.domain.reason import ReasonCode
from bot.store.figures.counting import EVERY_ACCOUNT, count, count_reason, count_waits, place
from bot.store.runtime.admins import Appointment
from tests.commands.stage import ABROAD, HOME, OWNER, Person, Stage, words

ADMIN = "901"
WAITS = (
    "Thời gian từ khi ghi nhận bài đến khi ứng dụng nhắn tin nhận tin gửi ngay: một nửa số tin trong 9 giây,"
    " 95% số tin trong 9 giây, lâu nhất 9 giây."
)


@pytest.fixture
async def counted(stage: Stage) -> Stage:
    now, account = stage.clock.now(), stage.messenger.account
    async with stage.database.write() as tx:
        for topic, number in ((HOME, 1_204), (ABROAD, 7)):
            at = place(topic, account, now)
            count(tx, at, Figure.DELIVERED, number)
            count_waits(tx, at, timedelta(seconds=9), number)
            count(tx, place(topic, EVERY_ACCOUNT, now), Figure.RELEASED, 2)
        at = place(HOME, account, now)
        count(tx, at, Figure.SUBSCRIBED, 12)
        count_reason(tx, at, Figure.ENDED, EndReason.UNSUBSCRIBED, 3)
        count_reason(tx, at, Figure.FAILED, ReasonCode.CHAT_CLOSED, 5)
        count(tx, place(HOME, account, now - timedelta(days=20)), Figure.SUBSCRIBED, 1)
    return stage


def captions(person: Person) -> list[str]:
    """Return what stands under the pictures that came."""
    return [words(each) for each in person.seen if each.photo]


async def test_an_owner_sees_the_figures_of_a_week_in_words(counted: Stage) -> None:
    said = await counted.person(OWNER).types("/thongke")

    text, _, caption = said.rpartition("\n\n")
    assert text.splitlines()[1:] == [
        "",
        "Nội dung phát hành: 4",
        "Tin đã gửi: 1.211",
        "Tin đính chính đã gửi: 0",
        "Tin không gửi được: 5",
        "– nơi nhận không còn cho bot gửi tin: 5",
        "Lượt đăng ký mới: 12",
        "Lượt đăng ký kết thúc: 3",
        "– người nhận tự dừng: 3",
        "",
        WAITS,
        "",
        "• Hoạt động trong nước: phát hành 2, đã gửi 1.204, đăng ký mới 12, kết thúc 3",
        "• Hoạt động quốc tế: phát hành 2, đã gửi 7, đăng ký mới 0, kết thúc 0",
    ]
    assert text.startswith(caption)


async def test_the_picture_follows_the_words(counted: Stage) -> None:
    owner = counted.person(OWNER)
    await owner.types("/thongke")

    (caption,) = captions(owner)
    assert caption.startswith("Số liệu 7 ngày (từ ")
    (drawn,) = counted.drawn
    sent, subscriptions = drawn.charts
    assert [(each.name, each.values[-1]) for each in sent.series] == [
        ("Đã gửi", 1_211),
        ("Đính chính", 0),
        ("Không gửi được", 5),
    ]
    assert [(each.name, each.values[-1]) for each in subscriptions.series] == [
        ("Đăng ký mới", 12),
        ("Kết thúc", -3),
    ]
    assert len(sent.labels) == 7


async def test_what_cannot_be_drawn_leaves_the_words_alone(counted: Stage) -> None:
    counted.drawing = None
    owner = counted.person(OWNER)
    await owner.types("/thongke")

    assert captions(owner) == []
    assert "7 ngày" in owner.labels


async def test_where_nothing_can_be_uploaded_there_are_words_alone(counted: Stage) -> None:
    counted.messenger.capabilities = replace(counted.messenger.capabilities, photo_upload=False)
    owner = counted.person(OWNER)

    assert "Tin đã gửi: 1.211" in await owner.types("/thongke")
    assert (captions(owner), counted.drawn) == ([], [])


async def test_days_are_typed_or_chosen(counted: Stage) -> None:
    owner = counted.person(OWNER)

    assert "Lượt đăng ký mới: 13" in await owner.types("/thongke 30")
    assert "Lượt đăng ký mới: 12" in await owner.sends(ShowFigures(7).pack())
    assert (await owner.sends(ShowFigures(90).pack())).startswith("Số liệu 90 ngày")
    assert counted.drawn[-1].charts[0].title == "Tin trong mỗi 3 ngày"
    for wrong in ("0", "367", "-1", "một", "9" * 30):
        assert "số ngày từ 1 đến 366" in await owner.types(f"/thongke {wrong}")


async def test_an_admin_sees_his_topics_alone(counted: Stage) -> None:
    await counted.appoints(ADMIN, Appointment((Role.READER,), topics=frozenset({ABROAD})))
    admin = counted.person(ADMIN)

    said = await admin.types("/thongke")

    assert "Tin đã gửi: 7" in said
    assert "1.2" not in said
    assert "quản trị viên" in await counted.person("77").types("/thongke")


async def test_nothing_that_was_counted_is_said_so(stage: Stage) -> None:
    assert "Chưa có số liệu nào" in await stage.person(OWNER).types("/thongke")
