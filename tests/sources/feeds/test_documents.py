"""Documents and pictures that feeds attach: enclosures, media, and links in their text."""

import json
from datetime import UTC, datetime

import pytest

from bot.domain.chats.chat import TopicId
from bot.domain.news.article import Article, Attachment, Photo
from bot.domain.news.feed import Entry, Feed, FeedId
from bot.sources.articles.files import size_of
from bot.sources.feeds.json_feed import parse_json_feed
from bot.sources.feeds.merge import article_of, merged
from bot.sources.feeds.syndication import parse_feed

NOW = datetime(2026, 6, 1, 8, tzinfo=UTC)
URL = "https://so.example.vn/rss/van-ban.xml"
FEED = Feed(FeedId("van-ban"), TopicId("van-ban"), "Văn bản", URL)


def entry(*parts: str) -> Entry:
    """Return the only entry of an RSS feed whose item has *parts* beside title and link."""
    document = (
        '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><item>'
        "<title>Văn bản mới</title>"
        f"<link>https://so.example.vn/van-ban/12.html</link>{''.join(parts)}</item></channel></rss>"
    )
    (found,) = parse_feed(document.encode(), url=URL, charset=None, now=NOW).entries
    return found


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (
            '<enclosure url="/files/QD-12.pdf" type="application/pdf" length="1258291"/>',
            Attachment("https://so.example.vn/files/QD-12.pdf", "QD-12.pdf", "1,2 MB"),
        ),
        (
            '<enclosure url="https://so.example.vn/tai-ve?so=12" type="application/msword" length="0"/>',
            Attachment("https://so.example.vn/tai-ve?so=12", "Word"),
        ),
        (
            '<enclosure url="https://so.example.vn/Th%C3%B4ng%20b%C3%A1o.DOCX"/>',
            Attachment("https://so.example.vn/Th%C3%B4ng%20b%C3%A1o.DOCX", "Thông báo.DOCX"),
        ),
        (
            '<enclosure url="/phu-luc.xlsx" type="application/octet-stream" length="35840"/>',
            Attachment("https://so.example.vn/phu-luc.xlsx", "phu-luc.xlsx", "35 KB"),
        ),
        (
            '<media:content url="/kem/bao-cao.pdf" type="application/pdf" fileSize="2048"/>',
            Attachment("https://so.example.vn/kem/bao-cao.pdf", "bao-cao.pdf", "2 KB"),
        ),
        (
            "<description>&lt;a href='/files/1.pdf'&gt;Quyết định 12&lt;/a&gt; (85 kb)</description>",
            Attachment("https://so.example.vn/files/1.pdf", "Quyết định 12", "85 KB"),
        ),
    ],
    ids=["enclosure", "no name", "no type", "no certain type", "media", "link in the text"],
)
def test_a_document_of_an_entry_is_its_attachment(part: str, expected: Attachment) -> None:
    assert entry(part).attachments == (expected,)


@pytest.mark.parametrize(
    "part",
    [
        '<enclosure url="/hop.mp3" type="audio/mpeg" length="9"/>',
        '<enclosure url="/anh.jpg" type="image/jpeg" length="9"/>',
        '<enclosure url="javascript:1.pdf" type="application/pdf"/>',
        '<enclosure type="application/pdf"/>',
        '<media:content url="/tin.html" type="text/html"/>',
    ],
)
def test_what_is_no_document_is_none(part: str) -> None:
    assert entry(part).attachments == ()


def test_a_document_is_listed_once_however_often_it_is_named() -> None:
    enclosure = '<enclosure url="/1.pdf" type="application/pdf" length="2048"/>'
    found = entry(enclosure, enclosure, "<description>&lt;a href='/1.pdf'&gt;Tệp&lt;/a&gt;</description>")

    assert found.attachments == (Attachment("https://so.example.vn/1.pdf", "1.pdf", "2 KB"),)


def test_pictures_of_enclosures_and_media_are_photos_and_one_in_many_sizes_is_one() -> None:
    found = entry(
        '<enclosure url="/anh/1.jpg" type="image/jpeg"/>',
        '<media:group><media:content url="/anh/2-320.jpg" medium="image" width="320" height="213"/>',
        '<media:content url="/anh/2-1280.jpg" medium="image" width="1280" height="853"/></media:group>',
        '<media:content url="/anh/3.webp" type="image/webp" width="320"/>',
        '<media:content url="/phim.mp4" type="video/mp4"/>',
    )

    addresses = [f"https://so.example.vn/anh/{name}" for name in ("1.jpg", "2-1280.jpg", "3.webp")]
    assert found.photos == tuple(map(Photo, addresses))


def test_a_json_feed_attaches_documents_and_pictures() -> None:
    item = {
        "id": 1,
        "url": "https://so.example.vn/1",
        "title": "Văn bản",
        "attachments": [
            {"url": "/1.pdf", "mime_type": "application/pdf", "title": "Quyết định", "size_in_bytes": 2048},
            {"url": "/1.png", "mime_type": "image/png"},
            {"url": "/1.mp3", "mime_type": "audio/mpeg"},
            "what is this",
        ],
    }

    (found,) = parse_json_feed(json.dumps({"items": [item]}).encode(), url=URL, now=NOW).entries

    assert found.attachments == (Attachment("https://so.example.vn/1.pdf", "Quyết định", "2 KB"),)
    assert found.photos == (Photo("https://so.example.vn/1.png"),)


def test_an_entry_that_leads_to_a_document_comes_with_it() -> None:
    found = article_of(FEED, Entry("Quyết định 12", "https://so.example.vn/files/QD%2012.pdf"))

    assert found.attachments == (Attachment("https://so.example.vn/files/QD%2012.pdf", "QD 12.pdf"),)


def test_the_page_names_documents_and_the_feed_adds_sizes_and_what_is_missing() -> None:
    page = Article("https://a.vn/1", "Tin", attachments=(Attachment("https://a.vn/1.pdf", "Quyết định"),))
    given = Article(
        "https://a.vn/1",
        "Tin",
        attachments=(
            Attachment("https://a.vn/2.pdf", "2.pdf"),
            Attachment("https://a.vn/1.pdf", "1.pdf", "2 KB"),
        ),
    )

    assert merged(page, given).attachments == (
        Attachment("https://a.vn/1.pdf", "Quyết định", "2 KB"),
        Attachment("https://a.vn/2.pdf", "2.pdf"),
    )


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("900", "900 bytes"),
        ("35840", "35 KB"),
        (1_048_576, "1 MB"),
        ("1258291", "1,2 MB"),
        ("3221225472", "3 GB"),
        ("0", ""),
        ("1", ""),
        ("", ""),
        (None, ""),
        ("-5", ""),
        ("9" * 30, ""),
        ("a lot", ""),
    ],
)
def test_a_size_in_bytes_is_written_as_pages_write_it(number: object, written: str) -> None:
    assert size_of(number) == written
