"""Tables drawn by Pillow: in a worker process, which takes half a second and some memory."""

# ruff: noqa: PLC0415 - the library is wanted seldom

import base64
import hashlib
import io
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.domain.news.feed import SourceError
from bot.services.rendering.fonts import BOLD, REGULAR
from bot.services.rendering.tables.sheets import (
    LINE,
    MARGIN,
    PADDING,
    SIZE,
    TITLE_LINE,
    TITLE_SIZE,
    DrawnCell,
    Sheet,
    TablePicture,
    TooLargeError,
    sheets_of,
)

PAPER, HEAD, INK, FAINT, GRID = "#ffffff", "#e3ecf7", "#1f2933", "#475463", "#9aa5b1"
LARGEST = 1 << 20
"""Bytes of one picture."""

_QUALITIES = (88, 70, 50)
_NO_LETTER = "\U000e0000"


@dataclass(frozen=True, slots=True)
class DrawnSheet:
    """A JPEG in base64, for what a worker process hands over is text; *key* is the SHA-256 of its bytes."""

    key: str
    jpeg: str
    width: int
    height: int


def drawn_table(picture: TablePicture) -> list[DrawnSheet]:
    """Return the pictures of a table, in their order.

    Raises SourceError for what cannot be drawn: letters that the typeface lacks, or a row that is too tall.
    """
    written = {
        letter for row in picture.table.rows for cell in row for run in cell.text for letter in run.text
    }
    if lacking := {each for each in written | set(picture.title) if not _has(each)}:
        raise SourceError(f"the typeface lacks {len(lacking)} of its letters")
    try:
        return [_drawn(sheet) for sheet in sheets_of(picture, measured)]
    except TooLargeError:
        raise SourceError("it has a row that is too tall") from None


def _drawn(sheet: Sheet) -> DrawnSheet:
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (sheet.width, sheet.height), PAPER)
    canvas = ImageDraw.Draw(image)
    for number, line in enumerate(sheet.title):
        place = (MARGIN, MARGIN + number * TITLE_LINE)
        canvas.text(place, line, font=_font(bold=True, size=TITLE_SIZE), fill=INK)
    for cell in sheet.cells:
        _draw_cell(canvas, cell)
    for number, line in enumerate(sheet.note):
        place = (MARGIN, sheet.height - MARGIN - (len(sheet.note) - number) * LINE)
        canvas.text(place, line, font=_font(bold=False, size=SIZE), fill=FAINT)
    jpeg = _jpeg(image)
    return DrawnSheet(
        hashlib.sha256(jpeg).hexdigest(), base64.b64encode(jpeg).decode(), sheet.width, sheet.height
    )


def _draw_cell(canvas: Any, cell: DrawnCell) -> None:
    corner = (cell.x + cell.width, cell.y + cell.height)
    canvas.rectangle((cell.x, cell.y, *corner), fill=HEAD if cell.header else PAPER, outline=GRID, width=2)
    for number, line in enumerate(cell.lines):
        spare = cell.width - 2 * PADDING - measured(line, cell.bold, SIZE)
        place = (cell.x + PADDING + max(0, spare) * cell.shift, cell.text_top + number * LINE)
        canvas.text(place, line, font=_font(bold=cell.bold, size=SIZE), fill=INK)


def _jpeg(image: Any) -> bytes:
    for quality in _QUALITIES:
        file = io.BytesIO()
        image.save(file, "JPEG", quality=quality, subsampling=0, optimize=True)
        if len(file.getvalue()) <= LARGEST:
            return file.getvalue()
    raise SourceError(f"its picture has more than {LARGEST >> 10} KiB")


@cache
def _font(*, bold: bool, size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(BOLD if bold else REGULAR, size)


@cache
def measured(text: str, bold: bool, size: int) -> float:  # noqa: FBT001 - see Measure
    """Return how wide *text* is as it is drawn."""
    length: float = _font(bold=bold, size=size).getlength(text)
    return length


@cache
def _has(letter: str) -> bool:
    """Return whether the typeface has *letter*: what it lacks is drawn as one and the same box."""
    font = _font(bold=False, size=SIZE)
    return letter.isspace() or bytes(font.getmask(letter)) != bytes(font.getmask(_NO_LETTER))
