"""Texts that make a pattern or a function work as hard as it can, and whether that is more than linear.

A pattern is pumped with what its own repeats take: alone, behind what leads to them, and in pairs, each
followed by something that fits nothing. Time is the thread's CPU time; what seems too long is measured again,
and the least of several runs counts.
"""

import gc
import math
import random
import re
import signal
import time
from collections.abc import Callable, Iterator

# The parser of `re` has no public name; its trees are what `re` itself compiles.
from re import _constants as kinds
from re import _parser as parser
from types import FrameType
from typing import Any

MOST = 8.0
"""Four times the text may take this many times as long; a square would take sixteen times."""
_LEAST = 0.005
_SHORTEST, _LONGEST = 1_024, 16_384
_GIVE_UP = 2.0
_TRIES = 5
_PUMPS = 12
_MANY = 50
_UNITS = ("a", " ", ".", "1", "-", "A. ", "a ", "\n", "<", "Á", "a.", "1 ", '"', "/", "&", "( ", "a-1 ", ": ")
_UNITS_ALONE = tuple(("", unit) for unit in _UNITS)
_LETTERS = 'a1 .,-x<>"/ấ'
_ENDS = ("\x00", "\n!")
_CLASSES: dict[Any, Callable[[str], bool]] = {
    kinds.CATEGORY_DIGIT: str.isdigit,
    kinds.CATEGORY_SPACE: str.isspace,
    kinds.CATEGORY_WORD: lambda letter: letter.isalnum() or letter == "_",
    kinds.CATEGORY_NOT_DIGIT: lambda letter: not letter.isdigit(),
    kinds.CATEGORY_NOT_SPACE: lambda letter: not letter.isspace(),
    kinds.CATEGORY_NOT_WORD: lambda letter: not (letter.isalnum() or letter == "_"),
}
_REPEATS = (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT)


class _TooSlowError(Exception):
    """It takes longer than anything that is linear."""


def growth(work: Callable[[str], object], make: Callable[[int], str]) -> float:
    """Return how many times as long *work* takes for four times the text, which *make* makes.

    It is 1 for what takes less than five milliseconds for 16,384 letters: a square takes a second for those.
    """
    length = _SHORTEST
    while (took := _cost(work, make(length), runs=1)) < _LEAST:
        if length >= _LONGEST:
            return 1.0
        length *= 4
    if took >= _GIVE_UP:
        return math.inf
    found = [_cost(work, make(4 * length), runs=1) / took]
    while found[-1] > MOST and len(found) < _TRIES:
        found.append(_cost(work, make(4 * length), runs=2) / _cost(work, make(length), runs=3))
    return min(found)


def texts(pattern: re.Pattern[Any]) -> Iterator[Callable[[int], str]]:
    """Yield what makes texts of any length that are hard on *pattern*."""
    for before, unit in _pumps(pattern):
        for end in _ENDS:
            yield repeated(unit, before=before, end=end)


def repeated(unit: str, *, before: str = "", end: str = "") -> Callable[[int], str]:
    return lambda length: before + (unit * (length // len(unit) + 1))[:length] + end


def _cost(work: Callable[[str], object], text: str, *, runs: int) -> float:
    """Return the least seconds of CPU of some *runs*, or _GIVE_UP for what takes as long as that."""
    best = _GIVE_UP
    before = signal.signal(signal.SIGVTALRM, _give_up)
    # A round of the collector costs as much as all that the tests have in memory.
    gc.disable()
    try:
        for _ in range(runs):
            signal.setitimer(signal.ITIMER_VIRTUAL, _GIVE_UP)
            started = time.thread_time()
            work(text)
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            best = min(best, time.thread_time() - started)
            if best > _GIVE_UP / 10:
                break
    except _TooSlowError:
        return _GIVE_UP
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
        gc.enable()
    return best


def _give_up(_: int, __: FrameType | None) -> None:
    raise _TooSlowError


def _pumps(pattern: re.Pattern[Any]) -> dict[tuple[str, str], None]:
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = parser.parse(source, pattern.flags & ~re.UNICODE)
    chance = random.Random(0)
    found: dict[tuple[str, str], None] = dict.fromkeys(_UNITS_ALONE)
    for _ in range(3):
        repeats = [(before, unit) for before, unit in _repeats(tree, "", chance) if unit]
        for before, unit in repeats:
            found |= {("", unit): None, (before, unit): None, ("", before + unit): None}
            found |= {("", unit + other): None for _, other in repeats}
        if whole := _sample(tree, chance, {}):
            found |= {("", whole[:length]): None for length in range(1, len(whole) + 1)}
    own = list(found)[len(_UNITS) :]
    chance.shuffle(own)
    return dict.fromkeys([*_UNITS_ALONE, *own[:_PUMPS]])


def _repeats(tree: Any, before: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield each repeat of *tree* that may take much: what leads to it, and what it takes."""
    for node in tree:
        kind, value = node
        if kind in _REPEATS:
            _, most, inside = value
            if most > _MANY:
                yield before, _sample(inside, chance, {})
            yield from _repeats(inside, before, chance)
        for inside in _inside(kind, value):
            yield from _repeats(inside, before, chance)
        before += _sample([node], chance, {})


def _inside(kind: Any, value: Any) -> list[Any]:
    if kind is kinds.SUBPATTERN:
        return [value[-1]]
    if kind is kinds.ATOMIC_GROUP:
        return [value]
    if kind is kinds.BRANCH:
        return list(value[1])
    return [value[1]] if kind in (kinds.ASSERT, kinds.ASSERT_NOT) else []


def _sample(tree: Any, chance: random.Random, groups: dict[int, str]) -> str:
    """Return a text that *tree* takes, but for what stands around it."""
    return "".join(_sample_of(kind, value, chance, groups) for kind, value in tree)


def _sample_of(kind: Any, value: Any, chance: random.Random, groups: dict[int, str]) -> str:  # noqa: PLR0911
    if kind is kinds.LITERAL:
        return chr(value)
    if kind in (kinds.ANY, kinds.NOT_LITERAL):
        return "a" if value != ord("a") else "b"
    if kind is kinds.IN:
        return _letter(value, chance)
    if kind in _REPEATS:
        least, most, inside = value
        return "".join(_sample(inside, chance, groups) for _ in range(max(least, min(1, most))))
    if kind is kinds.SUBPATTERN:
        groups[value[0]] = _sample(value[-1], chance, groups)
        return groups[value[0]]
    if kind is kinds.GROUPREF:
        return groups.get(value, "")
    if kind is kinds.BRANCH:
        return _sample(chance.choice(value[1]), chance, groups)
    return _sample(value, chance, groups) if kind is kinds.ATOMIC_GROUP else ""


def _letter(members: Any, chance: random.Random) -> str:
    """Return a letter of a class."""
    written = [(kind, value) for kind, value in members if kind in (kinds.LITERAL, kinds.RANGE)]
    named: list[str] = [chr(value if kind is kinds.LITERAL else value[0]) for kind, value in written]
    fitting: list[str] = [letter for letter in (*named, *_LETTERS) if _is_in(members, letter)]
    return chance.choice(fitting or ["一"])


def _is_in(members: Any, letter: str) -> bool:
    found = negated = False
    for kind, value in members:
        if kind is kinds.NEGATE:
            negated = True
        elif kind is kinds.LITERAL:
            found = found or ord(letter) == value
        elif kind is kinds.RANGE:
            found = found or value[0] <= ord(letter) <= value[1]
        elif kind is kinds.CATEGORY:
            found = found or _CLASSES[value](letter)
    return found is not negated
