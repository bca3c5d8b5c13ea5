"""The links of a page that look like its list of news: alike in markup, with the most text around them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Self
from urllib.parse import urlsplit

from bot.domain.news.address import identity, site_of
from bot.domain.text.text import one_line
from bot.sources.html.presets import Preset
from bot.sources.html.tree import Element, text_length
from bot.sources.text.urls import absolute

_SHORTEST_TITLE = 20
_LONGEST_TITLE = 200
_FEWEST_ALIKE = 3
_FEWEST_WORTH_MUCH = 2
_MUCH = 100
_LEVELS_ALIKE = 4
_FEWEST_UNDER_SECTION = 3
_MOST_WORTH_TITLE = 120
_MOST_WORTH_SUMMARY = 200
_LINKS_OF_MENU = 12
_MOST_GROUPS = 40
_DEEPEST_SECTION = 6
_NAVIGATION = frozenset(("nav", "footer", "menu"))
_NAVIGATION_ROLES = frozenset(("navigation", "menu", "menubar", "banner", "contentinfo"))
_OF_CONTENT = ("main", "article", "h1")
_NAVIGATION_NAMES = re.compile(
    r"(?:^|[\s_-])(?:menu|nav|navi|navbar|navigation|breadcrumbs?|footer|pager|pagination|paging|paginator"
    r"|toolbar|sitemap|login|tags?|languages?)(?=$|[\s_-])|[a-z]Menu(?=$|[\s_A-Z-])|^header$",
    re.IGNORECASE,
)
_ASIDE_NAMES = re.compile(r"(?:^|[\s_-])(?:sidebar|aside|widget|related)(?=$|[\s_-])", re.IGNORECASE)
_FIGURES = re.compile(r"[0-9]+")
_EXTENSION = re.compile(r"\.[a-z]{2,5}$", re.IGNORECASE)
_DATED = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class ListedLink:
    """A link to an article, by its *anchor*, and the largest element around it that holds no other one."""

    anchor: Element
    block: Element


def listed_links(root: Element, preset: Preset, base: str) -> list[ListedLink]:
    """Return the links of the page *root* that list its news; none where all that it has are menus.

    Links in the page's navigation, and to sections under which others of its links lie, are no articles.
    Those that lead to other sites are, where something is told of them: a list of partners has names alone.
    """
    alike: dict[tuple[bool, tuple[str, ...]], dict[str, Element]] = {}
    links = [(anchor, link) for anchor in root.iter("a") if (link := _target(anchor, base))]
    site, own, navigation = site_of(base), identity(base), _Navigation()
    sections = _sections(link for _, link in links if site_of(link) == site)
    for anchor, link in links:
        is_own = site_of(link) == site
        if preset.link:
            is_left_out = not preset.leads_to_article(link)
        else:
            is_left_out = (is_own and _bare_path(link) in sections) or identity(link) == own
        if not is_left_out and not navigation.holds(anchor):
            alike.setdefault((is_own, _shape(anchor)), {}).setdefault(link, anchor)
    largest = sorted(alike.items(), key=lambda pair: _titles_length(pair[1].values()), reverse=True)
    groups = [
        _Group.of([*found.values()], is_foreign=not is_own and not preset.link)
        for (is_own, _), found in largest[:_MOST_GROUPS]
    ]
    listed = [group for group in groups if group.is_news(is_sure=bool(preset.link))]
    # Where no titles are long enough to be told from a menu's, something else must tell.
    listed = listed or [group for group in groups if group.is_news_with_short_titles()]
    best = max(listed, key=_Group.worth, default=None)
    return [ListedLink(*pair) for pair in zip(best.anchors, best.blocks, strict=True)] if best else []


def leads_on(href: str) -> bool:
    """Say whether *href* leads to another page."""
    return not href.strip().lower().startswith(("#", "javascript:", "mailto:", "tel:", "data:"))


def _titles_length(anchors: Iterable[Element]) -> int:
    lengths = (len(_text(anchor)) for anchor in anchors)
    return sum(min(length, _MOST_WORTH_TITLE) for length in lengths if length >= _SHORTEST_TITLE)


def _target(anchor: Element, base: str) -> str:
    href = anchor.get("href")
    return absolute(href, base) if href and leads_on(href) else ""


def _sections(links: Iterable[str]) -> frozenset[str]:
    """Return the paths under which at least some of *links* lie: '/xa-hoi' of '/xa-hoi/giao-thong-12.htm'."""
    under: Counter[str] = Counter()
    for path in {_bare_path(link) for link in links}:
        parts = path.split("/", _DEEPEST_SECTION + 1)[:-1]
        under.update("/".join(parts[:count]) for count in range(2, len(parts) + 1))
    return frozenset(path for path, count in under.items() if count >= _FEWEST_UNDER_SECTION) | {""}


def _bare_path(link: str) -> str:
    parts = urlsplit(link)
    path = _EXTENSION.sub("", parts.path.rstrip("/"))
    return f"{path}?{parts.query}" if parts.query else path


class _Navigation:
    """The menus, footers and the like of one page; each element is looked at once."""

    def __init__(self) -> None:
        self._known: dict[Element, bool] = {}

    def holds(self, anchor: Element) -> bool:
        return any(self._is(e) for e in (anchor, *anchor.iterancestors()) if e.tag not in {"body", "html"})

    def _is(self, element: Element) -> bool:
        if element not in self._known:
            self._known[element] = _is_navigation(element)
        return self._known[element]


def _is_navigation(element: Element) -> bool:
    if element.tag in _NAVIGATION or element.get("role") in _NAVIGATION_ROLES:
        return True
    if element.tag == "header":
        # Articles and sections have headers as well; the page's own has the menu.
        return element.find(".//nav") is not None or len(element.findall(".//a")) > _LINKS_OF_MENU
    # What is called after the menu may hold the page beside it: 'page-with-menu'.
    return _names(element, _NAVIGATION_NAMES) and all(
        element.find(f".//{tag}") is None for tag in _OF_CONTENT
    )


def _names(element: Element, names: re.Pattern[str]) -> bool:
    return any(_has_name(given, names) for name in ("class", "id") if (given := element.get(name)))


@lru_cache(maxsize=4096)
def _has_name(given: str, names: re.Pattern[str]) -> bool:
    return names.search(given) is not None


def _shape(anchor: Element) -> tuple[str, ...]:
    """Return what an anchor and those around it are in markup; what tells one in a list from the next goes.

    Those are figures, all class names but the first, that of a link which is a heading, and the heading's
    level: the first story's is higher.
    """
    around = [e for e, _ in zip((anchor, *anchor.iterancestors()), range(_LEVELS_ALIKE), strict=False)]
    names = [_FIGURES.sub("", (e.get("class") or "").split(" ")[0]) for e in around]
    if _is_heading(around[1]):
        names[0] = ""
    return tuple(f"{'h' if _is_heading(e) else e.tag}.{name}" for e, name in zip(around, names, strict=True))


def _is_heading(element: Element) -> bool:
    return element.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}


@dataclass(frozen=True, slots=True)
class _Group:
    """Links alike: the *anchors*, the *blocks* around them, and what each is *worth* as news, by its text.

    *is_foreign* says that they lead to other sites.
    """

    anchors: list[Element]
    blocks: list[Element]
    worths: list[int]
    is_dated: bool
    is_foreign: bool

    @classmethod
    def of(cls, anchors: list[Element], *, is_foreign: bool) -> Self:
        others = set(anchors)
        blocks = [_around(anchor, others) for anchor in anchors]
        texts = [" ".join(block.itertext()) for block in blocks]
        dated = sum(_DATED.search(text) is not None for text in texts)
        worths = [*map(_worth_of_one, anchors, blocks)]
        return cls(anchors, blocks, worths, is_dated=dated * 2 >= len(anchors), is_foreign=is_foreign)

    def is_news(self, *, is_sure: bool) -> bool:
        """Say whether some of the anchors have titles: one in three; others are short. Two must say much.

        What is the same in each is a button, unless it is a heading or dated: 'Lịch công tác tuần'.
        """
        titles = [text for a in self.anchors if len(text := _text(a)) >= _SHORTEST_TITLE]
        if len(titles) * 3 < len(self.anchors) or (self.is_foreign and not (self.is_dated or self._tells())):
            return False
        if is_sure:
            return bool(titles)
        says_much = len(titles) >= _FEWEST_WORTH_MUCH and min(self.worths) >= _MUCH
        is_told_apart = len(set(titles)) > 1 or self.is_dated or self.is_headed()
        return is_told_apart and (len(titles) >= _FEWEST_ALIKE or says_much)

    def is_news_with_short_titles(self) -> bool:
        """Say whether the anchors are headings or dated, or text follows on them, which has no menu."""
        titles = {text for a in self.anchors if (text := _text(a)) and not text.isdecimal()}
        is_told = self.is_dated or self.is_headed() or (self._tells() and self._leads())
        return not self.is_foreign and len(self.anchors) >= _FEWEST_ALIKE and len(titles) > 1 and is_told

    def is_headed(self) -> bool:
        return all(any(map(_is_heading, _near(anchor))) for anchor in self.anchors)

    def worth(self) -> float:
        """Return how much the group looks like news: more where it is dated, or its titles are headings."""
        worth = float(sum(self.worths))
        if self.is_dated:
            worth *= 3
        if self.is_headed():
            worth *= 1.5
        if self.is_foreign or all(map(_is_aside, self.anchors)):
            worth *= 0.3
        return worth

    def _leads(self) -> bool:
        """Say whether most anchors begin their blocks: those in a text do not."""
        first = (next(filter(None, map(str.strip, b.itertext())), "") for b in self.blocks)
        leading = sum(
            _text(anchor).startswith(text) for anchor, text in zip(self.anchors, first, strict=True)
        )
        return leading * 2 >= len(self.blocks)

    def _tells(self) -> bool:
        """Say whether most links have some text beside their titles."""
        told = sum(_unlinked_length(block) >= _SHORTEST_TITLE for block in self.blocks)
        return told * 2 >= len(self.blocks)


def _is_aside(anchor: Element) -> bool:
    return any(e.tag == "aside" or _names(e, _ASIDE_NAMES) for e in anchor.iterancestors())


def _worth_of_one(anchor: Element, block: Element) -> int:
    title = len(_text(anchor))
    if not _SHORTEST_TITLE <= title <= _LONGEST_TITLE:
        return 0
    return min(title, _MOST_WORTH_TITLE) + min(_unlinked_length(block), _MOST_WORTH_SUMMARY) // 2


def _unlinked_length(block: Element) -> int:
    return max(0, text_length(block) - sum(map(text_length, block.iter("a"))))


def _near(anchor: Element) -> Iterator[Element]:
    yield from anchor.iter("*")
    yield from (e for e, _ in zip(anchor.iterancestors(), range(2), strict=False))


def _text(anchor: Element) -> str:
    return one_line("".join(anchor.itertext()))


def _around(anchor: Element, others: set[Element]) -> Element:
    """Return the largest element around *anchor* that holds no other of *others*."""
    block = anchor
    for outer in anchor.iterancestors():
        if outer.tag in {"body", "html"} or any(a in others and a is not anchor for a in outer.iter("a")):
            break
        block = outer
    return block
