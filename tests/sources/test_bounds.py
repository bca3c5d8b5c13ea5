"""What a worker process hands over is in bounds, whatever the document held."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.news.article import Article, Attachment, Photo
from bot.domain.news.feed import Entry, FeedKind
from bot.sources import Document, Elsewhere, Markup, ParsedFeed, entries, page
from bot.sources.text.urls import LONGEST
from bot.sources.workers import bounds
from bot.sources.workers.bounds import bounded_article, bounded_listed

URL = "https://so.example.vn/tin.html"
NOW = datetime(2026, 11, 26, tzinfo=UTC)
UNSEEN = "\u202e\u2066\u2069\u200b\x1b\x07\x9b\U000e0041\ufeff"


def listed(document: dict[str, object]) -> ParsedFeed:
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", **document}).encode()
    found = entries(Document(body, URL, None), FeedKind.AUTO, Markup({}, None), now=NOW)
    assert isinstance(found, ParsedFeed)
    return found


def test_a_text_within_bounds_stays_as_it_is() -> None:
    article = Article(
        URL,
        "Hội nghị sơ kết",
        "Sáng nay.",
        ("Đoạn một.", "Đoạn hai."),
        (Photo("https://so.example.vn/1.jpg", "Toàn cảnh"),),
        attachments=(Attachment("https://so.example.vn/1.pdf", "Quyết định", "1,2 MB"),),
        author="Nguyễn Văn A",
        source="TTXVN",
    )

    assert bounded_article(article) == article


def test_a_title_is_cut_behind_a_word_and_says_so() -> None:
    title = bounded_article(Article(URL, "Hội nghị sơ kết " * 100)).title

    assert len(title) <= bounds.TITLE
    assert title.endswith("…")
    assert title.removesuffix("…").split()[-1] in {"Hội", "nghị", "sơ", "kết"}


@pytest.mark.parametrize("unit", ["x", "e\u0301\u0323", "👩\u200d🚀", "🏽", "🇻🇳", "A. ", "."])
def test_no_letter_and_no_emoji_is_taken_apart(unit: str) -> None:
    title = bounded_article(Article(URL, unit * 10_000)).title

    assert len(title) <= bounds.TITLE
    assert not title.removesuffix("…").endswith("\u200d")


def test_all_of_an_article_is_bounded() -> None:
    address = f"https://so.example.vn/{'x' * LONGEST}"
    article = bounded_article(
        Article(
            URL,
            "t" * 10_000,
            "s" * 10_000,
            ("b " * 40_000,) * 100,
            (Photo(address), *(Photo(f"https://so.example.vn/{n}.jpg", "c" * 9_000) for n in range(300))),
            attachments=(
                Attachment(address, "x"),
                *(Attachment(f"https://so.example.vn/{n}.pdf", "n" * 9_000, "z" * 99) for n in range(300)),
            ),
            author="a" * 9_000,
            source="q" * 9_000,
        )
    )

    assert (len(article.title), len(article.summary), len(article.author), len(article.source)) == (
        bounds.TITLE,
        bounds.SUMMARY,
        bounds.NAME,
        bounds.NAME,
    )
    assert sum(map(len, article.body)) <= bounds.BODY + 2
    assert article.body[-1].endswith("…")
    assert (len(article.photos), {len(each.caption) for each in article.photos}) == (100, {bounds.CAPTION})
    assert (len(article.attachments), {len(each.name) for each in article.attachments}) == (50, {bounds.NAME})
    assert not any(
        address in (each.url for each in each_of) for each_of in (article.photos, article.attachments)
    )


def test_a_text_has_so_many_paragraphs_and_the_last_says_that_there_are_more() -> None:
    body = bounded_article(Article(URL, "Tin", body=("a",) * 100_000)).body

    assert len(body) == bounds.PARAGRAPHS
    assert (body[-2], body[-1]) == ("a", "a …")


def test_a_feed_lists_so_many_entries_each_in_bounds() -> None:
    found = listed({"items": [{"id": "g" * 9_000 + str(n), "title": "." * 5_000} for n in range(3_000)]})

    assert (len(found.entries), found.left_out) == (bounds.ENTRIES, 1_000)
    assert {len(entry.title) for entry in found.entries} == {bounds.TITLE}
    assert len({entry.guid for entry in found.entries}) == bounds.ENTRIES
    assert max(len(entry.guid) for entry in found.entries) <= bounds.GUID


def test_where_else_a_page_leads_is_bounded() -> None:
    long = f"https://so.example.vn/{'x' * LONGEST}"

    assert bounded_listed(Elsewhere((URL, long))) == Elsewhere((URL,))


def test_nothing_unseen_leaves_a_json_feed() -> None:
    item = {
        "id": f"1{UNSEEN}",
        "url": f"https://so.example.vn/{UNSEEN}1",
        "title": f"Quyết định {UNSEEN}số 5",
        "content_text": f"Đoạn {UNSEEN}một\nĐoạn hai",
        "summary": f"Tóm {UNSEEN}tắt",
        "attachments": [
            {
                "url": f"https://so.example.vn/{UNSEEN}fdp.exe.pdf",
                "mime_type": "application/pdf",
                "title": f"Quyết định {UNSEEN}fdp.exe số 5.pdf",
            }
        ],
    }

    (entry,) = listed({"items": [item]}).entries

    shown = (
        entry.title,
        entry.link,
        entry.summary,
        *entry.body,
        *(text for each in entry.attachments for text in (each.url, each.name)),
    )
    assert not set(UNSEEN).intersection("".join(shown))
    assert entry.body == ("Đoạn một", "Đoạn hai")


def test_nothing_unseen_leaves_a_page() -> None:
    # HTML takes the control U+009B for what Windows-1252 has in its place.
    unseen = UNSEEN.replace("\x9b", "")
    story = f"<p>Sáng nay, {unseen}Sở ra quân dọn rác ở bờ sông cùng năm mươi người dân trong xã.</p>" * 9
    link = f'<a href="/qd.pdf">Quyết định {unseen}fdp.exe</a>'
    markup = f"<html><body><article><h1>Ra {unseen}quân</h1>{story}{link}</article></body></html>"

    article = page(Document(markup.encode(), URL, None), Markup({"body": "article"}, None), now=NOW)

    assert article.title == "Ra quân"
    assert article.attachments
    assert not set(UNSEEN).intersection(repr(article))


def test_an_emoji_keeps_what_joins_its_parts() -> None:
    family, flag = "👩\u200d👩\u200d👧", "🇻🇳"

    (entry,) = listed({"items": [{"title": f"Gia đình {family} {flag} ❤\ufe0f a\u200db", "id": "1"}]}).entries

    assert entry.title == f"Gia đình {family} {flag} ❤\ufe0f ab"


def test_an_address_with_a_user_name_becomes_no_button() -> None:
    disguised = "https://ipvietnam.gov.vn@evil.example/quyet-dinh.pdf"
    story = "<p>Sáng nay, Sở ra quân dọn rác ở bờ sông cùng năm mươi người dân trong xã.</p>" * 9
    markup = (
        f'<html><body><article><h1>Ra quân</h1>{story}<a href="{disguised}">Quyết định 5</a>'
        '<a href="http:congbao.example.vn/2.pdf">Quyết định 6</a></article></body></html>'
    )

    article = page(Document(markup.encode(), URL, None), Markup({"body": "article"}, None), now=NOW)

    assert [each.url for each in article.attachments] == ["http://congbao.example.vn/2.pdf"]


TEXTS = st.text(max_size=80)


@given(
    st.builds(Entry, title=TEXTS, link=st.just(URL), guid=TEXTS, summary=TEXTS, body=st.tuples(TEXTS, TEXTS))
)
def test_bounds_keep_to_what_they_have_bounded(entry: Entry) -> None:
    once = bounded_listed(ParsedFeed((entry,), FeedKind.SYNDICATION))

    assert bounded_listed(once) == once
