"""Scenes of people who meet: a conference, an award, a signing, an assembly of countries."""

import math

from bot.emulator.site.drawing.canvas import Canvas, across, arc, curve, down, ellipse, rectangle
from bot.emulator.site.drawing.motifs import (
    AO_DAI_BLUE,
    AO_DAI_RED,
    BLOUSE,
    GOLD,
    SKIN,
    SUIT_GREY,
    SUIT_NAVY,
    bouquet,
    bust,
    head_from_behind,
    light_cone,
    lotus,
)

ROSES = ("#f26d7d", "#f9b4a6", "#ffe3d8")
WARM = ("#f4b942", "#ef7f5a", "#fbe1a2")


def _curtain(canvas: Canvas, x: float, width: float, *, folds: int) -> None:
    fold = width / folds
    for index in range(folds):
        canvas.fill(
            rectangle(x + index * fold, 0, fold + 1, 470), across("#7d1424", "#c02a3a", "#8e1829", "#6a0f1d")
        )
    canvas.fill(rectangle(x, 380, width, 90), down("#8e1829", "#3d0911"), opacity=0.35)


def _stage_screen(canvas: Canvas) -> None:
    canvas.fill(rectangle(268, 62, 664, 300, 8), "#04122e", opacity=0.6, blur=16)
    canvas.fill(rectangle(268, 56, 664, 300, 8), "#e9f1fb")
    canvas.fill(rectangle(278, 66, 644, 280, 4), down("#1668c1", "#2f8ae0", "#7cc0f5"))
    canvas.glow(600, 250, 300, "#dff1ff", opacity=0.75)
    canvas.fill(
        [
            *curve((278, 300), ((420, 250), (520, 340), (660, 300)), ((760, 272), (850, 280), (922, 250))),
            (922, 346),
            (278, 346),
        ],
        "#ffffff",
        opacity=0.18,
    )
    canvas.fill(
        [
            *curve((278, 322), ((400, 290), (560, 350), (700, 318)), ((800, 296), (870, 310), (922, 290))),
            (922, 346),
            (278, 346),
        ],
        "#ffffff",
        opacity=0.28,
    )
    lotus(canvas, 600, 276, 1.22, tips="#ffffff", hearts="#f7b6c4")


def _podium(canvas: Canvas, x: float) -> None:
    bust(canvas, x, 288, 0.72, SUIT_NAVY)
    canvas.fill(
        [(x - 74, 356), (x + 74, 356), (x + 60, 480), (x - 60, 480)], across("#8a5a35", "#b47a48", "#7c4f2d")
    )
    canvas.fill(rectangle(x - 82, 348, 164, 14, 5), "#d59a63")
    lotus(canvas, x, 446, 0.42, tips="#ffe8b0", hearts=GOLD)
    for side in (-20, 20):
        canvas.line([(x + side, 350), (x + side * 0.6, 318)], "#2b2f3a", 3)
        canvas.fill(ellipse(x + side * 0.6, 315, 5, 7), "#2b2f3a")


def _presidium(canvas: Canvas) -> None:
    for x, look in ((318, SUIT_GREY), (418, AO_DAI_BLUE), (518, SUIT_NAVY)):
        bust(canvas, x, 336, 0.52, look)
    canvas.fill(rectangle(258, 392, 320, 96, 4), down("#2166b5", "#123f7a"))
    canvas.fill(rectangle(250, 384, 336, 14, 5), "#f4f6fa")
    for x in (290, 362, 434, 506):
        canvas.fill(curve((x, 398), ((x + 6, 440), (x + 56, 440), (x + 62, 398))), "#ffffff", opacity=0.14)
    bouquet(canvas, 366, 380, 0.36, ROSES)
    bouquet(canvas, 470, 380, 0.36, WARM)


def conference() -> Canvas:
    """A hall: stage, screen with a lotus, speaker, presidium, and the audience from behind."""
    canvas = Canvas(down("#0a1f47", "#143a78", "#1c4d94"))
    for x in range(0, 1200, 100):
        canvas.fill(rectangle(x, 0, 2, 470), "#ffffff", opacity=0.05)
    _curtain(canvas, 0, 210, folds=5)
    _curtain(canvas, 990, 210, folds=5)
    _stage_screen(canvas)
    canvas.fill(rectangle(0, 462, 1200, 213), down("#b9814f", "#5a3a24", "#1d1714"))
    canvas.fill(rectangle(0, 458, 1200, 8), "#e0ad74")
    for x in (160, 420, 780, 1040):
        light_cone(canvas, x, 480, 150)
    _presidium(canvas)
    _podium(canvas, 838)
    for x in (232, 968):
        bouquet(canvas, x, 470, 0.8, ROSES)
    rows = ((530, 0.44, 82, "#26304b"), (574, 0.58, 108, "#1a2238"), (632, 0.78, 146, "#0f1524"))
    for row, (y, scale, gap, colour) in enumerate(rows):
        for seat in range(-1, round(1200 / gap) + 2):
            head_from_behind(
                canvas, seat * gap + (row % 2) * gap / 2 + 10, y + (seat * 7 % 3) * 3, scale, colour
            )
    return canvas


def _certificate(canvas: Canvas, x: float, y: float) -> None:
    canvas.fill(rectangle(x - 104, y - 68, 208, 150, 6), "#4a1018", opacity=0.35, blur=8)
    canvas.fill(rectangle(x - 104, y - 74, 208, 150, 6), down("#f7d887", "#c98f2c"))
    canvas.fill(rectangle(x - 92, y - 62, 184, 126, 2), down("#fffdf6", "#f6ecd6"))
    lotus(canvas, x, y - 24, 0.2, tips="#e9667c", hearts="#c0283c")
    for offset, half in ((-8, 62), (8, 50), (22, 56)):
        canvas.fill(rectangle(x - half, y + offset, half * 2, 5, 2), "#b9a88a" if offset > 0 else "#8c3a3f")
    canvas.fill(ellipse(x + 58, y + 44, 14), "#d5353f")
    canvas.fill(ellipse(x + 58, y + 44, 9), "#f08a86")


def award() -> Canvas:
    """Two people hold a certificate between them in front of a festive wall."""
    canvas = Canvas(down("#7f1423", "#b3202f", "#d9433f"))
    for index in range(24):
        ray = [(600, 330), *arc(600, 330, 900, 900, start=index * 15, end=index * 15 + 7.5, steps=2)]
        canvas.fill(ray, "#ffcf7a", opacity=0.10)
    canvas.glow(600, 320, 520, "#ffd98c", opacity=0.7)
    lotus(canvas, 600, 262, 1.5, tips="#ffe6b3", hearts="#f7b955", opacity=0.55)
    spots = (
        (90, 90, 34),
        (210, 210, 18),
        (1090, 120, 40),
        (980, 60, 20),
        (1130, 300, 22),
        (70, 330, 26),
        (300, 70, 14),
        (880, 180, 14),
    )
    for x, y, radius in spots:
        canvas.fill(ellipse(x, y, radius), "#ffe9bd", opacity=0.20)
    bust(canvas, 372, 292, 1.72, SUIT_NAVY)
    bust(canvas, 828, 306, 1.64, AO_DAI_RED)
    _certificate(canvas, 600, 470)
    arms = (
        (((292, 420), (330, 570), (500, 508)), "#22335c", 66),
        (((902, 428), (880, 576), (700, 508)), "#b92736", 60),
    )
    for points, sleeve, width in arms:
        canvas.line(curve(points[0], (points[1], points[1], points[2])), sleeve, width)
    for x in (506, 694):
        canvas.fill(ellipse(x, 506, 26, 22), SKIN)
    canvas.fill(rectangle(0, 612, 1200, 63), down("#6c0f1b", "#3b070e"))
    canvas.fill(rectangle(0, 608, 1200, 6), GOLD)
    for x in (96, 268, 932, 1104):
        bouquet(canvas, x, 622, 1.05, WARM if x in (96, 1104) else ROSES)
    return canvas


def _panels(canvas: Canvas) -> None:
    """Colour blocks that stand like flags, of no country."""
    for x, colours in ((112, ("#ffd166", "#f2935c", "#ffd166")), (962, ("#9fd6f5", "#2f7fcb", "#9fd6f5"))):
        canvas.fill(rectangle(x + 60, 60, 6, 420), "#c9a45a")
        canvas.fill(ellipse(x + 63, 56, 9), "#e8c878")
        for index, colour in enumerate(colours):
            top = 76 + index * 74
            stripe = curve((x - 40, top), ((x, top + 16), (x + 60, top - 14), (x + 166, top + 8)))
            canvas.fill([*stripe, *[(px, py + 76) for px, py in reversed(stripe)]], colour)
        canvas.fill(
            [*curve((x - 40, 76), ((x, 92), (x + 60, 62), (x + 166, 84))), (x + 166, 306), (x - 40, 298)],
            across("#000000", "#ffffff", "#000000"),
            opacity=0.08,
        )


def signing() -> Canvas:
    """Two delegations sign papers at a long table."""
    canvas = Canvas(down("#f3eee4", "#e6dccb", "#d3c4ab"))
    for x in range(30, 1200, 190):
        canvas.fill(rectangle(x, 40, 170, 400, 6), "#ffffff", opacity=0.35)
        canvas.fill(rectangle(x + 10, 50, 150, 380, 4), down("#efe6d6", "#e0d3bd"))
    canvas.fill(rectangle(300, 40, 600, 330, 10), "#7a6a50", opacity=0.35, blur=14)
    canvas.fill(rectangle(300, 34, 600, 330, 10), down("#0f4a86", "#1d74be"))
    canvas.glow(600, 220, 280, "#8cd0ff", opacity=0.55)
    for radius in (120, 165, 210):
        canvas.line(arc(600, 270, radius, radius, start=190, end=350), "#5fa9e0", 2)
    lotus(canvas, 600, 240, 1.0, tips="#ffffff", hearts="#9fd4ff")
    _panels(canvas)
    for x, scale, look in ((372, 0.92, AO_DAI_BLUE), (826, 0.92, SUIT_GREY)):
        bust(canvas, x, 236, scale, look, length=320)
    for x, look in ((480, SUIT_NAVY), (720, BLOUSE)):
        bust(canvas, x, 340, 1.12, look)
    canvas.fill(rectangle(40, 522, 1120, 160), down("#1a5f57", "#0d3b37"))
    canvas.fill(rectangle(20, 506, 1160, 26, 8), down("#fffdf8", "#e9e2d4"))
    for x in range(60, 1140, 90):
        canvas.fill(curve((x, 532), ((x + 10, 600), (x + 80, 600), (x + 90, 532))), "#ffffff", opacity=0.07)
    for x in (480, 720):
        canvas.fill([(x - 86, 512), (x - 70, 480), (x + 70, 480), (x + 86, 512)], "#8b1f2c")
        canvas.fill([(x - 76, 508), (x - 63, 484), (x + 63, 484), (x + 76, 508)], "#fffaf0")
        canvas.line([(x + 22, 500), (x + 48, 462)], "#20242e", 5)
        for side in (-1, 1):
            canvas.fill(ellipse(x + side * 58, 490, 20, 13), SKIN)
    bouquet(canvas, 600, 500, 0.95, ROSES)
    for x in (190, 1010):
        bouquet(canvas, x, 502, 0.75, WARM)
    return canvas


def _globe(canvas: Canvas, cx: float, cy: float, radius: float) -> None:
    canvas.glow(cx, cy, radius * 1.9, "#7fd0ff", opacity=0.7)
    canvas.fill(ellipse(cx, cy, radius), down("#9fe0ff", "#3a9ae0", "#1659a8"))
    for share in (0.35, 0.72):
        canvas.line(ellipse(cx, cy, radius * share, radius), "#d4f0ff", 2)
        half = radius * math.sqrt(1 - share**2)
        for side in (-1, 1):
            canvas.line(
                [(cx - half, cy + side * radius * share), (cx + half, cy + side * radius * share)],
                "#d4f0ff",
                2,
            )
    canvas.line([(cx - radius, cy), (cx + radius, cy)], "#d4f0ff", 2)
    canvas.line([(cx, cy - radius), (cx, cy + radius)], "#d4f0ff", 2)
    canvas.line(ellipse(cx, cy, radius), "#eafaff", 4)


def assembly() -> Canvas:
    """Delegates in a half circle before a globe: a meeting of many countries."""
    canvas = Canvas(down("#0c2b52", "#12467c", "#1d6aa8"))
    for index in range(13):
        canvas.fill(rectangle(index * 100 - 40, 0, 44, 420), down("#ffffff", "#7fbce8"), opacity=0.06)
    _globe(canvas, 600, 190, 140)
    for start, end, height in (
        ((250, 230), (520, 150), 40),
        ((330, 110), (680, 110), -10),
        ((950, 230), (660, 240), 60),
        ((880, 90), (560, 210), 20),
    ):
        canvas.line(curve(start, ((start[0], height), (end[0], height), end)), "#ffd98c", 3)
        for x, y in (start, end):
            canvas.fill(ellipse(x, y, 9), GOLD)
    _flags(canvas)
    _rows(canvas)
    return canvas


def _flags(canvas: Canvas) -> None:
    tones = ("#e8574f", "#f2b63c", "#2fa58d", "#ffffff", "#5b8fe0", "#f28a5b", "#8ac06a")
    for index, x in enumerate(range(60, 1200, 60)):
        if 420 < x < 780:
            continue
        canvas.fill(rectangle(x, 268, 3, 130), "#d9c48c")
        canvas.fill(
            [
                *curve((x + 3, 272), ((x + 16, 264), (x + 28, 284), (x + 42, 274))),
                (x + 38, 350),
                (x + 3, 344),
            ],
            down(tones[index % 7], tones[index % 7], tones[(index + 3) % 7], tones[(index + 3) % 7]),
        )


def _rows(canvas: Canvas) -> None:
    for row, (y, half, tone) in enumerate(
        ((420, 470, "#d9a066"), (500, 580, "#c48a52"), (596, 720, "#a86f3d"))
    ):
        scale = 0.46 + row * 0.17
        count = 9 + row
        for seat in range(count):
            angle = math.pi * (seat + 0.5) / count
            head_from_behind(
                canvas,
                600 - half * math.cos(angle),
                y - 6 - 38 * scale + 44 * (1 - math.sin(angle)) * -1,
                scale,
                ("#1f2f4d", "#2c2433", "#33415f")[seat % 3],
            )
        desk = arc(600, y - 20, half + 90, 70, start=0, end=180)
        canvas.fill(
            [*desk, *[(x, py + 44) for x, py in reversed(desk)]], across("#6f4524", tone, tone, "#6f4524")
        )
