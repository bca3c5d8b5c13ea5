"""Teasers and advertisements among the text of an article: what leads the reader away from it."""

import re
from collections.abc import Iterator
from itertools import islice

from bot.domain.news.address import identity, is_same_site
from bot.sources.html.images import picture_address
from bot.sources.html.styles import CAPTION, styles_of
from bot.sources.html.tree import Element, text_length
from bot.sources.text.urls import absolute

_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|bmp)\b", re.IGNORECASE)
_LONGEST_TEASER = 300
_SENTENCES = frozenset(("dd", "li", "p", "td"))
_MOST = 5_000
"""Links that are looked at; a text with more of them is an index."""


def teasers_of(body: Element, *, base: str) -> list[Element]:
    """Return the links in *body* that show another article by a picture, and those that only advertise.

    A picture that leads to its larger self, or to nothing, is a photo of the article.
    """
    if body.find(".//a//img") is None:
        return []
    links = [*islice(_leading_away(body, base), _MOST)]
    pictured = [each for each in links if any(map(picture_address, each[0].iter("img")))]
    if not pictured:
        return []
    alone = [(link, page) for link, _, page in links if not _is_in_sentence(link)]
    named = {page for link, page in alone if 0 < _length(link) <= _LONGEST_TEASER}
    shown = {page for _, _, page in pictured if page in named}
    adverts = (
        link
        for link, url, _ in pictured
        if not is_same_site(url, base) and not _length(link) and link.getnext() is None
    )
    return [*(link for link, page in alone if page in shown), *adverts]


def _leading_away(body: Element, base: str) -> Iterator[tuple[Element, str, str]]:
    """Yield the links to other pages, each with its address and with what that is known by."""
    own = identity(base)
    for link in body.iter("a"):
        href = (link.get("href") or "").strip()
        url = absolute(href, base) if href and not href.startswith("#") else ""
        if url and not _PICTURE_FILE.search(url) and (page := identity(url)) != own:
            yield link, url, page


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
