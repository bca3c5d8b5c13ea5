"""/toanvan and “Đọc toàn văn”: journeys in private chats, groups, and from a link."""

from dataclasses import replace

import pytest

from bot.commands.base.callbacks import Agree
from bot.domain.news.article import Article
from bot.store.articles import articles, revisits
from bot.store.runtime import accounts
from tests.commands.stage import HOME, Stage, wording, words

SHORT = ("Sáng nay, lớp tập huấn đã khai mạc.", "Lớp học kéo dài ba ngày./.")
LONG = tuple(f"Đoạn {number}. " + "Một câu dài vừa phải để đọc cho hết bài. " * 20 for number in range(1, 26))


@pytest.fixture
async def news(stage: Stage) -> Stage:
    stage.clock.advance(12 * 3600)
    await stage.publish("Bài dài", hour=8, body=LONG)
    await stage.publish("Bài chỉ có tóm tắt", hour=9)
    await stage.publish("Khai mạc lớp tập huấn", hour=10, body=SHORT)
    return stage


async def test_a_card_in_a_private_chat_offers_its_text_right_there(news: Stage) -> None:
    person = news.person()
    await person.types("/moinhat 1")

    said = await person.taps("Đọc toàn văn")

    assert said.startswith("Khai mạc lớp tập huấn\n\n🗓 Thứ Hai, 02/03/2026 | 10:30\n📂 Hoạt động trong nước")
    assert said.endswith("Sáng nay, lớp tập huấn đã khai mạc.\n\nLớp học kéo dài ba ngày./.")
    assert person.seen[-1].replaces is None
    assert person.labels == [wording("button-save"), wording("button-follow-article"), wording("card-open")]


async def test_in_english_the_same(news: Stage) -> None:
    person = news.person(language="en")
    await person.types("/latest 1")

    said = await person.taps("Full text")

    assert "📂 Domestic news" in said
    assert person.labels == ["🔖 Save", "🔔 Follow this article", "🔗 View on the website"]


async def test_an_article_without_a_text_offers_none(news: Stage) -> None:
    person = news.person()

    await person.types("/moinhat 2")

    assert [button.label for row in person.seen[-2].keyboard for button in row] == [
        wording("button-save"),
        wording("card-open"),
    ]


async def test_a_long_text_comes_three_messages_at_a_time_and_nothing_of_it_is_lost(news: Stage) -> None:
    person = news.person()

    await person.types("/toanvan bài dài")
    counts = [len(person.seen)]
    labels = list(person.labels)
    while any("Đọc tiếp" in label for label in person.labels):
        await person.taps("Đọc tiếp")
        counts.append(len(person.seen))

    assert (counts, labels) == ([3, 6, 7], ["Đọc tiếp (2/3) ›"])
    text = " ".join(" ".join(words(message) for message in person.seen).split())
    assert all(" ".join(paragraph.split()) in text for paragraph in LONG)


async def test_a_text_that_was_corrected_in_between_begins_anew(news: Stage) -> None:
    person = news.person()
    await person.types("/toanvan bài dài")
    async with news.database.write() as tx:
        stored, _ = await articles.latest(tx, topics=None, limit=3)
        corrected = Article(stored[2].article.url, "Bài dài đã sửa", body=LONG)
        await articles.revise(tx, stored[2].id, corrected, None, revision=1, now=news.clock.now())

    said = await person.taps("Đọc tiếp")

    assert said.startswith("Bài dài đã sửa")
    assert person.answer.toast == "Bài viết vừa được sửa nên bot gửi lại từ đầu."


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("/toanvan", "Khai mạc lớp tập huấn"),
        ("toàn văn", "Khai mạc lớp tập huấn"),
        ("/read", "Khai mạc lớp tập huấn"),
        ("/toanvan 2", "Bài chỉ có tóm tắt"),
        ("/toanvan tap huan", "Khai mạc lớp tập huấn"),
    ],
)
async def test_it_is_also_had_by_typing(news: Stage, typed: str, title: str) -> None:
    assert (await news.person().types(typed)).startswith(title)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("/toanvan thể thao", "Không tìm thấy bài viết nào."), ("/toanvan 99", "Không có bài số 99.")],
)
async def test_what_is_not_there_cannot_be_read(news: Stage, typed: str, said: str) -> None:
    assert (await news.person().types(typed)).startswith(said)


async def test_before_the_first_article_there_is_nothing_to_read(stage: Stage) -> None:
    assert (await stage.person().types("/toanvan")).startswith("Hiện chưa có tin nào.")


@pytest.mark.parametrize("thread", [None, "7"])
async def test_a_group_is_led_to_the_private_chat(news: Stage, thread: str | None) -> None:
    member = news.member("5", thread=thread)
    await member.types("/moinhat 1")
    on_the_card = member.buttons[0]

    said = await member.types("/toanvan")

    assert on_the_card.url == "https://chat.example/bantin_bot?start=doc_3"
    assert "toàn văn bài “Khai mạc lớp tập huấn” được đọc trong cuộc trò chuyện riêng" in said
    assert [button.url for button in member.buttons] == [on_the_card.url, "https://agency.example/tin/10"]


async def test_the_link_from_a_channel_shows_the_text_to_whoever_follows_it(news: Stage) -> None:
    newcomer = news.person("4711")

    said = await newcomer.types("/start doc_3")

    assert said.startswith("Khai mạc lớp tập huấn\n\n")
    assert await news.chat(newcomer.address) is None


@pytest.mark.parametrize("payload", ["doc_99", "doc_999999999999999999"])
async def test_a_link_to_what_is_gone_says_so(news: Stage, payload: str) -> None:
    assert await news.person().types(f"/start {payload}") == wording("article-gone")


async def test_an_article_that_was_taken_down_is_not_shown_any_more(news: Stage) -> None:
    person = news.person()
    await person.types("/moinhat 1")
    async with news.database.write() as tx:
        stored, _ = await articles.latest(tx, topics=[HOME], limit=1)
        await revisits.withdraw(tx, stored[0].id, now=news.clock.now())

    await person.taps("Đọc toàn văn")

    assert person.answer.toast == wording("article-gone")


@pytest.mark.parametrize("action", ["1b.x.0.0", "1b.3.9.0", "1b", "1b.3.-1.0"])
async def test_a_button_that_nobody_made_is_refused(news: Stage, action: str) -> None:
    person = news.person()

    await person.sends(action)

    assert person.answer.toast == wording("button-stale")


async def test_whoever_chose_it_reads_a_text_in_one_message(news: Stage) -> None:
    news.messenger.capabilities = replace(news.messenger.capabilities, whole_texts=True)
    person = news.person()
    await person.types("/dangky tất cả")
    await person.taps(Agree)
    before = await person.types("/toanvan bài dài")

    await person.types("/caidat toàn văn một tin")
    await person.types("/toanvan bài dài")

    message = person.seen[-1]
    assert before != "Bài dài"
    assert message.whole is not None
    assert words(message) == "Bài dài"
    assert len(message.whole.blocks) == 3 + len(LONG)
    assert len(message.whole.instead) == 3
    assert person.labels == [wording("button-save"), wording("button-follow-article"), wording("card-open")]
    async with news.database.write() as tx:
        await accounts.refuse_whole_texts(tx, news.messenger.account, now=news.clock.now())
    await person.types("/toanvan bài dài")
    assert person.seen[-1].whole is None


async def test_where_a_text_cannot_be_one_message_nobody_can_choose_that(news: Stage) -> None:
    person = news.person()
    await person.types("/dangky tất cả")
    await person.taps(Agree)

    said = await person.types("/caidat toàn văn một tin")

    assert said.startswith(wording("settings-whole-text-none"))
