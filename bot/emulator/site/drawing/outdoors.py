"""Scenes of the country: a seaside city, tea hills, an old pavilion in its pond."""

import math

from bot.emulator.site.drawing.canvas import (
    Canvas,
    Shape,
    across,
    arc,
    curve,
    down,
    ellipse,
    moved,
    rectangle,
)
from bot.emulator.site.drawing.motifs import GOLD, lotus

HORIZON = 440


def _towers(canvas: Canvas, towers: tuple[tuple[float, float, float], ...], top: str, foot: str) -> None:
    for x, width, height in towers:
        canvas.fill(rectangle(x, HORIZON - height, width, height), down(top, foot))


def _lit_windows(canvas: Canvas, x: float, width: float, height: float) -> None:
    for row in range(int(height // 18) - 1):
        for column in range(int(width // 14)):
            if (row * 5 + column * 3 + int(x)) % 4:
                canvas.fill(
                    rectangle(x + 5 + column * 14, HORIZON - height + 12 + row * 18, 6, 8),
                    "#ffe3a6",
                    opacity=0.75,
                )


def _bridge(canvas: Canvas) -> None:
    canvas.fill(rectangle(0, 428, 470, 9), "#5a3560")
    for tower in (120, 330):
        canvas.fill([(tower - 7, 442), (tower - 3, 262), (tower + 3, 262), (tower + 7, 442)], "#5a3560")
        for reach in range(18, 112, 15):
            for side in (-1, 1):
                canvas.line([(tower, 270 + reach * 0.22), (tower + side * reach, 430)], "#7d4f7f", 1.4)


def _lotus_pond(canvas: Canvas) -> None:
    for x, y, rx, tone in (
        (150, 620, 120, "#1f6f63"),
        (330, 650, 140, "#2b8574"),
        (960, 640, 150, "#1f6f63"),
        (1120, 606, 110, "#2b8574"),
        (760, 668, 120, "#2b8574"),
        (540, 676, 110, "#1f6f63"),
    ):
        canvas.fill(ellipse(x, y, rx, rx * 0.24), down(tone, "#0f4744"))
        for angle in range(0, 360, 45):
            end = (
                x + rx * 0.92 * math.cos(math.radians(angle)),
                y + rx * 0.21 * math.sin(math.radians(angle)),
            )
            canvas.line([(x, y), end], "#4fa58f", 1.5)
    for x, y, scale in ((236, 628, 1.0), (1040, 622, 0.92), (846, 656, 0.6), (84, 640, 0.5)):
        canvas.fill(ellipse(x, y + 4, 70 * scale, 12 * scale), "#0a3040", opacity=0.4)
        lotus(canvas, x, y, scale, tips="#ff9db5", hearts="#ffe3e6")


def _skyline(canvas: Canvas) -> None:
    _towers(
        canvas,
        (
            (500, 46, 130),
            (556, 40, 170),
            (612, 56, 110),
            (690, 38, 150),
            (880, 50, 150),
            (940, 44, 120),
            (1000, 60, 190),
            (1080, 46, 140),
            (1140, 60, 110),
        ),
        "#8d4a86",
        "#c26a7e",
    )
    front = (
        (480, 60, 90),
        (548, 44, 210),
        (600, 66, 150),
        (676, 50, 116),
        (820, 56, 130),
        (884, 48, 246),
        (940, 70, 170),
        (1018, 52, 126),
        (1078, 60, 200),
        (1146, 54, 150),
    )
    _towers(canvas, front, "#4a2c66", "#7a4274")
    for x, width, height in front:
        _lit_windows(canvas, x, width, height)
    canvas.fill([(884, 194), (932, 194), (908, 140)], "#4a2c66")


def seaside_city() -> Canvas:
    """A skyline over the water at sunset, lotus flowers in front."""
    canvas = Canvas(down("#3a2a72", "#8a4b96", "#e8776f", "#ffc27a", "#ffe2a4", "#ffe2a4"))
    canvas.glow(760, 400, 420, "#fff0b8", opacity=0.9)
    canvas.fill(ellipse(760, 392, 58), "#fff6d2")
    for y, width, x in ((120, 260, 180), (170, 180, 520), (96, 220, 900), (214, 140, 300)):
        canvas.fill(rectangle(x, y, width, 12, 6), "#ffd9c4", opacity=0.35)
        canvas.fill(rectangle(x + 50, y + 16, width * 0.6, 9, 4), "#ffd9c4", opacity=0.25)
    canvas.fill(
        curve((0, HORIZON), ((120, 300), (240, 330), (360, 400)), ((480, 340), (640, 360), (720, HORIZON))),
        down("#a7588c", "#d97a80"),
    )
    canvas.fill(
        [*curve((640, HORIZON), ((820, 330), (1000, 350), (1200, 300))), (1200, HORIZON)],
        down("#b25f8a", "#e28a80"),
    )
    _skyline(canvas)
    _bridge(canvas)
    canvas.fill(rectangle(0, HORIZON, 1200, 235), down("#f0a07c", "#a85d86", "#3f3570", "#1c2a52"))
    for index in range(16):
        half = 130 - index * 5 + (index * 29 % 40)
        canvas.fill(
            rectangle(760 - half, HORIZON + 8 + index * 10, half * 2, 3, 1),
            "#fff0bd",
            opacity=0.55 - index * 0.03,
        )
    _lotus_pond(canvas)
    return canvas


def _hill(height: float, swell: float, shift: float) -> Shape:
    crest = [
        (x, height + swell * math.sin(x / 190 + shift) + swell * 0.4 * math.sin(x / 71 + shift))
        for x in range(0, 1201, 10)
    ]
    return [*crest, (1200, 675), (0, 675)]


def _farmer(canvas: Canvas, x: float, y: float, scale: float, coat: str) -> None:
    canvas.fill(
        moved(
            curve((-30, 74), ((-30, 20), (-20, 6), (0, 4)), ((20, 6), (30, 20), (30, 74))), x, y, scale=scale
        ),
        coat,
    )
    canvas.fill(moved(ellipse(0, -6, 15, 18), x, y, scale=scale), "#e3b18c")
    canvas.fill(moved([(-40, -6), (0, -44), (40, -6), (0, 2)], x, y, scale=scale), down("#fbe9bd", "#d8b36c"))
    canvas.fill(moved(rectangle(22, 34, 40, 40, 8), x, y, scale=scale), down("#c08a4e", "#8d5f30"))
    canvas.fill(moved(ellipse(42, 34, 20, 7), x, y, scale=scale), "#6db45c")


def tea_hills() -> Canvas:
    """Tea rows on morning hills, with people who pick."""
    canvas = Canvas(down("#8fd3f0", "#cdeef7", "#fff4d0"))
    canvas.glow(880, 180, 330, "#fff7cf", opacity=1)
    canvas.fill(ellipse(880, 176, 54), "#fffbe4")
    for x, y in ((150, 90), (430, 140), (1010, 80)):
        for dx, dy, radius in ((0, 0, 30), (36, -14, 36), (76, 0, 28)):
            canvas.fill(
                [(px, min(y + 16, py)) for px, py in ellipse(x + dx, y + dy, radius)], "#ffffff", opacity=0.85
            )
    for height, swell, shift, top, foot in (
        (300, 46, 0.4, "#a9d3cf", "#cfe8d6"),
        (350, 40, 2.1, "#7fbf9f", "#b5dcae"),
    ):
        canvas.fill(_hill(height, swell, shift), down(top, foot))
    hills = (
        (410, 34, 4.0, "#5fae6c", "#8fcb72"),
        (480, 30, 1.0, "#3f9658", "#74ba5e"),
        (568, 26, 3.1, "#2c7f4b", "#5aa651"),
    )
    for index, (height, swell, shift, top, foot) in enumerate(hills):
        canvas.fill(_hill(height, swell, shift), down(top, foot))
        for row in range(1, 9):
            crest = _hill(height + row * (13 + index * 5), swell * (1 - row * 0.05), shift + row * 0.05)[:-2]
            canvas.line(crest, ("#8fcf7c", "#64b061", "#418f4e")[index], 2.5 + index + row * 0.35)
    for x, y, scale, coat in (
        (250, 470, 0.62, "#c2584c"),
        (480, 520, 0.8, "#4b6fae"),
        (910, 500, 0.72, "#b5477a"),
        (760, 580, 1.05, "#c2584c"),
    ):
        _farmer(canvas, x, y, scale, coat)
    return canvas


def _roof(canvas: Canvas, y: float, half: float, rise: float) -> None:
    edge = curve(
        (600 - half, y - 16), ((600 - half * 0.7, y + 14), (600 + half * 0.7, y + 14), (600 + half, y - 16))
    )
    slope = curve(
        (600 + half, y - 16),
        ((600 + half * 0.72, y - 8), (600 + half * 0.62, y - rise * 0.5), (600 + half * 0.55, y - rise)),
    )
    back = [(1200 - x, py) for x, py in reversed(slope)]
    canvas.fill([*edge, *slope, *back], down("#a2503a", "#7a3527"))
    for index in range(-9, 10):
        foot = 600 + index * half * 0.1
        canvas.line(
            [(600 + index * half * 0.058, y - rise + 4), (foot, y + 3 - abs(index) * 1.2)], "#8c4230", 2
        )
    canvas.line(edge, "#d6a06a", 5)


def _gate(canvas: Canvas) -> None:
    for x in (462, 700):
        canvas.fill(rectangle(x, 300, 38, 200), across("#f2d9b4", "#fff1d8", "#d9b78a"))
    canvas.fill(rectangle(500, 320, 200, 180), down("#f8dfb2", "#e9b98a"))
    canvas.fill(
        [(530, 500), (530, 400), *arc(600, 400, 70, 60, start=180, end=360), (670, 500)],
        down("#ffe9c9", "#f2c795"),
    )
    canvas.fill(rectangle(446, 286, 308, 18, 4), "#e6c294")
    canvas.fill(rectangle(486, 176, 228, 110), across("#a3312c", "#c8473a", "#9a2c28"))
    for x in (486, 704):
        canvas.fill(rectangle(x, 176, 10, 110), "#7a211e")
    canvas.fill(rectangle(478, 272, 244, 14, 3), "#d9823f")
    for angle in range(0, 360, 30):
        end = (600 + 54 * math.cos(math.radians(angle)), 230 + 54 * math.sin(math.radians(angle)))
        canvas.line([(600, 230), end], GOLD, 4)
    canvas.fill(ellipse(600, 230, 40), GOLD)
    canvas.fill(ellipse(600, 230, 33), down("#fff3d0", "#ffd98a"))
    _roof(canvas, 178, 176, 56)
    _roof(canvas, 112, 128, 56)
    canvas.fill(rectangle(526, 50, 148, 9, 4), "#d6a06a")


def pavilion() -> Canvas:
    """An old brick pavilion with a round window, mirrored in a lotus pond."""
    canvas = Canvas(down("#ffd9a0", "#ffe9c4", "#fdf4df"))
    canvas.glow(600, 230, 420, "#fff8e0", opacity=0.9)
    for x, y, radius in (
        (60, 330, 150),
        (230, 390, 110),
        (1140, 330, 160),
        (970, 390, 110),
        (350, 430, 70),
        (850, 430, 70),
    ):
        canvas.fill(ellipse(x, y, radius), down("#6fae7c", "#35795a"))
        canvas.fill(ellipse(x - radius * 0.2, y - radius * 0.25, radius * 0.55), "#a7d08c", opacity=0.35)
    canvas.fill(rectangle(0, 430, 1200, 70), down("#d98e63", "#b4694a"))
    for x in range(0, 1200, 60):
        canvas.fill(rectangle(x, 430, 2, 70), "#8c4a35", opacity=0.4)
    canvas.fill(rectangle(0, 424, 1200, 12), "#eab98a")
    _gate(canvas)
    canvas.fill(rectangle(0, 500, 1200, 175), down("#e8a878", "#5d8f86", "#23605f"))
    canvas.fill([(462, 500), (738, 500), (716, 640), (484, 640)], down("#f2cf9f", "#7fa08c"), opacity=0.45)
    for y, x, width in ((530, 300, 180), (556, 760, 220), (592, 120, 160), (612, 620, 240)):
        canvas.fill(rectangle(x, y, width, 3, 1), "#fff1d6", opacity=0.5)
    for x, y, scale in ((170, 612, 0.95), (1010, 620, 1.0), (330, 652, 0.6), (880, 660, 0.55)):
        canvas.fill(ellipse(x, y + 6, 120 * scale, 24 * scale), down("#3f9a74", "#1d6350"))
        lotus(canvas, x, y, scale, tips="#ff8fab", hearts="#ffe6ea")
    return canvas
