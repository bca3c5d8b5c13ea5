"""The HTML of a rich message as a tree of elements: strict, as its reader is about every tag."""

import re
from dataclasses import dataclass, field

from bot.emulator.telegram.rules.errors import ApiError, bad_request
from bot.emulator.telegram.text.references import read_reference

DEPTH = 16
_NAME = re.compile(r"/?[a-zA-Z][a-zA-Z0-9-]*")
_ATTRIBUTE = re.compile(r"[ \n\t]+([a-zA-Z][a-zA-Z-]*)(?:=\"([^\"]*)\")?")
_REST = re.compile(r"[ \n\t]*/?")
_BLANKS = re.compile(r"[ \n\t\r]+")

STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "mark": "marked",
    "sub": "subscript",
    "sup": "superscript",
    "tg-spoiler": "spoiler",
    "a": "url",
}
TEXTS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "footer"})
"""Blocks that hold text alone."""
FLOWS = frozenset({"li", "blockquote", "aside", "details"})
"""What holds blocks, or text in their place."""
PARTS = {
    "li": ("ul", "ol"),
    "caption": ("table",),
    "thead": ("table",),
    "tbody": ("table",),
    "tr": ("table", "thead", "tbody"),
    "td": ("tr",),
    "th": ("tr",),
    "summary": ("details",),
    "figcaption": ("figure",),
}
"""What stands only in others, and in which."""
_ONLY_PARTS = frozenset({"ul", "ol", "table", "thead", "tbody", "tr", "figure"})
"""What holds no text and, but for a picture in a figure, no block of its own."""
BLOCKS = TEXTS | FLOWS - {"li"} | {"hr", "ul", "ol", "table", "img", "figure"}
_VOID = frozenset({"hr", "img", "br"})
_TAGS = BLOCKS | PARTS.keys() | STYLES.keys() | _VOID
_OTHERS = frozenset(
    {
        "audio",
        "cite",
        "input",
        "tg-button",
        "tg-button-row",
        "tg-collage",
        "tg-document",
        "tg-emoji",
        "tg-map",
        "tg-math",
        "tg-math-block",
        "tg-reference",
        "tg-slideshow",
        "tg-time",
        "video",
    }
)
"""Tags that rich messages have and the emulator does not read."""


@dataclass(slots=True)
class Element:
    """An element, or with an empty name the whole message."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Element | str]" = field(default_factory=list)


def unreadable(why: str, source: str, at: int) -> ApiError:
    return bad_request(f"can't parse rich message: {why} at byte offset {len(source[:at].encode())}")


def parse_tree(source: str) -> Element:
    """Return *source* as a tree; raises ApiError for what is no HTML of a rich message."""
    root = Element("")
    stack, at = [root], 0
    while at < len(source):
        begin = source.find("<", at)
        text_end = len(source) if begin < 0 else begin
        if text_end > at:
            _add_text(stack[-1], source, at, text_end)
        if begin < 0:
            break
        at = _tag(stack, source, begin)
    if len(stack) > 1:
        raise unreadable(f'can\'t find end tag corresponding to start tag "{stack[-1].name}"', source, at)
    return root


def _add_text(parent: Element, source: str, begin: int, end: int) -> None:
    parts: list[str] = []
    at = begin
    while at < end:
        stop = source.find("&", at, end)
        if stop < 0:
            parts.append(source[at:end])
            break
        parts.append(source[at:stop])
        character, at = read_reference(source, stop)
        parts.append(character)
    text = _BLANKS.sub(" ", "".join(parts))
    if parent.name not in _ONLY_PARTS:
        parent.children.append(text)
    elif text.strip():
        raise unreadable(f'text isn\'t allowed in "{parent.name}"', source, begin)


def _tag(stack: list[Element], source: str, begin: int) -> int:
    """Read the tag that begins there; return where it ends."""
    match = _NAME.match(source, begin + 1)
    if match is None:
        raise unreadable("unescaped <", source, begin)
    name, at = match.group().lower(), match.end()
    attributes: dict[str, str] = {}
    while attribute := _ATTRIBUTE.match(source, at):
        attributes[attribute[1].lower()] = _decoded(attribute[2] or "")
        at = attribute.end()
    rest = _REST.match(source, at)
    assert rest is not None
    if source[rest.end() : rest.end() + 1] != ">":
        raise unreadable("unclosed start tag", source, begin)
    if name.startswith("/"):
        _close(stack, name[1:], source, begin)
    else:
        _open(stack, Element(name, attributes), source, begin)
    return rest.end() + 1


def _decoded(raw: str) -> str:
    parts, at = [], 0
    while at < len(raw):
        stop = raw.find("&", at)
        if stop < 0:
            parts.append(raw[at:])
            break
        parts.append(raw[at:stop])
        character, at = read_reference(raw, stop)
        parts.append(character)
    return "".join(parts)


def _close(stack: list[Element], name: str, source: str, at: int) -> None:
    if len(stack) == 1:
        raise unreadable("unexpected end tag", source, at)
    if stack[-1].name != name:
        raise unreadable(f'unmatched end tag, expected "</{stack[-1].name}>", found "</{name}>"', source, at)
    stack.pop()


def _open(stack: list[Element], element: Element, source: str, at: int) -> None:
    name, parent = element.name, stack[-1]
    if name in _OTHERS:
        raise ApiError(501, f"Not Implemented: the emulator does not read <{name}>")
    if name not in _TAGS:
        raise unreadable(f'unsupported start tag "{name}"', source, at)
    if not _may_stand(element, parent):
        raise unreadable(f'tag "{name}" isn\'t allowed in "{parent.name or "the message"}"', source, at)
    parent.children.append(element)
    if name in _VOID:
        return
    stack.append(element)
    if len(stack) - 1 > DEPTH:
        raise bad_request("rich message is nested too deeply")


def _may_stand(element: Element, parent: Element) -> bool:
    name = element.name
    if name in PARTS:
        first = name in {"summary", "caption"}
        return parent.name in PARTS[name] and not (first and _said(parent))
    if name in STYLES or name == "br":
        return parent.name not in _ONLY_PARTS
    if parent.name == "figure":
        return name == "img" and not parent.children
    return parent.name == "" or parent.name in FLOWS


def _said(parent: Element) -> bool:
    return any(not isinstance(child, str) or child.strip() for child in parent.children)
