"""What could not be delivered, for those who manage the bot."""

import pytest

from bot.domain.chats.chat import ChatStatus
from bot.domain.delivery.delivery import DeliveryStatus, Settlement
from bot.domain.reason import Reason, ReasonCode
from bot.store.chats import chats
from bot.store.outbox import outbox
from tests.commands.stage import OWNER, Stage, wording
from tests.store import world

BLOCKED = Reason(ReasonCode.CHAT_CLOSED, "Forbidden: bot was blocked by the user")
EMPTY = Reason(ReasonCode.MESSAGE_REFUSED, "Bad Request: message text is empty")


@pytest.fixture
async def troubled(stage: Stage) -> Stage:
    """Of one article four deliveries have ended badly, two of them alike, and one because it was blocked."""
    await world.prepare(stage.database)
    chats_ = await world.subscribe(stage.database, "11", "12", "13", "14")
    await world.publish(stage.database)
    ends = [
        (DeliveryStatus.REJECTED, EMPTY.stored()),
        (DeliveryStatus.REJECTED, "an old reason without a code"),
        (DeliveryStatus.EXPIRED, Reason(ReasonCode.TOO_OLD, "too old").stored()),
        (DeliveryStatus.REJECTED, BLOCKED.stored()),
    ]
    claimed = await world.claim(stage.database)
    for number, (delivery, (status, reason)) in enumerate(zip(claimed, ends, strict=True)):
        settlement = Settlement(delivery.id, status, 1, reason=reason)
        await world.settle(stage.database, settlement, now=world.NOW + number * world.MINUTE)
    async with stage.database.write() as tx:
        await chats.set_status(tx, chats_[-1], ChatStatus.OFF, BLOCKED.words, now=world.NOW)
    stage.clock.advance(3600)
    return stage


async def test_failures_are_worded_by_article_and_kind_without_naming_a_chat(troubled: Stage) -> None:
    said = await troubled.person(OWNER).types("/loi")

    assert said == (
        "Tin không gửi được\n\n"
        "1. Bài số 1\nKhông gửi được đến 1 nơi (tin đã quá hạn); lần gần nhất: 08:32 ngày 02/03/2026\n"
        "Lý do: tin đã quá hạn 72 giờ\n\n"
        "2. Bài số 1\nKhông gửi được đến 2 nơi (bị ứng dụng từ chối); lần gần nhất: 08:31 ngày 02/03/2026\n"
        "• ứng dụng nhắn tin từ chối tin (nội dung gốc: Bad Request: message text is empty) (1 nơi)\n"
        "• chưa rõ nguyên nhân (nội dung gốc: an old reason without a code) (1 nơi)\n\n"
        "Ngoài ra, 1 tin không gửi được vì nơi nhận đã chặn, gỡ hoặc tạm dừng bot; "
        "bot không gửi lại các tin này."
    )


async def test_one_kind_of_failure_is_sent_again_once_that_is_confirmed(troubled: Stage) -> None:
    owner = troubled.person(OWNER)
    await owner.types("/loi")

    asked = await owner.taps("Gửi lại bài 2")
    untouched = await pending(troubled)
    said = await owner.taps("Đồng ý gửi lại đến 2 nơi")

    assert (asked, untouched) == ("Gửi lại bài “Bài số 1” đến 2 nơi?", 0)
    assert owner.answer.toast == "Số tin được đưa vào hàng chờ gửi lại: 2"
    assert "quá hạn" in said
    assert "bị từ chối" not in said
    assert await pending(troubled) == 2


async def pending(stage: Stage) -> int:
    async with stage.database.read() as tx:
        return (await outbox.backlog(tx, now=stage.clock.now())).pending


async def test_a_button_tapped_twice_does_no_harm(troubled: Stage) -> None:
    owner = troubled.person(OWNER)

    for toast in ("2", "0"):
        await owner.sends("1R.1.rejected.1")
        assert owner.answer.toast == f"Số tin được đưa vào hàng chờ gửi lại: {toast}"
    await owner.sends("1R.1.rejected")
    assert owner.answer.toast == "Số tin được đưa vào hàng chờ gửi lại: 0"


async def test_a_retry_can_be_thought_better_of(troubled: Stage) -> None:
    owner = troubled.person(OWNER)
    await owner.types("/loi")
    await owner.taps("Gửi lại bài 1")

    assert (await owner.taps("Không, giữ nguyên")).startswith("Tin không gửi được")
    assert await pending(troubled) == 0


async def test_many_reasons_are_cut_to_the_most_frequent(stage: Stage) -> None:
    await world.prepare(stage.database)
    await world.subscribe(stage.database, *map(str, range(20, 27)))
    await world.publish(stage.database)
    for number, delivery in enumerate(await world.claim(stage.database)):
        reason = Reason(ReasonCode.MESSAGE_REFUSED, f"error {number % 5}").stored()
        await world.settle(stage.database, Settlement(delivery.id, DeliveryStatus.REJECTED, 1, reason=reason))

    said = await stage.person(OWNER).types("/loi")

    assert said.count("• ") == 3
    assert "• ứng dụng nhắn tin từ chối tin (nội dung gốc: error 0) (2 nơi)\n" in said
    assert "và 2 lý do khác" in said


async def test_without_failures_it_says_so_and_can_be_refreshed(stage: Stage) -> None:
    owner = stage.person(OWNER)

    assert (await owner.types("lỗi")).endswith("Hiện chưa có tin nào bị lỗi khi gửi.")
    assert (await owner.taps(wording("button-refresh"))).endswith("Hiện chưa có tin nào bị lỗi khi gửi.")


@pytest.mark.parametrize("wish", ["1R.x.rejected", "1R.1.lost", "1R", "1R.1.rejected.2"])
async def test_a_button_that_nobody_made_is_refused(stage: Stage, wish: str) -> None:
    owner = stage.person(OWNER)

    await owner.sends(wish)

    assert owner.answer.toast == wording("button-stale")


async def test_others_see_no_failures(troubled: Stage) -> None:
    person = troubled.person()

    assert (await person.types("/loi")).startswith(wording("only-managers", role="admin"))
    for wish in ("1L", "1R.1.rejected"):
        await person.sends(wish)
        assert person.answer.toast == wording("not-allowed")


async def test_english_speakers_read_it_in_english(troubled: Stage) -> None:
    said = await troubled.person(OWNER, "en").types("/failures")

    assert "Not delivered to 2 chats (refused by the messenger); most recent: 08:31 on 2 March 2026" in said
