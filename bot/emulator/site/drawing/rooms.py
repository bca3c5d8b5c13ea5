"""Scenes of quiet work: a reading room, and a desk at which an application is filed online."""

from bot.emulator.site.drawing.canvas import Canvas, across, arc, curve, down, ellipse, moved, rectangle
from bot.emulator.site.drawing.motifs import BLOUSE, SKIN, bust, lotus

BOOKS = ("#c8574a", "#e2a04a", "#3f7f8c", "#5b6fa8", "#8a5b7a", "#d9c7a3", "#4d8a66", "#a8443c", "#2f4d6b")


def _shelves(canvas: Canvas, left: float, right: float) -> None:
    canvas.fill(rectangle(left, 30, right - left, 500), across("#5d3a22", "#7a4e2e", "#5d3a22"))
    for level in range(5):
        base = 120 + level * 98
        canvas.fill(rectangle(left + 12, base - 84, right - left - 24, 84), down("#2c1a10", "#432a1a"))
        x, index = left + 16.0, level * 5
        while x < right - 34:
            width, height = 15 + index * 37 % 13, 54 + index * 23 % 24
            colour = BOOKS[index * 7 % len(BOOKS)]
            canvas.fill(rectangle(x, base - height, width, height, 2), colour)
            canvas.fill(rectangle(x + 3, base - height + 10, width - 6, 4), "#fff1cf", opacity=0.65)
            x += width + (12 if index % 9 == 4 else 1.5)
            index += 1
        canvas.fill(rectangle(left + 6, base, right - left - 12, 12), "#8f5f3a")


def _window(canvas: Canvas) -> None:
    frame = [*arc(600, 190, 150, 150, start=180, end=360), (750, 480), (450, 480)]
    canvas.fill([(600 + (x - 600) * 1.1, 190 + (y - 190) * 1.07) for x, y in frame], "#8f6a48")
    canvas.fill(frame, down("#8fd0f2", "#d8f0fb", "#fdf3d7"))
    canvas.glow(660, 210, 150, "#fffbe6", opacity=0.9)
    for x, y, radius in ((470, 430, 70), (560, 460, 80), (660, 450, 70), (735, 430, 60)):
        canvas.fill(
            [(px, min(480, py)) for px, py in ellipse(max(450 + radius, min(750 - radius, x)), y, radius)],
            down("#7fb069", "#4d8a5b"),
        )
    for x in (525, 600, 675):
        canvas.fill(rectangle(x - 3, 40, 6, 440), "#8f6a48")
    canvas.fill(rectangle(450, 250, 300, 7), "#8f6a48")


def library() -> Canvas:
    """A reading room: shelves, a tall window, a reader at a lit table."""
    canvas = Canvas(down("#f1dfc1", "#e6cda3"))
    _window(canvas)
    _shelves(canvas, -20, 390)
    _shelves(canvas, 810, 1220)
    canvas.fill(rectangle(0, 526, 1200, 149), down("#9b6c45", "#6b4529"))
    canvas.fill([(450, 526), (750, 526), (860, 675), (340, 675)], "#ffe9b8", opacity=0.25)
    bust(canvas, 560, 396, 0.98, BLOUSE, length=176)
    canvas.fill(rectangle(250, 560, 700, 34, 10), down("#7d4b2a", "#5d351c"))
    canvas.fill(rectangle(300, 590, 26, 85), "#4a2a16")
    canvas.fill(rectangle(874, 590, 26, 85), "#4a2a16")
    for side in (-1, 1):
        page = [(560, 566), (560 + side * 110, 556), (560 + side * 96, 516), (560, 528)]
        canvas.fill(
            [(float(px), float(py)) for px, py in page],
            across("#ffffff", "#efe6d2") if side > 0 else across("#efe6d2", "#ffffff"),
        )
        for offset in (0.25, 0.5, 0.75):
            canvas.line(
                [(560 + side * 16, 562 - offset * 34), (560 + side * 88, 555 - offset * 34)], "#cdbf9f", 2
            )
        canvas.fill(ellipse(560 + side * 104, 544, 18, 14), SKIN)
    canvas.glow(790, 500, 240, "#ffe7a3", opacity=0.8)
    canvas.fill(rectangle(784, 470, 10, 88), "#3b6b52")
    canvas.fill(rectangle(752, 550, 74, 12, 6), "#3b6b52")
    canvas.fill([(742, 476), (836, 476), (812, 420), (766, 420)], down("#4fa37c", "#2d7358"))
    for index, colour in enumerate(("#c8574a", "#3f7f8c", "#e2a04a")):
        canvas.fill(rectangle(320 + index * 6, 542 - index * 19, 118 - index * 10, 19, 3), colour)
    return canvas


def _dashboard(canvas: Canvas) -> None:
    canvas.fill(rectangle(400, 150, 470, 306, 10), down("#fafcff", "#e8f0fa"))
    canvas.fill(rectangle(400, 150, 470, 38, 10), "#1d6fc0")
    canvas.fill(rectangle(400, 176, 470, 12), "#1d6fc0")
    lotus(canvas, 426, 182, 0.17, tips="#ffffff", hearts="#cfe6fb")
    for x in (700, 752, 804):
        canvas.fill(rectangle(x, 164, 38, 9, 4), "#8fc2ee")
    canvas.fill(rectangle(418, 204, 128, 236, 6), "#ffffff")
    for row in range(6):
        canvas.fill(ellipse(438, 228 + row * 36, 9), ("#2f8ae0", "#f2a65a", "#46b389")[row % 3])
        canvas.fill(rectangle(456, 223 + row * 36, 74 - row % 3 * 14, 9, 4), "#cbd9e8")
    canvas.fill(rectangle(560, 204, 292, 132, 6), "#ffffff")
    for index, height in enumerate((34, 52, 44, 70, 62, 86, 98)):
        canvas.fill(rectangle(578 + index * 38, 326 - height, 24, height, 4), down("#5cb0f2", "#1d6fc0"))
    canvas.fill(rectangle(560, 348, 140, 92, 6), "#ffffff")
    canvas.fill(ellipse(630, 394, 36), "#dce8f5")
    canvas.fill([(630, 394), *arc(630, 394, 36, 36, start=-90, end=170)], "#46b389")
    canvas.fill(ellipse(630, 394, 20), "#ffffff")
    canvas.fill(rectangle(712, 348, 140, 92, 6), "#ffffff")
    canvas.fill(ellipse(782, 384, 24), "#46b389")
    canvas.line([(771, 385), (779, 393), (794, 375)], "#ffffff", 6)
    canvas.fill(rectangle(740, 418, 84, 9, 4), "#cbd9e8")


def online_service() -> Canvas:
    """A desk with a computer on which an application is filed online."""
    canvas = Canvas(down("#e3f1fb", "#c9e2f5", "#f5efe4"))
    canvas.fill(rectangle(60, 50, 230, 330, 6), "#ffffff")
    canvas.fill(rectangle(72, 62, 206, 306), down("#a9dcf7", "#e9f8ff"))
    for x, height in ((72, 90), (112, 150), (160, 116), (204, 190), (244, 130)):
        canvas.fill(rectangle(x, 368 - height, 34, height), down("#7fb6dc", "#a8d2ec"))
    canvas.fill(rectangle(171, 62, 8, 306), "#ffffff")
    canvas.fill(rectangle(980, 110, 150, 12, 3), "#b98a5c")
    for index, colour in enumerate(("#e2766a", "#4d9a8a", "#f0b95b", "#5b6fa8", "#d9c7a3")):
        canvas.fill(rectangle(992 + index * 25, 46 + index % 2 * 8, 22, 64 - index % 2 * 8, 2), colour)
    canvas.fill(rectangle(380, 142, 510, 372, 18), "#5b7896", opacity=0.35, blur=16)
    canvas.fill(rectangle(380, 130, 510, 346, 16), "#22324a")
    _dashboard(canvas)
    canvas.fill([(590, 476), (680, 476), (694, 548), (576, 548)], down("#b9c6d4", "#8fa1b5"))
    canvas.fill(rectangle(0, 548, 1200, 127), down("#d8a56e", "#a8733f"))
    canvas.fill(rectangle(0, 544, 1200, 8), "#edc594")
    canvas.fill(rectangle(540, 540, 190, 12, 6), "#9fb0c2")
    canvas.fill([(480, 574), (790, 574), (820, 628), (450, 628)], down("#f7fafd", "#d5dee8"))
    for row in range(3):
        for key in range(11):
            canvas.fill(rectangle(486 + key * 27 - row * 4, 580 + row * 15, 21 + row, 10, 3), "#bccad8")
    _desk_things(canvas)
    return canvas


def _desk_things(canvas: Canvas) -> None:
    canvas.fill([(108, 500), (236, 500), (222, 602), (122, 602)], across("#e07a5f", "#f2a184", "#d46a50"))
    for angle, reach in ((-52, 150), (-28, 200), (0, 226), (26, 190), (50, 146)):
        tip = (172 + angle * 2.1, 500 - reach)
        side = 26
        canvas.fill(
            curve(
                (172, 504),
                ((172 - side, 450), (tip[0] - side, tip[1] + 60), tip),
                ((tip[0] + side, tip[1] + 60), (172 + side, 450), (172, 504)),
            ),
            down("#5fb37a", "#2f7d55"),
        )
    canvas.fill(moved(rectangle(0, 0, 84, 92, 10), 960, 524), across("#ffffff", "#e6edf4"))
    canvas.line(arc(1044, 566, 24, 24, start=-80, end=80), "#e6edf4", 10)
    lotus(canvas, 1002, 596, 0.3, tips="#f29bb0", hearts="#d9536f")
    canvas.fill(rectangle(880, 596, 62, 22, 10), "#f4f7fa")
    canvas.fill(rectangle(1072, 590, 110, 16, 3), "#3f7f8c")
    canvas.fill(rectangle(1080, 574, 96, 16, 3), "#e2a04a")
