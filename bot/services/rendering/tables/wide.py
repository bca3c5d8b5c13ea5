"""Which tables of a text go as pictures behind it, and what stands in the text in their place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

import orjson

from bot.domain.blocks.codec import stored
from bot.domain.blocks.model import Table
from bot.domain.chats.message import RichText, Span, link, plain
from bot.domain.messaging.splitting import Paragraph
from bot.domain.text.text import one_line, shorten
from bot.i18n import Translator
from bot.services.rendering.blocks.lines import is_wide, rows_of
from bot.services.rendering.tables.sheets import TablePicture

COLUMNS = 16
LONGEST_CELL = 600
"""Code points of a cell; a table with a longer one is a layout of texts, and stays one."""
LINKS = 20
"""Links in the cells of a table that is drawn: they stand in the text below its name."""
TABLES = 20
"""Of one text that are drawn."""
ROWS = 30
"""Of a table where there are no albums: each picture is a message there, and may be one of a month's few."""

_CAPTION = 200
_NAMED = re.compile(r"(?:bảng|biểu|phụ lục|table)\s", re.IGNORECASE)
_STYLE = 1
"""Raised when tables are drawn in another way, so that those that are kept are drawn anew."""


@dataclass(frozen=True, slots=True)
class WideTable:
    """A table to be drawn; *name* stands in the text and below the picture, *rows* are what it says else.

    *key* names the picture of just this table in this language.
    """

    picture: TablePicture
    name: str
    rows: RichText
    key: str


class WideTables:
    """Collects the wide tables of one text in their order, and marks where they stand."""

    def __init__(self, translator: Translator, language: str, *, albums: bool) -> None:
        self._translator = translator
        self._language = language
        self._albums = albums
        self._found: list[tuple[str, WideTable]] = []
        self._count = 0

    def mark(self, table: Table) -> Paragraph:
        """Return the lines that stand for *table*; none if it is to be shown as text."""
        links = _links(table)
        is_long = not self._albums and len(table.rows) > ROWS
        if self._count == TABLES or len(links) > LINKS or is_long or not _is_drawable(table):
            return ()
        name = self._name(table)
        picture = TablePicture(table, name, self._text("table-more"))
        rows = tuple(span for line in rows_of(table) for span in (*line, plain("\n")))[:-1]
        mark = f"📊 {self._text('table-below', name=name)}"
        self._count += 1
        self._found.append((mark, WideTable(picture, name, rows, _key(picture))))
        return (Span(mark, italic=True),), *links

    def following(self, part: RichText) -> tuple[WideTable, ...]:
        """Return the tables whose marks stand in *part*; parts are asked about in their order."""
        return tuple(self._found.pop(0)[1] for span in part if self._found and self._is_next(span))

    def _is_next(self, span: Span) -> bool:
        return span.italic and span.text == self._found[0][0]

    def _name(self, table: Table) -> str:
        """Return what a table is called: as its caption calls it, else by its number."""
        caption = shorten(one_line(table.caption), _CAPTION)
        if _NAMED.match(caption):
            return caption
        key = "table-name-captioned" if caption else "table-name"
        return self._text(key, number=self._count + 1, caption=caption)

    def _text(self, key: str, **args: str | int) -> str:
        return self._translator.text(self._language, key, **args)


def _key(picture: TablePicture) -> str:
    told = [_STYLE, stored((picture.table,)), picture.title, picture.more]
    return sha256(orjson.dumps(told)).hexdigest()


def _is_drawable(table: Table) -> bool:
    if not is_wide(table) or len(table.rows) < 2:
        return False
    lengths = (sum(len(run.text) for run in cell.text) for row in table.rows for cell in row)
    widths = (sum(cell.colspan for cell in row) for row in table.rows)
    return max(widths) <= COLUMNS and max(lengths) <= LONGEST_CELL


def _links(table: Table) -> tuple[RichText, ...]:
    """Return the links in the cells of *table*, each once."""
    found = dict(_linked(table))
    return tuple((plain("🔗 "), link(shorten(text, _CAPTION), url)) for url, text in found.items())


def _linked(table: Table) -> Iterator[tuple[str, str]]:
    for row in table.rows:
        for cell in row:
            yield from ((run.url, one_line(run.text)) for run in cell.text if run.url and run.text.strip())
