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
from bot.sources.html.captions import is_label_of_related, leaves_site
from bot.sources.html.styles import HEADING, LINKED

_WORD = re.compile(r"\w+")
_RUN = 3
_KNOWN = 0.5
_SHORTEST_LEAD = 60
_SHORTEST_PROSE = 80
_MOST_BEHIND = 0.7
_MOST_CREDITS = 3
_FEWEST_LINKS = 3
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


def agreed(items: Flow, lines: Sequence[str], *, base: str) -> Flow | None:
    """Return what of *items*, the densest element's flow, is told, after the lead that only *lines* have.

    None says that *items* are only a part of the article, or another text: then *lines* are to be taken. The
    page came from *base*.
    """
    blocks = [item for item in items if isinstance(item, Block)]
    in_items, in_lines = Known.of(block.text for block in blocks), Known.of(lines)
    shared = [at for at, line in enumerate(lines) if len(line) >= _SHORTEST_PROSE and in_items.has(line)]
    if not shared:
        return None
    missing = [line for line in lines[shared[0] :] if is_prose(line) and not in_items.has(line)]
    before = [line for line in lines[: shared[0]] if not is_prose(line) and not in_items.has(line)]
    held = sum(len(block.text) for block in blocks)
    if max(sum(map(len, missing)), sum(map(len, before))) > _MOST_BEHIND * held:
        return None
    leads = [line for line in lines[: shared[0]] if _is_lead(line) and not in_items.has(line)]
    return [*(Block(line, 0, None, None) for line in leads), *_told(items, in_lines, base)]


def _told(items: Flow, in_lines: Known, base: str) -> Flow:
    """Return *items* without links to other articles, and without what follows the text and is none."""
    listed = _introduced(items)
    end = len(items)
    while end and not _is_known(items[end - 1], in_lines, listed):
        end -= 1
    away = [
        isinstance(item, Block)
        and bool(item.styles & LINKED)
        and not (_is_known(item, in_lines, listed) or leaves_site(item, base))
        for item in items[:end]
    ]
    inside = items[:end]
    kept = [item for at, item in enumerate(inside) if not away[at] and not _heads_nothing(inside, at, away)]
    tail = [item for item in items[end:] if isinstance(item, Picture) or not item.styles & LINKED]
    if sum(isinstance(item, Block) for item in tail) > _MOST_CREDITS:
        tail = [*takewhile(lambda item: isinstance(item, Picture) or is_prose(item.text), tail)]
    return kept + tail


def _is_known(item: Block | Picture, in_lines: Known, listed: frozenset[int]) -> bool:
    return isinstance(item, Block) and (in_lines.has(item.text) or id(item) in listed)


def _introduced(items: Flow) -> frozenset[int]:
    """Return the ids of the links that make a list of their own right behind a text that ends in a colon."""
    found: set[int] = set()
    is_open = False
    for item in items:
        if isinstance(item, Block):
            if not item.styles & LINKED:
                is_open = item.text.endswith(":") and not is_label_of_related(item.text)
            elif is_open and (is_open := _stands_in_list(item)):
                found.add(id(item))
    return frozenset(found)


def _stands_in_list(block: Block) -> bool:
    around = (block.holder, block.holder.getparent()) if block.holder is not None else ()
    return any(element is not None and element.tag == "li" for element in around)


def _heads_nothing(items: Flow, at: int, away: Sequence[bool]) -> bool:
    """Say whether the item *at* is a heading of links alone, all of them *away*."""
    item = items[at]
    if not isinstance(item, Block) or not item.styles & HEADING:
        return False
    behind = at + 1
    count = 0
    while behind < len(items) and (away[behind] or isinstance(items[behind], Picture)):
        count += bool(away[behind])
        behind += 1
    follows = items[behind] if behind < len(items) else None
    is_next = follows is None or (isinstance(follows, Block) and bool(follows.styles & HEADING))
    return count >= _FEWEST_LINKS or (count > 0 and is_next)


def is_prose(line: str) -> bool:
    """Say whether *line* is a paragraph of sentences, and no heading, label or cell."""
    return len(line) >= _SHORTEST_PROSE and _ENDS_SENTENCE.search(line) is not None


def _is_lead(line: str) -> bool:
    return len(line) >= _SHORTEST_LEAD and (_ENDS_SENTENCE.search(line) is not None)
