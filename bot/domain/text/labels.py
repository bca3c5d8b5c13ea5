"""Labels of buttons: the words of a name that tell it from the other names beside it."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise


def telling_apart(names: Sequence[str], *, longest: int) -> tuple[str, ...]:
    """Return each of *names* without the words that it begins with as another one does.

    What is still too long loses its beginning, since names that are alike differ at their ends. Names of
    which nothing would be left to tell them apart stay whole.
    """
    split = [tuple(name.split()) for name in names]
    ordered = sorted(range(len(names)), key=lambda place: split[place])
    shared = [0] * len(names)
    for one, other in pairwise(ordered):
        common = _common(split[one], split[other])
        shared[one], shared[other] = max(shared[one], common), max(shared[other], common)
    rests = [" ".join(words[common:]) for words, common in zip(split, shared, strict=True)]
    many = Counter(rests)
    return tuple(
        _fitting(_capital(rest) if rest and many[rest] == 1 else name, longest)
        for name, rest in zip(names, rests, strict=True)
    )


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for mine, yours in zip(one, other, strict=False):
        if mine != yours:
            break
        count += 1
    return count


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _fitting(name: str, longest: int) -> str:
    """Return *name*, or its end if it is longer."""
    if len(name) <= longest:
        return name
    end = name[len(name) - longest + 1 :]
    whole = end.partition(" ")[2]
    return f"…{whole or end}"
