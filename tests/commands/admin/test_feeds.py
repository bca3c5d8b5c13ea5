"""The health of feeds, for those who manage the bot."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.news.feed import FeedId, Validators
from bot.domain.reason import Reason, ReasonCode
from bot.store.feeds import feeds, poll_leases
from tests.commands.stage import FEEDS, OWNER, TOPICS, Stage, wording


async def test_each_feed_says_how_it_is_doing(stage: Stage) -> None:
    now = stage.clock.now()
    later = now + timedelta(minutes=10)
    async with stage.database.write() as tx:
        await poll_leases.claim_due(tx, owner="p", now=now, limit=5, lease=timedelta(minutes=1))
        await poll_leases.save_poll(
            tx,
            FEEDS[0].id,
            poll_leases.PollOutcome(validators=Validators(), next_poll_at=later, took_article=True),
            owner="p",
            now=now,
        )
        await poll_leases.save_failure(
            tx,
            FEEDS[1].id,
            owner="p",
            error=Reason(
                ReasonCode.NO_ANSWER,
                "https://agency.example/b: no answer",
                {"host": "agency.example", "seconds": "20"},
            ),
            now=now,
            next_poll_at=later,
        )

    said = await stage.person(OWNER).types("/nguon")

    assert said == (
        "Tình trạng các nguồn tin\n\n"
        "🟢 Nguồn trong nước\nChuyên mục: Hoạt động trong nước\n"
        "Địa chỉ: https://agency.example/a\nChu kỳ kiểm tra: 10 phút\n"
        "Kiểm tra gần nhất: 08:30 ngày 02/03/2026\nTin mới gần nhất: 08:30 ngày 02/03/2026\n"
        "Kiểm tra tiếp theo: 08:40 ngày 02/03/2026\n\n"
        "🔴 Nguồn quốc tế\nChuyên mục: Hoạt động quốc tế\n"
        "Địa chỉ: https://agency.example/b\nChu kỳ kiểm tra: 10 phút\n"
        "Kiểm tra gần nhất: 08:30 ngày 02/03/2026\nTin mới gần nhất: chưa có\n"
        "Lỗi gần nhất (08:30 ngày 02/03/2026): "
        "agency.example không trả lời trong 20 giây, bot sẽ tự thử lại\n"
        "Số lần lỗi liên tiếp: 1\nKiểm tra tiếp theo: 08:40 ngày 02/03/2026\n\n"
        "Để kiểm tra ngay một nguồn tin, vui lòng chọn mục 🔄 mang tên nguồn đó."
    )


async def test_a_feed_is_polled_now(stage: Stage) -> None:
    later = stage.clock.now() + timedelta(hours=1)
    async with stage.database.write() as tx:
        for feed in FEEDS:
            await feeds.poll_now(tx, feed.id, later)
    owner = stage.person(OWNER)
    await owner.types("/nguon")

    await owner.taps("🔄 Quốc tế")

    assert owner.answer.toast == "Đã yêu cầu kiểm tra ngay; kết quả sẽ được báo tại đây."
    async with stage.database.read() as tx:
        due = [status.next_poll_at for status in await feeds.statuses(tx)]
    assert due == [later, stage.clock.now()]


async def test_a_paused_feed_says_so_and_refreshing_shows_it(stage: Stage) -> None:
    owner = stage.person(OWNER)
    await owner.types("/nguon")
    async with stage.database.write() as tx:
        await feeds.set_paused(tx, FEEDS[0].id, paused=True)

    assert "Đang tạm dừng" in await owner.taps(wording("button-refresh"))


async def test_a_paused_feed_is_not_polled_and_says_so(stage: Stage) -> None:
    owner = stage.person(OWNER)
    await owner.types("/nguon")
    async with stage.database.write() as tx:
        await feeds.set_paused(tx, FEEDS[0].id, paused=True)

    await owner.taps("🔄 Trong nước")

    assert owner.answer.toast == "Nguồn tin này đang tạm dừng nên không được kiểm tra."


async def test_only_an_address_that_never_worked_is_called_unverified(stage: Stage) -> None:
    said = await stage.person(OWNER).types("/nguon")

    assert said.count("⚠️ Địa chỉ chưa được kiểm chứng: chưa có lần kiểm tra nào thành công") == 1


@pytest.mark.parametrize(
    ("seconds", "said"), [(45, "45 giây"), (60, "1 phút"), (5400, "90 phút"), (7200, "2 giờ")]
)
async def test_an_interval_is_said_in_the_largest_unit_that_fits(
    stage: Stage, seconds: int, said: str
) -> None:
    feed = replace(FEEDS[0], interval=timedelta(seconds=seconds))
    async with stage.database.write() as tx:
        await feeds.sync_definitions(tx, TOPICS, [feed], stage.clock.now())

    assert f"Chu kỳ kiểm tra: {said}\n" in await stage.person(OWNER).types("/nguon")


async def test_many_feeds_come_in_pages_that_fit_in_a_message(stage: Stage) -> None:
    long = replace(FEEDS[0], name="Nguồn tin " * 90, url=f"https://agency.example/{'a' * 900}")
    many = [replace(long, id=FeedId(f"feed-{number}")) for number in range(9)]
    now = stage.clock.now()
    async with stage.database.write() as tx:
        await feeds.sync_definitions(tx, TOPICS, many, now)
        await poll_leases.claim_due(tx, owner="p", now=now, limit=9, lease=timedelta(minutes=1))
        for feed in many:
            error = Reason(ReasonCode.INSECURE, "x" * 900, {"host": "agency." + "x" * 90})
            await poll_leases.save_failure(tx, feed.id, owner="p", error=error, now=now, next_poll_at=now)
    owner = stage.person(OWNER)

    assert len(await owner.types("/nguon")) < 4096
    await owner.taps("2/3")
    assert owner.labels[-3:] == ["‹ 1/3", "3/3 ›", wording("button-refresh")]
    await owner.sends("1f.feed-8")
    assert owner.labels[-2:] == ["‹ 2/3", wording("button-refresh")]


async def test_without_feeds_the_list_says_so(stage: Stage) -> None:
    async with stage.database.write() as tx:
        await feeds.sync_definitions(tx, (), (), stage.clock.now())

    assert (await stage.person(OWNER).types("/nguon")).endswith("Chưa có nguồn tin nào được cấu hình.")


async def test_a_feed_that_is_gone_is_not_polled(stage: Stage) -> None:
    owner = stage.person(OWNER)

    await owner.sends("1f.khong-co")

    assert owner.answer.toast == "Nguồn tin này không còn nữa."


async def test_others_see_no_feeds(stage: Stage) -> None:
    person = stage.person()

    assert (await person.types("/nguon")).startswith(wording("only-managers", role="admin"))
    for wish in ("1F.0", f"1f.{FEEDS[0].id}"):
        await person.sends(wish)
        assert person.answer.toast == wording("not-allowed")
