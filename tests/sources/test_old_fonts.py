"""Pages and feeds written for TCVN3 and VNI fonts are refused, and only those."""

from datetime import UTC, datetime

import pytest

from bot.domain.news.feed import SourceError
from bot.sources.content.parse import parse_page
from bot.sources.feeds.listing import parse_listing
from bot.sources.feeds.syndication import parse_feed
from bot.sources.html.document import Document, Markup
from bot.sources.text.legacy_fonts import refuse_old_fonts

NOW = datetime(2025, 9, 26, 3, 11, tzinfo=UTC)
URL = "https://so.example.vn/tin.html"
TCVN3 = "Céng hoµ x· héi chñ nghÜa ViÖt Nam. §éc lËp - Tù do - H¹nh phóc. Thñ t­íng ®· ký v¨n b¶n vÒ ®Çu t­."
VNI = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam. Ñoäc laäp - Töï do - Haïnh phuùc. Thuû töôùng ñaõ kyù."
FOREIGN = (
    "El ñandú corre todo el año por la pampa, y la señora lo mira. Au mois d'août on fête Noël chez lui, "
    "sur une île naïve. Über schöne grüne Bäume und das Öl; på en ø ligger søen, og der står en rød kø. "
)
UNICODE = (
    "Sản phẩm Windows® 10 dày 5 µm, © Bộ Khoa học và Công nghệ, được «công bố» hôm nay, giá ½ năm trước."
)


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
@pytest.mark.parametrize(("text", "font"), [(TCVN3, "TCVN3"), (VNI, "VNI")])
def test_every_parser_refuses_them_with_a_reason(encoding: str, text: str, font: str) -> None:
    page = f"<html><body><article><h1>{text}</h1><p>{text}</p></article></body></html>".encode(encoding)
    feed = (
        f'<rss version="2.0"><channel><item><title>{text}</title><link>{URL}</link></item></channel></rss>'
    ).encode(encoding)

    for read in (
        lambda: parse_page(Document(page, URL, None), Markup({}, None), now=NOW),
        lambda: parse_listing(Document(page, URL, None), Markup({}, None), now=NOW),
        lambda: parse_feed(feed, url=URL, charset=None, now=NOW),
    ):
        with pytest.raises(
            SourceError, match=f"is written for {font} fonts .* ask the site for a Unicode edition"
        ):
            read()


def test_signs_among_unicode_words_are_no_old_font() -> None:
    refuse_old_fonts(UNICODE * 3, URL)


def test_other_languages_are_no_old_font() -> None:
    refuse_old_fonts(FOREIGN * 3, URL)
