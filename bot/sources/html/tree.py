"""Bytes of a web page made into a tree, whatever its encoding and state."""

from typing import Any

from lxml import etree

from bot.domain.news.feed import SourceError
from bot.domain.reason import ReasonCode
from bot.sources.text.encoding import decoded
from bot.sources.text.urls import absolute

Element = Any
"""An element of lxml, which ships no types."""

_CONTROLS = bytes((*range(9), 11, 12, *range(14, 32), 127))


def parse(body: bytes, *, url: str, charset: str | None) -> Element:
    """Return the root of the page *body*, or raise SourceError if it holds no HTML at all."""
    return parse_text(decoded(body, charset), url=url)


def parse_text(page: str, *, url: str) -> Element:
    """Return the root of *page*, which is HTML, or raise SourceError if it holds none."""
    # The plain parser: the classes of lxml.html cost a Python call for each element.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(page.encode("utf-8", "replace").translate(None, _CONTROLS), parser)
    except (etree.LxmlError, ValueError) as error:
        raise SourceError(
            f"{url}: there is no page, the answer is empty or no HTML", ReasonCode.EMPTY
        ) from error
    if root is None:
        raise SourceError(f"{url}: there is no page, the answer is empty or no HTML", ReasonCode.EMPTY)
    return root


def base_of(root: Element, url: str) -> str:
    """Return what relative addresses on the page *root* are relative to; it came from *url*."""
    base = root.find(".//base")
    href = base.get("href") if base is not None else None
    return (absolute(href, url) if href else "") or url


def holds(outer: Element, inner: Element) -> bool:
    """Say whether *inner* stands somewhere inside *outer*."""
    return any(ancestor is outer for ancestor in inner.iterancestors())


def linked_length(root: Element) -> int:
    """Return how much text of *root* stands in links."""
    return sum(len(text.strip()) for link in root.iter("a") for text in link.itertext())


def text_length(element: Element) -> int:
    """Return how much text *element* holds, white space between its parts left out."""
    return sum(len(text.strip()) for text in element.itertext())
