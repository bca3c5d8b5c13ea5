"""/daluu: saving, paging, opening, taking off; kept, carried, shown and deleted."""

from datetime import timedelta

import pytest

from bot.commands.base.callbacks import Agree, ChooseLanguage, Erase, ErasureStep
from bot.domain.chats.consent import VERSION
from bot.services.operations.retention import Retention, RetentionRules
from bot.store.articles import articles, revisits
from bot.store.chats import reading_list
from tests.commands.stage import HOME, Stage, wording, words


@pytest.fixture
async def news(stage: Stage) -> Stage:
    """A bot with news, whose readers "77" and "78" have agreed to what is stored."""
    stage.clock.advance(12 * 3600)
    for hour in range(1, 8):
        await stage.publish(f"Tin {hour} giờ", hour=hour)
    for user in ("77", "78"):
        await stage.person(user).sends("1a.")
    return stage


async def save_all(stage: Stage, user: str = "77") -> None:
    person = stage.person(user)
    await person.types("/moinhat 10")
    for number in range(1, 8):
        stage.clock.advance(60)
        await person.sends(f"1S.{number}.1")


async def test_an_article_is_saved_by_its_button_which_then_offers_the_other(news: Stage) -> None:
    person = news.person()
    await person.types("/moinhat 1")
    before = person.labels

    await person.taps("Lưu bài")
    toast, edited = person.answer.toast, person.seen[-1]
    await person.taps("chọn để bỏ")

    assert before == [wording("button-save"), wording("card-open"), "Xem thêm tin cũ hơn"]
    assert toast == "Đã lưu: “Tin 7 giờ”. Gửi /daluu để xem lại."
    assert (edited.text, edited.replaces, edited.buttons_only) == ((), "5", True)
    assert [button.label for row in edited.keyboard for button in row] == [
        "🔖 Đã lưu (chọn để bỏ)",
        wording("card-open"),
        "Xem thêm tin cũ hơn",
    ]
    assert (person.labels, person.answer.toast) == (before, "Đã bỏ lưu")


async def test_a_button_states_a_wish_so_that_two_taps_do_what_one_does(news: Stage) -> None:
    person = news.person()

    await person.sends("1S.7.1")
    await person.sends("1S.7.1")

    assert "Số bài: 1" in await person.types("/daluu")


async def test_the_list_has_what_was_saved_last_on_top_and_is_paged(news: Stage) -> None:
    await save_all(news)
    person = news.person()

    said = await person.types("/daluu")

    assert said.startswith("Các bài đã lưu\nSố bài: 7\n\n1. Tin 7 giờ\n")
    assert "5. Tin 3 giờ\nThứ Hai, 02/03/2026 | 03:30 · Hoạt động trong nước" in said
    assert person.labels == ["1", "2", "3", "4", "5", "🗑 1", "🗑 2", "🗑 3", "🗑 4", "🗑 5", "2/2 ›"]
    said = await person.taps("2/2")
    assert "6. Tin 2 giờ" in said
    assert person.labels == ["6", "7", "🗑 6", "🗑 7", "‹ 1/2"]


async def test_an_article_on_the_list_opens_as_a_card_that_knows_it_is_saved(news: Stage) -> None:
    await save_all(news)
    person = news.person()
    await person.types("/daluu")

    await person.taps("2")

    assert words(person.seen[-1]).startswith("Tin 6 giờ")
    assert person.labels == ["🔖 Đã lưu (chọn để bỏ)", wording("card-open")]


async def test_what_is_taken_off_leaves_the_page_and_an_empty_page_leads_back(news: Stage) -> None:
    await save_all(news)
    person = news.person()
    await person.types("/daluu")
    await person.taps("2/2")

    await person.taps("🗑 7")
    said = await person.taps("🗑 6")

    assert person.answer.toast == "Đã bỏ lưu"
    assert "Số bài: 5" in said
    assert person.labels == ["1", "2", "3", "4", "5", "🗑 1", "🗑 2", "🗑 3", "🗑 4", "🗑 5"]


async def test_in_english_the_same(news: Stage) -> None:
    person = news.person("79", language="en")
    await person.sends("1a.")
    assert (await person.types("/saved")).startswith(
        "Your saved articles\n\nYou have not saved any articles."
    )
    await person.types("/latest 1")

    await person.taps("Save")

    assert "One article" in await person.types("saved")


async def test_a_stranger_is_asked_first_and_their_article_is_saved_once_they_agree(news: Stage) -> None:
    person = news.person("4711")
    await person.types("/moinhat 1")

    said = await person.taps("Lưu bài")

    assert said.startswith("Để lưu bài viết, bot cần giữ một số dữ liệu của bạn.\n\nĐề nghị đồng ý")
    assert (person.seen[-1].replaces, await news.chat(person.address)) == (None, None)
    said = await person.taps(Agree)
    assert "Đã lưu: “Tin 7 giờ”. Gửi /daluu để xem lại." in said
    stored = await news.chat(person.address)
    assert stored
    assert stored.consent_version == VERSION
    assert "Số bài: 1" in await person.taps("Bài đã lưu")


async def test_the_article_to_save_outlives_a_change_of_language(news: Stage) -> None:
    person = news.person("4711")
    await person.sends("1S.7.1")
    await person.taps(ChooseLanguage, language="en")

    await person.taps(Agree)

    assert "One article" in await person.types("saved")


async def test_a_list_is_ones_own_and_no_group_has_one(news: Stage) -> None:
    await save_all(news)
    member = news.member("77")

    assert "chưa lưu bài viết nào" in await news.person("78").types("/daluu")
    assert await member.types("/daluu") == "Lệnh này chỉ dùng được trong cuộc trò chuyện riêng với bot."
    await member.types("/moinhat 1")
    assert member.labels == [wording("card-open"), "Xem thêm tin cũ hơn"]
    await member.sends("1S.1.1")
    assert member.answer.toast == wording("button-stale")


@pytest.mark.parametrize("action", ["1S.x.1", "1S.1.2", "1S", "1D.x", "1D.0.x"])
async def test_a_button_that_nobody_made_is_refused(news: Stage, action: str) -> None:
    person = news.person()

    await person.sends(action)

    assert person.answer.toast == wording("button-stale")


async def test_a_long_title_leaves_a_notice_that_telegram_takes(news: Stage) -> None:
    await news.publish("Hội nghị " * 60, hour=9)
    person = news.person()

    await person.sends("1S.8.1")

    assert person.answer.toast is not None
    assert person.answer.toast.startswith("Đã lưu: “Hội nghị Hội nghị ")
    assert len(person.answer.toast) <= 200


async def test_what_is_gone_cannot_be_saved(news: Stage) -> None:
    person = news.person()

    await person.sends("1S.99.1")

    assert person.answer.toast == wording("article-gone")


async def test_a_list_has_an_end(news: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_list, "MOST", 7)
    await save_all(news)
    await news.publish("Tin 9 giờ", hour=9)
    person = news.person()

    await person.sends("1S.8.1")
    refused = person.answer.toast
    await person.sends("1S.7.1")

    assert refused == "Danh sách đã đủ 7 bài. Vui lòng bỏ bớt bài cũ trước khi lưu thêm."
    assert person.answer.toast == "Đã lưu: “Tin 7 giờ”. Gửi /daluu để xem lại."


async def test_what_the_agency_took_down_is_not_on_the_list_any_more(news: Stage) -> None:
    await save_all(news)
    async with news.database.write() as tx:
        stored, _ = await articles.latest(tx, topics=[HOME], limit=1)
        await revisits.withdraw(tx, stored[0].id, now=news.clock.now())

    assert "Số bài: 6" in await news.person().types("/daluu")


async def test_a_saved_article_is_kept_for_as_long_as_it_is_saved(news: Stage) -> None:
    person = news.person()
    await person.sends("1S.3.1")
    rules = RetentionRules(
        deliveries=timedelta(days=30),
        articles=timedelta(days=365),
        proofs=timedelta(days=1825),
        audit=timedelta(days=730),
        figures=timedelta(days=1095),
    )
    news.clock.advance(366 * 86_400)
    retention = Retention(news.database, news.clock, rules)

    await retention.prune()
    kept = await person.types("/daluu")
    await person.sends("1S.3.0")
    await retention.prune()

    assert "1. Tin 3 giờ" in kept
    async with news.database.read() as tx:
        assert await articles.latest(tx, topics=None, limit=10) == ((), 0)


async def test_one_sees_what_one_has_saved_and_deletes_it_with_all_else(news: Stage) -> None:
    await save_all(news)
    person = news.person()

    said = await person.types("/dulieu")
    await person.types("/xoadulieu")
    await person.taps(Erase, step=ErasureStep.ERASE)

    assert "Số bài đã lưu: 7" in said
    assert "chưa lưu bài viết nào" in await person.types("/daluu")


async def test_a_number_that_is_typed_opens_a_saved_article(news: Stage) -> None:
    await save_all(news)
    person = news.person()
    await person.types("/daluu")

    assert (await person.types("bài 2")).startswith("Tin ")
