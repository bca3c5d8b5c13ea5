"""Feeds and pages read the same letters out of the same bytes, however damaged these are."""

import random
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.domain.news.feed import FeedKind, SourceError
from bot.sources import Document, Markup, ParsedFeed, entries, page

URL = "https://so.example.vn/tin.html"
NOW = datetime(2026, 11, 26, tzinfo=UTC)
TITLE = (
    "Cục Sở hữu trí tuệ tổ chức Hội nghị sơ kết công tác sáu tháng đầu năm, triển khai nhiệm vụ cuối năm; "
    "tham dự có đại diện các đơn vị thuộc Cục và đông đảo đảng viên của Đảng bộ, báo chí đưa tin đầy đủ"
)
STORY = "Sang nay, So ra quan don rac ven song cung dan trong xa. " * 8
FEED = (
    f'<rss version="2.0"><channel><item><title>{TITLE}</title><link>https://so.example.vn/1</link>'
    f"<description>{STORY}{STORY}</description></item></channel></rss>"
)
PAGE = f"<html><body><article><h1>{TITLE}</h1><p>{STORY}</p><p>{STORY}</p></article></body></html>"
ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258", "latin-1")
CHARSETS = (None, "utf-8", "utf-16", "windows-1252", "windows-1258", "iso-8859-1", "gb2312", "nonsense")
DAMAGES = (0, 1, 3, 8, 11, 20, 40)


def damaged(text: str, encoding: str, places: list[tuple[float, int]]) -> bytes:
    """Return *text* encoded, with a byte written over at each of *places*, shares of its bytes beyond ASCII.

    The title alone holds such bytes, so that the same ones are damaged wherever it stands.
    """
    body = bytearray(text.encode(encoding, "replace"))
    letters = [place for place, byte in enumerate(body) if byte > 127]
    for share, byte in places if letters else ():
        body[letters[int(share * len(letters))]] = byte
    return bytes(body)


def title_of_feed(body: bytes, charset: str | None) -> str:
    found = entries(Document(body, URL, charset), FeedKind.SYNDICATION, Markup({}, None), now=NOW)
    assert isinstance(found, ParsedFeed)
    return found.entries[0].title


def title_of_page(body: bytes, charset: str | None) -> str:
    markup = Markup({"title": "h1", "body": "article"}, None)
    return page(Document(body, URL, charset), markup, now=NOW).title


def read(title: Callable[[bytes, str | None], str], body: bytes, charset: str | None) -> str:
    try:
        return title(body, charset)
    except SourceError as error:
        return f"refused: {error}"


@pytest.mark.parametrize("first", range(0, 500, 100))
def test_feeds_and_pages_agree_on_damaged_documents(first: int) -> None:
    titles, differing = set(), {}
    for number in range(first, first + 100):
        chance = random.Random(number)
        encoding, charset = chance.choice(ENCODINGS), chance.choice(CHARSETS)
        places = [(chance.random(), chance.randrange(128, 256)) for _ in range(chance.choice(DAMAGES))]
        in_feed = read(title_of_feed, damaged(FEED, encoding, places), charset)
        in_page = read(title_of_page, damaged(PAGE, encoding, places), charset)
        titles.add(in_feed)
        if in_feed != in_page:
            differing[number] = (encoding, charset, in_feed, in_page)

    assert (differing, len(titles) > 50) == ({}, True)


def test_a_few_stray_bytes_spoil_no_more_than_their_letters() -> None:
    places = [(share / 11, 0xFF) for share in range(11)]

    in_feed = title_of_feed(damaged(FEED, "utf-8", places), None)
    in_page = title_of_page(damaged(PAGE, "utf-8", places), None)

    assert in_feed == in_page
    assert "tổ chức" in in_feed
    assert in_feed.count("\ufffd") <= 3 * len(places)
