"""Documents as broken servers send them: real-like ones, written for the tests, damaged by chance."""

import json
import random
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"
CHARSETS = (None, None, "utf-8", "utf-16", "windows-1258", "iso-8859-1", "nonsense", "hex")
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258", "latin-1")
_PIECES = (
    b"<", b">", b"&", b'"', b"'", b"\0", b"]]>", b"\xff", b"<![CDATA[", b"<!--", b"-->", b"&#0;", b"&#xD800;",
    b"&nbsp;", b"&a;", b"</item>", b"</html>", b"<table><tr><td>", b"<script>", b"<svg>", b"{", b"}", b"[",
    b"\xed\xa0\x80", b"\xe2\x80\x8b", b"99/99/9999 99:99", b"javascript:", b"//[", b"http://[", b"data:,",
)  # fmt: skip
_BOMB = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%b">' % (c, b"&%c;" % (c - 1) * 10) for c in b"bcdefgh"
)
_SITEMAP = """<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://so.example.vn/tin/1.html</loc>
<news:news><news:publication_date>2017-08-16T18:52:00+07:00</news:publication_date>
<news:title>Lễ ra quân</news:title></news:news></url></urlset>"""
_JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Sở",
    "next_url": "/2.json",
    "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
    "items": [
        {
            "id": "1",
            "url": "/tin/1.html",
            "title": "Lễ ra quân",
            "content_html": "<p>Sáng 16/8, Sở tổ chức lễ ra quân.</p><img src='/1.jpg' srcset='/2.jpg 2x'>",
            "date_published": "2017-08-16T18:52:00+07:00",
            "attachments": [{"url": "/1.pdf", "mime_type": "application/pdf", "size_in_bytes": 2048}],
        }
    ],
}


@cache
def seeds() -> tuple[bytes, ...]:
    """Return the documents to damage: feeds of all kinds, article pages and listings."""
    files = [*sorted((DATA / "feeds").glob("*.xml")), *sorted((DATA / "pages").glob("*.html"))]
    written = json.dumps(_JSON_FEED, ensure_ascii=False)
    return (*(file.read_bytes() for file in files), _SITEMAP.encode(), written.encode())


def mutated(body: bytes, chance: random.Random, *, hostile: bool = True) -> bytes:
    """Return *body* with up to a dozen damages, and now and then a large one where it may be *hostile*."""
    if chance.random() < 0.15:
        body = body.decode("utf-8", "replace").encode(chance.choice(_ENCODINGS), "xmlcharrefreplace")
    broken = bytearray(body)
    for _ in range(chance.randint(1, 12)):
        _damage(broken, chance)
    if hostile and chance.random() < 0.04:
        _overdo(broken, chance)
    return bytes(broken)


def _damage(broken: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(broken) + 1)
    match chance.choice((0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5)):
        case 0:
            broken[start : start + chance.randint(1, 200)] = b""
        case 1:
            broken[start:start] = chance.randbytes(chance.randint(1, 8))
        case 2:
            broken[start:start] = broken[start : start + 300] * chance.randint(1, 5)
        case 3:
            other = chance.randrange(len(broken) + 1)
            broken[start : start + 100], broken[other : other + 100] = (
                broken[other : other + 100],
                broken[start : start + 100],
            )
        case 4:
            del broken[max(start, len(broken) // 4) :]
        case _:
            broken[start : start + 1] = chance.choice(_PIECES)


def _overdo(broken: bytearray, chance: random.Random) -> None:
    """Do one thing far too often, as what is hostile or generated without an end does."""
    start, times = chance.randrange(len(broken) + 1), chance.choice([1_000, 20_000])
    piece = chance.choice(
        [
            b"<div>",
            b"<b><i>",
            b"<!--",
            b"<item>",
            b"<a href=/1>",
            b"<table><tr>",
            b"&amp;",
            b"[",
            b"<p>x",
            b"<x:y>",
        ]
    )
    if chance.random() < 0.1:
        broken[0:0] = _BOMB + b"]>"
        piece = b"&h;"
    broken[start:start] = piece * times
