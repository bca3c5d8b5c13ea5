"""The whole of an article: what is in it, in what order."""

from dataclasses import replace
from datetime import datetime

from bot.domain.chats.chat import TopicId
from bot.domain.chats.message import RichText, bold, italic, length, link
from bot.domain.clock import VIETNAM
from bot.domain.news.article import Article, Attachment, DatePrecision, Published
from bot.domain.news.feed import Topic
from bot.i18n import FormOfAddress, Translator
from bot.services.rendering.full_text import TextPart, full_text
from tests.fakes import FakeMessenger

TEXTS = Translator.load(FormOfAddress.YOU, {"vi": "Cục Sở hữu trí tuệ"})
TOPIC = Topic(TopicId("trong-nuoc"), {"vi": "Hoạt động trong nước", "en": "Domestic news"}, {}, "TrongNước")
ARTICLE = Article(
    url="https://agency.example/tin/1",
    title="Khai mạc lớp tập huấn",
    summary="Sáng nay, lớp tập huấn đã khai mạc.",
    body=("Sáng nay,  lớp tập huấn đã khai mạc. Hơn 50 học viên tham dự.", "Lớp học kéo dài ba ngày./."),
    published=Published(datetime(2017, 8, 16, 18, 52, tzinfo=VIETNAM), DatePrecision.MINUTE),
    attachments=(
        Attachment("https://agency.example/qd.pdf", "Quyết định số 12", "1,2 MB"),
        Attachment("https://agency.example/ds.docx", "Danh sách học viên"),
    ),
    author="Thu Hà",
    source="Báo Nhân Dân",
)


def made(article: Article, limit: int = 4096, language: str = "vi") -> tuple[RichText, ...]:
    return tuple(part.text for part in parts(article, limit, language))


def parts(
    article: Article, limit: int = 4096, language: str = "vi", *, draws: bool = False
) -> tuple[TextPart, ...]:
    platform = replace(FakeMessenger().capabilities, text_length=limit)
    return full_text(article, TOPIC, platform, translator=TEXTS, language=language, draws=draws)


def words(text: RichText) -> str:
    return "".join(span.text for span in text)


def test_an_article_has_everything_that_it_came_with() -> None:
    (text,) = made(ARTICLE)

    assert words(text) == (
        "Khai mạc lớp tập huấn\n\n"
        "🗓 Thứ Tư, 16/08/2017 | 18:52\n"
        "📂 Hoạt động trong nước\n"
        "✍️ Tin, bài: Thu Hà\n"
        "📰 Nguồn: Báo Nhân Dân\n\n"
        "Sáng nay,  lớp tập huấn đã khai mạc. Hơn 50 học viên tham dự.\n\n"
        "Lớp học kéo dài ba ngày./.\n\n"
        "2 tệp kèm theo:\n"
        "📎 Quyết định số 12 (1,2 MB)\n"
        "📎 Danh sách học viên"
    )
    assert bold("Khai mạc lớp tập huấn") in text
    assert link("📎 Quyết định số 12", "https://agency.example/qd.pdf") in text


def test_a_summary_that_says_more_than_the_text_stands_before_it() -> None:
    article = Article(ARTICLE.url, "Tin", "Điều mà bài không nói.", body=("Đoạn một.",))

    (text,) = made(article)

    assert italic("Điều mà bài không nói.") in text
    assert words(text).endswith("Điều mà bài không nói.\n\nĐoạn một.")


def test_a_long_article_is_cut_between_its_paragraphs() -> None:
    article = Article(ARTICLE.url, "Tin", body=tuple(f"Đoạn {n}. " + "Câu nói dài. " * 20 for n in range(40)))

    parts = made(article)

    assert len(parts) == 3
    assert all(length(part) <= 4096 for part in parts)
    assert words(parts[1]).startswith("Đoạn ")
    assert [words(part).strip()[-4:] for part in parts] == ["dài."] * 3


def test_english_words_are_those_of_the_bot_alone() -> None:
    (text,) = made(ARTICLE, language="en")

    assert "✍️ By: Thu Hà" in words(text)
    assert "2 files attached:" in words(text)
