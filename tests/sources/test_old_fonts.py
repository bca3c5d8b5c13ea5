"""Pages and feeds written for TCVN3 fonts are refused, and only those."""

from datetime import UTC, datetime

import pytest

from bot.domain.feed import SourceError
from bot.sources.encoding import refuse_old_fonts
from bot.sources.listing import parse_listing
from bot.sources.page import parse_page
from bot.sources.syndication import parse_feed

NOW = datetime(2025, 9, 26, 3, 11, tzinfo=UTC)
URL = "https://so.example.vn/tin.html"
TCVN3 = "Céng hoµ x· héi chñ nghÜa ViÖt Nam. §éc lËp - Tù do - H¹nh phóc. Thñ t­íng ®· ký v¨n b¶n vÒ ®Çu t­."
UNICODE = (
    "Sản phẩm Windows® 10 dày 5 µm, © Bộ Khoa học và Công nghệ, được «công bố» hôm nay, giá ½ năm trước."
)


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_every_parser_refuses_them_with_a_reason(encoding: str) -> None:
    page = f"<html><body><article><h1>{TCVN3}</h1><p>{TCVN3}</p></article></body></html>".encode(encoding)
    feed = (
        f'<rss version="2.0"><channel><item><title>{TCVN3}</title><link>{URL}</link></item></channel></rss>'
    ).encode(encoding)

    for read in (
        lambda: parse_page(page, url=URL, charset=None, selectors={}, preset=None, now=NOW),
        lambda: parse_listing(page, url=URL, charset=None, selectors={}, preset=None, now=NOW),
        lambda: parse_feed(feed, url=URL, charset=None, now=NOW),
    ):
        with pytest.raises(SourceError, match="TCVN3"):
            read()


def test_signs_among_unicode_words_are_no_old_font() -> None:
    refuse_old_fonts(UNICODE * 3, URL)
    refuse_old_fonts((UNICODE * 3).encode(), URL)
