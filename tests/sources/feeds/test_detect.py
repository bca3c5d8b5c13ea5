"""What an address may give: every kind is found out, and read."""

import gzip
import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.clock import VIETNAM
from bot.domain.news.article import DatePrecision, Photo, Published
from bot.domain.news.feed import Entry, FeedKind, SourceError
from bot.sources.feeds.detect import MOST_ENTRIES, parse_any
from bot.sources.feeds.result import Elsewhere, ParsedFeed
from bot.sources.html.document import Document, Markup
from bot.sources.workers.bounds import bounded_listed

URL = "https://so.example.vn/tin"
NOW = datetime(2026, 5, 4, 5, 0, tzinfo=UTC)
EVENING = Published(datetime(2017, 8, 16, 18, 52, tzinfo=VIETNAM), DatePrecision.MINUTE)
NEWS = "".join(
    f'<li class="tin"><a href="/tin/{n}.html">Bản tin số {n} của Sở trong tuần</a> <i>1{n}/08/2017</i></li>'
    for n in range(1, 5)
)
SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://so.example.vn/tin/1.html</loc><lastmod>2017-08-17</lastmod><news:news><news:publication>
<news:name>Sở</news:name><news:language>vi</news:language></news:publication>
<news:publication_date>2017-08-16T18:52:00+07:00</news:publication_date>
<news:title>Lễ ra quân &amp; tổng kết</news:title>
</news:news><image:image><image:loc>https://so.example.vn/1.jpg</image:loc>
<image:caption>Quang cảnh</image:caption>
</image:image></url><url><loc>https://so.example.vn/gioi-thieu</loc></url></urlset>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Sở",
    "feed_url": "https://so.example.vn/feed.json",
    "next_url": "/feed.json?page=2",
    "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
    "items": [
        {
            "id": 7,
            "url": "/tin/1.html",
            "title": "Lễ ra quân",
            "content_html": "<p>Sáng nay, Sở ra quân.</p><p>Có 50 người.</p>",
            "image": "/1.jpg",
            "date_published": "2017-08-16T18:52:00+07:00",
        },
        {"id": "8", "content_text": "Chỉ có chữ."},
        {},
        3,
    ],
}


def read(
    body: str | bytes, kind: FeedKind = FeedKind.AUTO, preset: str | None = None
) -> ParsedFeed | Elsewhere:
    document = body.encode() if isinstance(body, str) else body
    return parse_any(Document(document, URL, None), kind, Markup({}, preset), now=NOW)


def entries(body: str | bytes, kind: FeedKind = FeedKind.AUTO) -> ParsedFeed:
    listed = read(body, kind)
    assert isinstance(listed, ParsedFeed)
    return listed


@pytest.mark.parametrize("kind", [FeedKind.AUTO, FeedKind.SYNDICATION])
def test_a_json_feed_is_read(kind: FeedKind) -> None:
    listed = entries("\ufeff" + json.dumps(JSON_FEED), kind)

    assert listed == ParsedFeed(
        (
            Entry(
                title="Lễ ra quân",
                link="https://so.example.vn/tin/1.html",
                guid="7",
                summary="Sáng nay, Sở ra quân.",
                body=("Sáng nay, Sở ra quân.", "Có 50 người."),
                photos=(Photo("https://so.example.vn/1.jpg"),),
                published=EVENING,
            ),
            Entry(title="Chỉ có chữ.", guid="8", summary="Chỉ có chữ.", body=("Chỉ có chữ.",)),
        ),
        FeedKind.SYNDICATION,
        hub="https://hub.example/",
        topic="https://so.example.vn/feed.json",
        next_page="https://so.example.vn/feed.json?page=2",
    )


@pytest.mark.parametrize("body", ['{"a": 1}', '{"items": 3}', "{", '{"items": ' + "[" * 200_000])
def test_other_json_is_refused(body: str) -> None:
    with pytest.raises(SourceError, match="JSON"):
        read(body)


def test_half_a_surrogate_pair_in_json_becomes_what_can_be_written() -> None:
    item = {
        "id": "\ud800",
        "url": "https://x.example/a\ud800b",
        "title": "Lễ \udc00 ra quân",
        "content_html": "<p>Sở \ud800</p>",
        "summary": "Tin \ud800",
        "image": "https://x.example/p\ud800.jpg",
    }
    other = {"url": "https://x.example/c\ud800", "title": "Khác"}
    addresses = {
        "next_url": "/2\ud800",
        "feed_url": "/1\ud800",
        "hubs": [{"url": "https://hub.example/\ud800"}],
    }

    listed = bounded_listed(entries(json.dumps({"items": [item, other], **addresses})))

    assert isinstance(listed, ParsedFeed)
    assert re.search(r"\\ud[89a-f]", str(listed)) is None
    assert [(entry.title, entry.link) for entry in listed.entries] == [
        ("Lễ \ufffd ra quân", ""),
        ("Khác", ""),
    ]
    assert all(len(entry.identity) == 64 for entry in listed.entries)


def test_a_news_sitemap_is_read() -> None:
    listed = entries(SITEMAP)

    assert listed == ParsedFeed(
        (
            Entry(
                "Lễ ra quân & tổng kết",
                "https://so.example.vn/tin/1.html",
                photos=(Photo("https://so.example.vn/1.jpg", "Quang cảnh"),),
                published=EVENING,
            ),
        ),
        FeedKind.SITEMAP,
    )


def test_an_index_of_sitemaps_leads_to_its_news_first() -> None:
    parts = [("trang", "2026-01-01"), ("news-2025", "2025-01-01"), ("news-2026", "2026-01-01"), ("x", "2020")]
    index = "".join(f"<sitemap><loc>/{name}.xml</loc><lastmod>{at}</lastmod></sitemap>" for name, at in parts)

    found = read(f"<sitemapindex>{index}</sitemapindex>")

    names = ("news-2026", "news-2025", "trang")
    assert found == Elsewhere(tuple(f"https://so.example.vn/{name}.xml" for name in names))


def test_what_was_packed_when_it_was_written_is_unpacked() -> None:
    index = "<sitemapindex><sitemap><loc>/news.xml</loc></sitemap></sitemapindex>"

    assert read(gzip.compress(index.encode())) == Elsewhere(("https://so.example.vn/news.xml",))


def test_what_unpacks_to_too_much_or_breaks_off_is_refused() -> None:
    with pytest.raises(SourceError, match="unpacks to more"):
        read(gzip.compress(b" " * 30_000_000))
    with pytest.raises(SourceError, match="broke off"):
        read(gzip.compress(b"<sitemapindex></sitemapindex>")[:-4])


def test_a_sitemap_without_news_is_refused() -> None:
    with pytest.raises(SourceError, match="without news titles"):
        read("<urlset><url><loc>https://so.example.vn/</loc></url></urlset>")


def test_a_page_names_its_feeds_and_those_of_comments_do_not_count() -> None:
    page = (
        "<!DOCTYPE html><html><head>"
        '<link rel="alternate" type="application/rss+xml" title="Comments Feed" href="/c">'
        '<link rel="alternate" hreflang="en" href="/en">'
        "<link rel=alternate type=application/rss+xml href=/rss>"
        '<link rel="alternate" type="application/feed+json" href="feed.json"></head><body>'
        f"<ul>{NEWS}</ul></body></html>"
    )

    assert read(page) == Elsewhere(("https://so.example.vn/rss", "https://so.example.vn/feed.json"))
    assert isinstance(read(page, FeedKind.LISTING), ParsedFeed)
    assert isinstance(read(page, preset="generic"), ParsedFeed)


def test_the_record_of_a_wordpress_page_is_no_feed() -> None:
    record = '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/7">'
    feed = '<link rel="alternate" type="application/json" href="/feed.json">'

    assert isinstance(read(f"<html><head>{record}</head><body><ul>{NEWS}</ul></body></html>"), ParsedFeed)
    assert read(f"<html><head>{record}{feed}</head><body></body></html>") == Elsewhere(
        ("https://so.example.vn/feed.json",)
    )


def test_the_entities_in_the_title_of_a_json_feed_are_signs() -> None:
    listed = entries(json.dumps({"items": [{"id": "1", "title": "Lễ &#8216;Xuất quân&#8217; R&D"}]}))

    assert listed.entries[0].title == "Lễ ‘Xuất quân’ R&D"


def test_a_page_that_names_none_is_a_list_and_says_what_was_guessed() -> None:
    listed = entries(
        f'<html><body><ul>{NEWS}</ul><a href="?trang=1">1</a><a href="?trang=2">2</a>'
        '<a href="?trang=9">Cuối</a>'
        "</body></html>"
    )

    assert [entry.link for entry in listed.entries] == [f"{URL}/{n}.html" for n in range(1, 5)]
    assert (listed.kind, listed.next_page) == (FeedKind.LISTING, f"{URL}?trang=2")
    assert listed.is_guessed
    assert tuple(map(str, listed.guessed)) == (
        "items: the repeated block of links with the most text, since no selector fits",
    )


@pytest.mark.parametrize(
    ("url", "link", "expected"),
    [
        (URL, '<a rel="next" href="/tin?p=2">x</a>', f"{URL}?p=2"),
        (URL, '<link rel="next" href="/tin/page/2">', f"{URL}/page/2"),
        (f"{URL}?p=2", '<a href="?p=1">1</a><a href="?p=3">Trang sau »</a>', f"{URL}?p=3"),
        (
            URL,
            '<a href="/tin?_101_x_cur=2&amp;p_p_id=1">Tiếp</a>',
            f"{URL}?_101_x_cur=2&p_p_id=1",
        ),
        (URL, '<a href="/khac">2</a>', ""),
        (URL, '<a href="https://khac.example/tin?p=2">2</a>', ""),
        (URL, '<a href="#">Sau</a>', ""),
    ],
)
def test_the_next_page_of_a_list_is_found(url: str, link: str, expected: str) -> None:
    page = f"<html><body><ul>{NEWS}</ul>{link}</body></html>".encode()

    listed = parse_any(Document(page, url, None), FeedKind.LISTING, Markup({}, None), now=NOW)

    assert isinstance(listed, ParsedFeed)
    assert listed.next_page == expected


def test_of_a_huge_feed_the_newest_entries_are_looked_at() -> None:
    items = "".join(
        f"<item><title>Tin {n}</title><guid>{n}</guid>"
        f"<pubDate>Wed, 16 Aug {2000 + (n >= 100)} 18:52:00 +0700</pubDate></item>"
        for n in range(MOST_ENTRIES + 100)
    )

    listed = entries(f'<rss version="2.0"><channel>{items}</channel></rss>')

    assert (len(listed.entries), listed.left_out) == (MOST_ENTRIES, 100)
    assert [e.title for e in listed.entries[:2]] == ["Tin 100", "Tin 101"]


@settings(max_examples=150, deadline=None)
@given(body=st.sampled_from([SITEMAP, json.dumps(JSON_FEED)]), data=st.data())
def test_a_broken_document_is_read_or_refused(body: str, data: st.DataObject) -> None:
    whole = body.encode()
    start, end = (data.draw(st.integers(0, len(whole))) for _ in range(2))
    broken = whole[:start] + data.draw(st.binary(max_size=8)) + whole[end:]

    try:
        read(broken)
    except SourceError as error:
        assert "\n" not in str(error)  # noqa: PT017
