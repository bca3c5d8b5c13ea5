"""The text of an article on which two readings of one page agree.

One is the flow of the densest element: exact, with its headings, lists and captions, but what stands between
the paragraphs comes along, and what stands outside of it is missing. The other are the lines of a library
that weighs the whole page: it leaves teasers out and finds the lead, but takes what follows as well.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.domain.text.text import fold
from bot.sources.html.blocks import Block, Flow, Picture
from bot.sources.html.styles import LINKED

_WORD = re.compile(r"\w+")
_RUN = 3
_KNOWN = 0.5
_SHORTEST_LEAD = 60
_SHORTEST_PROSE = 80
_MOST_BEHIND = 0.7
_MOST_CREDITS = 3
_ENDS_SENTENCE = re.compile(r"[.!?…:;][\"'”’»)\]]*\Z")


@dataclass(frozen=True, slots=True)
class Known:
    """The runs of words of a text, by which a line is found again in it however its paragraphs are cut."""

    runs: frozenset[tuple[str, ...]]
    lines: frozenset[str]

    @classmethod
    def of(cls, lines: Iterable[str]) -> "Known":
        folded = [fold(line) for line in lines]
        words = _WORD.findall("\n".join(folded))
        return cls(frozenset(_runs(words)), frozenset(folded))

    def has(self, line: str) -> bool:
        folded = fold(line)
        words = _WORD.findall(folded)
        if len(words) < _RUN:
            return folded in self.lines
        runs = _runs(words)
        return sum(run in self.runs for run in runs) >= _KNOWN * len(runs)


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)]


def agreed(items: Flow, lines: Sequence[str]) -> Flow | None:
    """Return what of *items*, the densest element's flow, is told, after the lead that only *lines* have.

    None says that *items* are only a part of the article, or another text: then *lines* are to be taken.
    """
    blocks = [item for item in items if isinstance(item, Block)]
    in_items, in_lines = Known.of(block.text for block in blocks), Known.of(lines)
    shared = [at for at, line in enumerate(lines) if len(line) >= _SHORTEST_PROSE and in_items.has(line)]
    if not shared:
        return None
    missing = [line for line in lines[shared[0] :] if is_prose(line) and not in_items.has(line)]
    held = sum(len(block.text) for block in blocks)
    if sum(map(len, missing)) > _MOST_BEHIND * held:
        return None
    leads = [line for line in lines[: shared[0]] if _is_lead(line) and not in_items.has(line)]
    return [*(Block(line, 0, None, None) for line in leads), *_told(items, in_lines)]


def _told(items: Flow, in_lines: Known) -> Flow:
    """Return *items* without links to other articles, and without what follows the text and is none."""
    end = len(items)
    while end and not (isinstance(item := items[end - 1], Block) and in_lines.has(item.text)):
        end -= 1
    kept: Flow = [
        item
        for item in items[:end]
        if isinstance(item, Picture) or not item.styles & LINKED or in_lines.has(item.text)
    ]
    tail = [item for item in items[end:] if isinstance(item, Picture) or not item.styles & LINKED]
    if sum(isinstance(item, Block) for item in tail) > _MOST_CREDITS:
        tail = [*takewhile(lambda item: isinstance(item, Picture) or is_prose(item.text), tail)]
    return kept + tail


def is_prose(line: str) -> bool:
    """Say whether *line* is a paragraph of sentences, and no heading, label or cell."""
    return len(line) >= _SHORTEST_PROSE and _ENDS_SENTENCE.search(line) is not None


def _is_lead(line: str) -> bool:
    return len(line) >= _SHORTEST_LEAD and (_ENDS_SENTENCE.search(line) is not None)
