"""CSS selection in a page: the common selectors by an index of its classes, all others by XPath."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice
from operator import itemgetter
from typing import cast

from cssselect import SelectorError, parse
from cssselect.parser import Attrib, Class, CombinedSelector, Hash
from cssselect.parser import Element as Tag
from lxml import etree
from lxml.cssselect import CSSSelector

from bot.domain.news.feed import SourceError
from bot.sources.html.tree import Element


def select(element: Element, selector: str, *, part: str) -> list[Element]:
    """Return what *selector* finds in *element*, in the page's order; *part* names it where it is wrong."""
    try:
        return list(_compiled(selector)(element))
    except (SelectorError, etree.XPathError, RecursionError) as error:
        raise SourceError(_invalid(selector, part, error)) from error


class IndexedPage:
    """The elements of one page, found quickly however many selectors are tried.

    One XPath over 1,500 elements costs nearly a millisecond; looking at all their classes costs that once.
    """

    def __init__(self, root: Element) -> None:
        self.root = root
        self._by_classes: dict[str, list[tuple[int, Element]]] = {}
        self._by_attribute: dict[str, list[Element]] = {}
        for position, element in enumerate(root.xpath("descendant-or-self::*[@class]")):
            self._by_classes.setdefault(element.get("class"), []).append((position, element))

    def select(self, selector: str, *, part: str) -> list[Element]:
        """Return what *selector* finds in the page, in its order."""
        try:
            alternatives = _simple(selector)
        except (SelectorError, RecursionError) as error:
            raise SourceError(_invalid(selector, part, error)) from error
        if alternatives is None:
            return select(self.root, selector, part=part)
        found = [[e for e in self._candidates(wanted) if _matches(e, wanted)] for wanted in alternatives]
        matched = [elements for elements in found if elements]
        largest = max(matched, key=len, default=[])
        if all(set(largest).issuperset(elements) for elements in matched):
            return largest
        # Only XPath knows the page's order across alternatives.
        return select(self.root, selector, part=part)

    def _candidates(self, wanted: object) -> Iterable[Element]:
        last = wanted.subselector if isinstance(wanted, CombinedSelector) else wanted
        attribute = ""
        while isinstance(last, Attrib | Hash):
            attribute = "id" if isinstance(last, Hash) else last.attrib.lower()
            last = last.selector
        if isinstance(last, Class):
            return self._of_class(last.class_name)
        assert isinstance(last, Tag)
        if last.element:
            return cast("Iterable[Element]", self.root.iter(last.element.lower()))
        return (
            self._with_attribute(attribute) if attribute else cast("Iterable[Element]", self.root.iter("*"))
        )

    def _of_class(self, name: str) -> list[Element]:
        alike = [
            pairs for names, pairs in self._by_classes.items() if name in names and name in names.split()
        ]
        return [element for _, element in sorted(chain.from_iterable(alike), key=itemgetter(0))]

    def _with_attribute(self, name: str) -> list[Element]:
        if name not in self._by_attribute:
            self._by_attribute[name] = self.root.xpath(f"descendant-or-self::*[@{name}]")
        return self._by_attribute[name]


@lru_cache(maxsize=512)
def _compiled(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")


@lru_cache(maxsize=512)
def _simple(selector: str) -> tuple[object, ...] | None:
    """Return the alternatives of *selector* if all are made of tags, classes, ids, attributes and nesting."""
    parsed = parse(selector)
    if all(one.pseudo_element is None and _is_simple(one.parsed_tree) for one in parsed):
        return tuple(one.parsed_tree for one in parsed)
    return None


def _invalid(selector: str, part: str, error: Exception) -> str:
    return f"the selector for {part!r} is not valid CSS: {selector!r} ({error})"


def _is_simple(tree: object) -> bool:
    match tree:
        case Tag():
            return tree.namespace is None
        case Class() | Hash():
            return _is_simple(tree.selector)
        case Attrib():
            return (
                tree.namespace is None
                and tree.operator in {"exists", "=", "*=", "^="}
                and _is_simple(tree.selector)
            )
        case CombinedSelector():
            return (
                tree.combinator in {" ", ">"} and _is_simple(tree.selector) and _is_simple(tree.subselector)
            )
    return False


def _matches(element: Element, wanted: object) -> bool:
    """Say whether *element* is what *wanted*, of the kinds that _is_simple knows, describes."""
    match wanted:
        case Tag():
            return isinstance(element.tag, str) and (wanted.element or "*").lower() in {"*", element.tag}
        case Class():
            own = wanted.class_name in (element.get("class") or "").split()
        case Hash():
            own = element.get("id") == wanted.id
        case Attrib():
            own = _has(element.get(wanted.attrib.lower()), wanted)
        case CombinedSelector():
            return _matches(element, wanted.subselector) and any(
                _matches(outer, wanted.selector) for outer in _around(element, wanted.combinator)
            )
        case _:
            return False
    return own and _matches(element, wanted.selector)


def _around(element: Element, combinator: str) -> Iterator[Element]:
    """Yield the elements that a combinator looks at: the parent for '>', else all around."""
    return islice(element.iterancestors(), 1 if combinator == ">" else None)


def _has(value: str | None, wanted: Attrib) -> bool:
    if value is None or wanted.operator == "exists":
        return value is not None
    expected = str(wanted.value.value) if wanted.value else ""
    match wanted.operator:
        case "=":
            return value == expected
        case "^=":
            return bool(expected) and value.startswith(expected)
        case _:
            return bool(expected) and expected in value
