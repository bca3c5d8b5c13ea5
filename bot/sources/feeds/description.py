"""The short HTML with which a feed describes an entry, made into one line of text and the photos in it.

A poll reads dozens of these, most of them known already: one pass, and nothing of an article's structure.
"""

from functools import cache

import lxml.html
from lxml import etree

from bot.domain.news.article import Photo
from bot.domain.text.text import one_line
from bot.sources.html.images import picture_address
from bot.sources.text.entities import plain_line
from bot.sources.text.urls import absolute

_INLINE = frozenset(
    [
        *("a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "ins", "mark", "o:p", "q", "s"),
        *("small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    ]
)
_SILENT = frozenset(["script", "style", "iframe", "object", "template", "noscript", "svg", "title"])


def described(markup: str, base: str) -> tuple[str, tuple[Photo, ...]]:
    """Return the text of *markup* on one line, and its photos; the text beside one is no caption."""
    if "<" not in markup and "&" not in markup:
        return one_line(markup), ()
    # VnExpress writes </br>, which browsers take for <br> and libxml2 for nothing.
    whole = f"<div>{markup.replace('</br>', '<br>')}</div>".encode()
    try:
        root = lxml.html.fromstring(whole, parser=_parser())
    except (etree.LxmlError, ValueError, AssertionError):
        return "", ()
    words: list[str] = []
    photos: list[Photo] = []
    _collect(root, base, words, photos)
    return plain_line("".join(words)), tuple(photos)


@cache
def _parser() -> lxml.html.HTMLParser:
    return lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)


def _collect(root: lxml.html.HtmlElement, base: str, words: list[str], photos: list[Photo]) -> None:
    """Walk through *root* without recursion, which a feed could drive as deep as it likes."""
    silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        silent += (event == "start") - (event == "end") if tag in _SILENT else 0
        if event == "start" and tag == "img" and (address := absolute(picture_address(element) or "", base)):
            photos.append(Photo(address))
        text = element.text if event == "start" else element.tail
        if tag not in _INLINE:
            words.append(" ")
        if text and not silent:
            words.append(text)
