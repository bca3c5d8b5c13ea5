"""Bytes of a web page made into a tree, whatever its encoding and state."""

import codecs
import re
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from bot.domain.feed import SourceError
from bot.sources.code_page import VIETNAMESE, really_1258

Element = Any
"""An element of lxml, which ships no types."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*+=\s*+[\"']?\s*+([\w.:-]{2,30})", re.IGNORECASE
)
_KNOWN_CHARSETS = re.compile(
    r"(?:windows-?|cp|iso-?|latin|utf-?16|us-ascii|koi8|gb|big5|shift|euc)[\w-]*", re.IGNORECASE
)
_HEAD = 4096
_TEXT_IN_LINKS = etree.XPath("//a//text()", smart_strings=False)
_CONTROLS = bytes((*range(9), 11, 12, *range(14, 32), 127))


def utf8_of(body: bytes, charset: str | None) -> bytes:
    """Return *body* in UTF-8; *charset* is what the HTTP header said.

    A byte-order mark counts most, and text that is valid UTF-8 is UTF-8 whatever is declared, because
    servers that declare it wrongly are common and bytes that fit it by chance are not.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace").encode()
    head = body[:_HEAD]
    for name, zeros in (("utf-16-be", head[::2]), ("utf-16-le", head[1::2])):
        if zeros.count(0) > len(head) // 8:
            return body.decode(name, "replace").encode("utf-8", "replace")
    return body if _is_utf8(body) else _decode_as_declared(body, charset).encode("utf-8", "replace")


def parse(body: bytes, *, url: str, charset: str | None) -> Element:
    """Return the root of the page *body*, or raise SourceError if it holds no HTML at all."""
    return parse_utf8(utf8_of(body, charset), url=url)


def parse_utf8(page: bytes, *, url: str) -> Element:
    """Return the root of *page*, HTML in UTF-8, or raise SourceError if it holds none."""
    # The plain parser: the classes of lxml.html cost a Python call for each element.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(page.translate(None, _CONTROLS), parser)
    except (etree.LxmlError, ValueError) as error:
        raise SourceError(f"{url}: there is no page, the answer is empty or no HTML") from error
    if root is None:
        raise SourceError(f"{url}: there is no page, the answer is empty or no HTML")
    return root


def _is_utf8(body: bytes) -> bool:
    try:
        # Not final: a page cut at the size limit may end inside a letter.
        codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        return False
    return True


def _decode_as_declared(body: bytes, charset: str | None) -> str:
    damaged = body.decode("utf-8", "replace")
    if damaged.count("�") * 20 < sum(byte > 127 for byte in body):
        # UTF-8 with a few stray bytes: another code page would not make sense of so many pairs.
        return damaged
    meta = _META_CHARSET.search(body[:_HEAD])
    for name in (charset, meta[1].decode("ascii", "replace") if meta else None):
        if name and _KNOWN_CHARSETS.fullmatch(name.strip()):
            try:
                return really_1258(body.decode(name.strip(), "replace"), body)
            except LookupError:
                continue
    return body.decode(VIETNAMESE, "replace")


def base_of(root: Element, url: str) -> str:
    """Return what relative addresses on the page *root* are relative to; it came from *url*."""
    base = root.find(".//base")
    href = base.get("href") if base is not None else None
    try:
        return urljoin(url, href.strip()) if href else url
    except ValueError:
        return url


def holds(outer: Element, inner: Element) -> bool:
    """Say whether *inner* stands somewhere inside *outer*."""
    return any(ancestor is outer for ancestor in inner.iterancestors())


def linked_length(root: Element) -> int:
    """Return how much text of *root* stands in links."""
    return sum(len(text.strip()) for text in _TEXT_IN_LINKS(root))


def text_length(element: Element) -> int:
    """Return how much text *element* holds, white space between its parts left out."""
    return sum(len(text.strip()) for text in element.itertext())
