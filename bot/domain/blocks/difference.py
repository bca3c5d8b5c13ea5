"""What has changed between two states of a page, line by line: a paragraph, an item or a row of a table each.

What changes by itself is left out: counters of visits, the date of today, when the page was last updated.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.blocks.plain import CELL_BREAK
from bot.domain.text.rewording import is_small
from bot.domain.text.text import fold, spelling

MOST_LINES = 3_000
"""Lines of a page that are compared; what stands below them is not looked at."""

_MOST_PAIRED = 200
_LONGEST_PASSING = 120
_MOST_COUNTER_WORDS = 8
_ALIKE = 0.5
_CONTEXT = 6
_WORD = re.compile(r"[^\W\d_]+")
_PIECE = re.compile(r"\w+")
_DATE_WORDS = frozenset(
    word
    for words in (
        "hom nay ngay thang nam thu hai ba tu sau bay chu nhat t cn cap luc gio phut giay lan cuoi",
        "sang trua chieu toi dang h am pm gmt today date last updated update on at posted",
        "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun",
        "january february march april may june july august september october november december",
        "jan feb mar apr jun jul aug sep oct nov dec",
    )
    for word in words.split()
)
_COUNTER = re.compile(
    r"\b(?:luot (?:xem|doc|truy cap|tai)|so (?:luot|nguoi) (?:xem|doc|truy cap|tai)"
    r"|dang (?:truy cap|online|truc tuyen)|luong truy cap|views?|visits?|visitors?|hits)\b"
)


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line as it was *before* and as it is *now*; one that was added has no before, one removed no now."""

    before: str
    now: str


def differences(before: Sequence[str], now: Sequence[str]) -> tuple[LineChange, ...]:
    """Return what has changed from *before* to *now*: first what stands there now, then what is gone.

    A line that has moved, that is laid out otherwise or spelled better, is no change.
    """
    was, lasting = _lasting(before), _lasting(now)
    if _run_together(was) == _run_together(lasting):
        return ()
    gone, new = _lacking(was, lasting), _lacking(lasting, was)
    pairs = _paired(gone[:_MOST_PAIRED], new[:_MOST_PAIRED])
    replaced = set(pairs.values())
    changed = []
    for place, line in enumerate(new):
        if place not in pairs:
            changed.append(LineChange("", line))
        elif not is_small(gone[pairs[place]], line):
            changed.append(LineChange(gone[pairs[place]], line))
    return (*changed, *(LineChange(line, "") for place, line in enumerate(gone) if place not in replaced))


def is_passing(line: str) -> bool:
    """Return whether *line* says only how often, or when, the page was seen or updated."""
    if len(line) > _LONGEST_PASSING:
        return False
    folded = fold(line)
    words = _WORD.findall(folded)
    if not words or not any(letter.isdigit() for letter in folded):
        return False
    if len(words) <= _MOST_COUNTER_WORDS and _COUNTER.search(folded):
        return True
    return CELL_BREAK not in line and _DATE_WORDS.issuperset(words)


def excerpts(change: LineChange, longest: int) -> tuple[str, str]:
    """Return both sides of *change*, from a few words before they part, of at most *longest* code points."""
    one, other = change.before.split(), change.now.split()
    parting = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    start = max(0, parting - _CONTEXT) if one and other else 0
    return _excerpt(one, start, longest), _excerpt(other, start, longest)


def _excerpt(words: list[str], start: int, longest: int) -> str:
    if not words:
        return ""
    text = ("… " if start else "") + " ".join(words[start:])
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _lasting(lines: Sequence[str]) -> list[str]:
    return [line for line in lines[:MOST_LINES] if not is_passing(line)]


def _run_together(lines: Sequence[str]) -> str:
    return "".join(" ".join(map(_key, lines)).split())


def _key(line: str) -> str:
    """Return what of *line* is compared: the number of a row changes with the rows above it."""
    return spelling(CELL_BREAK.join(_cells(line)))


def _cells(line: str) -> list[str]:
    first, *others = line.split(CELL_BREAK)
    return others if others and first.strip(" .)").isdecimal() else [first, *others]


def _lacking(lines: Sequence[str], among: Sequence[str]) -> list[str]:
    """Return those of *lines* that stand there more often than *among* the others."""
    left = Counter(map(_key, among))
    found = []
    for line in lines:
        key = _key(line)
        if left[key] > 0:
            left[key] -= 1
        else:
            found.append(line)
    return found


def _paired(gone: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Return by the place of a new line that of the one which it replaces: the one that is most alike."""
    kept = [set(_PIECE.findall(_key(line))) for line in gone]
    pairs: dict[int, int] = {}
    for place, line in enumerate(new):
        words = set(_PIECE.findall(_key(line)))
        free = ((_likeness(line, words, gone[at], kept[at]), -at) for at in _free(len(gone), pairs))
        best, at = max(free, default=(0.0, 0))
        if best >= _ALIKE:
            pairs[place] = -at
    return pairs


def _free(count: int, pairs: dict[int, int]) -> Iterator[int]:
    taken = set(pairs.values())
    return (at for at in range(count) if at not in taken)


def _likeness(line: str, words: set[str], other: str, others: set[str]) -> float:
    """Return how alike two lines are, from 0 to 1; rows of a table that begin with the same cell are."""
    cells, other_cells = _cells(line), _cells(other)
    if len(cells) == len(other_cells) > 1 and cells[0] == other_cells[0]:
        return 1.0
    together = len(words | others)
    return len(words & others) / together if together else 0.0
