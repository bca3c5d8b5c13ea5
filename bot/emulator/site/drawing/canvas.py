"""A small painter of flat pictures: every shape is a list of points, filled with a colour or a gradient."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PIL import Image, ImageColor, ImageDraw, ImageFilter

Point = tuple[float, float]
Shape = list[Point]

WIDTH, HEIGHT = 1200, 675
SUPERSAMPLING = 2
"""Shapes are drawn this much larger and shrunk at the end, which smooths their edges."""


@dataclass(frozen=True, slots=True)
class Gradient:
    """Colours from top to bottom or, if *across*, from left to right of the shape that is filled."""

    colours: tuple[str, ...]
    across: bool = False


def down(*colours: str) -> Gradient:
    return Gradient(colours)


def across(*colours: str) -> Gradient:
    return Gradient(colours, across=True)


def rectangle(x: float, y: float, width: float, height: float, radius: float = 0) -> Shape:
    """Return a rectangle by its top left corner, with corners rounded by *radius*."""
    if not radius:
        return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    corners = (
        (x + width - radius, y + radius, -90),
        (x + width - radius, y + height - radius, 0),
        (x + radius, y + height - radius, 90),
        (x + radius, y + radius, 180),
    )
    return [
        point
        for cx, cy, start in corners
        for point in arc(cx, cy, radius, radius, start=start, end=start + 90, steps=12)
    ]


def ellipse(cx: float, cy: float, rx: float, ry: float | None = None) -> Shape:
    return arc(cx, cy, rx, rx if ry is None else ry, start=0, end=360, steps=96)


def arc(cx: float, cy: float, rx: float, ry: float, *, start: float, end: float, steps: int = 48) -> Shape:
    """Return points of an ellipse between two angles in degrees; 0 is right, 90 is down."""
    turn = [math.radians(start + (end - start) * step / steps) for step in range(steps + 1)]
    return [(cx + rx * math.cos(angle), cy + ry * math.sin(angle)) for angle in turn]


def curve(start: Point, *pieces: tuple[Point, Point, Point], steps: int = 24) -> Shape:
    """Return a path of cubic Bézier pieces; each piece names its two handles and its end."""
    points = [start]
    for first, second, end in pieces:
        origin = points[-1]
        for step in range(1, steps + 1):
            t, rest = step / steps, 1 - step / steps
            weights = (rest**3, 3 * rest**2 * t, 3 * rest * t**2, t**3)
            corners = (origin, first, second, end)
            points.append(
                (
                    sum(weight * corner[0] for weight, corner in zip(weights, corners, strict=True)),
                    sum(weight * corner[1] for weight, corner in zip(weights, corners, strict=True)),
                )
            )
    return points


def moved(shape: Shape, dx: float, dy: float, *, scale: float = 1, flip: bool = False) -> Shape:
    """Return *shape* scaled about the origin, mirrored if asked, then shifted."""
    sign = -1 if flip else 1
    return [(dx + sign * scale * x, dy + scale * y) for x, y in shape]


def turned(shape: Shape, degrees: float, about: Point = (0, 0)) -> Shape:
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    ox, oy = about
    return [(ox + (x - ox) * cos - (y - oy) * sin, oy + (x - ox) * sin + (y - oy) * cos) for x, y in shape]


class Canvas:
    """One picture in the making; coordinates are those of the finished 1200x675 picture."""

    def __init__(self, background: str | Gradient) -> None:
        self._image = Image.new("RGB", (WIDTH * SUPERSAMPLING, HEIGHT * SUPERSAMPLING))
        self.fill(rectangle(0, 0, WIDTH, HEIGHT), background)

    def fill(self, shape: Shape, paint: str | Gradient, *, opacity: float = 1, blur: float = 0) -> None:
        """Fill *shape*; *blur* softens its edge, for shadows and light."""
        left, top, right, bottom = self._bounds(shape, margin=3 * blur + 1)
        if right <= left or bottom <= top:
            return
        mask = Image.new("L", (right - left, bottom - top), 0)
        outline = [(x * SUPERSAMPLING - left, y * SUPERSAMPLING - top) for x, y in shape]
        ImageDraw.Draw(mask).polygon(outline, fill=round(255 * opacity))
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur * SUPERSAMPLING))
        self._image.paste(self._painted(paint, mask.size), (left, top), mask)

    def fill_all(self, shapes: Iterable[Shape], paint: str | Gradient, *, opacity: float = 1) -> None:
        for shape in shapes:
            self.fill(shape, paint, opacity=opacity)

    def glow(self, cx: float, cy: float, radius: float, colour: str, *, opacity: float = 1) -> None:
        """Lay a soft round light over the picture."""
        side = round(2 * radius * SUPERSAMPLING)
        falloff = Image.radial_gradient("L").resize((side, side), Image.Resampling.BICUBIC)
        mask = falloff.point([round(max(0.0, 1 - level / 181) ** 2 * 255 * opacity) for level in range(256)])
        corner = (round((cx - radius) * SUPERSAMPLING), round((cy - radius) * SUPERSAMPLING))
        self._image.paste(Image.new("RGB", mask.size, colour), corner, mask)

    def line(self, points: Sequence[Point], colour: str, width: float) -> None:
        """Draw a stroke with round joints and ends."""
        scaled = [(x * SUPERSAMPLING, y * SUPERSAMPLING) for x, y in points]
        pen = ImageDraw.Draw(self._image)
        pen.line(scaled, fill=colour, width=round(width * SUPERSAMPLING), joint="curve")
        for x, y in (points[0], points[-1]):
            self.fill(ellipse(x, y, width / 2), colour)

    def finished(self) -> Image.Image:
        return self._image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)

    def _bounds(self, shape: Shape, *, margin: float) -> tuple[int, int, int, int]:
        """Return the pixels that *shape* can touch, cut to the picture."""
        xs, ys = [x for x, _ in shape], [y for _, y in shape]
        return (
            max(0, math.floor((min(xs) - margin) * SUPERSAMPLING)),
            max(0, math.floor((min(ys) - margin) * SUPERSAMPLING)),
            min(self._image.width, math.ceil((max(xs) + margin) * SUPERSAMPLING)),
            min(self._image.height, math.ceil((max(ys) + margin) * SUPERSAMPLING)),
        )

    @staticmethod
    def _painted(paint: str | Gradient, size: tuple[int, int]) -> Image.Image:
        if isinstance(paint, str):
            return Image.new("RGB", size, paint)
        strip = Image.new("RGB", (len(paint.colours), 1))
        for index, colour in enumerate(paint.colours):
            strip.putpixel((index, 0), ImageColor.getrgb(colour)[:3])
        if not paint.across:
            strip = strip.transpose(Image.Transpose.ROTATE_270)
        steps = len(paint.colours)
        # Half a pixel off at both ends: the first and last colours lie exactly on the edges.
        box = (0.5, 0, steps - 0.5, 1) if paint.across else (0, 0.5, 1, steps - 0.5)
        return strip.resize(size, Image.Resampling.BILINEAR, box=box)
