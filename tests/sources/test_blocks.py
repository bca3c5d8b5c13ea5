"""How a text is laid out: pages written to break the reading of headings, lists, tables and media."""

import pytest

from bot.domain.blocks import codec
from bot.domain.blocks.bounds import BLOCKS, bounded
from bot.domain.blocks.model import (
    Blocks,
    DocumentBlock,
    Heading,
    ItemList,
    Media,
    MediaKind,
    Paragraph,
    PhotoBlock,
    Quotation,
    Rule,
    Table,
    TextRun,
    plain_runs,
)
from bot.domain.blocks.plain import lines, text_of_runs
from bot.sources.blocks.fragments import text_of_html_body

BASE = "https://so.example.vn/tin/1.html"


def laid_out(html: str) -> Blocks:
    return text_of_html_body(html, base=BASE)[1]


def test_a_paragraph_has_its_styles_and_links() -> None:
    html = (
        '<p>Một <b>đậm</b>, <em>nghiêng</em>, xem <a href="/x.html#a">tại <b>đây</b></a> '
        '<a href="#top">lên</a>.</p>'
    )

    assert laid_out(html) == (
        Paragraph(
            (
                TextRun("Một "),
                TextRun("đậm", bold=True),
                TextRun(", "),
                TextRun("nghiêng", italic=True),
                TextRun(", xem "),
                TextRun("tại ", url="https://so.example.vn/x.html#a"),
                TextRun("đây ", bold=True, url="https://so.example.vn/x.html#a"),
                TextRun("lên."),
            )
        ),
    )


def test_lists_are_nested_numbered_and_hold_more_than_lines() -> None:
    html = (
        "<ul><li>Một<ul><li>Con</li></ul></li><li><p>Hai</p><p>thêm</p></li></ul>"
        "<ol start='3'><li>Ba</li><li value='9'>Bốn</li></ol><li>lẻ</li>"
    )

    first, second, _ = laid_out(html)

    assert isinstance(first, ItemList)
    assert isinstance(second, ItemList)
    assert [[block.kind for block in item.blocks] for item in first.items] == [
        ["paragraph", "list"],
        ["paragraph", "paragraph"],
    ]
    assert (second.ordered, second.start, len(second.items)) == (True, 3, 2)


def test_a_table_has_its_head_its_spans_and_its_caption() -> None:
    html = (
        "<table><caption>Bảng 1</caption><tr><td><b>Loại</b></td><td><b>Số đơn</b></td></tr>"
        "<tr><td rowspan=2>Sáng chế</td><td>12</td></tr><tr><td></td></tr><tr><td colspan=x>13</td></tr>"
        "</table>"
    )

    (table,) = laid_out(html)

    assert isinstance(table, Table)
    assert table.caption == "Bảng 1"
    assert [[cell.header for cell in row] for row in table.rows] == [[True, True], [False, False], [False]]
    assert [*lines((table,))] == ["Bảng 1", "Loại | Số đơn", "Sáng chế | 12", "13"]


def test_a_table_of_long_cells_is_one_though_its_text_is_read_as_paragraphs() -> None:
    long = "Nộp hồ sơ tại bộ phận một cửa của Sở. " * 20
    head = "<tr><th>Bước</th><th>Việc</th></tr>"
    html = f"<table>{head}<tr><td>1</td><td><p>{long}</p><p>Hai</p></td></tr></table>"

    (table,) = laid_out(html)

    assert isinstance(table, Table)
    assert [[text_of_runs(cell.text) for cell in row] for row in table.rows][1] == [
        "1",
        f"{long.strip()} Hai",
    ]


def test_media_and_documents_stand_where_they_stood_and_apparatus_does_not() -> None:
    html = (
        "<p>Đoạn một của bài.</p><iframe src='//www.youtube.com/embed/abcdefghij' title='Phim'></iframe>"
        "<p>Đoạn <audio src=/a.mp3></audio>hai.</p><video><source src='/v.mp4'></video><hr>"
        "<iframe src='https://docs.google.com/gview?url=https%3A%2F%2Fa.vn%2Fqd.pdf'></iframe>"
        "<figure class=media><oembed url='https://vimeo.com/1'></oembed></figure>"
        "<iframe src='https://www.googletagmanager.com/ns.html'></iframe>"
        "<iframe width=1 height=1 src=/x></iframe>"
        "<iframe src='javascript:alert(1)'></iframe><iframe></iframe>"
        "<div style='display:none'><video src=/h.mp4></video></div><p>Đoạn cuối.</p>"
    )

    assert laid_out(html) == (
        Paragraph(plain_runs("Đoạn một của bài.")),
        Media("https://www.youtube.com/watch?v=abcdefghij", "Phim", MediaKind.VIDEO),
        Paragraph(plain_runs("Đoạn hai.")),
        Media("https://so.example.vn/a.mp3", "", MediaKind.AUDIO),
        Media("https://so.example.vn/v.mp4", "", MediaKind.VIDEO),
        Rule(),
        DocumentBlock("https://a.vn/qd.pdf", "qd.pdf"),
        Media("https://vimeo.com/1", "", MediaKind.VIDEO),
        Paragraph(plain_runs("Đoạn cuối.")),
    )


def test_photos_headings_and_quotations_stand_where_they_stood() -> None:
    html = (
        "<h3>I. <b>Mở đầu</b></h3><p>Chữ.</p><figure><img src=/a.jpg><figcaption>Ảnh</figcaption></figure>"
        "<blockquote><p>Lời</p><h4>Trong</h4></blockquote><img src=/a.jpg>"
        "<p>Hết.</p>"
    )

    assert laid_out(html) == (
        Heading(3, plain_runs("I. Mở đầu")),
        Paragraph(plain_runs("Chữ.")),
        PhotoBlock("https://so.example.vn/a.jpg", "Ảnh"),
        Quotation((Paragraph(plain_runs("Lời")), Heading(4, plain_runs("Trong")))),
        Paragraph(plain_runs("Hết.")),
    )


def test_what_is_paragraphs_alone_needs_no_blocks() -> None:
    assert text_of_html_body("<p>Một.</p><p>Hai.</p>", base=BASE) == (("Một.", "Hai."), ())


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td><td>d</td></tr></table>",
        "<table><td>a<td>b<tr><li>c<td>d",
        "<ul>chữ<li><ul><li><ol><li>x</ol></ul>",
        "<li><li><blockquote><table><tr><th>x<th>y<tr><td><h2>z</h2><td>t",
        "<h1><h2><p>x</h1></h2><table><tr><td>a<td><video src=/v.mp4></video>b</table>",
        "<b>" * 300 + "x" + "<ul><li>" * 300 + "y",
        "<blockquote>" * 400 + "sâu",
    ],
)
def test_no_word_of_broken_markup_is_lost_or_said_twice(html: str) -> None:
    body, blocks = text_of_html_body(html, base=BASE)

    said = " ".join(lines(blocks)) if blocks else " ".join(body)
    assert sorted(said.replace("|", " ").split()) == sorted(" ".join(body).replace("|", " ").split())
    assert codec.restored(codec.stored(blocks)) or not blocks


GIANTS = {
    "one table": "<table>" + "<tr>" + "<td>ô <b>đậm</b></td>" * 20 + "</tr>",
    "one paragraph of many runs": "<p>" + "chữ <b>đậm</b> <i>ng</i> <a href=/x>l</a> " * 50,
    "lists in lists": "<ul><li>x" * 30 + "</li></ul>" * 30,
}


@pytest.mark.parametrize("name", GIANTS)
def test_a_giant_is_read_within_bounds(name: str) -> None:
    blocks = laid_out(GIANTS[name] * (60_000 // len(GIANTS[name].encode())))

    assert len(blocks) <= BLOCKS
    assert bounded(bounded(blocks)) == bounded(blocks) != ()
