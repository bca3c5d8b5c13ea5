"""Rows of label and value that state a document's fields: "Số ký hiệu: …", "Ngày ban hành | …"."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from bot.domain.news.documents.dates import date_in
from bot.domain.text.document_number import number_in
from bot.domain.text.text import fold


class Field(StrEnum):
    """What a label names."""

    NUMBER = "number"
    KIND = "kind"
    ISSUER = "issuer"
    SIGNER = "signer"
    ISSUED = "issued"
    EFFECTIVE = "effective"


_LABELS = {
    Field.NUMBER: (
        "so ky hieu", "so/ky hieu", "so, ky hieu", "so va ky hieu", "so hieu", "so hieu van ban",
        "so van ban",
        "so ky hieu van ban",
    ),
    Field.KIND: ("loai van ban", "hinh thuc van ban", "ten loai van ban", "the loai van ban"),
    Field.ISSUER: (
        "co quan ban hanh", "don vi ban hanh", "noi ban hanh", "co quan ban hanh van ban",
        "co quan/don vi ban hanh",
    ),
    Field.SIGNER: ("nguoi ky", "nguoi ky van ban", "nguoi ky ban hanh"),
    Field.ISSUED: ("ngay ban hanh", "ngay ky", "ngay van ban", "ngay ky ban hanh"),
    Field.EFFECTIVE: (
        "ngay hieu luc", "ngay co hieu luc", "ngay bat dau hieu luc", "hieu luc tu ngay",
        "co hieu luc tu ngay",
        "hieu luc tu", "ngay hieu luc thi hanh", "ngay co hieu luc thi hanh",
    ),
}  # fmt: skip
_FIELDS = {label: field for field, labels in _LABELS.items() for label in labels}
_READERS = {Field.NUMBER: number_in, Field.ISSUED: date_in, Field.EFFECTIVE: date_in}

Labelled = Mapping[Field, str]


def labelled(paragraphs: Sequence[str]) -> Labelled | None:
    """Return what the labels among *paragraphs* state; None where they speak of more than one document."""
    found: dict[Field, str] = {}
    for field, value in _rows(paragraphs):
        if field is Field.NUMBER and number_in(value) is None:
            return None
        if fold(found.setdefault(field, value)) != fold(value):
            return None
    return found


def _rows(paragraphs: Sequence[str]) -> Iterator[tuple[Field, str]]:
    waiting: Field | None = None
    for paragraph in paragraphs:
        if waiting and _is_value(waiting, paragraph):
            yield waiting, paragraph.strip(" .;")
            waiting = None
            continue
        waiting = _label(paragraph)
        if waiting is None:
            yield from _in_one(paragraph)


def _in_one(paragraph: str) -> Iterator[tuple[Field, str]]:
    """Yield the labels and values of one paragraph: cells of a row, or parts that semicolons divide."""
    if " | " in paragraph:
        cells = paragraph.split(" | ")
        heads = [_label(cell) for cell in cells]
        if len([each for each in heads if each]) > len(cells) // 2:
            return  # It is the head of a table.
        for field, value in zip(heads, cells[1:], strict=False):
            if field and _label(value) is None and value.strip(" .…-"):
                yield field, value.strip(" .;")
        if any(heads):
            return
        paragraph = cells[0] if len(cells) == 1 else paragraph
    parts = [_parted(part) for part in paragraph.split(";")]
    if not all(parts):
        parts = [_parted(paragraph)]
    yield from filter(None, parts)


def _parted(text: str) -> tuple[Field, str] | None:
    label, colon, value = text.partition(":")
    field = _label(label) if colon else None
    value = value.strip(" .;")
    return (field, value) if field and value.strip("….- ") else None


def _label(text: str) -> Field | None:
    return _FIELDS.get(fold(text.strip(" :*•-–"))) if len(text) < 40 else None


def _is_value(field: Field, text: str) -> bool:
    """Return whether *text* is what may follow a label that stands on a line of its own."""
    if _label(text) or ":" in text:
        return False
    read = _READERS.get(field)
    return read is None or read(text.strip(" .;")) is not None
