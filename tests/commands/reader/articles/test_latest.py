"""The newest articles as cards, page by page."""

import pytest

from bot.commands.base.callbacks import ShowOlder
from bot.domain.chats.message import NewPhoto
from tests.commands.stage import ABROAD, Person, Stage, wording, words


@pytest.fixture
async def news(stage: Stage) -> Stage:
    """Five articles, one an hour; the newest is from abroad and has a photo."""
    stage.clock.advance(12 * 3600)
    for hour in (8, 9, 10, 11):
        await stage.publish(f"Tin {hour} giờ", hour=hour)
    await stage.publish("Tin 12 giờ", hour=12, topic=ABROAD, photo=True)
    return stage


async def test_three_cards_come_the_newest_last_where_it_is_seen_and_leads_on(news: Stage) -> None:
    person = news.person()

    await person.types("/moinhat")

    assert [message.text[0].text for message in person.seen] == ["Tin 10 giờ", "Tin 11 giờ", "Tin 12 giờ"]
    assert person.seen[-1].photo == NewPhoto("0" * 64, b"jpeg")
    assert "📂 Hoạt động quốc tế #QuốcTế" in words(person.seen[-1])
    assert [len(message.keyboard) for message in person.seen] == [1, 1, 2]
    assert person.labels == [wording("button-save"), wording("card-open"), "Xem thêm tin cũ hơn"]


async def test_the_next_page_goes_on_where_the_last_one_ended(news: Stage) -> None:
    person = news.person()
    await person.types("/moinhat 3")

    await person.taps(ShowOlder)

    assert [message.text[0].text for message in person.seen[3:]] == ["Tin 8 giờ", "Tin 9 giờ"]
    assert person.labels == [wording("button-save"), wording("card-open")]
    assert person.seen[-1].replaces is None


async def test_an_article_that_comes_in_between_moves_no_page(news: Stage) -> None:
    person = news.person()
    await person.types("/moinhat 2")
    news.clock.advance(3600)
    await news.publish("Tin 14 giờ", hour=14)

    await person.taps(ShowOlder)

    assert [message.text[0].text for message in person.seen[2:]] == ["Tin 9 giờ", "Tin 10 giờ"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("/moinhat 1", 1),
        ("/moinhat 0", 3),
        ("/moinhat -5", 5),
        ("/moinhat 99", 5),
        ("tin mới 4", 4),
        (f"/moinhat {'9' * 5000}", 5),
    ],
)
async def test_as_many_come_as_were_asked_for_within_reason(news: Stage, text: str, count: int) -> None:
    person = news.person()

    await person.types(text)

    assert len(person.seen) == count


async def test_the_news_of_one_topic(news: Stage) -> None:
    person = news.person()

    await person.types("/moinhat 2 trong nước")
    await person.taps(ShowOlder)

    assert [message.text[0].text for message in person.seen] == [
        "Tin 10 giờ",
        "Tin 11 giờ",
        "Tin 8 giờ",
        "Tin 9 giờ",
    ]
    assert person.labels == [wording("button-save"), wording("card-open")]


async def test_a_topic_that_there_is_not_is_named(news: Stage) -> None:
    person = news.person()

    said = await person.types("/moinhat thể thao")

    assert said.startswith(wording("topic-unknown", words="thể thao"))
    assert person.labels[:2] == ["◻️ Hoạt động trong nước", "◻️ Hoạt động quốc tế"]


async def test_whoever_wants_more_than_ten_is_told_so(stage: Stage) -> None:
    stage.clock.advance(12 * 3600)
    for hour in range(12):
        await stage.publish(f"Tin {hour} giờ", hour=hour)
    person = stage.person()

    said = await person.types("/moinhat 100")

    assert said.startswith("Mỗi lần, bot gửi nhiều nhất 10 bài;")
    assert (len(person.seen), person.labels[-1]) == (11, "Xem thêm tin cũ hơn")
    assert len(await _cards(person, "/moinhat 10")) == 10


async def _cards(person: Person, text: str) -> list[str]:
    before = len(person.seen)
    await person.types(text)
    return [message.text[0].text for message in person.seen[before:]]


async def test_before_the_first_article_there_is_nothing_to_show(stage: Stage) -> None:
    assert (await stage.person().types("/moinhat")).startswith("Hiện chưa có tin nào.")


async def test_there_is_nothing_older_than_the_oldest(news: Stage) -> None:
    person = news.person()
    await person.types("/moinhat 5")

    await person.sends("1m.3.0.")

    assert person.answer.toast == "Đã hết tin."


async def test_cards_come_in_the_language_of_the_chat(news: Stage) -> None:
    person = news.person(language="en")

    said = await person.types("latest 1")

    assert "🗓 Monday, 2 March 2026 | 12:30\n📂 International news #QuốcTế" in said
