"""Tables laid out: every cell has its place and its words, nothing lies upon another, a phone shows it."""

import base64
import io
import random
import re
from dataclasses import replace
from itertools import combinations

import pytest
from PIL import Image

from bot.domain.blocks.bounds import bounded
from bot.domain.blocks.model import Table
from bot.domain.blocks.plain import text_of_runs
from bot.domain.news.feed import SourceError
from bot.services.rendering.tables.drawing import FAINT, HEAD, INK, LARGEST, PAPER, drawn_table, measured
from bot.services.rendering.tables.sheets import (
    HEIGHT,
    LINE,
    MARGIN,
    SHEETS,
    SIZE,
    TALLEST,
    TITLE_SIZE,
    WIDEST,
    WIDTH,
    DrawnCell,
    Sheet,
    TablePicture,
    TooLargeError,
    sheets_of,
)
from tests.domain.blocks import generated
from tests.services.rendering.tables.made import ENDLESS, FEES, LONG_CELLS, PROVISION, TWELVE, head, row

MORE = "Bảng còn nhiều hàng nữa."
RIGHT = {"fees": FEES, "twelve columns": TWELVE, "long cells": LONG_CELLS, "endless": ENDLESS}


def laid_out(table: Table) -> tuple[Sheet, ...]:
    return sheets_of(TablePicture(table, "Bảng 1", MORE), measured)


def faults(sheet: Sheet) -> list[str]:
    """Return what is not as it should be: cells upon one another, or words beyond their cell."""
    wrong = [f"{a} lies on {b}" for a, b in combinations(sheet.cells, 2) if _overlap(a, b)]
    for cell in sheet.cells:
        inside = cell.x >= MARGIN and cell.x + cell.width <= sheet.width - MARGIN
        if not inside or cell.y + cell.height > sheet.height - MARGIN + 1:
            wrong.append(f"{cell} is not on the sheet")
        if cell.text_top < cell.y or cell.text_top + len(cell.lines) * LINE > cell.y + cell.height:
            wrong.append(f"{cell} is too low")
        wrong += [
            f"{line} is too long" for line in cell.lines if measured(line, cell.bold, SIZE) > cell.width
        ]
    return wrong


def _overlap(a: DrawnCell, b: DrawnCell) -> bool:
    return a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height and b.y < a.y + a.height


def letters(*texts: str) -> str:
    return re.sub(r"\s", "", "".join(texts))


@pytest.mark.parametrize("table", RIGHT.values(), ids=RIGHT)
def test_every_cell_is_in_its_place_and_a_phone_shows_the_sheet(table: Table) -> None:
    sheets = laid_out(table)

    assert [fault for sheet in sheets for fault in faults(sheet)] == []
    assert all(WIDTH <= sheet.width <= WIDEST and sheet.height <= HEIGHT + 200 for sheet in sheets)
    assert min(SIZE, TITLE_SIZE) >= 24


@pytest.mark.parametrize("table", [FEES, TWELVE, LONG_CELLS])
def test_every_word_is_on_a_sheet_once_and_the_head_on_each(table: Table) -> None:
    sheets = laid_out(table)
    heads = [
        letters(*(line for cell in sheet.cells if cell.header for line in cell.lines)) for sheet in sheets
    ]
    said = letters(
        *(line for sheet in sheets for cell in sheet.cells if not cell.header for line in cell.lines)
    )

    cells = [cell for row in table.rows for cell in row]
    assert set(heads) == {letters(*(text_of_runs(cell.text) for cell in cells if cell.header))}
    assert said == letters(*(text_of_runs(cell.text) for cell in cells if not cell.header))


def test_spans_reach_over_what_they_cover() -> None:
    (sheet,) = laid_out(FEES)
    found = {" ".join(cell.lines): cell for cell in sheet.cells}
    over, first, last = found["Mức thu (nghìn đồng)"], found["Sáng chế"], found["Nhãn hiệu"]
    note, fee, published = found["Thông tư 263/2016"], found["1"], found["120.000"]

    assert (over.x, over.x + over.width) == (first.x, last.x + last.width)
    assert (published.x, published.width) == (over.x, over.width)
    assert (note.y, note.y + note.height) == (fee.y, published.y + published.height)


def test_what_goes_on_is_numbered_and_what_is_left_out_is_said() -> None:
    sheets = laid_out(ENDLESS)

    assert [" ".join(sheet.title) for sheet in sheets] == [
        f"Bảng 1 ({number}/{SHEETS})" for number in range(1, SHEETS + 1)
    ]
    assert [" ".join(sheet.note) for sheet in sheets] == [""] * (SHEETS - 1) + [MORE]


def test_a_cell_of_many_rows_goes_on_with_its_words_on_the_next_sheet() -> None:
    (first, *rows) = ENDLESS.rows[1:60]
    table = Table(
        (ENDLESS.rows[0], (*first[:2], replace(first[2], rowspan=59)), *(each[:2] for each in rows))
    )

    sheets = laid_out(table)

    assert len(sheets) > 1
    assert [fault for sheet in sheets for fault in faults(sheet)] == []
    assert all(any(cell.lines == ("Cục SHTT",) for cell in sheet.cells) for sheet in sheets)


@pytest.mark.parametrize("seed", range(120))
def test_no_table_lies_upon_itself(seed: int) -> None:
    """Spans are of any kind here, as on pages that were written by hand."""
    blocks = bounded([generated.table(random.Random(seed))])
    for block in blocks:
        assert isinstance(block, Table)
        try:
            sheets = laid_out(block)
        except TooLargeError:
            continue
        assert [fault for sheet in sheets for fault in faults(sheet)] == []
        assert all(sheet.height <= TALLEST + HEIGHT for sheet in sheets)


def test_what_is_written_stands_out_from_what_it_is_written_on() -> None:
    assert min(contrast(INK, PAPER), contrast(INK, HEAD), contrast(FAINT, PAPER)) >= 7


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 defines it: from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("table", RIGHT.values(), ids=RIGHT)
def test_sheets_are_drawn_as_small_jpegs_of_their_size(table: Table) -> None:
    sheets, drawn = laid_out(table), drawn_table(TablePicture(table, "Bảng 1", MORE))

    contents = [base64.b64decode(each.jpeg) for each in drawn]
    opened = [Image.open(io.BytesIO(content)) for content in contents]
    assert [(each.format, each.size) for each in opened] == [("JPEG", (s.width, s.height)) for s in sheets]
    assert max(map(len, contents)) <= LARGEST


@pytest.mark.parametrize("text", ["中文", "Đạt ☑", "👩‍🔬"])
def test_what_the_typeface_lacks_is_not_drawn_as_boxes(text: str) -> None:
    with pytest.raises(SourceError, match="typeface"):
        drawn_table(TablePicture(Table((head("Tên"), row(text))), "", MORE))


def test_a_row_that_is_too_tall_is_not_drawn() -> None:
    table = Table((head("Điều", *["Nội dung"] * 9), row("1", *[PROVISION * 9] * 9)))

    with pytest.raises(SourceError, match="tall"):
        drawn_table(TablePicture(table, "", MORE))
