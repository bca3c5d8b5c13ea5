"""Where the cells of a table stand: each place of its rows and columns is covered by one cell at most."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.blocks.model import Table, TableCell
from bot.domain.blocks.plain import text_of_runs
from bot.domain.text.text import one_line


@dataclass(frozen=True, slots=True)
class CellSpot:
    """A cell that begins in *row* and *column*, counted from 0, and covers so many *rows* and *columns*."""

    text: str
    row: int
    column: int
    rows: int
    columns: int
    header: bool
    bold: bool

    def within(self, first: int, end: int, *, at: int) -> "CellSpot | None":
        """Return what of the cell is in the rows from *first* to before *end*, if these begin at row *at*."""
        top, bottom = max(self.row, first), min(self.row + self.rows, end)
        if top >= bottom:
            return None
        where = at + top - first
        return CellSpot(self.text, where, self.column, bottom - top, self.columns, self.header, self.bold)


def spots_of(table: Table) -> tuple[CellSpot, ...]:
    """Return the cells of *table*, row by row; one that would cover what another covers is narrower."""
    taken: set[tuple[int, int]] = set()
    spots: list[CellSpot] = []
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            spot = _spot(cell, row, column, taken, len(table.rows))
            taken.update(_covered(spot))
            spots.append(spot)
            column += spot.columns
    return tuple(spots)


def header_rows(table: Table, spots: Iterable[CellSpot]) -> int:
    """Return how many rows at the top are the head of *table*; 0 if it has no other ones."""
    count = 0
    while count < len(table.rows) and all(cell.header for cell in table.rows[count]):
        count += 1
    reach = max((spot.row + spot.rows for spot in spots if spot.row < count), default=0)
    return reach if reach < len(table.rows) else 0


def _spot(cell: TableCell, row: int, column: int, taken: set[tuple[int, int]], tall: int) -> CellSpot:
    columns = 1
    while columns < cell.colspan and (row, column + columns) not in taken:
        columns += 1
    rows = min(cell.rowspan, tall - row)
    written = [run for run in cell.text if run.text.strip()]
    is_bold = cell.header or (bool(written) and all(run.bold for run in written))
    return CellSpot(one_line(text_of_runs(cell.text)), row, column, rows, columns, cell.header, is_bold)


def _covered(spot: CellSpot) -> Iterator[tuple[int, int]]:
    for row in range(spot.row, spot.row + spot.rows):
        for column in range(spot.column, spot.column + spot.columns):
            yield row, column
