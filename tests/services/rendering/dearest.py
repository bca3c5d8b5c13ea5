"""The articles that are dearest to show: each is one limit of the model, filled."""

from collections.abc import Callable

from bot.domain.blocks import bounds
from bot.domain.blocks.model import (
    Block,
    Blocks,
    ItemList,
    ListItem,
    Paragraph,
    PhotoBlock,
    Table,
    TableCell,
    TextRun,
    plain_runs,
)
from bot.domain.blocks.plain import lines
from bot.domain.news.article import Article, Attachment, Photo

_WORDS = "Sở Khoa học và Công nghệ tổ chức hội nghị sơ kết công tác "
_SITE = "https://so.example.vn"


def _paragraphs(count: int) -> list[Block]:
    return [Paragraph(plain_runs(_WORDS * 2)) for _ in range(count)]


def _one_long(count: int) -> list[Block]:
    return [Paragraph(plain_runs(_WORDS * 2 * count))]


def _runs(count: int) -> list[Block]:
    def run(at: int) -> TextRun:
        return TextRun(f"họp {at} ", at % 2 > 0, at % 3 > 0, "" if at % 4 else f"{_SITE}/{at}")

    return [Paragraph(tuple(map(run, range(10)))) for _ in range(count)]


def _table(columns: int) -> Callable[[int], list[Block]]:
    def table(count: int) -> list[Block]:
        rows = bounds.CELLS * count // (bounds.BLOCKS * columns)
        cells = tuple(TableCell(plain_runs(f"Ô {at} giá trị"), header=False) for at in range(columns))
        return [Table((cells,) * rows)]

    return table


def _tables(count: int) -> list[Block]:
    rows = tuple(tuple(TableCell(plain_runs(f"Ô {row}{at}")) for at in range(3)) for row in range(5))
    return [Table(rows) for _ in range(count // 6)]


def _lists(count: int) -> list[Block]:
    def nested(depth: int) -> Blocks:
        line = Paragraph(plain_runs(_WORDS))
        return (ItemList((ListItem((line, *nested(depth - 1))),)),) if depth else ()

    return [block for _ in range(count // (3 * bounds.DEPTH)) for block in nested(bounds.DEPTH)]


def _photos(count: int) -> list[Block]:
    return [PhotoBlock(f"{_SITE}/{at}.jpg", _WORDS) for at in range(count)]


SHAPES: dict[str, Callable[[int], list[Block]]] = {
    "paragraphs": _paragraphs,
    "one long paragraph": _one_long,
    "styles and links": _runs,
    "a narrow table": _table(3),
    "a wide table": _table(bounds.COLUMNS),
    "many tables": _tables,
    "nested lists": _lists,
    "photos": _photos,
}


def dearest(shape: str, *, share: float = 1.0) -> Article:
    """Return the article of a *shape* of SHAPES that has so much of what an article may have."""
    blocks = bounds.bounded(SHAPES[shape](int(bounds.BLOCKS * share)))
    return Article(
        f"{_SITE}/tin/{list(SHAPES).index(shape)}",
        f"Hội nghị sơ kết {shape}",
        "Tóm tắt, mà văn bản không nói.",
        tuple(lines(blocks)),
        tuple(Photo(f"{_SITE}/anh/{at}.jpg", _WORDS) for at in range(int(100 * share))),
        attachments=tuple(Attachment(f"{_SITE}/{at}.pdf", _WORDS) for at in range(int(50 * share))),
        blocks=blocks,
    )
