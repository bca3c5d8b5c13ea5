"""Words as a search compares them: folded, or exact but for where in the syllable the tone stands."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.text import fold, nfc

MOST_WORDS = 20_000
"""Words of an article that can be found; PostgreSQL holds at most a megabyte of them in a row."""

_LONGEST_WORD = 60
_WORD = re.compile(r"[^\W_]+")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")

TITLE = "^"
EXACT = "="
TOPIC = "#"
"""What a term begins with that says more than "this word, folded, is somewhere in the article"."""


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
        word = match.group()[:_LONGEST_WORD]
        yield Word(fold(word), exact(word), match.start(), match.end())


def exact(word: str) -> str:
    """Return *word* without case, its tone moved to the end: 'hoà' and 'hòa', 'uỷ' and 'ủy' become equal."""
    lower = word.casefold()
    if lower.isascii():
        return lower
    decomposed = unicodedata.normalize("NFD", lower)
    return nfc(_TONES.sub("", decomposed)) + "".join(_TONES.findall(decomposed))


def topic_term(topic: str) -> str:
    return TOPIC + topic.encode().hex()


def terms(title: str, paragraphs: Iterable[str], topics: Iterable[str]) -> tuple[frozenset[str], str]:
    """Return the terms by which an article is found, and its folded words in their order.

    A paragraph's words stand between spaces, paragraphs between bars, so that no phrase reaches across.
    """
    found = {topic_term(topic) for topic in topics}
    lines: list[str] = []
    left = MOST_WORDS
    for number, paragraph in enumerate((title, *paragraphs)):
        line = list(words(nfc(paragraph)))[:left]
        left -= len(line)
        for word in line:
            found |= {word.folded, EXACT + word.exact}
            if number == 0:
                found |= {TITLE + word.folded, TITLE + EXACT + word.exact}
        lines.append(" ".join(word.folded for word in line))
    return frozenset(found), f" {' | '.join(lines)} "
