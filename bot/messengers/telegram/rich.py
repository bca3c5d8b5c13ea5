"""An article in full in the HTML of rich messages, within their limits.

Bot API, rich message limits: 32,768 characters of text, 500 blocks (nested ones, items and rows as well),
16 levels of blocks and formatting, 50 media, 20 columns. What goes beyond is cut between two blocks, and a
link to the article's page follows. Where it is not said how something is counted, it is counted as more.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape

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
    TextRun,
)
from bot.domain.blocks.plain import CELL_BREAK, text_of_runs
from bot.domain.chats.message import WholeText
from bot.domain.text.text import encodable, shorten

TEXT = 32_768
BLOCKS = 500
DEPTH = 16
MEDIA = 50
COLUMNS = 20

_STYLES = 3
"""Levels of formatting: a link, bold and italic may stand in one another."""
_LONGEST = 8_000
"""Code points of a paragraph that is cut within, where it does not fit; a shorter one is left out whole."""
_ATTACHMENTS = 50
_TITLE = 300
_SIGNS = {MediaKind.VIDEO: "🎬", MediaKind.AUDIO: "🎧", MediaKind.EMBED: "🔗"}


def rich_html(whole: WholeText) -> str:
    """Return *whole* as the HTML of one rich message, which is within every limit."""
    tail = _RichWriter(_RichRoom(photos=whole.photos))
    listed = whole.attachments[:_ATTACHMENTS]
    if listed:
        tail.details(whole.attachments_title, listed)
    read_on = _link(whole.read_on, whole.page) if whole.page else escape("…")
    room = tail.room
    room.take(blocks=1, text=len(whole.read_on))
    body = _RichWriter(room)
    body.blocks(whole.blocks, depth=0)
    if body.is_cut or len(listed) < len(whole.attachments):
        body.parts.append(f"<p>{read_on}</p>")
    return encodable("".join((*body.parts, *tail.parts)))


@dataclass(slots=True)
class _RichRoom:
    """What may still come."""

    text: int = TEXT
    blocks: int = BLOCKS
    media: int = MEDIA
    photos: bool = True

    def take(self, *, blocks: int = 0, text: int = 0) -> bool:
        """Take so much, or say that there is not so much left."""
        if blocks > self.blocks or text > self.text:
            return False
        self.blocks -= blocks
        self.text -= text
        return True


class _RichWriter:
    """Writes blocks into *parts* until one has no room; what follows it is left out, and it *is_cut*."""

    def __init__(self, room: _RichRoom) -> None:
        self.room = room
        self.parts: list[str] = []
        self.is_cut = False

    def details(self, title: str, documents: Iterable[DocumentBlock]) -> None:
        lines = [_document(each) for each in documents]
        text = sum(len(text_of_runs(line)) for line in lines)
        self.room.take(blocks=3 + 2 * len(lines), text=len(title) + text)
        items = "".join(f"<li>{_runs(line)}</li>" for line in lines)
        self.parts.append(f"<details><summary>{escape(title)}</summary><ul>{items}</ul></details>")

    def blocks(self, blocks: Iterable[Block], *, depth: int) -> None:
        for block in blocks:
            if self.is_cut:
                return
            self._block(block, depth)

    def _block(self, block: Block, depth: int) -> None:
        match block:
            case ItemList():
                self._list(block, depth)
            case Quotation():
                self._quotation(block, depth)
            case Table():
                self._table(block, depth)
            case PhotoBlock():
                self._photo(block, depth)
            case Rule():
                self._put("<hr/>", blocks=1)
            case Heading():
                self._text(f"h{block.level}", block.text)
            case _:
                self._text("p", _words(block))

    def _put(self, html: str, *, blocks: int, text: int = 0) -> None:
        if self.room.take(blocks=blocks, text=text):
            self.parts.append(html)
        else:
            self.is_cut = True

    def _text(self, tag: str, runs: Runs) -> None:
        """Write one line of text; a very long one that does not fit is cut within its words."""
        length = len(text_of_runs(runs))
        if length > _LONGEST and self.room.text < length:
            self._put(f"<{tag}>{_runs(_first(runs, self.room.text))}</{tag}>", blocks=1, text=self.room.text)
            self.is_cut = True
        elif text_of_runs(runs).strip():
            self._put(f"<{tag}>{_runs(runs)}</{tag}>", blocks=1, text=length)

    def _around(self, begin: str, end: str) -> "_Around":
        return _Around(self, begin, end)

    def _list(self, block: ItemList, depth: int) -> None:
        if not _has_room(depth, own=2):
            for item in block.items:
                self.blocks(item.blocks, depth=depth)
            return
        start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
        tag = "ol" if block.ordered else "ul"
        if not self.room.take(blocks=1):
            self.is_cut = True
            return
        with self._around(f"<{tag}{start}>", f"</{tag}>"):
            for item in block.items:
                if self.is_cut or not self.room.take(blocks=1):
                    self.is_cut = True
                    break
                with self._around("<li>", "</li>"):
                    self.blocks(item.blocks, depth=depth + 2)

    def _quotation(self, block: Quotation, depth: int) -> None:
        if not _has_room(depth, own=1):
            self.blocks(block.blocks, depth=depth)
        elif self.room.take(blocks=1):
            with self._around("<blockquote>", "</blockquote>"):
                self.blocks(block.blocks, depth=depth + 1)
        else:
            self.is_cut = True

    def _photo(self, block: PhotoBlock, depth: int) -> None:
        caption = block.caption
        if depth or not self.room.photos or self.room.media < 1:
            label = f"🖼 {caption or _host(block.url)}"
            self._text("p", (TextRun(label, url=block.url),))
            return
        below = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
        self._put(f'<figure><img src="{escape(block.url)}"/>{below}</figure>', blocks=2, text=len(caption))
        self.room.media -= 1

    def _table(self, table: Table, depth: int) -> None:
        if _width(table) > COLUMNS or not _has_room(depth, own=2):
            for row in table.rows:
                self._text("p", tuple(_in_a_line(row)))
            return
        if not self.room.take(blocks=1, text=len(table.caption)):
            self.is_cut = True
            return
        with self._around("<table bordered striped>", "</table>"):
            above = len(self.parts)
            for number, row in enumerate(table.rows):
                text = sum(len(text_of_runs(cell.text)) for cell in row)
                if not self.room.take(blocks=1, text=text):
                    self.is_cut = True
                    break
                left = len(table.rows) - number
                self.parts.append(f"<tr>{''.join(_cell(cell, left) for cell in row)}</tr>")
            if table.caption and len(self.parts) > above:
                self.parts.insert(above, f"<caption>{escape(table.caption)}</caption>")


class _Around:
    """Puts a tag around what is written; where nothing is, there is no tag either."""

    def __init__(self, writer: _RichWriter, begin: str, end: str) -> None:
        self._writer, self._begin, self._end = writer, begin, end

    def __enter__(self) -> None:
        self._at = len(self._writer.parts)

    def __exit__(self, *_: object) -> None:
        parts = self._writer.parts
        if len(parts) > self._at:
            parts[self._at :] = (self._begin + "".join(parts[self._at :]) + self._end,)


def _has_room(depth: int, *, own: int) -> bool:
    """Say whether *own* levels, and a line with formatting in them, are still possible at *depth*."""
    return depth + own + 1 + _STYLES <= DEPTH


def _width(table: Table) -> int:
    """Return how many columns *table* has at most: its widest row, with what reaches into it from above."""
    widest, held = 0, list[tuple[int, int]]()
    for row in table.rows:
        reaching = [(rows - 1, columns) for rows, columns in held if rows > 1]
        widest = max(widest, sum(cell.colspan for cell in row) + sum(columns for _, columns in reaching))
        held = reaching + [(cell.rowspan, cell.colspan) for cell in row]
    return widest


def _words(block: Block) -> Runs:
    match block:
        case Paragraph():
            return block.text
        case DocumentBlock():
            return _document(block)
        case Media():
            return (TextRun(f"{_SIGNS[block.media]} {block.title or _host(block.url)}", url=block.url),)
        case _:
            return ()


def _document(block: DocumentBlock) -> Runs:
    name = TextRun(f"📎 {shorten(block.title, _TITLE)}", url=block.url)
    return (name, TextRun(f" ({shorten(block.size, _TITLE)})")) if block.size else (name,)


def _in_a_line(row: tuple[TableCell, ...]) -> Iterator[TextRun]:
    for at, cell in enumerate(row):
        if at:
            yield TextRun(CELL_BREAK)
        yield from cell.text


def _cell(cell: TableCell, rows_left: int) -> str:
    tag = "th" if cell.header else "td"
    tall = min(cell.rowspan, rows_left)
    wide = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    high = f' rowspan="{tall}"' if tall > 1 else ""
    return f"<{tag}{wide}{high}>{_runs(cell.text)}</{tag}>"


def _runs(runs: Runs) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: TextRun) -> str:
    html = escape(run.text, quote=False)
    if not run.text.strip():
        return html
    if run.bold:
        html = f"<b>{html}</b>"
    if run.italic:
        html = f"<i>{html}</i>"
    return f'<a href="{escape(run.url)}">{html}</a>' if run.url else html


def _link(text: str, url: str) -> str:
    return _run(TextRun(text, url=url))


def _first(runs: Runs, most: int) -> Runs:
    """Return the beginning of *runs*, of at most *most* code points."""
    kept: list[TextRun] = []
    for run in runs:
        if len(run.text) >= most:
            return (*kept, replace(run, text=shorten(run.text, most))) if most > 0 else tuple(kept)
        kept.append(run)
        most -= len(run.text)
    return tuple(kept)


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0]
