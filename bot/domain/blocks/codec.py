"""Blocks as data for JSON, as they are stored, exported and shown to programs.

Reading is tolerant: what a later version has added is left out where it has no text, and is a paragraph where
it has.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from bot.domain.blocks.bounds import bounded
from bot.domain.blocks.model import (
    Block,
    Blocks,
    DocumentBlock,
    Heading,
    ItemList,
    ListItem,
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

VERSION = 1
_DEEPEST = 50
_KINDS = (
    Heading, Paragraph, ItemList, ListItem, Quotation, Table, TableCell, PhotoBlock, Media, DocumentBlock,
    Rule, TextRun,
)  # fmt: skip
_PARTS: dict[type, tuple[tuple[str, Any], ...]] = {
    kind: tuple(
        sorted(((each.name, each.default) for each in fields(kind)), key=lambda part: part[0] != "kind")
    )
    for kind in _KINDS
}
"""The names and usual values of what makes up a part of a block, its kind first."""

Data = dict[str, Any]


def stored(blocks: Blocks) -> Data | None:
    """Return *blocks* as they are stored, with the version of their form; None for none."""
    return {"version": VERSION, "blocks": written(blocks)} if blocks else None


def restored(data: object) -> Blocks:
    """Return what `stored` made *data* of, within bounds; none where it is something else."""
    listed = data.get("blocks") if isinstance(data, Mapping) else None
    return read(listed)


def written(blocks: Iterable[Block]) -> list[Data]:
    """Return *blocks* as a list of objects, each with its `kind`."""
    return [_written(block) for block in blocks]


def read(listed: object) -> Blocks:
    """Return the blocks that `written` made a list of, within bounds."""
    return bounded(_read_all(listed, 0))


def _written(value: Any) -> Any:
    """Return *value*, a part of a block, as data; what is as usual is left out, but for the kind."""
    if isinstance(value, tuple):
        return [_written(each) for each in value]
    if (parts := _PARTS.get(type(value))) is None:
        return value
    data: dict[str, Any] = {}
    for name, usual in parts:
        part = getattr(value, name)
        if name == "kind" or part != usual:
            data[name] = _written(part) if isinstance(part, tuple) else part
    return data


def _read_all(listed: object, depth: int) -> Iterator[Block]:
    for data in listed if isinstance(listed, list) and depth <= _DEEPEST else ():
        if isinstance(data, Mapping) and (block := _read(data, depth)):
            yield block


def _read(data: Mapping[str, Any], depth: int) -> Block | None:
    if reader := _READERS.get(_text(data.get("kind"))):
        return reader(data, depth)
    text = _read_runs(data.get("text"))
    return Paragraph(text) if text else None


def _read_list(data: Mapping[str, Any], depth: int) -> ItemList:
    items = data.get("items")
    read_items = [
        ListItem(tuple(_read_all(item.get("blocks"), depth + 1)))
        for item in (items if isinstance(items, list) else ())
        if isinstance(item, Mapping)
    ]
    return ItemList(tuple(read_items), data.get("ordered") is True, _number(data.get("start"), 1))


def _read_table(data: Mapping[str, Any], _: int) -> Table:
    rows = data.get("rows")
    read_rows = (
        tuple(_read_cell(cell) for cell in row if isinstance(cell, Mapping))
        for row in (rows if isinstance(rows, list) else ())
        if isinstance(row, list)
    )
    return Table(tuple(read_rows), _text(data.get("caption")))


def _read_media(data: Mapping[str, Any], _: int) -> Media:
    known = data.get("media") in tuple(MediaKind)
    media = MediaKind(data["media"]) if known else MediaKind.EMBED
    return Media(_text(data.get("url")), _text(data.get("title")), media)


def _read_document(data: Mapping[str, Any], _: int) -> DocumentBlock:
    return DocumentBlock(_text(data.get("url")), _text(data.get("title")), _text(data.get("size")))


def _read_cell(data: Mapping[str, Any]) -> TableCell:
    return TableCell(
        _read_runs(data.get("text")),
        data.get("header") is True,
        _number(data.get("colspan"), 1),
        _number(data.get("rowspan"), 1),
    )


def _read_runs(listed: object) -> Runs:
    if isinstance(listed, str):
        return (TextRun(listed),) if listed else ()
    return tuple(
        TextRun(
            _text(each.get("text")),
            each.get("bold") is True,
            each.get("italic") is True,
            _text(each.get("url")),
        )
        for each in (listed if isinstance(listed, list) else ())
        if isinstance(each, Mapping) and _text(each.get("text"))
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object, otherwise: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else otherwise


_READERS: dict[str, Callable[[Mapping[str, Any], int], Block]] = {
    "heading": lambda data, _: Heading(
        min(max(_number(data.get("level"), 2), 1), 6), _read_runs(data.get("text"))
    ),
    "paragraph": lambda data, _: Paragraph(_read_runs(data.get("text"))),
    "list": _read_list,
    "quotation": lambda data, depth: Quotation(tuple(_read_all(data.get("blocks"), depth + 1))),
    "table": _read_table,
    "photo": lambda data, _: PhotoBlock(_text(data.get("url")), _text(data.get("caption"))),
    "media": _read_media,
    "document": _read_document,
    "rule": lambda _data, _depth: Rule(),
}
