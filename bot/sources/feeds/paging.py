"""The link from one page of a list to the next, older one."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, urlsplit

from bot.domain.news.address import is_same_site, site_of
from bot.domain.text.text import fold
from bot.sources.html.select import IndexedPage
from bot.sources.html.tree import Element
from bot.sources.text.urls import absolute

_NEXT_WORDS = re.compile(
    r"(?:trang )?(?:sau|tiep(?: theo)?|ke tiep|cu hon)(?: ?[»›>→]+)?|next(?: page)?(?: ?[»›>→]+)?"
    r"|(?:bai(?: dang| viet)?|tin) cu hon|older(?: (?:posts|entries|news))?(?: ?[»›>→]+)?"
    r"|[»›>→]{1,2}|(?:xem them|more)(?: \w{1,12}){0,4}"
)
_FIRST_WORDS = re.compile(r"0|1|[«‹<←]{1,2}|(?:trang )?dau(?: tien)?|first(?: page)?|newest|moi nhat")
_NUMBER_NAMES = re.compile(
    r"(?:.*_)?(?:cur|page|trang|paged|p|pg|pageindex|pageno|pagenumber|pagen_\d+|currentpage|seite|pagina)",
    re.IGNORECASE,
)
_NUMBER_IN_PATH = re.compile(r"(?:^|[/_-])(?:page|trang|p)[/_-]?(\d{1,4})(?:\.\w+)?/?$", re.IGNORECASE)
# Blogger goes on from a moment, not by numbers.
_GOES_ON_FROM = re.compile(r"[?&]updated-max=")
_FIGURES = re.compile(r"(?<![0-9])(?:0|[1-9][0-9]{0,5})(?![0-9])")
_DAY_OF_CALENDAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}[/_-][0-9]{1,2}[/_-]$")
_MOST_FIGURES = 12
_MOST_PAGES = 9_999


def next_page(page: IndexedPage, *, url: str, base: str, selectors: Iterable[str]) -> str:
    """Return the address of the page after this one at *url*; empty if none is named.

    First what *selectors* find, then rel=next, then what counts one on from this page: in a row of numbers,
    or by the name or the place that the number of a page has in addresses.
    """
    for css in selectors:
        for element in page.select(css, part="next"):
            if address := _leads(element, url, base):
                return address
    for element in (*page.root.iter("link"), *page.root.iter("a")):
        if "next" in (element.get("rel") or "").lower().split() and (address := _leads(element, url, base)):
            return address
    links = [(_label(a), address) for a in page.root.iter("a") if (address := _leads(a, url, base))]
    return _in_row(links, url) or _counting_on(links, url) or _going_on(links)


def _leads(element: Element, url: str, base: str) -> str:
    address = absolute(element.get("href") or "", base)
    if not address or address.partition("#")[0] == url.partition("#")[0]:
        return ""
    return address if is_same_site(address, url) else ""


def _label(anchor: Element) -> str:
    return fold("".join(anchor.itertext())).strip() or fold(anchor.get("title") or "")


def _counting_on(links: list[tuple[str, str]], url: str) -> str:
    """Return the link that counts one on by the number in its address, the first page having none.

    One to the same list needs no label, another is 'next' or has the number for one. Drupal counts from
    nought, so that its second page is called 1.
    """
    wanted, own = (_number(url) or 1) + 1, _list_of(url)
    for label, address in links:
        is_next = label == str(wanted) or _NEXT_WORDS.fullmatch(label) is not None
        if _number(address) == wanted and (is_next or _list_of(address) == own):
            return address
    if _number(url) is None:
        for label, address in links:
            is_of_list = _list_of(address) == own and not _FIRST_WORDS.fullmatch(label)
            if _number(address) == 1 and (is_of_list or _NEXT_WORDS.fullmatch(label)):
                return address
    return ""


def _in_row(links: list[tuple[str, str]], url: str) -> str:
    """Return the link to the next page in a row of numbers, whatever tells the pages apart in the addresses.

    Joomla says '?start=15' for the second page, others 'list_48_2.html': one number in the address grows by
    as much from each label to the next.
    """
    rows: dict[tuple[str, str], dict[int, tuple[int, str]]] = {}
    for label, address in links:
        if label.isascii() and label.isdigit() and len(label) <= 4 and int(label) <= _MOST_PAGES:
            for form, figure in _forms(address):
                rows.setdefault(form, {}).setdefault(int(label), (figure, address))
    here = dict(_forms(url))
    steps = {form: step for form, row in rows.items() if (step := _step(row))}
    for form, step in sorted(steps.items(), key=lambda pair: pair[0] not in here):
        row = rows[form]
        some, (figure, _) = next(iter(row.items()))
        current = some + (here[form] - figure) // step if form in here else _number(url) or 1
        if current + 1 in row:
            return row[current + 1][1]
    return ""


def _going_on(links: list[tuple[str, str]]) -> str:
    found = (a for label, a in links if _NEXT_WORDS.fullmatch(label) and _GOES_ON_FROM.search(a))
    return next(found, "")


def _step(row: dict[int, tuple[int, str]]) -> int:
    """Return by how much the figure in the addresses of *row* grows from page to page; 0 if it does not."""
    (first, (least, _)), *others = sorted(row.items())
    if not others:
        return 0
    second, (more, _) = others[0]
    step = (more - least) // (second - first)
    grows = step > 0 and all(figure == least + step * (label - first) for label, (figure, _) in row.items())
    return step if grows else 0


def _forms(address: str) -> Iterator[tuple[tuple[str, str], int]]:
    """Yield what stands before and behind each number in *address*, whatever its scheme, and the number."""
    bare = address.partition("#")[0].partition("//")[2].removeprefix("www.")
    host = bare.partition("/")[0]
    for found, _ in zip(_FIGURES.finditer(bare, len(host)), range(_MOST_FIGURES), strict=False):
        before = bare[: found.start()]
        if not _DAY_OF_CALENDAR.search(before[-12:]):
            yield (before, bare[found.end() :]), int(found[0])


def _list_of(url: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Return what is left of *url* without the number of its page: host, path and query."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", url, ()
    path = _NUMBER_IN_PATH.sub("", parts.path).rstrip("/")
    query = tuple(
        (name, value) for name, value in parse_qsl(parts.query) if not _NUMBER_NAMES.fullmatch(name)
    )
    return site_of(url), path, query


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
