"""The index of a page finds what XPath finds."""

from pathlib import Path

import pytest

from bot.domain.news.feed import SourceError
from bot.sources.html.select import IndexedPage, select
from bot.sources.html.tree import parse

HTML = (Path(__file__).parents[2] / "data" / "pages" / "office_article.html").read_bytes()


@pytest.mark.parametrize(
    "selector",
    [
        "p",
        "P.sapo",
        ".contentDetail h3",
        ".contentDetail > p",
        "div > div.contentDetail .journal-content-article p",
        "#banner a[href]",
        "a[href^='/vi_VN']",
        "a[href*='/-/asset_publisher/'], img",
        "[role=main]",
        "meta[name=description]",
        "p:not(.sapo)",
        "li:nth-child(2) a",
        "h3, .sapo, h5",
        "*",
        "[href='']",
        ".no-such-class",
    ],
)
def test_both_ways_of_selecting_agree(selector: str) -> None:
    page = IndexedPage(parse(HTML, url="", charset=None))

    assert page.select(selector, part="x") == select(page.root, selector, part="x")


@pytest.mark.parametrize("selector", ["", "p[", "p::text", "a:unheard-of", "p >", "ns|p"])
def test_a_wrong_selector_names_its_part(selector: str) -> None:
    page = IndexedPage(parse(HTML, url="", charset=None))

    for choose in (page.select, lambda css, *, part: select(page.root, css, part=part)):
        with pytest.raises(SourceError, match="the selector for 'title'"):
            choose(selector, part="title")
