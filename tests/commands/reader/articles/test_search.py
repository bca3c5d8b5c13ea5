"""/timkiem: finding articles, page by page."""

import pytest

from bot.commands.base.callbacks import Agree, SearchPage
from bot.domain.chats.message import NewPhoto, Span
from tests.commands.stage import ABROAD, Stage, words


@pytest.fixture
async def news(stage: Stage) -> Stage:
    stage.clock.advance(12 * 3600)
    for hour in range(1, 8):
        await stage.publish(f"Đảng ủy họp lần {hour}", hour=hour)
    await stage.publish("Tin quốc tế", hour=8, topic=ABROAD, photo=True, body=("Đoàn Đảng uỷ sang thăm.",))
    return stage


@pytest.mark.parametrize("typed", ["/timkiem đảng uỷ", "tim kiem đảng uỷ", "/search dang uy", "tìm Đảng ủy"])
async def test_articles_are_found_however_it_is_typed(news: Stage, typed: str) -> None:
    person = news.person()

    said = await person.types(typed)

    assert "Tìm thấy 8 bài viết." in said
    assert "1. Đảng ủy họp lần 7\nThứ Hai, 02/03/2026 | 07:30 · Hoạt động trong nước\n" in said
    assert person.labels == ["1", "2", "3", "4", "5", "2/2 ›"]


async def test_hits_are_bold_in_the_snippet(news: Stage) -> None:
    person = news.person()

    await person.types("/timkiem dang uy sang")

    assert Span("Đảng uỷ sang", bold=True) in person.seen[-1].text


async def test_the_next_page_reads_the_words_from_the_message_itself(news: Stage) -> None:
    person = news.person()
    await person.types("/timkiem đảng uỷ")

    said = await person.taps(SearchPage)

    assert said.startswith("🔎 đảng uỷ\n")
    assert "8. Tin quốc tế" in said
    assert "Trang 2/2" in said
    assert person.labels == ["6", "7", "8", "‹ 1/2"]
    assert person.seen[-1].replaces == "5"


async def test_a_number_shows_the_card(news: Stage) -> None:
    person = news.person()
    await person.types("/timkiem đảng uỷ sang thăm")

    await person.taps("1")

    assert person.seen[-1].photo == NewPhoto("0" * 64, b"jpeg")
    assert words(person.seen[-1]).startswith("Tin quốc tế")
    assert person.seen[-1].replaces is None


async def test_a_topic_and_a_time_narrow_it(news: Stage) -> None:
    person = news.person()

    assert "Tìm thấy 1 bài viết." in await person.types("/timkiem đảng uỷ #QuốcTế")
    assert "Tìm thấy 7 bài viết." in await person.types("/timkiem đảng uỷ chuyên mục: trong nước")
    assert "Tìm thấy 8 bài viết." in await person.types("/timkiem tháng 3/2026")
    assert (await person.types("/timkiem đảng uỷ năm 2017")).endswith("thời gian, chuyên mục.")
    assert "Không tìm thấy chuyên mục “thể thao”" in await person.types("/timkiem x chuyên mục: thể thao")


@pytest.mark.parametrize("typed", ["/timkiem", '/timkiem "', "tim kiem ???"])
async def test_nothing_to_look_for_is_answered_with_how(news: Stage, typed: str) -> None:
    assert (await news.person().types(typed)).startswith("Vui lòng gửi từ cần tìm")


async def test_after_the_button_the_next_words_are_searched_for(news: Stage) -> None:
    person = news.person()
    await person.types("/dangky")
    await person.taps(Agree)

    await person.types("/start")
    await person.taps("Tìm kiếm")
    said = await person.types("sang thăm")

    assert "Tìm thấy 1 bài viết." in said


@pytest.mark.parametrize("action", ["1q.99", "1q.x", "1q.", "1v.99999999999999999999", "1v.x"])
async def test_a_forged_or_stale_button_is_refused(news: Stage, action: str) -> None:
    person = news.person()
    await person.types("/timkiem đảng uỷ")

    await person.sends(action)

    assert person.answer.toast


async def test_searching_stores_nothing(news: Stage) -> None:
    person = news.person()

    await person.types("/timkiem đảng uỷ")

    assert await news.chat(person.address) is None


async def test_in_english(news: Stage) -> None:
    said = await news.person(language="en").types("search dang uy topic: international")

    assert "One article was found." in said


async def test_in_a_group_by_command_alone(news: Stage) -> None:
    member = news.member("5")

    assert "Tìm thấy 8" in await member.types("/timkiem đảng uỷ")
    assert await member.types("tìm đảng uỷ") == ""


@pytest.mark.parametrize("typed", ["2", "số 2", "bài 2", "chọn số 2."])
async def test_a_number_that_is_typed_opens_that_article_of_the_list(news: Stage, typed: str) -> None:
    person = news.person()
    await person.types("/timkiem đảng uỷ họp")

    assert (await person.types(typed)).startswith("Đảng ủy họp lần 6")
    assert (await person.types("3")).startswith("Đảng ủy họp lần 5")
    assert "từ 1 đến 5" in await person.types("6")

    await person.types("/timkiem đảng uỷ họp")
    await person.taps("2/2")
    assert (await person.types("số 7")).startswith("Đảng ủy họp lần 1")


async def test_a_number_without_a_list_is_not_searched_for(news: Stage) -> None:
    person = news.person()

    assert "số 2 thuộc danh sách nào" in await person.types("2")
    assert "🔎 2" in await person.types("tìm 2")


async def test_a_number_is_words_where_words_are_asked_for(news: Stage) -> None:
    person = news.person()
    await person.types("/timkiem đảng uỷ")
    await person.types("/timkiem")

    assert "Tìm thấy" in await person.types("2")


@pytest.mark.parametrize("typed", ["/timkiem đảng uỷ 31/02/2026", "đảng uỷ từ 1/1/2026 đến 31/02/2026"])
async def test_a_date_that_does_not_exist_is_named(news: Stage, typed: str) -> None:
    assert "Không có ngày “31/02/2026”." in await news.person().types(typed)


async def test_a_stretch_of_time_that_is_typed_backwards_is_meant_all_the_same(news: Stage) -> None:
    said = await news.person().types("/timkiem đảng uỷ từ 31/03/2026 đến 01/03/2026")

    assert "Tìm thấy 8 bài viết." in said
