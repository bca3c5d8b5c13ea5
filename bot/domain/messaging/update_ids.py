"""The numbers of updates: from which one to ask on, when one of them may lie far off.

Bot API: they follow one another, and begin anew at random after a week without any. An offset beyond an
update hides it for good, so that a single number out of line must not become one.
"""

from collections.abc import Collection

LONGEST_GAP = 1_000_000
"""Numbers that may be missing between two updates: those of kinds that we do not ask for."""


def offset_after(received: Collection[int], offset: int | None) -> int | None:
    """Return the offset to ask with once *received*, which came for *offset*, is stored.

    What is out of line stays unconfirmed, and comes again until it is not alone there. None if no number has
    an offset yet.
    """
    reached = min(received, default=0) - 1 if offset is None else offset - 1
    last = _follow(received, reached)
    beyond = [number for number in received if number > last]
    if last == reached and len(beyond) > 1:
        last = _follow(beyond, min(beyond))
    return last + 1 if received or offset is not None else None


def _follow(numbers: Collection[int], reached: int) -> int:
    """Return the last of *numbers* that is in line with those before it, from *reached* on."""
    for number in sorted(numbers):
        if number - reached > LONGEST_GAP:
            break
        reached = max(reached, number)
    return reached
