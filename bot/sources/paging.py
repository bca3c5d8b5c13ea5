"""The link from one page of a list to the next, older one."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

from bot.domain.address import is_same_site
from bot.domain.text import fold
from bot.sources.selection import Page
from bot.sources.text.urls import absolute
from bot.sources.tree import Element

_NEXT_WORDS = re.compile(
    r"(?:trang )?(?:sau|tiep(?: theo)?|ke tiep|cu hon)(?: ?[»›>→]+)?|next(?: page)?(?: ?[»›>→]+)?|older"
    r"|[»›>→]{1,2}|xem them|tin cu hon"
)
_NUMBER_NAMES = re.compile(r"(?:.*_)?(?:cur|page|trang|paged|p|pageindex|pagenumber)", re.IGNORECASE)
_NUMBER_IN_PATH = re.compile(r"(?:^|[/_-])(?:page|trang|p)[/_-]?(\d{1,4})(?:\.\w+)?/?$", re.IGNORECASE)


def next_page(page: Page, *, url: str, base: str, selectors: Iterable[str]) -> str:
    """Return the address of the page after this one at *url*; empty if none is named.

    First what *selectors* find, then rel=next, then a link that counts one on from this page's number.
    """
    for css in selectors:
        for element in page.select(css, part="next"):
            if address := _leads(element, url, base):
                return address
    for element in (*page.root.iter("link"), *page.root.iter("a")):
        if "next" in (element.get("rel") or "").lower().split() and (address := _leads(element, url, base)):
            return address
    wanted = (_number(url) or 1) + 1
    for anchor in page.root.iter("a"):
        text = fold("".join(anchor.itertext())).strip()
        if text != str(wanted) and not _NEXT_WORDS.fullmatch(text or fold(anchor.get("title") or "")):
            continue
        address = _leads(anchor, url, base)
        if address and _number(address) == wanted:
            return address
    return ""


def _leads(element: Element, url: str, base: str) -> str:
    address = absolute(element.get("href") or "", base)
    if not address or address.partition("#")[0] == url.partition("#")[0]:
        return ""
    return address if is_same_site(address, url) else ""


def _number(url: str) -> int | None:
    """Return which page of a list *url* asks for; Liferay names it _101_INSTANCE_…_cur."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    for name, value in parse_qsl(parts.query):
        if _NUMBER_NAMES.fullmatch(name) and value.isascii() and value.isdigit() and len(value) <= 4:
            return int(value)
    found = _NUMBER_IN_PATH.search(parts.path)
    return int(found[1]) if found else None
