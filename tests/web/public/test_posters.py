"""QR codes of the page and of its posters, read as a telephone reads them: by a library of another hand."""

import io
import re

import pytest
import resvg_py
import zxingcpp
from PIL import Image, ImageFilter

from tests.web.public.stage import PublicStage

TOPICS = ("trong-nuoc", "quoc-te")
LEADS = {"telegram": "https://t.me/bantin_bot?start={topic}", "zalo": "https://zalo.me/123456789"}
SHARP, BLURRED = 900, 320
"""Pixels across a poster: as it is printed, and as a telephone sees it from the other side of a room."""


def drawn(svg: str, *, width: int = SHARP) -> Image.Image:
    png = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, dpi=96, background="#ffffff"))
    return Image.open(io.BytesIO(png)).convert("L")


def read(picture: Image.Image) -> list[tuple[str, str]]:
    """Return the kind and the text of each code in a picture."""
    return [(each.format.name, each.text) for each in zxingcpp.read_barcodes(picture)]


def printed(pdf: bytes) -> Image.Image:
    """Return the one picture of which a page is made."""
    (jpeg,) = re.findall(rb"stream\r?\n(\xff\xd8\xff.*?)\r?\nendstream", pdf, re.DOTALL)
    return Image.open(io.BytesIO(jpeg)).convert("L")


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("platform", LEADS)
async def test_the_code_of_a_poster_leads_to_its_topic(stage: PublicStage, platform: str, topic: str) -> None:
    svg = await stage.get(f"/tin/dang-ky/{topic}/{platform}.svg")
    pdf = await stage.get(f"/tin/dang-ky/{topic}/{platform}.pdf")

    found = [("QRCode", LEADS[platform].format(topic=topic))]
    assert [read(drawn(svg.text)), read(printed(pdf.body))] == [found, found]


async def test_a_code_is_read_from_far_and_where_a_part_of_it_is_torn_off(stage: PublicStage) -> None:
    svg = (await stage.get("/tin/dang-ky/trong-nuoc/telegram.svg")).text
    far = drawn(svg, width=BLURRED).filter(ImageFilter.GaussianBlur(0.6)).rotate(9, fillcolor=255)
    torn = drawn(svg)
    (code,) = zxingcpp.read_barcodes(torn)
    middle = code.position
    x, y = (middle.top_left.x + middle.bottom_right.x) // 2, (middle.top_left.y + middle.bottom_right.y) // 2
    side = (middle.bottom_right.x - middle.top_left.x) // 5
    torn.paste(255, (x, y, x + side, y + side))

    expected = [("QRCode", LEADS["telegram"].format(topic="trong-nuoc"))]
    assert [read(far), read(torn)] == [expected, expected]


@pytest.mark.parametrize("path", ["/tin/dang-ky", "/tin/en/dang-ky"])
async def test_every_code_of_the_page_leads_where_its_link_does(stage: PublicStage, path: str) -> None:
    page = (await stage.get(path)).text
    codes = re.findall(r"<svg[^>]*>.*?</svg>", page, re.DOTALL)

    texts = {text for code in codes for _, text in read(framed(code))}
    assert texts == {lead.format(topic=topic) for lead in LEADS.values() for topic in TOPICS}
    assert all(f'href="{text}"' in page for text in texts)


def framed(code: str) -> Image.Image:
    """Return a code of the page with the quiet zone that its styles give it."""
    xmlns = "" if "xmlns=" in code else ' xmlns="http://www.w3.org/2000/svg"'
    picture = drawn(code.replace("<svg", f"<svg{xmlns}", 1), width=400)
    whole = Image.new("L", (500, 500), 255)
    whole.paste(picture, (50, 50))
    return whole
