"""Pages as large as the service fetches: read in time that grows with them, and no further than is kept."""

import gc
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.domain.news.article import Article
from bot.domain.news.feed import SourceError
from bot.sources import Document, Markup, page
from bot.sources.html.blocks import MOST_ELEMENTS, MOST_ITEMS, MOST_TEXT, Block, flow
from bot.sources.html.tree import parse_text
from bot.sources.workers import bounds
from tests.sources import large_pages
from tests.sources.large_pages import SHAPES, URL

NOW = datetime(2026, 11, 26, tzinfo=UTC)
SIZE = 100_000
MOST = 8.0
"""Four times the page may take so many times as long; a square would take sixteen times."""
_TRIES = 5


def read(body: bytes) -> Article | None:
    try:
        return page(Document(body, URL, "utf-8"), Markup({}, None), now=NOW)
    except SourceError:
        return None


def cost(body: bytes) -> float:
    """Return the seconds of CPU that reading *body* takes."""
    # A round of the collector costs as much as all that the tests have in memory.
    gc.disable()
    try:
        started = time.thread_time()
        read(body)
        return time.thread_time() - started
    finally:
        gc.enable()


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_four_times_the_page_takes_no_more_than_its_share_of_time(shape: Callable[[int], bytes]) -> None:
    short, long = shape(SIZE), shape(4 * SIZE)
    shortest, longest = cost(short), cost(long)
    for _ in range(_TRIES):
        if longest <= MOST * shortest:
            break
        shortest, longest = min(shortest, cost(short)), min(longest, cost(long))

    assert longest <= MOST * shortest


@pytest.mark.parametrize("shape", [large_pages.paragraphs, large_pages.one_paragraph, large_pages.breaks])
def test_what_is_kept_of_a_long_text_is_its_beginning_however_much_follows(
    shape: Callable[[int], bytes],
) -> None:
    long, longer = read(shape(600_000)), read(shape(1_200_000))

    assert long is not None
    assert long == longer
    assert sum(map(len, long.body)) > bounds.BODY * 0.9
    assert long.body[-1].endswith("…")


def test_a_list_of_more_lines_than_are_kept_ends_where_they_do() -> None:
    found = read(large_pages.one_list(1_000_000))

    assert found is not None
    assert (len(found.body), found.body[-1][-1]) == (bounds.PARAGRAPHS, "…")


def test_a_document_behind_all_that_is_kept_is_still_attached() -> None:
    text = large_pages.paragraphs(1_000_000).decode()
    link = '<p><a href="/van-ban/ke-hoach.pdf">Kế hoạch năm sau</a></p>'

    found = read(text.replace("</div></div>", f"{link}</div></div>", 1).encode())

    assert found is not None
    assert [each.name for each in found.attachments] == ["Kế hoạch năm sau"]


def test_an_article_behind_fifty_thousand_links_is_read_with_the_photo_above_its_text() -> None:
    menu = large_pages.navigation(5_000_000).decode()
    photo = '<figure><img src="/anh/1.jpg"><figcaption>Quang cảnh</figcaption></figure>'

    found = read(menu.replace("</h1>", f"</h1>{photo}", 1).encode())

    assert found is not None
    assert found.body[0].startswith("Sáng ngày 0")
    assert [photo.caption for photo in found.photos] == ["Quang cảnh"]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Hội nghị sơ kết công tác</p>" * 200_000,
        "<p>A</p>" * 200_000,
        "<span>" * 100 + "<i>a</i>" * 200_000,
        "chữ " * 1_000_000,
    ],
    ids=["text", "items", "elements", "one text"],
)
def test_a_flow_has_an_end(markup: str) -> None:
    items = flow(parse_text(markup, url=URL))
    texts = [item.text for item in items if isinstance(item, Block)]

    assert len(items) <= MOST_ITEMS
    assert sum(map(len, texts)) <= MOST_TEXT
    assert sum(text.count("a") for text in texts) <= MOST_ELEMENTS
    assert MOST_TEXT > bounds.BODY
    assert MOST_ITEMS > bounds.PARAGRAPHS
