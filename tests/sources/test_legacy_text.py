"""Texts as old and careless sites send them, by their bytes: every parser reads the same letters."""

import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.domain.news.article import Article
from bot.sources.content.parse import parse_page
from bot.sources.feeds.listing import parse_listing
from bot.sources.feeds.syndication import parse_feed
from bot.sources.html.document import Document, Markup
from bot.sources.text.encoding import decoded

NOW = datetime(2025, 9, 26, 3, 11, tzinfo=UTC)
URL = "https://so.example.vn/tin.html"
TEXT = "Đảng ủy Cục Sở hữu trí tuệ tổ chức Hội nghị sơ kết công tác, triển khai nhiệm vụ cuối năm"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def feed(text: str) -> str:
    items = "".join(
        f"<item><title>{text}</title><link>https://so.example.vn/{n}</link></item>" for n in range(3)
    )
    return f'<rss version="2.0"><channel>{items}</channel></rss>'


def page(text: str) -> str:
    story = f"<p>{text}. {text}.</p><p>{text}. {text}.</p>"
    article = f"<article><h1>{text}</h1>{story}</article>"
    return f"<html><head><title>{text}</title></head><body>{article}</body></html>"


def listing(text: str) -> str:
    items = "".join(f'<li><a href="/tin/{n}">{text}</a> 16/08/2017</li>' for n in range(4))
    return f"<html><body><ul>{items}</ul></body></html>"


def title_of_feed(body: bytes, charset: str | None) -> str:
    return parse_feed(body, url=URL, charset=charset, now=NOW).entries[0].title


def title_of_listing(body: bytes, charset: str | None) -> str:
    found = parse_listing(Document(body, URL, charset), Markup({}, None), now=NOW)
    return found.entries[0].title


def read(body: bytes, charset: str | None) -> Article:
    return parse_page(Document(body, URL, charset), Markup({}, None), now=NOW)


def title_of_page(body: bytes, charset: str | None) -> str:
    return read(body, charset).title


READERS = pytest.mark.parametrize(
    ("document", "title"),
    [(feed, title_of_feed), (page, title_of_page), (listing, title_of_listing)],
    ids=["feed", "page", "listing"],
)
Written = Callable[[str], str]
Title = Callable[[bytes, str | None], str]


def windows_1258(text: str) -> bytes:
    """Return *text* as that code page has it: ă, â, ê… are letters, the five tones marks that follow them."""
    split = ""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        base = "".join(part for part in parts if part not in TONES)
        split += unicodedata.normalize("NFC", base) + "".join(part for part in parts if part in TONES)
    return split.encode("cp1258")


@READERS
@pytest.mark.parametrize("charset", [None, "windows-1258", "utf-8", "windows-1252", "iso-8859-1", "nonsense"])
def test_windows_1258_is_read_whatever_is_declared(
    document: Written, title: Title, charset: str | None
) -> None:
    assert title(windows_1258(document(TEXT)), charset) == TEXT


def test_western_text_stays_what_it_is() -> None:
    western = (
        "Più può ciò. Café français, l'été à Forlì e Cantù: così è. Don't say it's naïve, señor Òscar. " * 5
    )

    assert decoded(western.encode("cp1252"), "cp1252") == western


@READERS
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("charset", [None, "utf-16", "utf-8"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_is_read_in_any_form_and_composed(
    document: Written, title: Title, encoding: str, charset: str | None, form: str
) -> None:
    body = unicodedata.normalize(form, document(TEXT)).encode(encoding)  # type: ignore[arg-type]

    assert title(body, charset) == TEXT


@READERS
@pytest.mark.parametrize("padding", ["", " "])
def test_utf_8_that_is_declared_as_utf_16_is_read_at_any_length(
    document: Written, title: Title, padding: str
) -> None:
    body = f'<?xml version="1.0" encoding="utf-16"?>{document(TEXT)}{padding}'.encode()

    assert title(body, "utf-16") == TEXT


@READERS
@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("&#272;&#7843;ng ủy Cục &amp; các đơn vị &quot;họp&quot;", 'Đảng ủy Cục & các đơn vị "họp"'),
        (
            "&amp;#272;&amp;#x1EA3;ng ủy Cục &amp;amp; các đơn vị &amp;ldquo;họp&amp;rdquo;",
            "Đảng ủy Cục & các đơn vị “họp”",
        ),
        ("Hỏi &amp; đáp về R&amp;D, B&amp;W; xem?a=1&amp;copy=2", "Hỏi & đáp về R&D, B&W; xem?a=1&copy=2"),
    ],
    ids=["once", "twice", "never"],
)
def test_what_was_escaped_twice_is_shown_once_and_for_all(
    document: Written, title: Title, written: str, shown: str
) -> None:
    assert title(document(written).encode(), None) == shown


def test_paragraphs_and_summaries_that_were_escaped_twice_are_mended_too() -> None:
    article = read(
        page("Hội ngh&amp;#7883; s&amp;#417; k&amp;#7871;t công tác Đảng năm 2025 của cả Cục").encode(), None
    )

    whole = " ".join(["Hội nghị sơ kết công tác Đảng năm 2025 của cả Cục."] * 2)
    assert (article.summary, article.body) == (whole, (whole, whole))
