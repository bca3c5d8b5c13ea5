"""What could not be delivered, for those who manage the bot."""

import pytest

from bot.domain.delivery import DeliveryStatus, Settlement
from bot.store import outbox
from tests.commands.stage import OWNER, Stage
from tests.store import world

BLOCKED = "Forbidden: bot was blocked by the user"


@pytest.fixture
async def troubled(stage: Stage) -> Stage:
    """Of one article three deliveries have ended badly, two of them alike."""
    await world.prepare(stage.database)
    await world.subscribe(stage.database, "11", "12", "13")
    await world.publish(stage.database)
    ends = [
        (DeliveryStatus.REJECTED, BLOCKED),
        (DeliveryStatus.REJECTED, "chat not found"),
        (DeliveryStatus.EXPIRED, "too old"),
    ]
    claimed = await world.claim(stage.database)
    for number, (delivery, (status, reason)) in enumerate(zip(claimed, ends, strict=True)):
        settlement = Settlement(delivery.id, status, 1, reason=reason)
        await world.settle(stage.database, settlement, now=world.NOW + number * world.MINUTE)
    stage.clock.advance(3600)
    return stage


async def test_failures_are_shown_by_article_and_kind_without_naming_a_chat(troubled: Stage) -> None:
    said = await troubled.person(OWNER).types("/loi")

    assert said == (
        "Tin không gửi được\n\n"
        "Bài số 1\nKhông gửi được đến 1 nơi (tin đã quá hạn); lần gần nhất: 08:32 ngày 02/03/2026\n"
        "Lý do: too old\n\n"
        "Bài số 1\nKhông gửi được đến 2 nơi (bị ứng dụng từ chối); lần gần nhất: 08:31 ngày 02/03/2026\n"
        f"Lý do: {BLOCKED}\nvà 1 lý do khác"
    )


async def test_one_kind_of_failure_is_sent_again(troubled: Stage) -> None:
    owner = troubled.person(OWNER)
    await owner.types("/loi")

    said = await owner.sends(owner.buttons[1].action or "")

    assert owner.answer.toast == "Số tin được đưa vào hàng chờ gửi lại: 2"
    assert "quá hạn" in said
    assert "bị từ chối" not in said
    async with troubled.database.read() as tx:
        assert (await outbox.backlog(tx, now=troubled.clock.now())).pending == 2


async def test_a_button_tapped_twice_does_no_harm(troubled: Stage) -> None:
    owner = troubled.person(OWNER)

    for toast in ("2", "0"):
        await owner.sends("1R.1.rejected")
        assert owner.answer.toast == f"Số tin được đưa vào hàng chờ gửi lại: {toast}"


async def test_without_failures_it_says_so_and_can_be_refreshed(stage: Stage) -> None:
    owner = stage.person(OWNER)

    assert (await owner.types("lỗi")).endswith("Hiện chưa có tin nào bị lỗi khi gửi.")
    assert (await owner.taps("Cập nhật")).endswith("Hiện chưa có tin nào bị lỗi khi gửi.")


@pytest.mark.parametrize("wish", ["1R.x.rejected", "1R.1.lost", "1R"])
async def test_a_button_that_nobody_made_is_refused(stage: Stage, wish: str) -> None:
    owner = stage.person(OWNER)

    await owner.sends(wish)

    assert (
        owner.answer.toast
        == "Lựa chọn này không còn hiệu lực. Vui lòng gửi lại lệnh hoặc gửi /trogiup để xem hướng dẫn."
    )


async def test_others_see_no_failures(troubled: Stage) -> None:
    person = troubled.person()

    assert (await person.types("/loi")).startswith("Bot chưa hiểu")
    for wish in ("1L", "1R.1.rejected"):
        await person.sends(wish)
        assert person.answer.toast == "Bạn không có quyền thực hiện việc này."


async def test_english_speakers_read_it_in_english(troubled: Stage) -> None:
    said = await troubled.person(OWNER, "en").types("/failures")

    assert "Not delivered to 2 chats (refused by the messenger); most recent: 08:31 on 2 March 2026" in said
