"""The digest: what is in it, in what order, what is on top, and what is left for the next message."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.chats.chat import TopicId
from bot.domain.chats.message import Button, length
from bot.domain.chats.preferences import MessageOptions
from bot.domain.messaging.messenger import Capabilities
from bot.domain.news.article import Article, ArticleId, DatePrecision, Published
from bot.domain.news.feed import Topic
from bot.i18n import FormOfAddress, Translator
from bot.messengers.zalo.messenger import CAPABILITIES
from bot.messengers.zalo.text import units, written_out
from bot.services.rendering.card import CardFormat
from bot.services.rendering.digest import Digest, Edition, Item, digest
from bot.store.articles.articles import StoredArticle
from tests.fakes import MESSENGER_CAPABILITIES
from tests.titles import long_title

TEXTS = Translator.load(FormOfAddress.YOU, {"vi": "Cục Sở hữu trí tuệ"})
HOME = Topic(TopicId("trong-nuoc"), {"vi": "Trong nước", "en": "Domestic"}, {}, "TrongNước")
ABROAD = Topic(TopicId("quoc-te"), {"vi": "Quốc tế", "en": "International"}, {}, "QuốcTế")
CAME_AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
DAY = CAME_AT.date()
FOOT = "\n\nVui lòng chọn nút có số thứ tự để đọc hoặc lưu bài ngay tại đây."
TYPED = "\n\nĐể đọc một bài, vui lòng gửi số của bài."
TITLE = "📰 Bản tin ngày 02/03/2026 của Cục Sở hữu trí tuệ"


def item(
    number: int,
    topic: Topic = HOME,
    *,
    photo: bool = False,
    title: str = "Bài số",
    summary: str = "Tóm tắt.",
    published: datetime | None = None,
) -> Item:
    article = Article(
        f"https://agency.example/tin/{number}",
        f"{title} {number}",
        summary,
        published=Published(published, DatePrecision.MINUTE) if published else None,
    )
    key = f"{number:064}" if photo else None
    came_at = CAME_AT + timedelta(minutes=number)
    return Item(StoredArticle(ArticleId(number), article, key, (topic.id,), came_at), topic)


def made(
    *items: Item,
    capabilities: Capabilities = MESSENGER_CAPABILITIES,
    saves_messages: bool = False,
    **edition: Any,
) -> Digest:
    as_said = replace(Edition("vi", MessageOptions(), DAY, private=True), **edition)
    return digest(
        items,
        as_said,
        CardFormat(TEXTS, as_said.language, capabilities),
        button=numbered,
        saves_messages=saves_messages,
    )


def numbered(label: str, stored: StoredArticle, *, private: bool) -> Button | None:
    return Button(label, action=f"show {stored.id}") if private else None


def words(of: Digest) -> str:
    return "".join(span.text for span in of.message.text)


def test_a_digest_has_a_title_and_a_line_for_each_article_by_topic() -> None:
    found = made(item(1), item(2), item(3, ABROAD))

    assert words(found) == (
        f"{TITLE}: 3 bài mới\n\n"
        "📂 Trong nước\n1. Bài số 1\nTóm tắt.\n\n2. Bài số 2\nTóm tắt.\n\n"
        f"📂 Quốc tế\n3. Bài số 3\nTóm tắt.{FOOT}"
    )
    assert [span.url for span in found.message.text if span.url] == [
        f"https://agency.example/tin/{number}" for number in (1, 2, 3)
    ]
    assert (found.count, found.lead, found.message.silent) == (3, None, False)


def test_one_article_alone_is_a_digest_too() -> None:
    found = made(item(1), language="en")

    assert (
        words(found)
        == "📰 Cục Sở hữu trí tuệ, 2 March 2026: one new article\n\n📂 Domestic\n1. Bài số 1\nTóm tắt."
        "\n\nPlease choose the button with a number to read or save the article here."
    )


def test_a_brief_digest_has_titles_alone_and_a_silent_one_makes_no_sound() -> None:
    found = made(item(1), item(2), manner=MessageOptions(silent=True, brief=True))

    assert words(found) == f"{TITLE}: 2 bài mới\n\n📂 Trong nước\n1. Bài số 1\n2. Bài số 2{FOOT}"
    assert found.message.silent


def test_the_photo_of_the_newest_article_that_has_one_is_on_top() -> None:
    old = item(1, photo=True)
    newest = item(2, photo=True)
    dated_long_ago = item(3, photo=True, published=CAME_AT - timedelta(days=9))
    dated_tomorrow = item(0, photo=True, published=CAME_AT + timedelta(days=1))

    found = made(old, newest, dated_long_ago, dated_tomorrow, item(4))

    assert (found.lead, found.message.preview_url) == (newest, newest.stored.article.url)


def test_who_wants_no_photos_gets_neither_a_photo_nor_a_preview() -> None:
    found = made(item(1, photo=True), manner=MessageOptions(photo=False))

    assert (found.lead, found.message.preview_url) == (None, None)


def test_what_is_too_long_for_a_caption_goes_as_a_text_with_a_preview_on_top() -> None:
    many = [item(number, photo=number == 2, summary="Nội dung. " * 14) for number in range(1, 12)]

    found = made(*many)

    assert (found.count, found.lead, found.message.preview_url) == (11, None, many[1].stored.article.url)
    assert 1024 < length(found.message.text) <= 4096


def test_what_does_not_fit_is_left_and_nothing_is_cut() -> None:
    many = [item(number, photo=True, title="Tin " * 35) for number in range(40)]

    found = made(*many)

    assert 10 < found.count < 40
    assert words(found).startswith(f"{TITLE}: {found.count} bài mới")
    assert words(found).count("Tóm tắt.") == found.count
    assert words(found).endswith(f"Tóm tắt.{FOOT}")
    assert [button.label for row in found.message.keyboard for button in row] == [
        f"📖 {number}" for number in range(1, found.count + 1)
    ]


def test_each_article_is_opened_in_the_chat_by_the_button_with_its_number() -> None:
    found = made(*(item(number) for number in range(11, 18)))

    rows = [[(button.label, button.action) for button in row] for row in found.message.keyboard]
    assert rows == [
        [(f"📖 {place}", f"show {place + 10}") for place in range(1, 6)],
        [("📖 6", "show 16"), ("📖 7", "show 17")],
    ]


def test_where_lists_are_typed_no_title_is_said_twice() -> None:
    found = made(item(7), capabilities=replace(MESSENGER_CAPABILITIES, keyboards=False))

    # A label that is a number stands for the line that the text has already.
    assert found.message.keyboard == ((Button("1", action="show 7"),),)
    assert words(found).endswith(f"1. Bài số 7\nTóm tắt.{TYPED}")


def test_in_a_group_the_number_is_sent_to_the_bot() -> None:
    found = made(item(7), capabilities=CAPABILITIES, private=False)

    assert found.message.keyboard == ((Button("1", action="show 7"),),)
    assert words(found).endswith("vui lòng trả lời tin này bằng số của bài, hoặc nhắc tên bot kèm số.")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_where_messages_count_a_day_of_real_titles_is_one_message(language: str) -> None:
    topics = (HOME, ABROAD)
    many = [item(number, topics[number // 14], title=long_title(number)) for number in range(20)]

    usual = made(*many, capabilities=CAPABILITIES, language=language)
    found = made(*many, capabilities=CAPABILITIES, language=language, saves_messages=True)

    assert usual.count < 20
    assert found.count == 20
    assert CAPABILITIES.size(found.message.text) <= CAPABILITIES.text_length
    assert not [span for span in found.message.text if span.url]
    lines = re.findall(r"(?m)^(\d+)\. (.+)$", words(found))
    assert [int(number) for number, _ in lines] == list(range(1, 21))
    for each, (_, shown) in zip(many, lines, strict=True):
        whole = each.stored.article.title
        assert whole == shown or whole.startswith(f"{shown.removesuffix('…')} ")
    # Those that are cut are as long as there is room for, give or take a word.
    cut = [len(shown) for _, shown in lines if shown.endswith("…")]
    assert cut
    assert min(cut) > max(cut) - 12 > 60
    assert CAPABILITIES.size(found.message.text) > CAPABILITIES.text_length - 20 * 12
    assert [button.action for row in found.message.keyboard for button in row] == [
        f"show {number}" for number in range(20)
    ]


def test_where_messages_count_what_fits_comes_in_full() -> None:
    few = [item(number) for number in range(4)]

    assert made(*few, capabilities=CAPABILITIES, saves_messages=True) == made(*few, capabilities=CAPABILITIES)


def test_buttons_and_links_are_not_given_up_to_save_messages() -> None:
    many = [item(number, title="Tin " * 35) for number in range(40)]

    assert made(*many, saves_messages=True) == made(*many)


def test_what_has_no_room_even_as_a_title_is_left_and_goes_on_with_its_numbers() -> None:
    many = [item(number, title=long_title(number)) for number in range(40)]

    found = made(*many, capabilities=CAPABILITIES, saves_messages=True)
    rest = made(*many[found.count :], capabilities=CAPABILITIES, saves_messages=True, first=found.count + 1)

    assert 25 < found.count < 40
    assert found.count + rest.count == 40
    assert f"\n{found.count + 1}. " in words(rest)
    assert next(iter(rest.message.keyboard))[0] == Button(f"{found.count + 1}", action=f"show {found.count}")


def test_titles_alone_have_the_photo_on_top() -> None:
    many = [item(number, photo=number == 3, title=long_title(number)) for number in range(20)]

    found = made(*many, capabilities=CAPABILITIES, saves_messages=True)

    assert (found.count, found.lead) == (20, many[3])


def test_where_nothing_opens_an_article_nothing_asks_to_choose_one() -> None:
    found = made(item(1), private=False)

    assert (found.message.keyboard, words(found).endswith("Tóm tắt.")) == ((), True)


items = st.builds(
    item,
    st.integers(1, 99),
    st.sampled_from([HOME, ABROAD]),
    photo=st.booleans(),
    title=st.text(max_size=400),
    summary=st.text(max_size=400),
)


@given(st.lists(items, min_size=1, max_size=40), st.builds(MessageOptions))
def test_a_digest_always_fits_and_holds_the_first_of_what_it_is_given(
    given_items: list[Item], manner: MessageOptions
) -> None:
    ordered = sorted(given_items, key=lambda each: each.topic.id)

    found = made(*ordered, manner=manner)

    limit = MESSENGER_CAPABILITIES.caption_length if found.lead else MESSENGER_CAPABILITIES.text_length
    assert 1 <= found.count <= len(ordered)
    assert length(found.message.text) <= limit
    links = [span.url for span in found.message.text if span.url]
    assert links == [each.stored.article.url for each in ordered[: found.count]]


@given(st.lists(items, min_size=1, max_size=40), st.builds(MessageOptions))
def test_a_digest_is_one_message_also_where_addresses_are_written_out(
    given_items: list[Item], manner: MessageOptions
) -> None:
    ordered = sorted(given_items, key=lambda each: each.topic.id)

    found = made(*ordered, manner=manner, capabilities=CAPABILITIES)

    part = written_out(found.message.text)
    assert units(part.text) <= CAPABILITIES.text_length
    assert part.text.count("\nhttps://agency.example/tin/") == found.count

    saving = made(*ordered, manner=manner, capabilities=CAPABILITIES, saves_messages=True)
    assert units(written_out(saving.message.text).text) <= CAPABILITIES.text_length
    assert min(len(ordered), found.count) <= saving.count
    assert saving == found or "https://" not in "".join(span.text for span in saving.message.text)


@pytest.mark.parametrize("count", [1, 5, 40])
def test_a_digest_has_no_more_entities_than_a_message_may(count: int) -> None:
    found = made(*(item(number, [HOME, ABROAD][number % 2], summary="") for number in range(count)))

    assert sum(bool(span.url or span.bold) for span in found.message.text) <= 100


def test_that_not_all_news_can_come_at_once_stands_below_and_has_room_even_in_a_full_digest() -> None:
    many = [item(number, title="Tin dài " * 20) for number in range(1, 60)]

    told = made(*many, capabilities=CAPABILITIES, tells_ration=True)

    assert words(told).endswith(f"khi đã hết, tin được gộp vào bản tin như thế này.{TYPED}")
    assert 1 < told.count < len(many)
    assert CAPABILITIES.size(told.message.text) <= CAPABILITIES.text_length
