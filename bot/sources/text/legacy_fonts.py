"""Texts written for fonts that show other letters than they hold: recognised, and refused with a reason.

Fonts that only remap Latin letters leave no sure way back: neither 'Céng hoµ x· héi' (TCVN3) nor 'Coäng hoøa
xaõ hoäi' (VNI) may reach anybody.
"""

import re
from dataclasses import dataclass

from bot.domain.news.feed import SourceError


@dataclass(frozen=True, slots=True)
class _Font:
    """A family of fonts. *signs* stand in any text for it, and *share* of its words at least are a *word*."""

    name: str
    signs: tuple[str, str]
    word: re.Pattern[str]
    share: float


# No Vietnamese syllable is longer than seven letters.
_LETTERS = r"[^\W\d_]{0,20}"
_FONTS = (
    # What these signs show there are the commonest Vietnamese vowels and đ.
    _Font(
        "TCVN3 fonts (ABC, .VnTime)",
        ("µ", "®"),
        re.compile(rf"{_LETTERS}[µ¸¶·¹¨»¾¼½©®ª«¬\xad][^\W\d_]++|[^\W\d_]{_LETTERS}[µ¸¶·¹¨»¾¼½©®ª«¬]"),
        share=0.08,
    ),
    # The sign that follows a vowel is its tone; ñ, which begins no word of another language often, is đ.
    _Font(
        "VNI fonts (VNI-Times)",
        ("ø", "ñ"),
        re.compile(rf"{_LETTERS}[aeouyöô][øûïåäëü][^\W\d_]*+|(?<!\w)ñ[^\W\d_]++", re.IGNORECASE),
        share=0.2,
    ),
)
_WORD = re.compile(r"[^\W\d_]+")
_ONLY_UNICODE = re.compile("[\u1ea0-\u1ef9]")
_TAG = re.compile(r"<[^<>]*+>")
_UNSHOWN = re.compile(r"<(script|style)\b", re.IGNORECASE)
_END = {name: re.compile(rf"</{name}\s*+>", re.IGNORECASE) for name in ("script", "style")}
_FEWEST = 4
_LOOKED_AT = 200_000


def refuse_old_fonts(text: str, where: str) -> None:
    """Raise SourceError if *text* is written for TCVN3 or VNI fonts."""
    for font in _FONTS:
        if all(sign in text for sign in font.signs):
            _refuse(font, text, where)


def _refuse(font: _Font, text: str, where: str) -> None:
    words = _TAG.sub(" ", _shown(text[:_LOOKED_AT]))
    found = len(font.word.findall(words))
    if len(_ONLY_UNICODE.findall(words)) > found:
        return
    if found >= _FEWEST and found >= font.share * len(_WORD.findall(words)):
        raise SourceError(
            f"{where} is written for {font.name} and not in Unicode, so it is not read:"
            " ask the site for a Unicode edition"
        )


def _shown(markup: str) -> str:
    """Return *markup* without its scripts and styles; one that nothing ends goes on to the end."""
    kept, at = [], 0
    while begin := _UNSHOWN.search(markup, at):
        kept.append(markup[at : begin.start()])
        end = _END[begin[1].lower()].search(markup, begin.end())
        at = end.end() if end else len(markup)
    return " ".join([*kept, markup[at:]])
