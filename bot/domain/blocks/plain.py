"""The words of blocks, without their styles: what is searched, compared and read aloud."""

from collections.abc import Iterable, Iterator

from bot.domain.blocks.model import (
    Block,
    DocumentBlock,
    Heading,
    ItemList,
    Media,
    Paragraph,
    PhotoBlock,
    Quotation,
    Runs,
    Table,
)

CELL_BREAK = " | "


def text_of_runs(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def lines(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the words of *blocks* in order: a line for each paragraph, item, row, caption and title."""
    for block in blocks:
        yield from filter(None, _lines(block))


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading() | Paragraph():
            yield text_of_runs(block.text)
        case ItemList():
            for item in block.items:
                yield from lines(item.blocks)
        case Quotation():
            yield from lines(block.blocks)
        case Table():
            yield block.caption
            for row in block.rows:
                yield CELL_BREAK.join(filter(None, (text_of_runs(cell.text) for cell in row)))
        case PhotoBlock():
            yield block.caption
        case Media() | DocumentBlock():
            yield block.title
