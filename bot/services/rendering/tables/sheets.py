"""A table laid out as one sheet or several: what is drawn where. Lengths are pixels.

A sheet is no higher than what a telephone shows at a time, if its rows let it; each repeats the table's head.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bot.domain.blocks.model import Table
from bot.domain.text.text import grapheme_start
from bot.services.rendering.tables.grid import CellSpot, header_rows, spots_of

WIDTH = 1080
"""Of a sheet, unless its words need more."""
WIDEST = 1920
HEIGHT = 1500
"""Beyond which a sheet has no further row."""
TALLEST = 4000
"""Of a sheet whose one row is as tall as that; what is taller is not drawn."""
SHEETS = 10
SIZE, LINE = 26, 36
TITLE_SIZE, TITLE_LINE = 32, 44
MARGIN, PADDING = 24, 14
GAP = 16
"""Between the title, the table and the note below it."""

_WIDE_ENOUGH = 900
"""What a cell wants at most, so that one long text does not squeeze the others."""
_LONGEST_WORD = 300
_NUMBER = re.compile(r"[+\-–]?[\d.,\s]*\d(?:\s?(?:%|đ|đồng|VND|VNĐ|USD))?\.?", re.IGNORECASE)

Measure = Callable[[str, bool, int], float]
"""Returns how wide a text is: in bold or not, in a size."""


@dataclass(frozen=True, slots=True)
class TablePicture:
    """What is drawn: *table* below its *title*. *more* is said where it has more rows than are drawn."""

    table: Table
    title: str
    more: str


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell with the *lines* of its text; *x* and *y* are its upper left corner.

    *shift* is which part of the room beside a line stands at its left: 0 for none of it, 0.5 for the half.
    """

    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]
    bold: bool
    header: bool
    shift: float

    @property
    def text_top(self) -> int:
        """Return where its first line begins: in the middle of a head, else at the top."""
        spare = self.height - len(self.lines) * LINE
        return self.y + (spare // 2 if self.header else PADDING)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One picture; the *note* stands below the cells, and may be empty, as may the *title*."""

    width: int
    height: int
    title: tuple[str, ...]
    cells: tuple[DrawnCell, ...]
    note: tuple[str, ...]


class TooLargeError(Exception):
    """A row is too tall to be drawn."""


def sheets_of(picture: TablePicture, measure: Measure) -> tuple[Sheet, ...]:
    """Return *picture* laid out; rows beyond the last sheet are left out, and it says so.

    Raises TooLargeError.
    """
    return tuple(_TableLayout(picture, measure).sheets())


class _TableLayout:
    """The columns of a table, and its rows as they fill one sheet after the other."""

    def __init__(self, picture: TablePicture, measure: Measure) -> None:
        self._picture = picture
        self._measure = measure
        self._spots = spots_of(picture.table)
        self._head = header_rows(picture.table, self._spots)
        self._columns = self._widths()
        self._lefts = list(accumulate(self._columns, initial=MARGIN))
        self._width = self._lefts[-1] + MARGIN
        self._wrapped: dict[tuple[str, bool, int], tuple[str, ...]] = {}

    def sheets(self) -> Iterator[Sheet]:
        """Yield one sheet after the other."""
        cuts = list(self._cuts())
        rows = len(self._picture.table.rows)
        for number, (first, end) in enumerate(cuts, 1):
            title = self._picture.title
            if len(cuts) > 1:
                title = f"{title} ({number}/{len(cuts)})".lstrip()
            is_cut = number == len(cuts) and end < rows
            yield self._sheet(first, end, title, self._picture.more if is_cut else "")

    def _cuts(self) -> Iterator[tuple[int, int]]:
        """Yield from which row to before which one each sheet goes, the head not counted."""
        first, rows = self._head, len(self._picture.table.rows)
        for _ in range(SHEETS):
            end = first + 1
            while end < rows and self._height(first, end + 1) <= HEIGHT:
                end += 1
            if self._height(first, end) > TALLEST:
                raise TooLargeError
            yield first, end
            first = end
            if first >= rows:
                return

    def _height(self, first: int, end: int) -> int:
        return sum(self._heights(self._shown(first, end), self._head + end - first))

    def _shown(self, first: int, end: int) -> list[CellSpot]:
        """Return the head and the rows from *first* to before *end*, numbered from 0."""
        parts = ((0, self._head, 0), (first, end, self._head))
        found = (spot.within(a, b, at=at) for a, b, at in parts for spot in self._between(a, b))
        return [spot for spot in found if spot]

    def _between(self, first: int, end: int) -> Iterable[CellSpot]:
        return (spot for spot in self._spots if spot.row < end and spot.row + spot.rows > first)

    def _heights(self, spots: Iterable[CellSpot], rows: int) -> list[int]:
        """Return how tall each row is; the last row of a cell over several holds what the others do not."""
        heights = [LINE + 2 * PADDING] * rows
        for spot in sorted(spots, key=lambda spot: spot.rows):
            needed = len(self._lines(spot)) * LINE + 2 * PADDING
            given = sum(heights[spot.row : spot.row + spot.rows])
            heights[spot.row + spot.rows - 1] += max(0, needed - given)
        return heights

    def _sheet(self, first: int, end: int, title: str, note: str) -> Sheet:
        room = self._width - 2 * MARGIN
        titled = self._wrap(title, room, bold=True, size=TITLE_SIZE)
        noted = self._wrap(note, room, bold=False)
        spots = self._shown(first, end)
        top = MARGIN + (len(titled) * TITLE_LINE + GAP if titled else 0)
        tops = list(accumulate(self._heights(spots, self._head + end - first), initial=top))
        bottom = tops[-1] + (GAP + len(noted) * LINE if noted else 0) + MARGIN
        cells = tuple(self._drawn(spot, tops) for spot in spots)
        return Sheet(self._width, bottom, titled, cells, noted)

    def _drawn(self, spot: CellSpot, tops: Sequence[int]) -> DrawnCell:
        x, y = self._lefts[spot.column], tops[spot.row]
        return DrawnCell(
            x,
            y,
            self._lefts[spot.column + spot.columns] - x,
            tops[spot.row + spot.rows] - y,
            self._lines(spot),
            spot.bold,
            spot.header,
            _shift(spot),
        )

    def _lines(self, spot: CellSpot) -> tuple[str, ...]:
        room = sum(self._columns[spot.column : spot.column + spot.columns]) - 2 * PADDING
        key = (spot.text, spot.bold, room)
        if key not in self._wrapped:
            self._wrapped[key] = self._wrap(spot.text, room, bold=spot.bold)
        return self._wrapped[key]

    def _wrap(self, text: str, room: int, *, bold: bool, size: int = SIZE) -> tuple[str, ...]:
        return tuple(_wrapped(text, lambda part: self._measure(part, bold, size) <= room))

    def _widths(self) -> list[int]:
        """Return how wide each column is: its longest word at least, and more where it has long texts."""
        count = max(spot.column + spot.columns for spot in self._spots)
        least, wanted = [2 * PADDING + SIZE] * count, [2 * PADDING + SIZE] * count
        for spot in sorted(self._spots, key=lambda spot: spot.columns):
            words = (self._measure(word, spot.bold, SIZE) for word in spot.text.split())
            word = min(max(words, default=0), _LONGEST_WORD)
            line = min(self._measure(spot.text, spot.bold, SIZE), _WIDE_ENOUGH * spot.columns)
            _widen(least, spot, int(word) + 2 * PADDING + 2)
            _widen(wanted, spot, int(line) + 2 * PADDING + 2)
        room = min(max(WIDTH, sum(least) + 2 * MARGIN), WIDEST) - 2 * MARGIN
        return _shared_out(room, least, wanted)


def _shift(spot: CellSpot) -> float:
    """Return how a cell is set: heads in the middle, numbers at the right, texts at the left."""
    is_number = _NUMBER.fullmatch(spot.text) is not None
    if spot.header or (is_number and spot.columns > 1):
        return 0.5
    return 1.0 if is_number else 0.0


def _widen(columns: list[int], spot: CellSpot, needed: int) -> None:
    """Give the columns of a cell what they lack, in equal parts."""
    covered = range(spot.column, spot.column + spot.columns)
    lacking = max(0, needed - sum(columns[at] for at in covered))
    for place, at in enumerate(covered):
        columns[at] += lacking // spot.columns + (place < lacking % spot.columns)


def _shared_out(room: int, least: Sequence[int], wanted: Sequence[int]) -> list[int]:
    """Return columns that fill *room*: what is beyond the *least* goes to those that want more."""
    spare = room - sum(least)
    if spare < 0:
        weights: Sequence[int] = least
        base = [0] * len(least)
        spare = room
    else:
        weights = [max(1, want - need) for want, need in zip(wanted, least, strict=True)]
        base = list(least)
    ends = [spare * share // sum(weights) for share in accumulate(weights, initial=0)]
    return [each + ends[at + 1] - ends[at] for at, each in enumerate(base)]


def _wrapped(text: str, fits: Callable[[str], bool]) -> Iterator[str]:
    """Yield the lines of *text*: cut between words, and in a word that does not fit by itself."""
    line = ""
    for word in text.split():
        whole = f"{line} {word}" if line else word
        if fits(whole):
            line = whole
            continue
        if line:
            yield line
        while not fits(word) and (at := _longest_start(word, fits)) < len(word):
            yield word[:at]
            word = word[at:]  # noqa: PLW2901 - what is left of it
        line = word
    if line:
        yield line


def _longest_start(word: str, fits: Callable[[str], bool]) -> int:
    """Return how many code points of *word* fit into a line: one letter with its marks at least."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(word[:middle]) else (low, middle - 1)
    return grapheme_start(word, low) or low
