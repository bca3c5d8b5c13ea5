"""A page as a document that does nothing: its texts in plain elements of ours, numbered, without attributes.

Nothing of the page's own markup is copied. Elements are made anew from a short list of tags, text is escaped,
and what runs, loads, sends, styles or leads away has no counterpart in that list.
"""

from collections.abc import Iterator, Mapping
from html import escape

from bot.domain.news.feed import SourceError
from bot.domain.text.text import encodable
from bot.sources.html.select import IndexedPage, select
from bot.sources.html.tree import Element

_SAME = frozenset((
    "article", "aside", "b", "blockquote", "dd", "div", "dl", "dt", "em", "footer", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "i", "li", "main", "nav", "ol", "p", "section", "span", "strong", "table", "tbody",
    "td", "th", "thead", "time", "tr", "ul",
))  # fmt: skip
_AS = {
    "a": "u",
    "center": "div",
    "figure": "div",
    "figcaption": "p",
    "body": "div",
    "html": "div",
    "form": "div",
}
_NOT_SHOWN = frozenset((
    "applet", "audio", "base", "button", "canvas", "datalist", "dialog", "embed", "frame", "frameset", "head",
    "iframe", "input", "link", "map", "math", "meta", "noembed", "noframes", "noscript", "object", "option",
    "param", "plaintext", "script", "select", "style", "svg", "template", "textarea", "title", "video", "xmp",
))  # fmt: skip
_VOID = {"br": "<br>", "hr": "<hr>"}
_POINTED_AT = frozenset(("a", "h1", "h2", "h3", "h4", "h5", "h6", "time"))
_DEEPEST = 100
_MOST_ELEMENTS = 20_000
_LONGEST_TEXT = 2_000
_MARKS = ("title", "date", "summary", "photo")


def inert_html(root: Element, selectors: Mapping[str, str]) -> str:
    """Return what stands in the page *root* as HTML for the body of a document.

    An element that may be pointed at has its number in `data-number`: its place among all of the page. What
    *selectors* find has `data-part` with the part's name, and items have `data-part="item"`.
    """
    numbers = {element: number for number, element in enumerate(root.iter("*"))}
    return "".join(_written(root, numbers, _parts(root, selectors)))


def _parts(root: Element, selectors: Mapping[str, str]) -> dict[Element, str]:
    """Return which elements are of which part; of selectors that are not valid, none."""
    if not selectors.get("item"):
        return {}
    parts: dict[Element, str] = {}
    try:
        items = IndexedPage(root).select(selectors["item"], part="item")
        for item in items:
            parts[item] = "item"
            for part in _MARKS:
                if css := selectors.get(part):
                    parts.update((element, part) for element in select(item, css, part=part)[:1])
    except SourceError:
        return {}
    return parts


def _written(root: Element, numbers: Mapping[Element, int], parts: Mapping[Element, str]) -> Iterator[str]:
    """Yield the pieces of the document; without recursion, for hostile pages are deep."""
    waiting: list[str | tuple[Element, int]] = [(root, 0)]
    left = _MOST_ELEMENTS
    while waiting:
        upcoming = waiting.pop()
        if isinstance(upcoming, str):
            yield upcoming
            continue
        element, depth = upcoming
        if element.tag in _NOT_SHOWN or "hidden" in element.attrib or not left:
            continue
        left -= 1
        attributes = _attributes(element, numbers[element], parts)
        if element.tag == "img":
            yield f'<span class="photo"{attributes}>{_text(element.get("alt")) or "&nbsp;"}</span>'
            continue
        if element.tag in {"br", "hr"}:
            yield f"<{element.tag}>"
            continue
        name = _AS.get(element.tag, element.tag if element.tag in _SAME else "span")
        yield f"<{name}{attributes}>{_text(element.text)}" if depth < _DEEPEST else _text(element.text)
        waiting.append(f"</{name}>" if depth < _DEEPEST else "")
        for child in reversed(element):
            waiting.append(_text(child.tail))
            waiting.append((child, depth + 1))


def _attributes(element: Element, number: int, parts: Mapping[Element, str]) -> str:
    has_words = any((words or "").strip() for words in (element.text, *(child.tail for child in element)))
    may_be_chosen = has_words or element.tag in _POINTED_AT or element.tag == "img"
    chosen = f' id="n{number}" data-number="{number}"' if may_be_chosen else ""
    part = parts.get(element)
    return f'{chosen} data-part="{part}"' if part else chosen


def _text(text: str | None) -> str:
    return escape(encodable(text[:_LONGEST_TEXT])) if text else ""
