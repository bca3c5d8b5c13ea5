"""The dates of official documents: in figures, or in words as old and solemn texts have them."""

import re
from datetime import date

from bot.domain.text.text import fold_letters

_ONES = ("khong", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin")
_VALUES = {word: value for value, word in enumerate(_ONES)} | {"tu": 4, "lam": 5, "muoi": 10}
_WORD = "|".join((*_VALUES, "nghin", "ngan", "tram", "le", "linh"))
_WORDS = rf"(?:{_WORD})(?: (?:{_WORD}))*"
_DAY, _MONTH, _YEAR = r"\d{1,2}", r"\d{1,2}", r"(?:19|20)\d\d"
DATE_PATTERN = (
    rf"(?:{_DAY} ?[/.-] ?{_MONTH} ?[/.-] ?{_YEAR}(?![\d/])"
    rf"|(?:ngay )?(?:{_DAY}|{_WORDS}) thang (?:{_MONTH}|{_WORDS}) nam (?:{_YEAR}(?!\d)|{_WORDS}))"
)
"""A date in folded text; what follows "ngày" may be figures or words."""

_FIGURES = re.compile(rf"({_DAY}) ?[/.-] ?({_MONTH}) ?[/.-] ?({_YEAR})")
_WRITTEN = re.compile(r"(?:ngay )?(.{1,40}) thang (.{1,40}) nam (.{1,60})")
_FIRST_YEAR, _LAST_YEAR = 1945, 2100
_TEN, _HUNDRED, _THOUSAND = 10, 100, 1000


def date_in(text: str) -> date | None:
    """Return the date that *text* is; None if it is none, or one that does not exist."""
    folded = fold_letters(text).strip()
    found = _FIGURES.fullmatch(folded) or _WRITTEN.fullmatch(folded)
    if found is None:
        return None
    day, month, year = map(_number, found.groups())
    if day is None or month is None or year is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(text: str) -> int | None:
    """Return the number of *text*: figures, or words such as "hai nghìn không trăm hai mươi"."""
    if text.isdigit():
        return int(text)
    total, pending = 0, None
    for word in text.split():
        if word in {"nghin", "ngan", "tram"}:
            scale = _HUNDRED if word == "tram" else _THOUSAND
            if pending is None:
                return None
            total, pending = total + pending * scale, None
        elif word in {"le", "linh"}:
            continue
        elif word == "muoi":
            total, pending = total + (1 if pending is None else pending) * _TEN, None
        elif word in _VALUES and pending is None:
            pending = _VALUES[word]
        else:
            return None
    return total + (pending or 0)
