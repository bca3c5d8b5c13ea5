"""Blocks as messages: what each kind looks like, and that no platform refuses any of them."""

import random

import pytest

from bot.domain.blocks.bounds import bounded
from bot.domain.blocks.model import (
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
    Table,
    TableCell,
    TextRun,
    plain_runs,
)
from bot.domain.messaging.splitting import split
from bot.messengers.text import to_html
from bot.services.rendering.blocks.lines import lines_of
from tests.domain.blocks import generated
from tests.services.rendering.laying_out import TELEGRAM, faults_of, read

CASES = 180


def shown(*blocks: object, columns: bool = True) -> str:
    (text,) = split(lines_of(blocks, columns=columns), TELEGRAM)  # type: ignore[arg-type]
    return to_html(text) if columns else "".join(span.text for span in text)


def said(text: str) -> Paragraph:
    return Paragraph(plain_runs(text))


def row(*cells: str, header: bool = False) -> tuple[TableCell, ...]:
    return tuple(TableCell(plain_runs(cell), header) for cell in cells)


def test_headings_lists_and_quotations_read_as_on_paper() -> None:
    inner = ItemList((ListItem((said("Con"),)),), ordered=True, start=4)

    text = shown(
        Heading(2, plain_runs("I. Mở đầu")),
        ItemList((ListItem((said("Một"), inner)), ListItem((said("Hai"), said("thêm"))))),
        Quotation((said("Lời."),)),
        Rule(),
    )

    assert text == ("<b>I. Mở đầu</b>\n\n• Một\n    4. Con\n• Hai\n  thêm\n\n❝ Lời.\n\n⸻")


def test_a_narrow_table_stands_in_columns_and_a_wide_one_in_rows() -> None:
    narrow = Table((row("Loại", "Số", header=True), row("Sáng chế", "12")), "Bảng 1")
    wide = Table((row("Loại", "Ghi chú", header=True), row("Sáng chế", "dài " * 15)))

    assert shown(narrow) == "<b>Bảng 1</b>\n<code>Loại      Số\nSáng chế  12</code>"
    assert shown(wide) == f"▫️ <i>Loại: </i>Sáng chế; <i>Ghi chú: </i>{'dài ' * 15}"
    assert shown(narrow, columns=False) == "Bảng 1\n▫️ Loại: Sáng chế; Số: 12"


def test_a_narrow_table_with_links_keeps_them() -> None:
    form = TableCell((TextRun("Mẫu 1", url="https://so.example.vn/1.docx"),))

    assert '<a href="https://so.example.vn/1.docx">Mẫu 1</a>' in shown(Table((row("Tên", "Tải"), (form,))))


def test_a_cell_of_several_rows_stands_in_each() -> None:
    tall = TableCell(plain_runs("Sáng chế"), rowspan=2)
    table = Table((row("Loại", "Số", header=True), (tall, *row("12")), row("13")))

    assert shown(table, columns=False).splitlines()[1] == "▫️ Loại: Sáng chế; Số: 13"


def test_what_is_shown_elsewhere_has_its_address() -> None:
    text = shown(
        PhotoBlock("https://so.example.vn/a.jpg", "Ảnh"),
        Media("https://so.example.vn/v.mp4", "", MediaKind.VIDEO),
        DocumentBlock("https://so.example.vn/a.pdf", "Quyết định", "1 MB"),
        Paragraph((TextRun("xem "), TextRun("đây", bold=True, url="https://so.example.vn/x"))),
    )

    assert text == (
        '<a href="https://so.example.vn/a.jpg">🖼 Ảnh</a>\n\n'
        '<a href="https://so.example.vn/v.mp4">🎬 so.example.vn</a>\n\n'
        '<a href="https://so.example.vn/a.pdf">📎 Quyết định</a> (1 MB)'
        '\n\nxem <a href="https://so.example.vn/x"><b>đây</b></a>'
    )


@pytest.mark.parametrize("seed", range(60))
def test_no_platform_refuses_any_layout(seed: int) -> None:
    blocks = bounded(generated.blocks(random.Random(seed), most=20))

    assert faults_of(blocks) == []


def test_no_platform_refuses_what_is_read_of_damaged_texts() -> None:
    found = {number: blocks for number in range(CASES) if (blocks := read(number)) is not None}

    assert {number: wrong for number, blocks in found.items() if (wrong := faults_of(blocks))} == {}
    assert sum(map(bool, found.values())) > CASES // 2
