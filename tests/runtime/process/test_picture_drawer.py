"""Pictures of figures are drawn elsewhere, with every letter of Vietnamese."""

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import AsyncIterator

import pytest
from PIL import Image

from bot.runtime.process.picture_drawer import PictureDrawer
from bot.services.figures.charts import Chart, Series, svg
from bot.services.figures.picture import FiguresPicture

LETTERS = "ạảãâầấậẩẫăằắặẳẵẹẻẽêềếệểễịỉĩọỏõôồốộổỗơờớợởỡụủũưừứựửữỳỵỷỹđĐ"


def chart(title: str = "Tin mỗi ngày", values: tuple[int, ...] = (3, 0, 1_204)) -> Chart:
    labels = tuple(f"{day:02}/11" for day in range(1, len(values) + 1))
    return Chart(title, labels, (Series("Đã gửi", values, "#0b5cad"),), ".")


@pytest.fixture
async def drawer() -> AsyncIterator[PictureDrawer]:
    drawer = PictureDrawer()
    yield drawer
    await drawer.close()


async def pixels(drawer: PictureDrawer, title: str) -> bytes:
    photo = await drawer.draw(FiguresPicture(title, "", ()))
    assert photo is not None
    with Image.open(io.BytesIO(photo.content)) as image:
        return image.convert("L").crop((0, 20, 1200, 90)).tobytes()


async def test_a_picture_is_a_jpeg_of_all_its_charts(drawer: PictureDrawer) -> None:
    photo = await drawer.draw(FiguresPicture("Số liệu", "Cục Sở hữu trí tuệ", (chart(), chart())))

    assert photo is not None
    with Image.open(io.BytesIO(photo.content)) as image:
        assert (image.format, image.size) == ("JPEG", (1200, 952))
    assert len(photo.content) < 200_000


async def test_every_letter_of_vietnamese_is_drawn_and_none_as_another(drawer: PictureDrawer) -> None:
    """What a font lacks is drawn as one and the same box, or not at all."""
    lacking = await pixels(drawer, "\u4e2d")
    drawn = [await pixels(drawer, letter) for letter in LETTERS]

    assert lacking not in drawn
    assert len(set(drawn)) == len(LETTERS)


async def test_a_title_is_no_markup(drawer: PictureDrawer) -> None:
    assert await drawer.draw(FiguresPicture("A < B & C", "<script>", (chart("<b>&"),))) is not None


async def test_what_cannot_be_drawn_is_no_picture(drawer: PictureDrawer) -> None:
    broken = chart("Tin", values=(1, 2))

    assert await drawer.draw(FiguresPicture("\x00", "", (broken,))) is None


def test_a_chart_is_an_svg_without_scripts() -> None:
    drawn = svg(chart())

    tree = ET.fromstring(drawn)
    assert (tree.get("width"), tree.get("height")) == ("1200", "400")
    assert "<script" not in drawn
    assert not re.search(r"(?:href|src)=\"http", drawn)
    assert "1.204" in drawn or "1.200" in drawn
