"""What managers decide by a button: held entries, and messages about an article that is gone."""

from bot.commands.base.callbacks import Agree, ListFeeds
from bot.domain.news.feed import Entry
from bot.store.feeds import quarantine
from bot.store.feeds.quarantine import Decision
from tests.commands.stage import FEEDS, OWNER, Stage, wording


async def hold(stage: Stage, count: int = 12) -> None:
    held = [Entry(f"Tin {number}", f"https://agency.example/{number}") for number in range(count)]
    async with stage.database.write() as tx:
        await quarantine.hold(tx, FEEDS[0].id, held, stage.clock.now())


async def decisions(stage: Stage) -> list[Decision]:
    async with stage.database.read() as tx:
        return [each.decision for each in await quarantine.decided(tx, FEEDS[0].id)]


async def test_the_list_of_feeds_shows_a_hold_and_lets_it_be_decided(stage: Stage) -> None:
    await hold(stage)
    await subscribers(stage, 2)
    owner = stage.person(OWNER)

    assert "✋ Đang giữ 12 bài chờ quyết định (từ 08:30 ngày 02/03/2026)" in await owner.types("/nguon")
    assert "1. Tin 11\n2. Tin 10\n" in await owner.taps("Quyết định: Trong nước (12)")
    asked = await owner.taps("Gửi cả 12 bài")
    undecided = await decisions(stage)
    assert "Sẽ gửi 12 bài ngay bây giờ." in await owner.taps("Đồng ý gửi 12 bài")

    assert asked == "Gửi 12 bài của “Nguồn trong nước” đến 2 nơi đang nhận tin của chuyên mục này?"
    assert undecided == []
    assert await decisions(stage) == [Decision.SEND] * 12


async def subscribers(stage: Stage, count: int) -> None:
    for number in range(count):
        person = stage.person(str(700 + number))
        await person.types("/dangky trong nước")
        await person.taps(Agree)


async def test_only_the_newest_of_what_is_held_may_be_sent(stage: Stage) -> None:
    await hold(stage)
    owner = stage.person(OWNER)
    await owner.types("/nguon")
    await owner.taps("Quyết định")

    assert "Gửi 3 bài của" in await owner.taps("Gửi 3 bài mới nhất")
    assert "Sẽ gửi 3 bài ngay bây giờ." in await owner.taps("Đồng ý gửi 3 bài")

    assert await decisions(stage) == [Decision.KEEP] * 9 + [Decision.SEND] * 3


async def test_all_titles_of_what_is_held_can_be_read(stage: Stage) -> None:
    await hold(stage, 20)
    owner = stage.person(OWNER)
    await owner.sends("1ht.1")

    assert "16. Tin 4\n17. Tin 3\n18. Tin 2\n19. Tin 1\n20. Tin 0" in await owner.taps("2/2 ›")
    assert "Tình trạng các nguồn tin" in await owner.taps(ListFeeds)


async def test_more_than_there_is_means_all(stage: Stage) -> None:
    await hold(stage, 2)
    owner = stage.person(OWNER)

    assert "Sẽ gửi 2 bài" in await owner.sends("1h.send.1.10.1")
    assert await decisions(stage) == [Decision.SEND] * 2


async def test_a_second_decision_changes_nothing(stage: Stage) -> None:
    await hold(stage)
    owner = stage.person(OWNER)
    await owner.sends("1h.keep.1")

    for wish in ("1h.send.1", "1h.send.1.0.1", "1ht.1"):
        assert await owner.sends(wish) == "Việc này đã được quyết định trước đó."
    assert set(await decisions(stage)) == {Decision.KEEP}


async def test_an_article_is_withdrawn_once_or_left(stage: Stage) -> None:
    await stage.publish("Tin bị gỡ", hour=8)
    owner = stage.person(OWNER)

    assert "giữ nguyên" in await owner.sends("1w.1.keep")
    assert "Thu hồi bài “Tin bị gỡ”?" in await owner.sends("1w.1")
    assert "Đang thu hồi" in await owner.sends("1w.1.sure")
    assert "trước đó" in await owner.sends("1w.1.sure")
    assert "trước đó" in await owner.sends("1w.1")


async def test_others_decide_nothing_and_stale_buttons_say_so(stage: Stage) -> None:
    await hold(stage)
    person, owner = stage.person(), stage.person(OWNER)
    for wish in ("1h.send.1", "1h.send.1.0.1", "1ht.1", "1w.1", "1w.1.sure"):
        await person.sends(wish)
        assert person.answer.toast == wording("not-allowed")
    for wish in ("1h.burn.1", "1h.send.x", "1h.send.1.-1", "1ht.x", "1w.x", "1w.99", "1w.1.burn"):
        await owner.sends(wish)
        assert owner.answer.toast

    assert await decisions(stage) == []
