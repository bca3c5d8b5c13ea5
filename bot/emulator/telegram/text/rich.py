"""A rich message as Telegram keeps it: read from its HTML into blocks, and held against its limits.

Bot API, rich message limits: 32,768 characters of text, 500 blocks (nested ones, items and rows as well),
16 levels, 50 media, 20 columns. The words of refusals are not documented; these are the emulator's own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from bot.emulator.telegram.rules.errors import bad_request
from bot.emulator.telegram.text.rich_tree import BLOCKS, STYLES, Element, parse_tree

TEXT = 32_768
BLOCK_COUNT = 500
MEDIA = 50
COLUMNS = 20
_SCHEMES = ("http://", "https://", "tg://", "mailto:", "tel:")

_TEXTS = {"p": "paragraph", "pre": "preformatted", "footer": "footer"}
_QUOTATIONS = {"blockquote": "block_quotation", "aside": "pull_quotation"}

Json = dict[str, Any]


@dataclass(slots=True)
class RichMessage:
    """The *blocks* of a message, and those of them that show a photo: each has its address as *src*."""

    blocks: list[Json] = field(default_factory=list)
    photos: list[Json] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Return what it says, a line for each block, item and row."""
        return "\n".join(_lines(self.blocks))


def _lines(blocks: list[Json]) -> Iterator[str]:
    for block in blocks:
        for name in ("text", "summary", "caption"):
            if line := _words(block.get(name, [])):
                yield line
        yield from (" | ".join(_words(cell["text"]) for cell in row) for row in block.get("rows", []))
        for inner in (block, *block.get("items", [])):
            yield from _lines(inner.get("blocks", []))


def _words(text: list[Any]) -> str:
    return "".join(part if isinstance(part, str) else _words(part["text"]) for part in text)


def read_rich(html: str) -> RichMessage:
    """Return the message that *html* stands for; raises ApiError where Telegram would refuse it."""
    reader = _Reader()
    blocks = reader.flow(parse_tree(html).children)
    if not blocks:
        raise bad_request("Rich message must be non-empty")
    for count, most, what in (
        (reader.characters, TEXT, "characters"),
        (reader.count, BLOCK_COUNT, "blocks"),
        (len(reader.photos), MEDIA, "media"),
    ):
        if count > most:
            raise bad_request(f"rich message has too many {what}")
    return RichMessage(blocks, reader.photos)


class _Reader:
    """Makes blocks of elements and counts what the limits are about."""

    def __init__(self) -> None:
        self.characters = 0
        self.count = 0
        self.photos: list[Json] = []

    def flow(self, children: "list[Element | str]") -> list[Json]:
        """Return children as blocks; text between blocks is a paragraph."""
        blocks: list[Json] = []
        for is_block, run in groupby(
            children, lambda each: isinstance(each, Element) and each.name in BLOCKS
        ):
            together = list(run)
            if is_block:
                blocks += [self._block(each) for each in together if isinstance(each, Element)]
            elif any(not isinstance(each, str) or each.strip() for each in together):
                self.count += 1
                blocks.append({"type": "paragraph", "text": self.text(together)})
        return blocks

    def _block(self, element: Element) -> Json:
        self.count += 1
        name = element.name
        reader = {
            "ul": self._list,
            "ol": self._list,
            "details": self._details,
            "table": self._table,
            "img": self._photo,
            "figure": self._photo,
        }.get(name)
        if reader:
            return reader(element)
        if name in _QUOTATIONS:
            return {"type": _QUOTATIONS[name], "blocks": self.flow(element.children)}
        if name == "hr":
            return {"type": "divider"}
        sized = {"size": int(name[1])} if name not in _TEXTS else {}
        kind = _TEXTS.get(name, "section_heading")
        return {"type": kind, **sized, "text": self.text(element.children)}

    def _list(self, element: Element) -> Json:
        items = [child for child in element.children if isinstance(child, Element)]
        if not items:
            raise bad_request("rich message has an empty list")
        self.count += len(items)
        start = element.attributes.get("start", "1")
        return {
            "type": "list",
            "ordered": element.name == "ol",
            "start": int(start) if start.lstrip("-").isdecimal() else 1,
            "items": [{"blocks": self.flow(item.children)} for item in items],
        }

    def _details(self, element: Element) -> Json:
        summary = _part(element, "summary")
        if summary is None:
            raise bad_request("can't parse rich message: details must have a summary")
        rest = [child for child in element.children if child is not summary]
        return {
            "type": "details",
            "summary": self.text(summary.children),
            "is_open": "open" in element.attributes,
            "blocks": self.flow(rest),
        }

    def _photo(self, element: Element) -> Json:
        image = _part(element, "img") if element.name == "figure" else element
        source = image.attributes.get("src", "") if image else ""
        if not source.startswith(("http://", "https://", "tg://photo?id=")):
            raise bad_request("can't parse rich message: wrong address of a photo")
        caption = _part(element, "figcaption") if element.name == "figure" else None
        block = {"type": "photo", "src": source, "caption": self.text(caption.children) if caption else []}
        self.photos.append(block)
        return block

    def _table(self, element: Element) -> Json:
        caption = _part(element, "caption")
        rows = list(_rows(element))
        if not rows:
            raise bad_request("rich message has an empty table")
        self.count += len(rows)
        if _width(rows) > COLUMNS:
            raise bad_request("rich message has too many columns")
        return {
            "type": "table",
            "is_bordered": "bordered" in element.attributes,
            "is_striped": "striped" in element.attributes,
            "caption": self.text(caption.children) if caption else [],
            "rows": [[self._cell(cell) for cell in row] for row in rows],
        }

    def _cell(self, element: Element) -> Json:
        return {
            "text": self.text(element.children),
            "is_header": element.name == "th",
            "colspan": _span(element, "colspan"),
            "rowspan": _span(element, "rowspan"),
        }

    def text(self, children: "list[Element | str]") -> list[Any]:
        """Return styled text: strings, and objects with the text that they style."""
        found: list[Any] = []
        for child in children:
            if isinstance(child, str):
                self.characters += len(child)
                found.append(child)
            elif child.name == "br":
                self.characters += 1
                found.append("\n")
            elif inner := self.text(child.children):
                found.append(_styled(child, inner))
        return found


def _styled(element: Element, inner: list[Any]) -> Json:
    styled: Json = {"type": STYLES[element.name], "text": inner}
    if element.name == "a":
        address = element.attributes.get("href", "")
        if not address.startswith(_SCHEMES):
            return {"type": "plain", "text": inner}
        styled["url"] = address
    return styled


def _part(element: Element, name: str) -> Element | None:
    return next((each for each in element.children if isinstance(each, Element) and each.name == name), None)


def _rows(table: Element) -> "list[list[Element]]":
    rows: list[list[Element]] = []
    for child in table.children:
        if isinstance(child, Element) and child.name == "tr":
            rows.append([cell for cell in child.children if isinstance(cell, Element)])
        elif isinstance(child, Element) and child.name != "caption":
            rows += _rows(child)
    return rows


def _span(cell: Element, name: str) -> int:
    text = cell.attributes.get(name, "1")
    if not text.isdecimal() or not 1 <= int(text) <= 1_000:
        raise bad_request(f"can't parse rich message: wrong {name}")
    return int(text)


def _width(rows: "list[list[Element]]") -> int:
    """Return how many columns a table has, those that cells of rows above reach into counted as well."""
    widest = 0
    above: dict[int, int] = {}
    for row in rows:
        below = {column: left - 1 for column, left in above.items() if left > 1}
        column = 0
        for cell in row:
            while column in above:
                column += 1
            for _ in range(_span(cell, "colspan")):
                if (rows_left := _span(cell, "rowspan") - 1) > 0:
                    below[column] = rows_left
                column += 1
        widest = max(widest, column, *(held + 1 for held in above))
        above = below
    return widest
