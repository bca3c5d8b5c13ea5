"""One picture of several charts. It is drawn in a worker process, which takes a second and some memory."""

# ruff: noqa: PLC0415 - the libraries are wanted seldom

import base64
import io
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from bot.domain.chats.message import NewPhoto
from bot.services.figures.charts import FAINT, FONT, HEIGHT, INK, WIDTH, Chart, svg
from bot.services.rendering.fonts import BOLD, REGULAR

_HEAD = 132
_FOOT = 20
_QUALITY = 90
_PRINTED_QUALITY = 95
_POINTS = 200.0
_A4_WIDTH = round(210 / 25.4 * _POINTS)


@dataclass(frozen=True, slots=True)
class FiguresPicture:
    """Charts below one another, under a *title* and a line that says of what they are."""

    title: str
    subtitle: str
    charts: tuple[Chart, ...]


Draw = Callable[[FiguresPicture], Awaitable[NewPhoto | None]]
"""Draws a picture elsewhere than in this process; None if that cannot be, which has been logged."""


def drawn(picture: FiguresPicture) -> str:
    """Return *picture* as a JPEG in base64: what a worker process hands over is text."""
    from PIL import Image

    jpeg = io.BytesIO()
    with Image.open(io.BytesIO(_png(_page(picture)))) as image:
        image.convert("RGB").save(jpeg, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
    return base64.b64encode(jpeg.getvalue()).decode()


def drawn_pdf(svg_document: str) -> str:
    """Return an SVG document as a page of A4 in PDF, in base64: 200 points an inch, as office printers do."""
    from PIL import Image

    pdf = io.BytesIO()
    with Image.open(io.BytesIO(_png(svg_document, width=_A4_WIDTH))) as image:
        image.convert("RGB").save(pdf, "PDF", resolution=_POINTS, quality=_PRINTED_QUALITY)
    return base64.b64encode(pdf.getvalue()).decode()


def _png(document: str, **options: Any) -> bytes:
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=document,
            skip_system_fonts=True,
            font_files=[str(BOLD), str(REGULAR)],
            sans_serif_family=FONT,
            background="#ffffff",
            **options,
        )
    )


def _page(picture: FiguresPicture) -> str:
    """Return the SVG document of the whole picture."""
    height = _HEAD + len(picture.charts) * HEIGHT + _FOOT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}">',
        f'<rect width="{WIDTH}" height="10" fill="#0b5cad"/>',
        _line(picture.title, 66, size=34, weight="bold", colour=INK),
        _line(picture.subtitle, 106, size=20, weight="normal", colour=FAINT),
    ]
    for number, chart in enumerate(picture.charts):
        parts.append(f'<g transform="translate(0 {_HEAD + number * HEIGHT})">{svg(chart)}</g>')
    return "".join([*parts, "</svg>"])


def _line(text: str, y: int, *, size: int, weight: str, colour: str) -> str:
    return (
        f'<text x="32" y="{y}" font-family="{FONT}" font-size="{size}" font-weight="{weight}"'
        f' fill="{colour}">{escape(text)}</text>'
    )
