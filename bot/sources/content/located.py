"""Lines of text found again on the page that they were taken from, with their styles, links and places."""

from collections import defaultdict, deque
from collections.abc import Sequence

from bot.domain.text.text import fold
from bot.sources.html.blocks import Block, Flow
from bot.sources.html.styles import CAPTION

_START = 12


def located(lines: Sequence[str], page: Flow) -> Flow:
    """Return *lines*, each as the block of *page*, the flow of all of it, that says the same, if one does.

    Lines that one block says together become that block.
    """
    starts: dict[str, deque[tuple[str, Block]]] = defaultdict(deque)
    for item in page:
        if isinstance(item, Block) and not item.styles & CAPTION:
            letters = _letters(item.text)
            starts[letters[:_START]].append((letters, item))
    found: Flow = []
    at = 0
    while at < len(lines):
        block, count = _block_of(lines, at, starts)
        found.append(block or Block(lines[at], 0, None, None))
        at += count
    return found


def _block_of(
    lines: Sequence[str], at: int, starts: dict[str, deque[tuple[str, Block]]]
) -> tuple[Block | None, int]:
    """Return the first block that says the lines from *at* on, and how many lines those are."""
    first = _letters(lines[at])
    waiting = starts.get(first[:_START], ())
    for letters, block in waiting:
        said, count = first, 1
        while len(said) < len(letters) and letters.startswith(said) and at + count < len(lines):
            said += _letters(lines[at + count])
            count += 1
        if said == letters:
            starts[first[:_START]].remove((letters, block))
            return block, count
    return None, 1


def _letters(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum())
