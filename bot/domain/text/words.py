"""Words as a search compares them: folded, or exact but for where in the syllable the tone stands."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.domain.text.text import fold, nfc, nfd

MOST_BYTES = 900_000
"""UTF-8 of all the terms of an article; PostgreSQL takes at most 1,048,575 bytes of them in a row."""

_LONGEST_WORD = 60
_WORD = re.compile(r"[^\W_]+")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")

TITLE = "^"
EXACT = "="
TOPIC = "#"
"""What a term begins with that says more than "this word, folded, is somewhere in the article"."""
NEXT = "~"
"""What stands between two folded words that follow one another."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, and where it stands in its text."""

    folded: str
    exact: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """Yield the words of *text*, which is composed (NFC): letters and digits, everything else parts them."""
    for match in _WORD.finditer(text):
        folded, as_written = _forms(match.group()[:_LONGEST_WORD])
        yield Word(folded, as_written, match.start(), match.end())


@lru_cache(maxsize=8192)
def _forms(word: str) -> tuple[str, str]:
    """Return *word* folded, and exact; Vietnamese has some 7,000 syllables, which come again and again."""
    return fold(word), exact(word)


def exact(word: str) -> str:
    """Return *word* without case, its tone moved to the end: 'hoà' and 'hòa', 'uỷ' and 'ủy' become equal."""
    lower = word.casefold()
    if lower.isascii():
        return lower
    decomposed = nfd(lower)
    return nfc(_TONES.sub("", decomposed)) + "".join(_TONES.findall(decomposed))


def topic_term(topic: str) -> str:
    return TOPIC + topic.encode().hex()


def pairs(phrase: Iterable[str]) -> list[str]:
    """Return the terms of each two neighbours in a run of folded words."""
    return [f"{one}{NEXT}{other}" for one, other in pairwise(phrase)]


def terms(title: str, paragraphs: Iterable[str], topics: Iterable[str]) -> tuple[frozenset[str], str]:
    """Return the terms by which an article is found, and its folded words in their order.

    A paragraph's words stand between spaces, paragraphs between bars, so that no phrase reaches across. What
    an article has beyond MOST_BYTES, at the end of a paragraph, is not found.
    """
    found = {topic_term(topic) for topic in topics}
    lines: list[str] = []
    size = 0
    for number, paragraph in enumerate((title, *paragraphs)):
        line: list[str] = []
        for word in words(nfc(paragraph)):
            before = line[-1] if line else None
            new = [term for term in _terms_of(word, before, in_title=number == 0) if term not in found]
            size += sum(len(term.encode()) + 1 for term in new)
            if size > MOST_BYTES:
                break
            found.update(new)
            line.append(word.folded)
        lines.append(" ".join(line))
    return frozenset(found), f" {' | '.join(lines)} "


def _terms_of(word: Word, before: str | None, *, in_title: bool) -> Iterator[str]:
    yield word.folded
    yield EXACT + word.exact
    if before is not None:
        yield f"{before}{NEXT}{word.folded}"
    if in_title:
        yield TITLE + word.folded
        yield TITLE + EXACT + word.exact
