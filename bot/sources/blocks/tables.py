"""Tables of data: the rows that are told, their cells as styled text."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from bot.domain.blocks.bounds import BLOCKS
from bot.domain.blocks.model import Runs, Table, TableCell
from bot.domain.text.text import one_line
from bot.sources.blocks.runs import joined, runs_of
from bot.sources.html.blocks import Block, flow
from bot.sources.html.styles import has_head, is_data_table
from bot.sources.html.tree import Element

_LONGEST_CELL = 5_000
_FEWEST_ROWS = 2
_MOST_CELLS = 5_000


def shows_data(table: Element) -> bool:
    """Say whether *table* has rows and columns that belong together, however long its cells are."""
    if (table.get("role") or "").lower() in {"presentation", "none"}:
        return False
    if is_data_table(table):
        return True
    if table.find(".//table") is not None or (table.find(".//img") is not None and not has_head(table)):
        return False
    rows = [cells for row in islice(table.iter("tr"), BLOCKS) if len(cells := _cells(row)) > 1]
    filled = [cells for cells in rows if sum(_length(cell) > 0 for cell in cells) > 1]
    longest = max((_length(cell) for cells in rows for cell in cells), default=0)
    return len(filled) >= _FEWEST_ROWS and longest <= _LONGEST_CELL


def table_of(table: Element, kept: Sequence[Element], *, base: str) -> Table:
    """Return *table* from the first to the last of the rows that are *kept*, the blank ones left out."""
    every = list(table.iter("tr"))
    wanted = set(kept)
    told = [at for at, row in enumerate(every) if row in wanted]
    rows: list[tuple[TableCell, ...]] = []
    count = 0
    for row in every[told[0] : told[-1] + 1] if told else ():
        cells = tuple(_cell(cell, base) for cell in _cells(row))
        count += len(cells)
        if any(cell.text for cell in cells):
            rows.append(cells)
        if count > _MOST_CELLS:
            break
    caption = table.find("caption")
    title = one_line("".join(caption.itertext())) if caption is not None else ""
    return Table(tuple(_headed(rows)), title)


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in {"td", "th"}]


def _length(cell: Element) -> int:
    return sum(len(text.strip()) for text in cell.itertext())


def _cell(cell: Element, base: str) -> TableCell:
    texts: list[Runs] = [runs_of(item, base=base) for item in flow(cell) if isinstance(item, Block)]
    is_head = cell.tag == "th" or any(outer.tag == "thead" for outer in _two_around(cell))
    return TableCell(joined(texts), is_head, _span(cell, "colspan"), _span(cell, "rowspan"))


def _two_around(cell: Element) -> list[Element]:
    row = cell.getparent()
    group = row.getparent() if row is not None else None
    return [each for each in (row, group) if each is not None]


def _span(cell: Element, name: str) -> int:
    written = (cell.get(name) or "").strip()
    return int(written[:4]) if written[:4].isascii() and written[:4].isdigit() else 1


def _headed(rows: list[tuple[TableCell, ...]]) -> list[tuple[TableCell, ...]]:
    """Return *rows*, the first one as a head if it is bold and the next one is not, as editors make them."""
    if len(rows) < _FEWEST_ROWS or any(cell.header for row in rows for cell in row):
        return rows
    if not _is_bold(rows[0]) or _is_bold(rows[1]):
        return rows
    head = (
        replace(cell, header=True, text=tuple(replace(run, bold=False) for run in cell.text))
        for cell in rows[0]
    )
    return [tuple(head), *rows[1:]]


def _is_bold(row: tuple[TableCell, ...]) -> bool:
    return all(run.bold or not run.text.strip() for cell in row for run in cell.text)
