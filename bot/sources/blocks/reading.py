"""The blocks of what is told: each item of the flow under the lists, quotations and tables it stands in."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from itertools import islice
from operator import itemgetter

from bot.domain.blocks import model
from bot.domain.blocks.bounds import BLOCKS, DEPTH
from bot.domain.blocks.model import Blocks, Heading, ItemList, ListItem, Paragraph, PhotoBlock, Quotation
from bot.sources.blocks.media import shown_by
from bot.sources.blocks.runs import runs_of
from bot.sources.blocks.tables import shows_data, table_of
from bot.sources.html.blocks import Block, Flow, Marker, Picture
from bot.sources.html.captions import Story
from bot.sources.html.styles import BOLD, HEADING
from bot.sources.html.tree import Element
from bot.sources.text.urls import absolute

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HEADING_AROUND = 3
_MOST_RUNS = 5_000
_MOST_BEHIND = 3
"""Items between the end of the text and a video that still belongs to it: its credits."""

Told = tuple[Block | Picture, str] | Marker


class _Kind(Enum):
    LIST = auto()
    ITEM = auto()
    QUOTATION = auto()
    TABLE = auto()
    ROW = auto()


@dataclass(slots=True)
class _Node:
    """A part of the layout as it grows: an element that holds others, or blocks."""

    kind: _Kind | None
    element: Element
    children: "list[_Node | model.Block]" = field(default_factory=list)

    def inside(self, kind: _Kind, element: Element) -> "_Node":
        """Return the node of *element*, which is the last one in this node or a new one."""
        last = self.children[-1] if self.children else None
        if isinstance(last, _Node) and last.element is element:
            return last
        self.children.append(node := _Node(kind, element))
        return node


def blocks_of(story: Story, items: Flow, markers: Sequence[Marker], *, base: str) -> Blocks:
    """Return what *story* tells as blocks; nothing where that is paragraphs alone, as its body has them.

    *items* are the flow that it was made of, *markers* those in it.
    """
    layout = _Layout(base)
    for told in islice(_in_order(story, items, markers), BLOCKS):
        layout.add(told)
    blocks = tuple(_finished(layout.root, base))
    return () if blocks == model.of_paragraphs(story.body) else blocks


def _in_order(story: Story, items: Flow, markers: Sequence[Marker]) -> Iterator[Told]:
    """Yield what is told with the *markers* where they stand, less those behind the text."""
    places = {id(item): at for at, item in enumerate(items)}
    found = ((places.get(id(marker.after), -1), marker) for marker in markers)
    waiting = deque(sorted(found, key=itemgetter(0)))
    last = 0
    for told in story.told:
        at = places.get(id(told[0]), -1)
        while waiting and waiting[0][0] < at:
            yield waiting.popleft()[1]
        last = max(at, last)
        yield told
    while waiting and waiting[0][0] <= last + _MOST_BEHIND:
        yield waiting.popleft()[1]


class _Layout:
    """The layout as it grows, item by item."""

    def __init__(self, base: str) -> None:
        self.root = _Node(None, None)
        self._base = base
        self._paths: dict[Element, tuple[tuple[_Kind, Element], ...]] = {}
        self._seen: set[str] = set()
        self._runs = 0

    def add(self, told: Told) -> None:
        if isinstance(told, Marker):
            block, holder = shown_by(told.element, base=self._base), told.element
        else:
            (item, caption), holder = told, told[0].holder
            block = self._photo(item, caption) if isinstance(item, Picture) else self._text(item)
        if block is None:
            return
        node = outer = self.root
        for kind, element in self._path(holder):
            outer, node = node, node.inside(kind, element)
        if node.kind is not _Kind.ROW:
            node.children.append(block)
        elif not isinstance(block, Heading | Paragraph):
            # The cells of a row are read as text; what else is in them stands before the table.
            outer.children.insert(-1, block)

    def _photo(self, picture: Picture, caption: str) -> model.Block | None:
        address = absolute(picture.address, self._base)
        if not address or address in self._seen:
            return None
        self._seen.add(address)
        return PhotoBlock(address, caption)

    def _text(self, block: Block) -> model.Block:
        level = _level(block)
        # A page of thousands of styles says nothing by them, and each costs time.
        styled = block if self._runs < _MOST_RUNS else replace(block, pieces=())
        text = runs_of(styled, base=self._base, plain=BOLD if level else 0)
        self._runs += len(text)
        return Heading(level, text) if level else Paragraph(text)

    def _path(self, holder: Element | None) -> tuple[tuple[_Kind, Element], ...]:
        """Return the lists, quotations and tables around what stands in *holder*, the outermost first."""
        around: list[Element] = []
        element = holder
        while element is not None and element not in self._paths:
            around.append(element)
            element = element.getparent()
        path = self._paths[element] if element is not None else ()
        for inner in reversed(around):
            path = self._paths[inner] = self._further(path, inner)
        return path

    def _further(
        self, path: tuple[tuple[_Kind, Element], ...], element: Element
    ) -> tuple[tuple[_Kind, Element], ...]:
        if len(path) > 2 * DEPTH or (path and path[-1][0] is _Kind.ROW):
            return path
        kind = path[-1][0] if path else None
        if element.tag == "li" and (parent := element.getparent()) is not None:
            return (*path, (_Kind.LIST, parent), (_Kind.ITEM, element))
        if element.tag == "blockquote":
            return (*path, (_Kind.QUOTATION, element))
        if element.tag == "table" and shows_data(element):
            return (*path, (_Kind.TABLE, element))
        if element.tag == "tr" and kind is _Kind.TABLE:
            return (*path, (_Kind.ROW, element))
        return path


def _level(block: Block) -> int:
    """Return the level of the heading that *block* stands in; 0 if it is none."""
    element = block.holder if block.styles & HEADING else None
    for _ in range(_HEADING_AROUND):
        if element is None:
            return 0
        if element.tag in _HEADINGS:
            return _HEADINGS[element.tag]
        element = element.getparent()
    return 0


def _finished(node: _Node, base: str) -> Iterator[model.Block]:
    """Yield the blocks of what has grown in *node*."""
    for child in node.children:
        if not isinstance(child, _Node):
            yield child
        elif child.kind is _Kind.LIST:
            yield from _list(child, base)
        elif child.kind is _Kind.TABLE:
            rows = [row.element for row in child.children if isinstance(row, _Node)]
            yield from (each for each in child.children if not isinstance(each, _Node))
            yield table_of(child.element, rows, base=base)
        else:
            yield Quotation(tuple(_finished(child, base)))


def _list(node: _Node, base: str) -> Iterator[model.Block]:
    items = (ListItem(tuple(_finished(item, base))) for item in node.children if isinstance(item, _Node))
    written = (node.element.get("start") or "").strip()
    start = int(written[:7]) if written[:7].lstrip("-").isascii() and written[:7].lstrip("-").isdigit() else 1
    filled = tuple(item for item in items if item.blocks)
    if filled:
        yield ItemList(filled, node.element.tag == "ol", start)
