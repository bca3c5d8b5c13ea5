"""Lines of text found again on the page that they were taken from, with their styles, links and places."""

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.text.text import fold
from bot.sources.html.blocks import Block, Flow
from bot.sources.html.styles import CAPTION

_START = 12
_MOST_ALIKE = 20
"""Blocks that begin in the same way, of which one may say several lines."""


def located(lines: Sequence[str], page: Flow) -> Flow:
    """Return *lines*, each as the block of *page*, the flow of all of it, that says the same, if one does.

    Lines that one block says together become that block.
    """
    blocks = _Blocks()
    for item in page:
        if isinstance(item, Block) and not item.styles & CAPTION:
            blocks.add(item)
    found: Flow = []
    at = 0
    while at < len(lines):
        block, count = blocks.saying(lines, at)
        found.append(block or Block(lines[at], 0, None, None))
        at += count
    return found


@dataclass(slots=True)
class _Blocks:
    """Blocks by what they say, and by how they begin."""

    whole: dict[str, deque[Block]] = field(default_factory=lambda: defaultdict(deque))
    starts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, block: Block) -> None:
        letters = _letters(block.text)
        self.whole[letters].append(block)
        if len(alike := self.starts[letters[:_START]]) < _MOST_ALIKE:
            alike.append(letters)

    def saying(self, lines: Sequence[str], at: int) -> tuple[Block | None, int]:
        """Return the first block that says the lines from *at* on, and how many lines those are."""
        first = _letters(lines[at])
        if same := self.whole.get(first):
            return same.popleft(), 1
        for letters in self.starts.get(first[:_START], ()):
            said, count = first, 1
            while len(said) < len(letters) and letters.startswith(said) and at + count < len(lines):
                said += _letters(lines[at + count])
                count += 1
            if said == letters and (same := self.whole[letters]):
                return same.popleft(), count
        return None, 1


def _letters(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum())
