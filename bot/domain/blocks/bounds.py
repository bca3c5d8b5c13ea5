"""Blocks within bounds: how many there are, how deep they stand, and how much they say.

What goes beyond a bound is cut at the end of the text, never in its middle; what stands too deep stands less
deep, and no word of it is lost.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.domain.blocks.model import (
    Block,
    Blocks,
    DocumentBlock,
    Heading,
    ItemList,
    ListItem,
    Media,
    Paragraph,
    PhotoBlock,
    Quotation,
    Runs,
    Table,
    TableCell,
    TextRun,
)
from bot.domain.text.text import ELLIPSIS, encodable, grapheme_start

DEPTH = 8
"""Lists and quotations inside one another."""
BLOCKS = 2_000
"""Blocks, items and rows, those inside others counted as well."""
RUNS = 400
"""Runs of one text; what follows them is one run."""
ALL_RUNS = 20_000
COLUMNS = 20
CELLS = 5_000
"""Cells of all tables."""
TEXT = 200_000
"""Code points of all text, captions and titles."""
TITLE = 300
CAPTION = 1_000
ADDRESS = 2_048
NUMBER = 1_000_000
_CONTROLS = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029]")


def bounded(blocks: Iterable[Block]) -> Blocks:
    """Return *blocks* in bounds, less those that say and show nothing."""
    return tuple(_Room().blocks(blocks, depth=0))


@dataclass(slots=True)
class _Room:
    """What may still come."""

    count: int = BLOCKS
    runs: int = ALL_RUNS
    cells: int = CELLS
    text: int = TEXT

    def blocks(self, blocks: Iterable[Block], *, depth: int) -> Iterator[Block]:
        for block in blocks:
            if self.count <= 0 or self.text <= 0 or self.runs <= 0:
                return
            self.count -= 1
            yield from self._block(block, depth)

    def _block(self, block: Block, depth: int) -> Iterator[Block]:
        match block:
            case Heading() | Paragraph():
                if runs := self._text(block.text):
                    yield replace(block, text=runs)
            case ItemList():
                yield from self._list(block, depth)
            case Quotation():
                inner = tuple(self.blocks(block.blocks, depth=depth + 1))
                if depth >= DEPTH:
                    yield from inner
                elif inner:
                    yield Quotation(inner)
            case Table():
                yield from self._table(block)
            case _:
                yield from self._shown(block)

    def _list(self, block: ItemList, depth: int) -> Iterator[Block]:
        items: list[ListItem] = []
        for item in block.items:
            if self.count <= 0:
                break
            self.count -= 1
            if inner := tuple(self.blocks(item.blocks, depth=depth + 1)):
                items.append(ListItem(inner))
        if depth >= DEPTH:
            yield from (inner for item in items for inner in item.blocks)
        elif items:
            yield ItemList(tuple(items), block.ordered, min(max(block.start, -NUMBER), NUMBER))

    def _shown(self, block: Block) -> Iterator[Block]:
        match block:
            case PhotoBlock():
                if _is_address(block.url):
                    yield PhotoBlock(block.url, self._line(block.caption, CAPTION))
            case Media():
                if _is_address(block.url):
                    yield Media(block.url, self._line(block.title, TITLE), block.media)
            case DocumentBlock():
                if _is_address(block.url):
                    title = self._line(block.title, TITLE) or block.url
                    yield DocumentBlock(block.url, title, self._line(block.size, TITLE))
            case _:
                yield block

    def _table(self, block: Table) -> Iterator[Block]:
        rows = _within_the_table(list(self._rows(block)))
        if any(cell.text for row in rows for cell in row):
            yield Table(rows, self._line(block.caption, CAPTION))

    def _rows(self, table: Table) -> Iterator[tuple[TableCell, ...]]:
        for row in table.rows:
            if self.count <= 0 or self.cells <= 0 or self.text <= 0:
                return
            self.count -= 1
            cells: list[TableCell] = []
            width = 0
            for cell in row[:COLUMNS]:
                span = min(max(cell.colspan, 1), COLUMNS - width)
                if span < 1 or self.cells <= 0:
                    break
                width += span
                self.cells -= 1
                cells.append(TableCell(self._text(cell.text), cell.header, span, max(cell.rowspan, 1)))
            if cells:
                yield tuple(cells)

    def _text(self, runs: Runs) -> Runs:
        kept: list[TextRun] = []
        for run in runs if len(runs) <= RUNS else _joined(runs):
            if not run.text or self.text <= 0 or self.runs <= 0:
                continue
            text = self._line(run.text, self.text)
            self.runs -= 1
            kept.append(replace(run, text=text, url=run.url if _is_address(run.url) else ""))
        return tuple(kept) if any(run.text.strip() for run in kept) else ()

    def _line(self, text: str, most: int) -> str:
        most = min(most, max(0, self.text))
        written = _CONTROLS.sub(" ", encodable(text))
        if len(written) > most:
            written = written[: grapheme_start(written, max(0, most - len(ELLIPSIS)))].rstrip() + ELLIPSIS
        self.text -= len(written)
        return written


def _within_the_table(rows: Sequence[tuple[TableCell, ...]]) -> tuple[tuple[TableCell, ...], ...]:
    """Return *rows* whose cells cover none beyond the last one."""
    return tuple(
        tuple(replace(cell, rowspan=min(cell.rowspan, len(rows) - at)) for cell in row)
        for at, row in enumerate(rows)
    )


def _joined(runs: Runs) -> Runs:
    """Return *runs*, those beyond the most as one without style."""
    rest = "".join(run.text for run in runs[RUNS - 1 :])
    return (*runs[: RUNS - 1], replace(runs[0], text=rest, bold=False, italic=False, url=""))


def _is_address(url: str) -> bool:
    return url.startswith(("https://", "http://")) and len(url) <= ADDRESS and url.isprintable()
