"""CSS that describes elements of a page: the plainest selector that finds them and, if it can, no others."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice, takewhile

from bot.domain.news.feed import SourceError
from bot.sources.html.select import IndexedPage, select
from bot.sources.html.tree import Element

_NAME = re.compile(r"-?[a-zA-Z_][a-zA-Z0-9_-]{0,60}")
_UNSTABLE = re.compile(r"[0-9]{3}|[a-z][0-9][a-z0-9]*[0-9]")
_ADDRESS = re.compile(r"[a-zA-Z0-9:/._-]{1,100}")
_LEVELS_AROUND = 8
_NAMES_OF_EACH = 4
_MOST_TRIED = 400
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HAS = ("td", "h2", "h3", "h4", "p", "img", "time")


def item_selector(
    page: IndexedPage,
    blocks: Sequence[Element],
    titles: Sequence[Element],
    gives_entry: Callable[[Element], bool],
) -> tuple[str, int]:
    """Return a selector for all *blocks*, which hold *titles*, and how many it misses and adds.

    Others that it finds add something if *gives_entry* says so. Empty if nothing finds most of them.
    """
    wanted, best, least = set(blocks), "", len(blocks)
    for css in islice(dict.fromkeys(_of_items(page, blocks, titles)), _MOST_TRIED):
        found = _select(page, css)
        wrong = 2 * (len(wanted) - len(wanted.intersection(found)))
        if wrong < least and (wrong := wrong + _wrong(found, wanted, gives_entry)) < least:
            best, least = css, wrong
        if not least:
            break
    return best, least


def _wrong(found: Iterable[Element], wanted: set[Element], gives_entry: Callable[[Element], bool]) -> int:
    return sum(gives_entry(e) for e in found if e not in wanted)


def part_selector(block: Element, target: Element, fits: Callable[[str], int], *, most: int) -> str:
    """Return the selector that finds *target* first in its *block*, and for which *fits* counts most blocks.

    *most* is how many there can be. Empty if no selector finds it.
    """
    best, count = "", 0
    for css in islice(dict.fromkeys(_within(block, target)), _MOST_TRIED):
        if first(block, css) is target and (fitting := fits(css)) > count:
            best, count = css, fitting
            if count >= most:
                break
    return best


def first(block: Element, css: str) -> Element | None:
    """Return what readers of a list take in *block* for the part that *css* selects."""
    try:
        return next(iter(select(block, css, part="part")), None)
    except SourceError:
        return None


def _select(page: IndexedPage, css: str) -> list[Element]:
    try:
        return page.select(css, part="item")
    except SourceError:
        return []


def _of_items(page: IndexedPage, blocks: Sequence[Element], titles: Sequence[Element]) -> Iterator[str]:
    bases = [*_common(blocks)]
    yield from (base for base in bases if "." in base)
    around = [*islice(_around_all(blocks), _LEVELS_AROUND)]
    own = [*_common([block.getparent() for block in blocks])]
    nested = [f"{parent} > {base}" for base in bases for parent in own]
    yield from (css for css in nested if "." in css)
    placed = [(outer, name) for outer in around for name in _names(outer) if name[0] in ".#"]
    for joint in (" ", " > "):
        yield from (f"{name}{joint}{base}" for _, name in placed for base in bases)
    yield from (f"{name} {css}" for _, name in placed for css in nested)
    others = {cls for base in bases for e in _select(page, base) for cls in _classes(e)}
    spoken = set(chain.from_iterable(_classes(block) for block in blocks))
    yield from (f"{base}:not(.{cls})" for base in bases for cls in sorted(others - spoken)[:12])
    held = [
        *(has for pair in _inside(blocks, titles) for has in pair),
        *(has for has in _HAS if all(block.find(f".//{has}") is not None for block in blocks)),
    ]
    yield from (f"{css}:has({has})" for css in (*bases, *nested) for has in held)
    for name in (name for _, name in placed):
        yield from (f"{name} {css}:has({has})" for css in bases for has in held)
    if address := _shared_address(titles):
        yield from (f'{css}:has([href^="{address}"])' for css in (*bases, *nested))
    chained = [*_chains(blocks)]
    yield from (f"{name} {css}" for _, name in placed for css in chained)
    yield from chained
    yield from _positioned(blocks)
    yield from bases


def _common(elements: Sequence[Element]) -> Iterator[str]:
    """Yield what *elements* all are: a class, a class of a tag, two classes, a tag."""
    tags = {e.tag for e in elements}
    tag = tags.pop() if len(tags) == 1 else ""
    shared = [c for c in _classes(elements[0]) if all(c in _classes(e) for e in elements)]
    yield from (f".{name}" for name in shared)
    if tag:
        yield from (f"{tag}.{name}" for name in shared)
    yield from (f".{one}.{two}" for one in shared for two in shared if one < two)
    if tag and tag not in {"body", "html"}:
        yield tag


def _classes(element: Element) -> list[str]:
    """Return the class names that can be written, those that look made by a program last."""
    found = [c for c in (element.get("class") or "").split() if _NAME.fullmatch(c)]
    return sorted(dict.fromkeys(found), key=_is_unstable)[:_NAMES_OF_EACH]


def _is_unstable(name: str) -> bool:
    return _UNSTABLE.search(name) is not None


def _names(element: Element) -> Iterator[str]:
    identifier = element.get("id") or ""
    if _NAME.fullmatch(identifier) and not _is_unstable(identifier):
        yield f"#{identifier}"
    yield from (f".{name}" for name in _classes(element))
    if identifier and _NAME.fullmatch(identifier) and _is_unstable(identifier):
        yield f"#{identifier}"
    yield str(element.tag)


def _around_all(blocks: Sequence[Element]) -> Iterator[Element]:
    """Yield the elements that hold all *blocks*, the innermost first."""
    shared = [*blocks[0].iterancestors()]
    for block in blocks[1:]:
        own = set(block.iterancestors())
        shared = [e for e in shared if e in own]
    return (e for e in shared if e.tag not in {"body", "html"})


def _inside(blocks: Sequence[Element], titles: Sequence[Element]) -> Iterator[list[str]]:
    """Yield the class names of the titles, and of what holds them in their blocks, that all have."""
    for level in range(_LEVELS_AROUND):
        elements = [_outer(title, level) for title in titles]
        if any(e is None or e is block for e, block in zip(elements, blocks, strict=True)):
            return
        yield [css for css in _common(elements) if css[0] == "."]


def _shared_address(titles: Sequence[Element]) -> str:
    """Return the folder in which all the articles lie that *titles* are links to, as the page writes it."""
    written = [title.get("href") or "" for title in titles]
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*written, strict=False))
    folder = "".join(letters[0] for letters in alike).rpartition("/")
    address = "".join(folder[:2])
    return address if _ADDRESS.fullmatch(address) else ""


def _outer(element: Element, level: int) -> Element | None:
    return element if level == 0 else next(islice(element.iterancestors(), level - 1, None), None)


def _chains(blocks: Sequence[Element]) -> Iterator[str]:
    """Yield the tags from some way out down to the items, where all have the same: 'div > ul > li'."""
    tags = [[str(block.tag), *(str(e.tag) for e in block.iterancestors())] for block in blocks]
    for count in range(2, _LEVELS_AROUND):
        if len({tuple(each[:count]) for each in tags}) > 1:
            return
        yield " > ".join(reversed(tags[0][:count]))


def _positioned(blocks: Sequence[Element]) -> Iterator[str]:
    """Yield a way down to the items by places, for pages that name nothing."""
    holder = next(_around_all(blocks), None)
    base = next(iter([c for c in _common(blocks) if "." not in c]), "")
    steps: list[str] = []
    while holder is not None and holder.tag not in {"body", "html"} and base:
        alike = [e for e in holder.getparent() if e.tag == holder.tag]
        steps.insert(
            0, f"{holder.tag}:nth-of-type({alike.index(holder) + 1})" if len(alike) > 1 else holder.tag
        )
        way = " > ".join(steps)
        yield from (f"{way} > {base}", f"{way} {base}")
        holder = holder.getparent()


def _within(block: Element, target: Element) -> Iterator[str]:
    """Yield selectors for *target* inside its *block*, the plainest and most telling first."""
    own = [*_own(target)]
    path = [] if target is block else [*_between(block, target)]
    headed = [f"{outer.tag} {target.tag}" for outer in path if outer.tag in _HEADINGS]
    yield from (css for css in own if css[0] in ".#" or "." in css)
    yield from headed
    for outer in path:
        named = [name for name in _own(outer) if "." in name]
        yield from (f"{name} > {css}" for name in named for css in own if outer is path[0])
        yield from (f"{name} {css}" for name in named for css in own)
    yield from own
    if path:
        yield from (f"{outer} > {css}" for css in own for outer in (path[0].tag,))
    if target is not block:
        yield from _placed(block, target, path)


def _own(element: Element) -> Iterator[str]:
    yield from (f".{name}" for name in _classes(element))
    yield from (f"{element.tag}.{name}" for name in _classes(element))
    if element.tag == "time" and element.get("datetime"):
        yield "time[datetime]"
    yield str(element.tag)


def _between(block: Element, target: Element) -> Iterator[Element]:
    for outer in target.iterancestors():
        if outer is block:
            return
        yield outer


def _placed(block: Element, target: Element, path: list[Element]) -> Iterator[str]:
    """Yield selectors by the place among siblings: 'td:nth-child(3)', and below one that has such a place."""
    for element, inner in ((target, ""), *((outer, f" {target.tag}") for outer in path)):
        siblings = [e for e in element.getparent() if isinstance(e.tag, str)]
        place = siblings.index(element) + 1
        same = [e for e in siblings if e.tag == element.tag]
        yield f"{element.tag}:nth-child({place}){inner}"
        yield f"{element.tag}:nth-of-type({same.index(element) + 1}){inner}"
        if element is siblings[-1]:
            yield f"{element.tag}:last-child{inner}"
        outer = element.getparent()
        if outer is not block:
            yield f"{outer.tag} > {element.tag}:nth-child({place}){inner}"


def counted(blocks: Iterable[Element], css: str, is_right: Callable[[Element], bool]) -> int:
    """Return in how many of *blocks* the first element that *css* finds is such as *is_right* says."""
    found = map(partial(first, css=css), blocks)
    return sum(element is not None and is_right(element) for element in found)


def all_first(blocks: Sequence[Element], targets: Collection[Element], css: str) -> int:
    """Return in how many of *blocks* the first element that *css* finds is one of *targets*."""
    return counted(blocks, css, set(targets).__contains__)
