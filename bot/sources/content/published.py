"""When an article was published, where neither its metadata nor a line at its title says so."""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from urllib.parse import urlsplit

from bot.domain.news.article import Published
from bot.sources.html.page_dates import date_of
from bot.sources.html.tree import Element
from bot.sources.text.dates import parse_date

_LONGEST = 80
_MOST = 100
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_NAMES = frozenset(("datum", "published", "publish", "posted", "updated", "lastchanged", "ngaydang"))
_NO_DATES = frozenset(("candidate", "validate", "mandate"))
_IN_ADDRESS = re.compile(r"/((?:19|20)[0-9]{2})/([01]?[0-9])/([0-3]?[0-9])(?=/)")
_NAVIGATION = frozenset(("nav", "footer", "li", "a"))


def date_by_name(root: Element, heading: Element | None, *, now: datetime) -> Published | None:
    """Return the date that elements give whose names call it one: all of the page, or the first at *heading*.

    A page that shows several days, as beside its teasers, gives none.
    """
    named = islice(_named(root), _MOST)
    found = [(element, date) for element in named if (date := _date(element, now))]
    if len({date.at.date() for _, date in found}) == 1:
        return found[0][1]
    around = None if heading is None else heading.getparent()
    beside = set() if around is None else set(around.iter())
    return next((date for element, date in found if element in beside), None)


def date_in_address(url: str, *, now: datetime) -> Published | None:
    """Return the day that the path of an address gives, '/2026/03/07/' as blogs and papers write it."""
    found = _IN_ADDRESS.search(urlsplit(url).path)
    return parse_date(f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}", now=now) if found else None


def _named(root: Element) -> Iterator[Element]:
    for element in root.iter():
        names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        is_named = element.tag == "time" or (names != " " and _calls_date(names))
        if is_named and not any(outer.tag in _NAVIGATION for outer in element.iterancestors()):
            yield element


def _calls_date(names: str) -> bool:
    tokens = (token.lower() for token in _TOKEN.findall(names))
    return any(token in _NAMES or (token.endswith("date") and token not in _NO_DATES) for token in tokens)


def _date(element: Element, now: datetime) -> Published | None:
    text = _short_text(element)
    for written in (element.get("datetime"), element.get("content"), element.get("title"), text):
        if written and len(written) <= _LONGEST and (found := date_of(written, now=now)):
            return found
    return None


def _short_text(element: Element) -> str:
    """Return the text of *element* on one line; empty if it is longer than a date is written."""
    words: list[str] = []
    for text in element.itertext():
        words += text[: 2 * _LONGEST].split()
        if sum(map(len, words)) > _LONGEST:
            return ""
    return " ".join(words)
