"""Full texts in the HTML of rich messages: whatever they are made of, the emulator takes them."""

import random

import pytest

from bot.domain.blocks.model import (
    Blocks,
    DocumentBlock,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    PhotoBlock,
    Quotation,
    Table,
    TableCell,
    TextRun,
    plain_runs,
)
from bot.domain.chats.message import Message, WholeText, bold
from bot.domain.delivery.delivery import MessageRejected, Receipt
from bot.domain.messaging.messenger import FallbackRequest
from bot.emulator.telegram.text.rich import read_rich
from bot.messengers.telegram import TelegramMessenger
from bot.messengers.telegram.rich import rich_html
from tests.domain.blocks import generated
from tests.emulated import Emulated, private

PAGE = "https://so.example.vn/bai.html"
READ_ON = f'<p><a href="{PAGE}">Đọc tiếp</a></p>'


def whole(blocks: Blocks, *, attachments: tuple[DocumentBlock, ...] = (), photos: bool = True) -> WholeText:
    return WholeText(blocks, attachments, "2 tệp kèm theo:", PAGE, "Đọc tiếp", (), photos)


def paragraph(text: str) -> Paragraph:
    return Paragraph(plain_runs(text))


def test_each_block_has_its_place() -> None:
    cells = (TableCell(plain_runs("Phí"), header=True, colspan=2),)
    html = rich_html(
        whole(
            (
                Heading(2, plain_runs("A & B")),
                Paragraph((TextRun("đậm", bold=True), TextRun(" "), TextRun("trang", url=f"{PAGE}?a=1&b=2"))),
                PhotoBlock("https://so.example.vn/a.jpg", "Ảnh <1>"),
                ItemList((ListItem((paragraph("một"),)),), ordered=True, start=3),
                Quotation((paragraph("trích"),)),
                Table((cells,), "Bảng 1"),
            ),
            attachments=(DocumentBlock(PAGE, "Mẫu đơn", "20 kB"),),
        )
    )

    assert html == (
        "<h2>A &amp; B</h2>"
        f'<p><b>đậm</b> <a href="{PAGE}?a=1&amp;b=2">trang</a></p>'
        '<figure><img src="https://so.example.vn/a.jpg"/><figcaption>Ảnh &lt;1&gt;</figcaption></figure>'
        '<ol start="3"><li><p>một</p></li></ol>'
        "<blockquote><p>trích</p></blockquote>"
        '<table bordered striped><caption>Bảng 1</caption><tr><th colspan="2">Phí</th></tr></table>'
        "<details><summary>2 tệp kèm theo:</summary><ul>"
        f'<li><a href="{PAGE}">📎 Mẫu đơn</a> (20 kB)</li></ul></details>'
    )


def deep(levels: int) -> Blocks:
    blocks: Blocks = (paragraph("đáy"),)
    for _ in range(levels):
        blocks = (ItemList((ListItem((Quotation(blocks),)),)),)
    return blocks


ROW = (TableCell(plain_runs("ô")),)
TALL = tuple(TableCell(plain_runs("ô"), rowspan=2) for _ in range(11))


@pytest.mark.parametrize(
    ("blocks", "is_cut"),
    [
        (tuple(paragraph("từ " * 50) for _ in range(300)), True),
        (tuple(paragraph("ngắn") for _ in range(600)), True),
        ((paragraph("dài " * 20_000),), True),
        ((ItemList(tuple(ListItem((paragraph("mục"),)) for _ in range(400))),), True),
        ((Table((ROW,) * 700),), True),
        (deep(8), False),
        (tuple(PhotoBlock(PAGE) for _ in range(80)), False),
        ((Table((TALL, TALL)),), False),
    ],
)
def test_what_is_beyond_a_limit_is_cut_or_laid_out_within_it(blocks: Blocks, *, is_cut: bool) -> None:
    attachments = tuple(DocumentBlock(PAGE, "Tệp") for _ in range(20))
    html = rich_html(whole(blocks, attachments=attachments))

    assert read_rich(html).blocks
    assert (READ_ON in html) is is_cut
    assert html.endswith("</details>")


def test_a_cut_text_is_filled_as_far_as_it_goes() -> None:
    html = rich_html(whole(tuple(paragraph(f"đoạn {at:04}") for at in range(600))))

    assert 490 <= html.count("đoạn") < 500
    assert html.endswith(READ_ON)


def test_without_photos_there_are_links_to_them() -> None:
    html = rich_html(whole((PhotoBlock(PAGE, "Ảnh"),), photos=False))

    assert html == f'<p><a href="{PAGE}">🖼 Ảnh</a></p>'


def test_whatever_is_made_up_is_taken() -> None:
    chance = random.Random(20261203)

    for _ in range(150):
        blocks = generated.blocks(chance, most=chance.choice((3, 12, 80)))
        html = rich_html(whole(blocks, photos=chance.random() < 0.8))
        assert read_rich(html).blocks


@pytest.mark.parametrize("rich_messages", [True, False])
async def test_a_full_text_is_one_message_where_the_server_knows_such(
    emulated: Emulated, messenger: TelegramMessenger, *, rich_messages: bool
) -> None:
    (user,) = await emulated.subscribers(1)
    await emulated.post("limits", rich_messages=rich_messages)
    message = Message((bold("Tin"),), whole=whole((Heading(1, plain_runs("Tin")),)))

    outcome = await messenger.send(private(user), message)

    kinds = [each["kind"] for each in await emulated.outbox(user)]
    refused = MessageRejected("Not Found: method not found")
    expected = (Receipt("1"), ["rich"]) if rich_messages else (refused, [])
    assert (outcome, kinds) == expected


async def test_a_photo_that_cannot_be_fetched_becomes_a_link(
    emulated: Emulated, messenger: TelegramMessenger
) -> None:
    (user,) = await emulated.subscribers(1)
    photo = PhotoBlock("http://127.0.0.1:1/a.jpg", "Ảnh")
    asked = await messenger.send(private(user), Message((bold("Tin"),), whole=whole((photo,))))

    assert isinstance(asked, FallbackRequest)
    await messenger.send(private(user), asked.message)

    (sent,) = await emulated.outbox(user)
    assert sent["rich_message"]["blocks"] == [
        {"type": "paragraph", "text": [{"type": "url", "text": ["🖼 Ảnh"], "url": photo.url}]}
    ]
