"""An article's blocks as lines of a message: bullets, bold headings, tables as columns or as rows.

Every line is a styled text of its own, so that a long article is cut between lines and through no style.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from bot.domain.blocks.model import (
    Block,
    DocumentBlock,
    Heading,
    ItemList,
    Media,
    MediaKind,
    Paragraph,
    PhotoBlock,
    Quotation,
    Rule,
    Runs,
    Table,
    TableCell,
)
from bot.domain.blocks.plain import text_of_runs
from bot.domain.chats.message import RichText, Span, bold, italic, link, plain
from bot.domain.messaging.splitting import Paragraph as Lines
from bot.domain.text.text import one_line

INDENT = "    "
BULLETS = ("• ", "◦ ", "▪ ")
RULE = "⸻"
WIDEST = 38
"""Columns of fixed width that a narrow telephone shows without breaking a line."""
_SIGNS = {MediaKind.VIDEO: "🎬", MediaKind.AUDIO: "🎧", MediaKind.EMBED: "🔗"}


Mark = Callable[[Table], Lines]
"""Returns what stands in the text for a table that is shown elsewhere; nothing for one that is not."""


def lines_of(blocks: Iterable[Block], *, columns: bool, mark: Mark | None = None) -> Iterator[Lines]:
    """Yield *blocks* as paragraphs of a message; *columns* says that it has links and fixed width.

    *mark* is asked about each table that does not stand inside of anything.
    """
    for block in blocks:
        marked = mark(block) if mark and isinstance(block, Table) else ()
        lines = marked or tuple(_lines(block, columns=columns))
        if lines:
            yield lines


def is_wide(table: Table) -> bool:
    """Return whether *table* has columns, and no narrow telephone shows them as text beside one another."""
    grid = grid_of(table)
    return max(map(len, grid), default=0) > 1 and not _aligned(grid)


def rows_of(table: Table) -> Lines:
    """Return *table* as its rows, below its caption."""
    return tuple(_table(table, columns=False))


def _lines(block: Block, *, columns: bool) -> Iterator[RichText]:
    match block:
        case Heading():
            yield tuple(replace(span, bold=True) for span in _spans(block.text))
        case Paragraph():
            yield _spans(block.text)
        case ItemList():
            yield from _list(block, columns=columns)
        case Quotation():
            for lines in lines_of(block.blocks, columns=False):
                yield from ((plain("❝ "), *line) for line in lines)
        case Table():
            yield from _table(block, columns=columns)
        case PhotoBlock():
            yield from _photo(block, columns=columns)
        case _:
            yield from _shown(block)


def _photo(block: PhotoBlock, *, columns: bool) -> Iterator[RichText]:
    """Yield what stands for a photo; where links are bare addresses, that is its caption alone."""
    if columns:
        yield (link(f"🖼 {block.caption or _name(block.url)}", block.url),)
    elif block.caption:
        yield (italic(f"🖼 {block.caption}"),)


def _shown(block: Block) -> Iterator[RichText]:
    match block:
        case Media():
            yield (link(f"{_SIGNS[block.media]} {block.title or _name(block.url)}", block.url),)
        case DocumentBlock():
            size = (plain(f" ({block.size})"),) if block.size else ()
            yield (link(f"📎 {block.title}", block.url), *size)
        case Rule():
            yield (plain(RULE),)


def _spans(runs: Runs) -> RichText:
    return tuple(Span(run.text, run.bold, run.italic, run.url or None) for run in runs)


def _name(url: str) -> str:
    """Return the host of *url* for what has no title: an address is no reading matter."""
    return url.partition("://")[2].partition("/")[0]


def _list(block: ItemList, *, columns: bool, depth: int = 0) -> Iterator[RichText]:
    indent = INDENT * depth
    for number, item in enumerate(block.items, block.start):
        mark = f"{number}. " if block.ordered else BULLETS[min(depth, len(BULLETS) - 1)]
        first = True
        for inner in item.blocks:
            if isinstance(inner, ItemList):
                yield from _list(inner, columns=columns, depth=depth + 1)
                first = False
                continue
            for line in _lines(inner, columns=False):
                yield (plain(indent + (mark if first else " " * len(mark))), *line)
                first = False


def _table(table: Table, *, columns: bool) -> Iterator[RichText]:
    if table.caption:
        yield (bold(table.caption),)
    grid = grid_of(table)
    aligned = _aligned(grid) if columns and not _has_links(table) else ""
    if aligned:
        yield (Span(aligned, code=True),)
    else:
        yield from _rows(table, grid)


def _has_links(table: Table) -> bool:
    """Return whether *table* leads anywhere: text in fixed width does not."""
    return any(run.url for row in table.rows for cell in row for run in cell.text)


def grid_of(table: Table) -> list[list[str]]:
    """Return the text of each place of *table*: a cell over several rows stands in each of them, once."""
    return [[one_line(text_of_runs(cell.text)) if cell else "" for cell in row] for row in placed(table)]


def placed(table: Table) -> list[list[TableCell | None]]:
    """Return for each place of *table* the cell that covers it, None where another column of one does."""
    rows: list[list[TableCell | None]] = []
    above: dict[int, tuple[int, TableCell | None]] = {}
    for row in table.rows:
        line: list[TableCell | None] = []
        cells = iter(row)
        while True:
            if (held := above.get(len(line))) is not None:
                left, cell = held
                above[len(line)] = (left - 1, cell)
                if left == 1:
                    del above[len(line)]
                line.append(cell)
                continue
            if (cell_here := next(cells, None)) is None:
                break
            for extra in range(cell_here.colspan):
                if cell_here.rowspan > 1:
                    above[len(line)] = (cell_here.rowspan - 1, None if extra else cell_here)
                line.append(None if extra else cell_here)
        rows.append(line)
    return rows


def _aligned(grid: list[list[str]]) -> str:
    """Return *grid* in columns of fixed width; empty where a narrow telephone does not show them so."""
    wide = max(map(len, grid), default=0)
    padded = [row + [""] * (wide - len(row)) for row in grid]
    widths = [max(len(row[at]) for row in padded) for at in range(wide)]
    if wide < 2 or sum(widths) + 2 * (wide - 1) > WIDEST:
        return ""
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in padded)
    return "\n".join(line.rstrip() for line in lines)


def _rows(table: Table, grid: list[list[str]]) -> Iterator[RichText]:
    """Yield each row of a wide table as 'header: value' where it has headers, else as its cells."""
    heads = grid[0] if table.rows and all(cell.header for cell in table.rows[0]) else []
    for number, (cells, row) in enumerate(zip(placed(table), grid, strict=True)):
        if heads and number == 0 and len(grid) > 1:
            continue
        yield from _row(cells, row, heads if number else [])


def _row(cells: list[TableCell | None], row: list[str], heads: list[str]) -> Iterator[RichText]:
    spans: list[Span] = []
    for at, (cell, text) in enumerate(zip(cells, row, strict=True)):
        if cell is None or not text:
            continue
        spans.append(plain("; " if spans else "▫️ "))
        head = heads[at] if at < len(heads) else ""
        if head:
            spans.append(italic(f"{head}: "))
        spans += [replace(span, bold=span.bold or cell.header) for span in _spans(cell.text)]
    if spans:
        yield tuple(spans)
