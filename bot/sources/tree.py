"""Bytes of a web page made into a tree, whatever its encoding and state, and CSS selection in it."""

import codecs
import re
from functools import lru_cache
from typing import Any

import lxml.html
from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector

from bot.domain.feed import SourceError

Element = Any
"""An element of lxml, which ships no types."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.IGNORECASE
)
_KNOWN_CHARSETS = re.compile(
    r"(?:windows-?|cp|iso-?|latin|utf-?16|us-ascii|koi8|gb|big5|shift|euc)[\w-]*", re.IGNORECASE
)
_HEAD = 4096
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160), 0xFEFF, 0xAD, 0x200B))


def decode(body: bytes, charset: str | None) -> str:
    """Return the text of *body*; *charset* is what the HTTP header said.

    A byte-order mark counts most, and text that is valid UTF-8 is UTF-8 whatever is declared, because
    servers that declare it wrongly are common and bytes that fit it by chance are not.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    if body[:_HEAD:2].count(0) > len(body[:_HEAD]) // 8:
        return body.decode("utf-16-be", "replace")
    if body[1:_HEAD:2].count(0) > len(body[:_HEAD]) // 8:
        return body.decode("utf-16-le", "replace")
    try:
        # Not final: a page cut at the size limit may end inside a letter.
        return codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        return _decode_as_declared(body, charset)


def parse(body: bytes, *, url: str, charset: str | None) -> Element:
    """Return the root of the page *body*, or raise SourceError if it holds no HTML at all."""
    return parse_text(decode(body, charset), url=url)


def parse_text(html: str, *, url: str) -> Element:
    """Return the root of the page *html*, or raise SourceError if there is none."""
    cleaned = html.translate(_CONTROLS).encode("utf-8", "replace")
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(cleaned, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise SourceError(f"{url}: there is no page, the answer is empty or no HTML") from error
    return root


def select(element: Element, selector: str, *, part: str) -> list[Element]:
    """Return what *selector* finds below *element*, in the page's order; *part* names it where it is wrong."""
    try:
        return list(_compiled(selector)(element))
    except (SelectorError, etree.XPathError, RecursionError) as error:
        raise SourceError(f"the selector for {part!r} is not valid CSS: {selector!r} ({error})") from error


@lru_cache(maxsize=512)
def _compiled(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")


def _decode_as_declared(body: bytes, charset: str | None) -> str:
    meta = _META_CHARSET.search(body[:_HEAD])
    declared = [name for name in (charset, meta[1].decode("ascii", "replace") if meta else None) if name]
    for name in declared:
        if _KNOWN_CHARSETS.fullmatch(name.strip()):
            try:
                return body.decode(name.strip(), "replace")
            except LookupError:
                continue
    damaged = body.decode("utf-8", "replace")
    letters = sum(byte > 127 for byte in body)
    if damaged.count("�") * 20 < letters:
        return damaged
    return body.decode("cp1258", "replace")
