"""What a body is made of. No markup anywhere: a run has its style, a block has its parts.

Text is on one line, composed. An address is absolute. Bounds are kept by `bounds.bounded`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Union


@dataclass(frozen=True, slots=True)
class TextRun:
    """A run of text in one style; *url* makes a link of it."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str = ""


Runs = tuple[TextRun, ...]
"""The text of one block, in order; spaces between runs stand in them."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of *level* 1 (the largest) to 6."""

    level: int
    text: Runs
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text."""

    text: Runs
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list; what follows its first paragraph may be a list inside of it."""

    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list, with bullets or *ordered*: then its first item has the number *start*."""

    items: tuple[ListItem, ...]
    ordered: bool = False
    start: int = 1
    kind: Literal["list"] = "list"


@dataclass(frozen=True, slots=True)
class Quotation:
    """What somebody else said or wrote."""

    blocks: "tuple[Block, ...]"
    kind: Literal["quotation"] = "quotation"


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell that covers so many columns and rows, itself included."""

    text: Runs
    header: bool = False
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table: in each row the cells that begin in it."""

    rows: tuple[tuple[TableCell, ...], ...]
    caption: str = ""
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class PhotoBlock:
    """A photo where it stands in the text, with its caption, which may be empty."""

    url: str
    caption: str = ""
    kind: Literal["photo"] = "photo"


class MediaKind(StrEnum):
    """What is behind the address of media; EMBED is a page of another site."""

    VIDEO = "video"
    AUDIO = "audio"
    EMBED = "embed"


@dataclass(frozen=True, slots=True)
class Media:
    """A video, a sound or a page of another site, by its address; the title may be empty."""

    url: str
    title: str = ""
    media: MediaKind = MediaKind.EMBED
    kind: Literal["media"] = "media"


@dataclass(frozen=True, slots=True)
class DocumentBlock:
    """A document that is shown in the text, by its address; *size* is as the page writes it."""

    url: str
    title: str
    size: str = ""
    kind: Literal["document"] = "document"


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page, between two parts of the text."""

    kind: Literal["rule"] = "rule"


Block = Union[  # noqa: UP007 - it is named, as text, by classes that stand above it
    Heading, Paragraph, ItemList, Quotation, Table, PhotoBlock, Media, DocumentBlock, Rule
]
Blocks = tuple[Block, ...]


def plain_runs(text: str) -> Runs:
    """Return *text* as one run without any style; none for an empty text."""
    return (TextRun(text),) if text else ()


def of_paragraphs(texts: Iterable[str]) -> Blocks:
    """Return plain paragraphs as blocks."""
    return tuple(Paragraph(plain_runs(text)) for text in texts if text)
