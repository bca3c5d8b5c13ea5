"""Filters: which articles of a topic a chat wants, by words to have and words to leave out.

    sáng chế, kiểu dáng -nhãn hiệu      any of two, and not the third
    "hội nghị" -"họp báo"               the same with quotes
    loại:quyết định                     a kind of official document, by its fields

What stands side by side belongs together, since a Vietnamese word is often several syllables. A comma, a
semicolon, a bar, or the word "hoặc" parts what is wanted; a dash before it leaves out.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import islice

from bot.domain.text.document_kinds import asked_kind, kind_term
from bot.domain.text.text import nfc
from bot.domain.text.words import exact, words

LONGEST = 200
"""Code points of a filter as it is stored."""
MOST_PHRASES = 20
LONGEST_SHOWN = LONGEST + 2 * MOST_PHRASES
"""Code points of a filter as it is shown: each phrase has its quotation marks."""
MOST_WORDS = 12
"""Words of one phrase: 'Hiệp định Đối tác Toàn diện và Tiến bộ xuyên Thái Bình Dương' has one more."""
MOST_ARTICLE_WORDS = 20_000
"""Words of an article that a filter looks at."""

_LONGEST_TYPED = 2_000
_QUOTES = '"“”„«»'
_TOKEN = re.compile(
    rf"""
    [{_QUOTES}] (?P<quoted>[^{_QUOTES}]*) [{_QUOTES}]?
    | (?P<dash> (?<![^\W_]) [-\u2010\u2011–—−] )
    | (?P<comma> [,;|\n] )
    | (?P<word> [^\W_]+ )
    """,
    re.VERBOSE,
)
_LEAVING_OUT = re.compile(r"(?<![^\W_])[-\u2010\u2011–—−]\Z")
_OR = frozenset({exact("hoặc"), "hoac", "or"})


class Fault(StrEnum):
    """What can be wrong with a filter."""

    EMPTY = "empty"
    TOO_LONG = "too-long"
    TOO_MANY_PHRASES = "too-many-phrases"
    PHRASE_TOO_LONG = "phrase-too-long"
    CONTRADICTORY = "contradictory"


class FilterError(ValueError):
    """A filter that cannot be; *limit* is the most of what there is too much of, or 0."""

    def __init__(self, fault: Fault, *, limit: int = 0) -> None:
        super().__init__(f"{fault} (at most {limit})" if limit else str(fault))
        self.fault = fault
        self.limit = limit


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow one another: with just these diacritics if any were typed, else with whichever.

    *spelling* is how it was typed. Phrases that mean the same are equal: 'hoà' and 'hòa'.
    """

    key: str
    length: int
    is_exact: bool
    spelling: str = field(compare=False)

    def __str__(self) -> str:
        return f'"{self.spelling}"' if self.length > 1 or exact(self.spelling) in _OR else self.spelling


@dataclass(frozen=True, slots=True, eq=False)
class Filter:
    """Phrases of which an article must have one, if there are any, and phrases of which it may have none.

    They stand in the order in which they were typed, which makes no difference: filters that mean the same
    are equal.
    """

    wanted: tuple[Phrase, ...]
    unwanted: tuple[Phrase, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Filter) and self._meaning == other._meaning

    def __hash__(self) -> int:
        return hash(self._meaning)

    @property
    def _meaning(self) -> tuple[frozenset[Phrase], frozenset[Phrase]]:
        return frozenset(self.wanted), frozenset(self.unwanted)

    @property
    def text(self) -> str:
        """Return the filter as it is stored; `parse` makes an equal one of it."""
        return ", ".join((*map(str, self.wanted), *(f"-{phrase}" for phrase in self.unwanted)))

    @property
    def shown(self) -> str:
        """Return the filter as people read it: “Đảng ủy”, “Quyết định”, −“hội nghị”."""
        # A minus, unlike a hyphen, is never parted from what follows it.
        wanted = (f"“{phrase.spelling}”" for phrase in self.wanted)
        return ", ".join((*wanted, *(f"−“{phrase.spelling}”" for phrase in self.unwanted)))

    def passes(self, article: "Prepared") -> bool:
        if any(article.holds(phrase) for phrase in self.unwanted):
            return False
        return not self.wanted or any(article.holds(phrase) for phrase in self.wanted)


class Prepared:
    """The words of one article, ready for any number of filters: each phrase is one look into a set."""

    __slots__ = ("_exact", "_folded", "_runs")

    def __init__(self, folded: list[list[str]], exact_words: list[list[str]]) -> None:
        self._folded = folded
        self._exact = exact_words
        self._runs: dict[tuple[int, bool], frozenset[str]] = {}

    def holds(self, phrase: Phrase) -> bool:
        kind = phrase.length, phrase.is_exact
        runs = self._runs.get(kind)
        if runs is None:
            # Made for the first phrase of this length, and there for all the others.
            lines = self._exact if phrase.is_exact else self._folded
            runs = self._runs[kind] = _runs(lines, phrase.length)
        return phrase.key in runs


def prepare(paragraphs: Iterable[str], kind: str = "") -> Prepared:
    """Return the words of an article: its title, its summary and its body, a paragraph each.

    *kind* is that of the official document that it publishes, if it does.

    No phrase reaches from one paragraph into the next.
    """
    left = MOST_ARTICLE_WORDS
    folded: list[list[str]] = [[kind_term(kind)]] if kind else []
    exact_words: list[list[str]] = []
    for paragraph in paragraphs:
        found = list(islice(words(nfc(paragraph)), left))
        left -= len(found)
        folded.append([word.folded for word in found])
        exact_words.append([word.exact for word in found])
    return Prepared(folded, exact_words)


@lru_cache(maxsize=4096)
def parse(text: str) -> Filter:
    """Return the filter that *text* describes; raises FilterError. What was parsed lately costs nothing."""
    if len(text) > _LONGEST_TYPED:
        raise FilterError(Fault.TOO_LONG, limit=LONGEST)
    found: dict[bool, dict[Phrase, None]] = {True: {}, False: {}}
    for is_wanted, phrase in _kinds_and_phrases(nfc(text)):
        found[is_wanted].setdefault(phrase)
    filter_ = Filter(wanted=tuple(found[True]), unwanted=tuple(found[False]))
    _check(filter_)
    return filter_


def _kinds_and_phrases(text: str) -> Iterable[tuple[bool, Phrase]]:
    """Yield the phrases of *text*, and those that stand for a kind of document, each with if it is wanted."""
    while asked := asked_kind(text):
        kind, start, end = asked
        before = text[:start].rstrip()
        left_out = _LEAVING_OUT.search(before)
        yield from _typed_phrases(before[: left_out.start()] if left_out else before)
        yield left_out is None, Phrase(kind_term(kind), 1, is_exact=False, spelling=f"loại:{kind.lower()}")
        text = text[end:]
    yield from _typed_phrases(text)


def _typed_phrases(text: str) -> Iterable[tuple[bool, Phrase]]:
    for is_wanted, typed in _phrases(text):
        if phrase := _phrase(typed):
            yield is_wanted, phrase


def _phrases(text: str) -> Iterable[tuple[bool, str]]:
    """Yield the pieces of *text* that belong together, each with whether it is wanted."""
    is_wanted, start, end = True, -1, 0
    for token in _TOKEN.finditer(text):
        if token["word"] and exact(token["word"]) not in _OR:
            start, end = token.start() if start < 0 else start, token.end()
            continue
        if start >= 0:
            yield is_wanted, text[start:end]
        if token["quoted"]:
            # A dash is for what follows it, and that was the run of words before the quote, if there was one.
            yield is_wanted or start >= 0, token["quoted"]
        is_wanted, start = token["dash"] is None, -1
    if start >= 0:
        yield is_wanted, text[start:end]


def _phrase(typed: str) -> Phrase | None:
    found = list(islice(words(typed), MOST_WORDS + 1))
    if len(found) > MOST_WORDS:
        raise FilterError(Fault.PHRASE_TOO_LONG, limit=MOST_WORDS)
    if not found:
        return None
    is_exact = any(word.folded != word.exact for word in found)
    return Phrase(
        key=" ".join(word.exact if is_exact else word.folded for word in found),
        length=len(found),
        is_exact=is_exact,
        spelling=" ".join(typed[word.start : word.end] for word in found),
    )


def _check(filter_: Filter) -> None:
    if not filter_.wanted and not filter_.unwanted:
        raise FilterError(Fault.EMPTY)
    if len(filter_.wanted) + len(filter_.unwanted) > MOST_PHRASES:
        raise FilterError(Fault.TOO_MANY_PHRASES, limit=MOST_PHRASES)
    if len(filter_.text) > LONGEST:
        raise FilterError(Fault.TOO_LONG, limit=LONGEST)
    if filter_.wanted and not any(filter_.passes(_alone(each)) for each in filter_.wanted):
        raise FilterError(Fault.CONTRADICTORY)


def _alone(phrase: Phrase) -> Prepared:
    """Return the words of an article that is nothing but *phrase*."""
    asked = asked_kind(phrase.spelling)
    return prepare((), asked[0]) if asked else prepare([phrase.spelling])


def _runs(lines: Iterable[list[str]], length: int) -> frozenset[str]:
    """Return every run of *length* words."""
    if length == 1:
        return frozenset(word for line in lines for word in line)
    return frozenset(
        " ".join(line[start : start + length]) for line in lines for start in range(len(line) - length + 1)
    )
