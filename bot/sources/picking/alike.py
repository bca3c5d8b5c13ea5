"""The items of a list, found from one title in it: what is alike in markup, in the same block of the page."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import pairwise

from bot.domain.news.address import identity, site_of
from bot.domain.text.text import one_line
from bot.sources.feeds.link_groups import leads_on
from bot.sources.html.page_dates import dates_only
from bot.sources.html.tree import Element
from bot.sources.text.urls import absolute

_LEVELS = 4
_ENOUGH = 3
_FEWEST = 2
_MOST_LEVELS_TO_LINK = 6
_DROPPED = 10
"""One in so many items may be made differently: it is left out, and the others keep their dates."""
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ASIDES = frozenset(("aside", "nav", "footer"))
_ASIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:sidebar|aside|widget|related|menu|nav|navbar|navigation|footer|breadcrumbs?|pagination)(?=$|[\s_-])",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"(?:first|last|odd|even|active|alt(?:ernate)?|current|selected|hot|new|item-?\d+|row-?\d*|col-?\d*|clear(?:fix)?)\Z",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class AlikeItem:
    """One item of a list: its *title*, the *link* of that, and the *block* that holds both and no other."""

    title: Element
    link: str
    block: Element


def title_at(pointed: Element) -> Element:
    """Return the title that somebody means who points at *pointed*: mostly the link in or around it."""
    around = next((e for e in (pointed, *pointed.iterancestors("a")) if _is_link(e)), None)
    if around is not None:
        if not text(around):
            return _same_link_with_text(around)
        return around if text(around) == text(pointed) or not text(pointed) else pointed
    inside = [anchor for anchor in pointed.iter("a") if _is_link(anchor) and text(anchor)]
    return max(inside, key=lambda anchor: len(text(anchor)), default=pointed)


def alike_items(title: Element, base: str, *, now: datetime) -> tuple[AlikeItem, ...]:
    """Return the items of the list that has *title*, in the page's order; none where it has no link."""
    if not link_of(title, base):
        return ()
    found: list[Element] = []
    for levels in range(_LEVELS, 0, -1):
        members = _in_block(title, [*_alike(title, levels, base)], now)
        if len(members) > len(found) and (len(found) < _ENOUGH):
            found = members
        if len(found) >= _ENOUGH:
            break
    return tuple(_items(found, base)) if len(found) >= _FEWEST else ()


def link_of(title: Element, base: str) -> str:
    """Return where *title* leads: by the link around or in it, else by the only one that stands near it."""
    around = next((e for e in (title, *title.iterancestors("a")) if _is_link(e)), None)
    if around is not None:
        return absolute(around.get("href"), base)
    for element, _ in zip((title, *title.iterancestors()), range(_MOST_LEVELS_TO_LINK), strict=False):
        links = {absolute(a.get("href"), base) for a in element.iter("a") if _is_link(a)} - {""}
        if links:
            return links.pop() if len(links) == 1 else ""
    return ""


def shape(element: Element, levels: int) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return what *element* and *levels* elements around it are: tags, and class names less their figures."""
    return tuple(
        (_kind(e), names(e.get("class") or ""))
        for e, _ in zip((element, *element.iterancestors()), range(levels + 1), strict=False)
    )


@lru_cache(maxsize=4096)
def names(classes: str) -> frozenset[str]:
    """Return the class names that tell kinds of elements apart, not the first from the second."""
    return frozenset(_FIGURES.sub("", name) for name in classes.split() if not _NOISE.match(name)) - {""}


def text(element: Element) -> str:
    return one_line("".join(element.itertext()))


def _is_link(element: Element) -> bool:
    return element.tag == "a" and bool(element.get("href")) and leads_on(element.get("href"))


def _kind(element: Element) -> str:
    return "h" if element.tag in _HEADINGS else str(element.tag)


def _same_link_with_text(anchor: Element) -> Element:
    """Return the link to the same page that has a text: a photo is linked beside the title."""
    href = anchor.get("href")
    root = anchor.getroottree().getroot()
    return next((a for a in root.iter("a") if a.get("href") == href and text(a)), anchor)


def _alike(title: Element, levels: int, base: str) -> Iterator[Element]:
    """Yield the elements made as *title* is that lead to different pages, it among them.

    Where it leads to a page of its own site, so do they: an advertisement between them leads away. Where
    several lead to its page, as a title and a summary do, they are those in the same place among such.
    """
    wanted, own = shape(title, levels), link_of(title, base)
    is_own = site_of(own) == site_of(base)
    found: dict[str, list[Element]] = {}
    for element in title.getroottree().getroot().iter(*_tags(title)):
        if element is title or (_fits(shape(element, levels), wanted) and text(element)):
            target = link_of(element, base)
            if target and (site_of(target) == site_of(base)) is is_own:
                found.setdefault(identity(target), []).append(element)
    place = found[identity(own)].index(title)
    yield title
    yield from (each[min(place, len(each) - 1)] for name, each in found.items() if name != identity(own))


def _tags(title: Element) -> Iterable[str]:
    return _HEADINGS if title.tag in _HEADINGS else (title.tag,)


def _fits(one: tuple[tuple[str, frozenset[str]], ...], other: tuple[tuple[str, frozenset[str]], ...]) -> bool:
    return len(one) == len(other) and all(
        kind == wanted and (not mine or not theirs or bool(mine & theirs))
        for (kind, mine), (wanted, theirs) in zip(one, other, strict=True)
    )


def _in_block(title: Element, members: list[Element], now: datetime) -> list[Element]:
    """Return those of *members* that stand in the same block of the page as *title*, in its order."""
    path = [title, *title.iterancestors()]
    below = {outer: inner for inner, outer in pairwise(path)}
    branches: dict[Element, dict[Element, list[Element]]] = {}
    for member in members:
        if member is title:
            continue
        inner = member
        for outer in member.iterancestors():
            if outer in below:
                branches.setdefault(outer, {}).setdefault(inner, []).append(member)
                break
            inner = outer
    kept = {title}
    for outer, found in branches.items():
        near = _near_siblings(outer, below[outer], found, now)
        for branch, inside in found.items():
            if branch in near and not _is_other_block(branch, inside, path, now):
                kept.update(inside)
    return [element for element in title.getroottree().getroot().iter("*") if element in kept]


def _near_siblings(outer: Element, own: Element, found: Iterable[Element], now: datetime) -> set[Element]:
    """Return the children of *outer* that no heading parts from its child *own*; *found* hold titles."""
    holding, is_own = {own, *found}, False
    near: set[Element] = set()
    for child in outer:
        if child not in holding and _heads(child, now):
            if is_own:
                break
            near = set()
        near.add(child)
        is_own = is_own or child is own
    return near


def _heads(element: Element, now: datetime) -> bool:
    """Say whether *element* is a heading of what follows; a mere date heads nothing new."""
    if not isinstance(element.tag, str):
        return False
    heading = element if element.tag in _HEADINGS else None
    words = text(heading) if heading is not None else ""
    return bool(words) and not dates_only(words, now=now, beside_names=True)


def _is_other_block(branch: Element, inside: list[Element], path: list[Element], now: datetime) -> bool:
    """Say whether *branch*, which holds the titles *inside*, has a heading of its own or stands aside."""
    between = [e for member in inside[:1] for e in (member, *member.iterancestors()) if _below(e, branch)]
    if any(map(_is_aside, between)) and not any(map(_is_aside, path)):
        return True
    if len(inside) < _FEWEST:
        return False
    headings = [h for h in branch.iter(*_HEADINGS) if _heads(h, now) and not _touches(h, inside)]
    return 0 < len(headings) < len(inside)


def _below(element: Element, branch: Element) -> bool:
    return element is branch or any(outer is branch for outer in element.iterancestors())


def _touches(heading: Element, titles: list[Element]) -> bool:
    known = set(titles)
    return any(e in known for e in (*heading.iter("*"), *heading.iterancestors()))


def _is_aside(element: Element) -> bool:
    if element.tag in {"body", "html"}:
        return False
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag in _ASIDES or _ASIDE_NAMES.search(named) is not None


def _items(titles: list[Element], base: str) -> Iterator[AlikeItem]:
    """Yield each of *titles* with the largest block around it that holds no other, of one depth for all."""
    others = set(titles)
    depths = sorted(_depth(title, others) for title in titles)
    depth = depths[len(depths) // _DROPPED]
    kind = Counter(_kind(_outer(title, depth)) for title in titles).most_common(1)[0][0]
    for title in titles:
        block = _outer(title, depth)
        if _depth(title, others) >= depth and _kind(block) == kind:
            yield AlikeItem(title, link_of(title, base), block)


def _depth(title: Element, others: set[Element]) -> int:
    """Return how many elements around *title* hold no other one."""
    depth = 0
    for outer in title.iterancestors():
        if outer.tag in {"body", "html"} or any(e in others and e is not title for e in outer.iter("*")):
            break
        depth += 1
    return depth


def _outer(element: Element, depth: int) -> Element:
    for _ in range(depth):
        element = element.getparent()
    return element
