"""The card: what is on it, in what order, and that it always fits."""

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.chats.chat import TopicId
from bot.domain.chats.message import Button, KnownPhoto, Message, NewPhoto, Span, bold, length, plain
from bot.domain.clock import VIETNAM
from bot.domain.messaging.messenger import Capabilities
from bot.domain.news.article import Article, Attachment, DatePrecision, Published, without_page
from bot.domain.news.correction import Changes, CorrectionNote
from bot.domain.news.documents.fields import DocumentFields
from bot.domain.news.feed import Topic
from bot.i18n import FormOfAddress, Translator
from bot.services.rendering.card import (
    SUMMARY_LENGTH,
    CardFormat,
    card,
    correction_note,
    date_line,
    ended_card,
    paragraphs,
)

CAPABILITIES = Capabilities(
    text_length=4096, caption_length=1024, keyboards=True, edits=True, photo_upload=True, albums=10
)
TEXTS = Translator.load(FormOfAddress.YOU, {"vi": "Cục Sở hữu trí tuệ"})
TOPIC = Topic(
    id=TopicId("trong-nuoc"),
    names={"vi": "Hoạt động trong nước", "en": "Domestic news"},
    descriptions={},
    hashtag="TrongNước",
)
PHOTO = KnownPhoto("AgACAgUAAx")
EVENING = Published(datetime(2017, 8, 16, 18, 52, tzinfo=VIETNAM), DatePrecision.MINUTE)
ARTICLE = Article(
    url="https://agency.example/tin/1",
    title="Khai mạc lớp tập huấn về nhãn hiệu",
    summary="Sáng nay, lớp tập huấn về nhãn hiệu đã khai mạc. Hơn 50 học viên tham dự./.",
    published=EVENING,
)


def made(article: Article = ARTICLE, *, language: str = "vi", photo: KnownPhoto | None = PHOTO) -> Message:
    return card(article, TOPIC, CardFormat(TEXTS, language, CAPABILITIES), photo=photo)


def words(message: Message) -> str:
    return "".join(span.text for span in message.text)


def test_a_card_has_a_bold_title_the_date_the_hashtag_of_its_topic_and_the_summary() -> None:
    message = made()

    assert message == Message(
        text=(
            bold("Khai mạc lớp tập huấn về nhãn hiệu"),
            plain("\n\n"),
            plain("🗓 "),
            Span("Thứ Tư, 16/08/2017 | 18:52", moment=1502884320),
            plain("\n📂 Hoạt động trong nước #TrongNước"),
            plain("\n\n"),
            plain("Sáng nay, lớp tập huấn về nhãn hiệu đã khai mạc. Hơn 50 học viên tham dự./."),
        ),
        photo=PHOTO,
        keyboard=((Button("🔗 Xem trang web", url="https://agency.example/tin/1"),),),
        preview_url="https://agency.example/tin/1",
    )


def test_a_card_names_the_documents_and_opens_three_of_them() -> None:
    documents = tuple(
        Attachment(f"https://agency.example/{number}.pdf", f"Quyết định số {number}", "1,2 MB")
        for number in range(1, 5)
    )

    one, many = (made(replace(ARTICLE, attachments=documents[:count])) for count in (1, 4))

    assert "\n📎 Tệp kèm theo: Quyết định số 1 (1,2 MB)\n" in words(one)
    assert "\n📎 4 tệp kèm theo: Quyết định số 1 (1,2 MB); Quyết định số 2" in words(many)
    assert [row[0].url for row in many.keyboard[1:]] == [each.url for each in documents[:3]]
    assert many.keyboard[1][0].label == "📎 Quyết định số 1"


def test_a_card_speaks_english_around_the_words_of_the_agency() -> None:
    message = made(language="en")

    assert "🗓 Wednesday, 16 August 2017 | 18:52\n📂 Domestic news #TrongNước\n" in words(message)
    assert message.keyboard[0][0].label == "🔗 View on the website"


@pytest.mark.parametrize(
    ("published", "line"),
    [
        (
            Published(datetime(2017, 8, 16, 11, 52, tzinfo=UTC), DatePrecision.MINUTE),
            "Thứ Tư, 16/08/2017 | 18:52",
        ),
        (
            Published(datetime(2022, 12, 31, 17, 5, tzinfo=UTC), DatePrecision.MINUTE),
            "Chủ nhật, 01/01/2023 | 00:05",
        ),
        (Published(datetime(2025, 6, 2, tzinfo=VIETNAM), DatePrecision.DAY), "Thứ Hai, 02/06/2025"),
    ],
)
def test_a_date_is_written_in_the_time_of_viet_nam_and_only_as_exactly_as_it_is_known(
    published: Published, line: str
) -> None:
    assert date_line(published, TEXTS, "vi") == line


def test_the_seven_days_have_their_names() -> None:
    monday = datetime(2026, 1, 5, tzinfo=VIETNAM)
    days = [Published(monday + timedelta(days=number), DatePrecision.DAY) for number in range(7)]

    assert [date_line(day, TEXTS, "vi").partition(",")[0] for day in days] == [
        "Thứ Hai",
        "Thứ Ba",
        "Thứ Tư",
        "Thứ Năm",
        "Thứ Sáu",
        "Thứ Bảy",
        "Chủ nhật",
    ]


def test_an_article_without_a_date_has_no_line_for_it() -> None:
    assert "🗓" not in words(made(replace(ARTICLE, published=None)))


def test_an_article_without_a_summary_shows_its_first_paragraph() -> None:
    article = replace(ARTICLE, summary="", body=("Đoạn thứ nhất.", "Đoạn thứ hai."))

    assert words(made(article)).endswith("\n\nĐoạn thứ nhất.")


@pytest.mark.parametrize("summary", ["", "  Khai mạc lớp tập huấn\nvề nhãn hiệu "])
def test_a_summary_that_says_nothing_new_is_left_out(summary: str) -> None:
    assert words(made(replace(ARTICLE, summary=summary))).endswith("\n📂 Hoạt động trong nước #TrongNước")


def test_a_long_summary_ends_where_a_sentence_ends() -> None:
    sentence = "Hội nghị đã thảo luận nhiều nội dung quan trọng do PGS.TS. Trần Văn A trình bày."
    text = words(made(replace(ARTICLE, summary=" ".join([sentence] * 20))))

    summary = text.split("\n\n")[2]
    assert (summary.endswith("trình bày."), SUMMARY_LENGTH - 100 < len(summary) <= SUMMARY_LENGTH) == (
        True,
        True,
    )


def test_letters_that_come_in_pieces_are_put_together() -> None:
    article = replace(ARTICLE, title=unicodedata.normalize("NFD", "Đảng ủy"), summary="")

    assert words(made(article)).startswith("Đảng ủy\n\n")


def test_the_photo_may_be_new_or_missing() -> None:
    new = NewPhoto("0" * 64, b"jpeg")

    assert card(ARTICLE, TOPIC, CardFormat(TEXTS, "vi", CAPABILITIES), photo=new) == replace(
        made(), photo=new
    )
    assert made(photo=None) == replace(made(), photo=None)


def test_paragraphs_without_text_leave_no_gap() -> None:
    assert paragraphs(plain(""), bold("a"), (), (plain(""),), (plain("b"), bold("c"))) == (
        bold("a"),
        plain("\n\n"),
        plain("b"),
        bold("c"),
    )


TEXT = st.text(st.characters(codec="utf-8"), max_size=3000)


@given(title=TEXT, summary=TEXT, photo=st.sampled_from([PHOTO, None]), limit=st.integers(300, 1024))
def test_a_card_always_fits(title: str, summary: str, photo: KnownPhoto | None, limit: int) -> None:
    article = replace(ARTICLE, title=title, summary=summary)
    capabilities = replace(CAPABILITIES, caption_length=limit, text_length=limit)

    message = card(article, TOPIC, CardFormat(TEXTS, "vi", capabilities), photo=photo)

    text = words(message)
    assert length(message.text) <= limit
    assert text.count("📂 Hoạt động trong nước #TrongNước") == 1
    assert text == unicodedata.normalize("NFC", text)


def test_a_brief_card_has_no_summary() -> None:
    message = card(
        ARTICLE,
        TOPIC,
        CardFormat(TEXTS, "vi", CAPABILITIES),
        photo=PHOTO,
        brief=True,
    )

    assert words(message) == (
        "Khai mạc lớp tập huấn về nhãn hiệu\n\n🗓 Thứ Tư, 16/08/2017 | 18:52\n"
        "📂 Hoạt động trong nước #TrongNước"
    )
    assert (message.photo, message.preview_url) == (PHOTO, ARTICLE.url)


def test_what_is_over_says_so_in_the_place_of_its_card_and_leads_nowhere() -> None:
    message = ended_card(ARTICLE, TOPIC, CardFormat(TEXTS, "vi", CAPABILITIES), photo=PHOTO)

    assert words(message).startswith("⌛ (Đã hết hạn) Khai mạc lớp tập huấn về nhãn hiệu\n\n🗓")
    assert (message.photo, message.keyboard, message.preview_url) == (PHOTO, (), None)


def test_what_has_no_page_leads_nowhere_and_has_its_other_buttons() -> None:
    article = replace(ARTICLE, url=without_page("thong-bao-1"))
    own = Button("📖", action="1b.7.0")

    message = card(article, TOPIC, CardFormat(TEXTS, "vi", CAPABILITIES), buttons=(own,))
    bare = card(article, TOPIC, CardFormat(TEXTS, "vi", CAPABILITIES), brief=True)
    note = correction_note(TEXTS, article, Changes(has_new_summary=True), "vi")

    assert [each.keyboard for each in (message, bare, note)] == [((own,),), (), ()]
    assert [each.preview_url for each in (message, bare, note)] == [None, None, None]


@pytest.mark.parametrize(
    ("what", "language", "told"),
    [
        (
            Changes(title="Khai mạc lớp tập huấn", has_new_summary=True, has_new_photo=True),
            "vi",
            (
                "✏️ Cục Sở hữu trí tuệ đã đính chính bài “Khai mạc lớp tập huấn”.\n\n"
                "Tiêu đề mới: Khai mạc lớp tập huấn về nhãn hiệu\n\n"
                "Tóm tắt mới: Sáng nay, lớp tập huấn về nhãn hiệu đã khai mạc. Hơn 50 học viên tham dự./.\n\n"
                "Ảnh của bài viết đã được thay."
            ),
        ),
        (
            Changes(added=2, removed=1),
            "vi",
            (
                "✏️ Cục Sở hữu trí tuệ đã đính chính bài “Khai mạc lớp tập huấn về nhãn hiệu”.\n\n"
                "Tệp đính kèm: thêm 2 tệp, bỏ 1 tệp."
            ),
        ),
        (
            Changes(added=1),
            "en",
            (
                "✏️ Cục Sở hữu trí tuệ has corrected the article “Khai mạc lớp tập huấn về nhãn hiệu”.\n\n"
                "Attached files: 1 added."
            ),
        ),
        (
            Changes(removed=3),
            "en",
            (
                "✏️ Cục Sở hữu trí tuệ has corrected the article “Khai mạc lớp tập huấn về nhãn hiệu”.\n\n"
                "Attached files: 3 removed."
            ),
        ),
    ],
    ids=["words and photo", "files", "a file more", "files less"],
)
def test_a_correction_says_what_has_changed_and_nothing_else(what: Changes, language: str, told: str) -> None:
    message = correction_note(TEXTS, ARTICLE, what, language)

    assert words(message) == told
    assert message.keyboard[0][0].url == ARTICLE.url


def test_a_card_says_which_document_the_article_publishes() -> None:
    fields = DocumentFields(
        "65/2023/NĐ-CP", "Nghị định", "Chính phủ", "Lê Văn Khánh", date(2023, 8, 23), date(2023, 8, 24)
    )
    article = replace(ARTICLE, document=fields)
    long = made(replace(article, document=replace(fields, issuer="x " * 400)))

    said = "📜 Nghị định 65/2023/NĐ-CP · Chính phủ · ban hành 23/08/2023 · hiệu lực từ 24/08/2023"
    assert f"{said} · người ký: Lê Văn Khánh" in words(made(article))
    assert "📜" not in words(made())
    assert length(long.text) <= CAPABILITIES.caption_length


@pytest.mark.parametrize(
    ("what", "language", "said"),
    [
        (Changes(title="x", added=1), "vi", "✏️ Đính chính 18:52 ngày 16/08/2017: đổi tiêu đề; thêm 1 tệp"),
        (Changes("", True, 0, 2, True), "vi", "16/08/2017: đổi tóm tắt; thay ảnh; bỏ 2 tệp"),
        (Changes(added=2, removed=1), "en", "2017: 2 files added; 1 file removed"),
    ],
    ids=["title and file", "summary, photo and files", "English"],
)
def test_an_edited_card_says_its_last_correction(what: Changes, language: str, said: str) -> None:
    form = CardFormat(TEXTS, language, CAPABILITIES, CorrectionNote(EVENING.at, what))

    assert said in words(card(ARTICLE, TOPIC, form))
    assert "Đính chính" not in words(made())
