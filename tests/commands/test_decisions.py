"""What managers decide by a button: held entries, and messages about an article that is gone."""

from bot.domain.feed import Entry
from bot.store import holds
from bot.store.holds import Decision
from tests.commands.stage import FEEDS, OWNER, Stage


async def hold(stage: Stage, count: int = 12) -> None:
    held = [Entry(f"Tin {number}", f"https://agency.example/{number}") for number in range(count)]
    async with stage.database.write() as tx:
        await holds.hold(tx, FEEDS[0].id, held, stage.clock.now())


async def decisions(stage: Stage) -> list[Decision]:
    async with stage.database.read() as tx:
        return [each.decision for each in await holds.decided(tx, FEEDS[0].id)]


async def test_the_list_of_feeds_shows_a_hold_and_lets_it_be_decided(stage: Stage) -> None:
    await hold(stage)
    owner = stage.person(OWNER)

    assert "✋ Đang giữ 12 bài chờ quyết định (từ 08:30 ngày 02/03/2026)" in await owner.types("/nguon")
    assert "Sẽ gửi 12 bài ngay bây giờ." in await owner.taps("Gửi cả 12 bài")
    assert await decisions(stage) == [Decision.SEND] * 12


async def test_a_second_decision_changes_nothing(stage: Stage) -> None:
    await hold(stage)
    owner = stage.person(OWNER)
    await owner.sends("1h.keep.1")

    assert await owner.sends("1h.send.1") == "Việc này đã được quyết định trước đó."
    assert set(await decisions(stage)) == {Decision.KEEP}


async def test_an_article_is_withdrawn_once_or_left(stage: Stage) -> None:
    await stage.publish("Tin bị gỡ", hour=8)
    owner = stage.person(OWNER)

    assert "giữ nguyên" in await owner.sends("1w.1.keep")
    assert "Đang thu hồi" in await owner.sends("1w.1")
    assert "trước đó" in await owner.sends("1w.1")


async def test_others_decide_nothing_and_stale_buttons_say_so(stage: Stage) -> None:
    await hold(stage)
    person, owner = stage.person(), stage.person(OWNER)
    for wish in ("1h.send.1", "1w.1"):
        await person.sends(wish)
        assert person.answer.toast == "Bạn không có quyền thực hiện việc này."
    for wish in ("1h.burn.1", "1h.send.x", "1w.x", "1w.99"):
        await owner.sends(wish)
        assert owner.answer.toast

    assert await decisions(stage) == []
