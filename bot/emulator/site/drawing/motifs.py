"""What several scenes share: people, lotus flowers, bouquets, light."""

from dataclasses import dataclass

from bot.emulator.site.drawing.canvas import (
    Canvas,
    Gradient,
    Shape,
    curve,
    down,
    ellipse,
    moved,
    rectangle,
    turned,
)

SKIN = "#f0c4a0"
HAIR = "#241c22"
GOLD = "#f4c95d"


@dataclass(frozen=True, slots=True)
class Look:
    """How a person is dressed: *long_hair* and a collar make the difference at this size."""

    jacket: str | Gradient
    shirt: str = "#ffffff"
    tie: str | None = "#b3262e"
    long_hair: bool = False
    hair: str = HAIR
    skin: str = SKIN


SUIT_NAVY = Look(jacket=down("#2b3f6b", "#1b2a4e"))
SUIT_GREY = Look(jacket=down("#59647a", "#3d465a"), tie="#2a6fb5")
AO_DAI_RED = Look(jacket=down("#d8454c", "#a91f2f"), shirt="#f8d9a8", tie=None, long_hair=True)
AO_DAI_BLUE = Look(jacket=down("#3f8fd0", "#2463a6"), shirt="#e8f2fb", tie=None, long_hair=True)
BLOUSE = Look(jacket=down("#f1efe9", "#d9d4c8"), shirt="#ffffff", tie=None, long_hair=True)

PETAL = curve((0, 0), ((-34, -30), (-30, -86), (0, -128)), ((30, -86), (34, -30), (0, 0)))


def bust(canvas: Canvas, x: float, y: float, scale: float, look: Look, *, length: float = 230) -> None:
    """Draw a person facing us from the top to *length* below the chin, which is at (x, y)."""

    def fill(shape: Shape, paint: str | Gradient) -> None:
        canvas.fill(moved(shape, x, y, scale=scale), paint)

    if look.long_hair:
        fill(
            curve(
                (-46, -60),
                ((-66, 0), (-58, 40), (-40, 60)),
                ((0, 66), (0, 66), (40, 60)),
                ((58, 40), (66, 0), (46, -60)),
            ),
            look.hair,
        )
    fill(rectangle(-17, -22, 34, 52, 14), "#dba987")
    torso = curve((-22, 22), ((-60, 34), (-88, 40), (-96, 84)), ((-104, 130), (-106, 150), (-106, length)))
    fill([*torso, *[(-px, py) for px, py in reversed(torso)]], look.jacket)
    fill([(-24, 20), (24, 20), (0, 92)], look.shirt)
    if look.tie:
        fill([(-8, 26), (8, 26), (5, 38), (11, 82), (0, 98), (-11, 82), (-5, 38)], look.tie)
        fill([(-25, 17), (-42, 34), (-6, 100), (0, 92), (-18, 40)], "#16223f")
        fill([(25, 17), (42, 34), (6, 100), (0, 92), (18, 40)], "#16223f")
    fill(ellipse(0, -46, 40, 48), look.skin)
    _hair(canvas, x, y, scale, look)


def _hair(canvas: Canvas, x: float, y: float, scale: float, look: Look) -> None:
    if look.long_hair:
        cap = curve(
            (-42, -40),
            ((-52, -112), (52, -112), (42, -40)),
            ((38, -70), (18, -80), (2, -80)),
            ((-18, -78), (-36, -66), (-42, -40)),
        )
    else:
        cap = curve(
            (-41, -44),
            ((-52, -112), (50, -116), (41, -44)),
            ((36, -58), (34, -72), (24, -76)),
            ((4, -68), (-26, -70), (-30, -72)),
            ((-36, -62), (-38, -54), (-41, -44)),
        )
    canvas.fill(moved(cap, x, y, scale=scale), look.hair)


def head_from_behind(canvas: Canvas, x: float, y: float, scale: float, paint: str | Gradient) -> None:
    """Draw one of an audience, seen from behind; (x, y) is the middle of the head."""
    body = curve(
        (-120, 190),
        ((-118, 110), (-96, 74), (-30, 62)),
        ((-10, 58), (10, 58), (30, 62)),
        ((96, 74), (118, 110), (120, 190)),
    )
    canvas.fill(moved(body, x, y, scale=scale), paint)
    canvas.fill(moved(rectangle(-20, 20, 40, 56, 12), x, y, scale=scale), paint)
    canvas.fill(moved(ellipse(0, -6, 43, 52), x, y, scale=scale), paint)


def lotus(
    canvas: Canvas, x: float, y: float, scale: float, *, tips: str, hearts: str, opacity: float = 1
) -> None:
    """Draw an open lotus flower that stands on (x, y)."""
    rows = ((-78, 0.86), (78, 0.86), (-52, 0.98), (52, 0.98), (-26, 1.06), (26, 1.06), (0, 1.12))
    for angle, size in rows:
        petal = turned(moved(PETAL, 0, 0, scale=size), angle)
        canvas.fill(moved(petal, x, y, scale=scale), down(tips, hearts), opacity=opacity)
        core = turned(moved(PETAL, 0, 0, scale=size * 0.62), angle)
        canvas.fill(moved(core, x, y, scale=scale), hearts, opacity=opacity * 0.35)


def bouquet(canvas: Canvas, x: float, y: float, scale: float, blooms: tuple[str, ...]) -> None:
    """Draw a low arrangement of flowers, its middle at (x, y)."""
    for angle in (-70, -45, -20, 5, 28, 52, 74):
        leaf = turned(
            curve((0, 0), ((-16, -30), (-10, -70), (0, -88)), ((10, -70), (16, -30), (0, 0))), angle
        )
        canvas.fill(moved(leaf, x, y + 10 * scale, scale=scale), down("#4f9a5b", "#2c6b45"))
    spots = ((-52, -18), (-28, -44), (2, -56), (32, -42), (54, -16), (-16, -16), (18, -18), (0, -34))
    for index, (dx, dy) in enumerate(spots):
        bloom, cx, cy = blooms[index % len(blooms)], x + dx * scale, y + dy * scale
        canvas.fill_all(
            (
                ellipse(cx + ox * scale, cy + oy * scale, 11 * scale)
                for ox, oy in ((-8, 0), (8, 0), (0, -8), (0, 8))
            ),
            bloom,
        )
        canvas.fill(ellipse(cx, cy, 5.5 * scale), "#fff1c9")


def light_cone(canvas: Canvas, x: float, reach: float, spread: float) -> None:
    """Let a lamp at the ceiling shine down to *reach*."""
    cone = [(x - 10, -5), (x + 10, -5), (x + spread, reach), (x - spread, reach)]
    canvas.fill(cone, "#fff4d6", opacity=0.10, blur=6)
