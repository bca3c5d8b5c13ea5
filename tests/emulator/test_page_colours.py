"""The chat page's colours: text on what it stands on, in the light and the dark theme (WCAG 2.2, 1.4.3)."""

import re

import pytest

from bot.emulator import page

ENOUGH = 4.5
_STYLES = "".join(
    (page.FOLDER / "css" / f"{name}.css").read_text(encoding="utf-8") for name in ("theme", "zalo")
)
_BLOCKS = [re.findall(rf"{place} \{{(\s*--.*?)\}}", _STYLES, re.DOTALL) for place in (":root", "#zalo")]
THEMES = {
    theme: of_page + of_zalo for theme, of_page, of_zalo in zip(("light", "dark"), *_BLOCKS, strict=True)
}
PAIRS = [
    *[("ink", ground) for ground in ("surface", "raised", "hover", "field", "mine", "theirs")],
    *[(faint, ground) for faint in ("soft", "faint") for ground in ("surface", "raised", "field")],
    *[("accent-text", ground) for ground in ("surface", "raised", "field", "theirs")],
    *[("link", ground) for ground in ("mine", "theirs")],
    ("mine-meta", "mine"),
    ("theirs-meta", "theirs"),
    ("on-accent", "accent"),
    ("on-accent", "badge"),
    ("z-on-head", "z-head"),
    ("z-on-day", "z-day"),
    *[(text, ground) for text in ("z-ink", "z-soft", "z-link") for ground in ("z-theirs", "z-mine")],
    *[("z-soft", ground) for ground in ("z-foot", "z-field")],
    ("z-ink", "z-field"),
]


def colours(theme: str) -> dict[str, str]:
    """Return the colours of *theme* by name; what the dark one does not change is the light one's."""
    named: dict[str, str] = {}
    for block in ("light", theme):
        named |= dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6})", THEMES[block]))
    return named


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    shares = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", THEMES)
def test_text_stands_out_from_what_it_is_on(theme: str) -> None:
    named = colours(theme)

    ratios = {
        (text, ground): (max(pair) + 0.05) / (min(pair) + 0.05)
        for text, ground in PAIRS
        for pair in [(luminance(named[text]), luminance(named[ground]))]
    }
    assert {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < ENOUGH} == {}
