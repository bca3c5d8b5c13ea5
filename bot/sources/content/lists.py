"""Pages that list articles and are none: front pages, sections, the results of a search."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.domain.news.address import identity
from bot.sources.content.consensus import Known
from bot.sources.html.blocks import BLOCKS
from bot.sources.html.tree import Element, text_length
from bot.sources.text.urls import absolute

_SHORTEST_TITLE = 20
_FEWEST_ALIKE = 4
_MOST_ALIKE = 1_000
_ANCESTORS_ALIKE = 4
_LONGEST_TEASER = 1_000
_SHARE_OF_TEXT = 0.5
_SHARE_OF_TITLE = 0.6


def is_front_page(url: str) -> bool:
    """Say whether *url* is the address of a whole site, and so of no article."""
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def shows_list(root: Element, lines: Sequence[str], *, base: str) -> bool:
    """Say whether *lines*, taken for the text of an article, are what a list of links on the page shows."""
    blocks = [block for group in _groups(root, base) for block in _blocks(group)]
    if not blocks:
        return False
    listed = Known.of(text for block in blocks for text in block.itertext() if text.strip())
    whole = sum(map(len, lines))
    return sum(len(line) for line in lines if listed.has(line)) > _SHARE_OF_TEXT * whole


def _groups(root: Element, base: str) -> list[list[Element]]:
    """Return the titles in links that are alike in their markup, where there are several."""
    alike: dict[tuple[str, ...], list[Element]] = {}
    lengths: dict[Element, int] = {}
    for link in root.iter("a"):
        if _is_title(link, lengths):
            group = alike.setdefault(_shape(link), [])
            if len(group) < _MOST_ALIKE:
                group.append(link)
    own = identity(base)
    several = (group for group in alike.values() if len(group) >= _FEWEST_ALIKE)
    leading = ([link for link in group if _leads_away(link, base, own)] for group in several)
    return [group for group in leading if len(group) >= _FEWEST_ALIKE]


def _leads_away(link: Element, base: str, own: str) -> bool:
    """Say whether *link* leads to another page, and not to a chapter of this one."""
    href = (link.get("href") or "").strip()
    url = absolute(href, base) if href and not href.startswith("#") else ""
    return bool(url) and identity(url) != own


def _is_title(link: Element, lengths: dict[Element, int]) -> bool:
    """Say whether *link* stands for itself, and is no part of a sentence; *lengths* are those of blocks."""
    length = text_length(link)
    if length < _SHORTEST_TITLE:
        return False
    if any(element.tag in BLOCKS for element in link.iterdescendants()):
        return True
    block = next((outer for outer in link.iterancestors() if outer.tag in BLOCKS), link)
    if block not in lengths:
        lengths[block] = _own_length(block)
    return length >= _SHARE_OF_TITLE * lengths[block]


def _own_length(block: Element) -> int:
    """Return how much text *block* holds outside of the blocks in it."""
    inner = (element for element in block if element.tag in BLOCKS)
    return text_length(block) - sum(map(text_length, inner))


def _shape(link: Element) -> tuple[str, ...]:
    around = zip(range(_ANCESTORS_ALIKE), (link, *link.iterancestors()), strict=False)
    return tuple(f"{element.tag}.{element.get('class') or ''}" for _, element in around)


def _blocks(group: Sequence[Element]) -> list[Element]:
    """Return around each of *group* the largest element that holds no other of them, unless that is long."""
    held: dict[Element, int] = {}
    for link in group:
        for element in (link, *link.iterancestors()):
            held[element] = held.get(element, 0) + 1
    found = []
    for link in group:
        alone = link
        for outer in link.iterancestors():
            if held[outer] > 1:
                break
            alone = outer
        if text_length(alone) <= _LONGEST_TEASER:
            found.append(alone)
    return found
