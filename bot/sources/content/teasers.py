"""Teasers and advertisements among the text of an article: what leads the reader away from it."""

import re

from bot.domain.news.address import identity, is_same_site
from bot.sources.html.images import picture_address
from bot.sources.html.styles import CAPTION, styles_of
from bot.sources.html.tree import Element, text_length
from bot.sources.text.urls import absolute

_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|bmp)\b", re.IGNORECASE)
_LONGEST_TEASER = 300
_SENTENCES = frozenset(("dd", "li", "p", "td"))


def teasers_of(body: Element, *, base: str) -> list[Element]:
    """Return the links in *body* that show another article by a picture, and those that only advertise.

    A picture that leads to its larger self, or to nothing, is a photo of the article.
    """
    if body.find(".//a//img") is None:
        return []
    links = [(link, url) for link in body.iter("a") if (url := _leads_to(link, base))]
    pictured = [(link, url) for link, url in links if any(map(picture_address, link.iter("img")))]
    if not pictured:
        return []
    alone = [(link, url) for link, url in links if not _is_in_sentence(link)]
    named = {identity(url) for link, url in alone if 0 < _length(link) <= _LONGEST_TEASER}
    shown = {identity(url) for link, url in pictured if identity(url) in named}
    adverts = (
        link
        for link, url in pictured
        if not is_same_site(url, base) and not _length(link) and link.getnext() is None
    )
    return [*(link for link, url in alone if identity(url) in shown), *adverts]


def _leads_to(link: Element, base: str) -> str:
    """Return the page that *link* leads to; empty for a picture's file, this page itself and no page."""
    href = (link.get("href") or "").strip()
    url = absolute(href, base) if href and not href.startswith("#") else ""
    return "" if not url or _PICTURE_FILE.search(url) or identity(url) == identity(base) else url


def _is_in_sentence(link: Element) -> bool:
    """Say whether text of the same paragraph stands right before or behind *link*."""
    around, before = link.getparent(), link.getprevious()
    if around is None or around.tag not in _SENTENCES:
        return False
    beside = (link.tail, around.text if before is None else before.tail)
    return any(c.isalpha() for text in beside for c in text or "")


def _length(link: Element) -> int:
    """Return how much text *link* shows, the captions of its pictures left out."""
    captions = (element for element in link.iter() if styles_of(element, 0) & CAPTION)
    return text_length(link) - sum(map(text_length, captions))
