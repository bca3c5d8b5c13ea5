"""The model of a body: what is stored comes back, whatever is read stays in bounds, and no word is lost."""

import json
import random
from dataclasses import replace

import pytest

from bot.domain.blocks import bounds, codec
from bot.domain.blocks.bounds import bounded
from bot.domain.blocks.model import (
    Blocks,
    Heading,
    ItemList,
    ListItem,
    Media,
    Paragraph,
    PhotoBlock,
    Quotation,
    Table,
    TableCell,
    TextRun,
    of_paragraphs,
    plain_runs,
)
from bot.domain.blocks.plain import lines
from bot.domain.news.article import Article
from tests.domain.blocks import generated

WORD = Paragraph(plain_runs("chữ"))


@pytest.mark.parametrize("seed", range(40))
def test_what_is_stored_comes_back_as_it_was(seed: int) -> None:
    blocks = bounded(generated.blocks(random.Random(seed)))

    stored = json.loads(json.dumps(codec.stored(blocks)))

    assert codec.restored(stored) == blocks
    assert bounded(blocks) == blocks


def test_an_article_without_blocks_is_laid_out_as_its_paragraphs() -> None:
    article = Article("https://so.example.vn/1", "Tin", body=("Một.", "Hai."))

    assert article.layout == of_paragraphs(("Một.", "Hai."))
    assert replace(article, blocks=(Heading(2, plain_runs("I")),)).layout == (Heading(2, plain_runs("I")),)
    assert codec.stored(()) is None


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "x",
        {"version": 1},
        {"version": 1, "blocks": {"kind": "rule"}},
        {"version": 1, "blocks": [None, 1, [], {}, {"kind": "hologram"}, {"kind": "heading"}]},
        {"version": 1, "blocks": [{"kind": "photo", "url": "javascript:alert(1)"}, {"kind": "table"}]},
        {"version": 1, "blocks": [{"kind": "list", "items": [[{"kind": "list", "items": 3}], 1]}]},
    ],
)
def test_what_is_no_block_is_left_out(data: object) -> None:
    assert codec.restored(data) == ()


def test_a_kind_of_a_later_version_is_a_paragraph_where_it_has_text() -> None:
    later = {"version": 9, "blocks": [{"kind": "verse", "text": [{"text": "Một", "bold": True, "ink": 3}]}]}

    assert codec.restored(later) == (Paragraph((TextRun("Một", bold=True),)),)


def test_what_stands_too_deep_stands_less_deep_and_keeps_its_words() -> None:
    deep: Blocks = (WORD,)
    for at in range(40):
        deep = (Quotation(deep),) if at % 2 else (ItemList((ListItem(deep),)),)

    kept = bounded(deep)

    assert [*lines(kept)] == ["chữ"]
    assert _depth(kept) <= bounds.DEPTH


def test_a_giant_is_cut_at_its_end() -> None:
    wide = Table(
        tuple(tuple(TableCell(plain_runs("ô"), colspan=900) for _ in range(900)) for _ in range(900))
    )
    many = Paragraph(tuple(TextRun(f"{at} ", bold=at % 2 == 0) for at in range(3_000)))
    long = of_paragraphs(["dài " * 30_000] * 4)

    table, paragraph = bounded((wide,))[0], bounded((many,))[0]

    assert isinstance(table, Table)
    assert isinstance(paragraph, Paragraph)
    assert all(sum(cell.colspan for cell in row) <= bounds.COLUMNS for row in table.rows)
    assert sum(map(len, table.rows)) <= bounds.CELLS
    assert len(paragraph.text) == bounds.RUNS
    assert "".join(run.text for run in paragraph.text) == "".join(run.text for run in many.text)
    assert sum(map(len, lines(bounded(long)))) <= bounds.TEXT
    assert len(bounded(of_paragraphs(["x"] * 9_000))) == bounds.BLOCKS


def test_what_leads_nowhere_is_no_link_and_shows_nothing() -> None:
    blocks = (
        Paragraph((TextRun("bấm", url="javascript:alert(1)"), TextRun("\0vào\nđây"))),
        PhotoBlock("data:image/png;base64,AAAA"),
        Media("file:///etc/passwd"),
    )

    assert bounded(blocks) == (Paragraph((TextRun("bấm"), TextRun(" vào đây"))),)


def _depth(blocks: Blocks) -> int:
    inner = [_depth(block.blocks) for block in blocks if isinstance(block, Quotation)]
    inner += [_depth(item.blocks) for block in blocks if isinstance(block, ItemList) for item in block.items]
    return 1 + max(inner) if inner else 0
