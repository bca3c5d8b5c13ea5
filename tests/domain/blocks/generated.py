"""Blocks made by chance, of every kind and inside one another."""

import random

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

_WORDS = (
    "Sở", "hữu", "trí tuệ", "đăng ký", "Điều 1.", "16/08/2017", "a < b & c", "«»", "👩\u200d🔬", "x" * 70,
    "|", "```", "</pre>", "1.", "\u200f", "_*[]()~`>#+-=|{}.!", "$", "— ", "<b>", "&amp;",
)  # fmt: skip
_URLS = (
    "https://so.example.vn/a.pdf",
    "http://so.example.vn/?a=1&b='\"<2>",
    "https://so.example.vn/" + "a" * 900,
)


def runs(chance: random.Random) -> Runs:
    return tuple(
        TextRun(
            " ".join(chance.choices(_WORDS, k=chance.randint(1, 12))),
            chance.random() < 0.3,
            chance.random() < 0.2,
            chance.choice(_URLS) if chance.random() < 0.2 else "",
        )
        for _ in range(chance.randint(1, 5))
    )


def blocks(chance: random.Random, *, depth: int = 0, most: int = 8) -> Blocks:
    return tuple(_block(chance, depth) for _ in range(chance.randint(1, most)))


def _block(chance: random.Random, depth: int) -> Block:
    kinds = [_text, _text, table, _shown]
    return chance.choice(kinds + ([_list, _quotation] if depth < 4 else []))(chance, depth)


def _text(chance: random.Random, _: int) -> Block:
    return chance.choice((Heading(chance.randint(1, 6), runs(chance)), Paragraph(runs(chance))))


def _list(chance: random.Random, depth: int) -> Block:
    items = (ListItem(blocks(chance, depth=depth + 1, most=3)) for _ in range(chance.randint(1, 5)))
    return ItemList(tuple(items), chance.random() < 0.5, chance.randint(-3, 2_000))


def _quotation(chance: random.Random, depth: int) -> Block:
    return Quotation(blocks(chance, depth=depth + 1, most=3))


def _shown(chance: random.Random, _: int) -> Block:
    url = chance.choice(_URLS)
    return chance.choice(
        (
            PhotoBlock(url, " ".join(chance.choices(_WORDS, k=3))),
            Media(url, chance.choice(_WORDS), chance.choice(list(MediaKind))),
            DocumentBlock(url, "Quyết định số 65/2023/NĐ-CP", "1,2 MB"),
            Rule(),
        )
    )


def table(chance: random.Random, _: int = 0) -> Table:
    columns, tall = chance.randint(1, 7), chance.randint(1, 9)
    rows = tuple(
        tuple(
            TableCell(
                runs(chance) if chance.random() < 0.8 else (),
                header=not row or chance.random() < 0.1,
                colspan=chance.choice((1, 1, 1, 2)),
                rowspan=chance.choice((1, 1, 1, 3)),
            )
            for _ in range(columns)
        )
        for row in range(tall)
    )
    return Table(rows, chance.choice(("", "Bảng 1. Lệ phí")))
