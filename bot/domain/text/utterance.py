"""What people say, word by word: with or without diacritics, and without what is only polite.

A word that is typed with marks has to be that very word, so that "đúng" is not taken for "dừng"; marks that
were left out may be any.
"""

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

from bot.domain.text.text import one_line
from bot.domain.text.words import Word, words

LONGEST = 120
"""Code points of what may be a phrase; what is longer is prose."""

_READ = 240

Words = tuple[Word, ...]
T = TypeVar("T")

_LEADING = (
    "xin", "vui lòng", "làm ơn", "hãy", "nhờ", "mong", "đề nghị", "yêu cầu", "cho", "cho tôi", "cho em",
    "cho mình", "cho con", "cho cháu", "cho bác", "cho chú", "cho cô", "giúp", "giúp tôi", "giúp em",
    "giúp mình", "tôi", "em", "mình", "con", "cháu", "chúng tôi", "tôi muốn", "em muốn", "mình muốn",
    "tôi cần", "muốn", "cần", "tôi xin", "ơi", "bot ơi", "bạn ơi", "ad ơi", "admin ơi", "bot", "dạ", "thưa",
    "này", "xem", "được", "please", "pls", "plz", "kindly", "can you", "could you", "would you", "will you",
    "can i", "could i", "may i", "i want to", "i want", "i would like to", "i would like", "i d like to",
    "i d like", "i need", "i need to", "just", "show", "show me", "give me", "send me", "let me see", "hey",
    "xin chào", "chào bot", "chào bạn", "chào", "hello", "hi", "help me", "bạn có thể", "bạn", "có thể",
)  # fmt: skip
_TRAILING = (
    "ạ", "nhé", "nhá", "nha", "nào", "đi", "với", "giúp", "giùm", "dùm", "hộ", "cái", "ơi", "đã", "luôn",
    "ngay", "cho tôi", "cho em", "cho mình", "giúp tôi", "giúp em", "giúp mình", "với ạ", "bot", "bot ơi",
    "bạn ơi", "nha bot", "please", "pls", "plz", "now", "thanks", "thank you", "cảm ơn", "xin cảm ơn",
    "cám ơn", "for me", "to me", "bạn", "này", "hôm nay", "today", "được không", "được chứ", "vậy", "thôi",
)  # fmt: skip
_OPENING = (
    "có tin gì mới về", "có tin gì về", "có tin nào về", "có tin mới về", "có bài nào về", "có gì mới về",
    "tin mới nhất về", "các tin về", "những tin về", "tin mới về", "tin tức về", "tin tức mới về",
    "tin tức mới nhất về", "tin về", "thông tin về", "thông tin mới về", "bài viết về", "bài về",
    "các bài về", "những bài về", "các bài viết về", "văn bản về", "tìm bài về", "tìm bài", "tìm tin về",
    "tìm tin", "tìm hiểu về", "hỏi về", "biết về", "quy định về", "đọc tin về",
    "news about", "news on", "the latest news about", "latest news about", "latest news on", "latest on",
    "the latest on", "any news about", "any news on", "is there any news about", "is there any news on",
    "is there anything new about", "anything new about", "anything about", "anything on", "articles about",
    "articles on", "article about", "information about", "information on", "something about", "tell me about",
    "what is new about", "what is", "what are", "who is", "where is", "look for", "search for", "cho hỏi về",
)  # fmt: skip
_CLOSING = (
    "thế nào", "như thế nào", "ra sao", "làm sao", "ở đâu", "là gì", "là sao", "bao giờ",
    "khi nào", "nào không", "gì không", "thì sao", "nào", "gì", "có gì mới", "có gì mới không",
)  # fmt: skip


class Phrasebook(Generic[T]):
    """What each of some phrases stands for, in the order in which they are given."""

    def __init__(self, phrases: Mapping[str, T]) -> None:
        self._known: dict[str, list[tuple[Words, T]]] = {}
        for phrase, meaning in phrases.items():
            said = heard(phrase)
            self._known.setdefault(_folded(said), []).append((said, meaning))
        self._longest = max((len(said) for each in self._known.values() for said, _ in each), default=0)

    def meaning(self, said: Words) -> T | None:
        """Return what *said* stands for as a whole."""
        if len(said) > self._longest:
            return None
        alike = self._known.get(_folded(said), ())
        return next((meaning for phrase, meaning in alike if is_spelled(said, phrase)), None)

    def at_start(self, said: Words) -> int:
        """Return how many of the first words are a phrase, the longest one that fits."""
        sizes = range(min(len(said), self._longest), 0, -1)
        return next((size for size in sizes if self.meaning(said[:size]) is not None), 0)

    def at_end(self, said: Words) -> int:
        """Return how many of the last words are a phrase, the longest one that fits."""
        sizes = range(min(len(said), self._longest), 0, -1)
        return next((size for size in sizes if self.meaning(said[-size:]) is not None), 0)


def heard(text: str) -> Words:
    """Return the words of *text*, of a long one those at its beginning."""
    return tuple(words(one_line(text[:_READ])))


def is_spelled(said: Words, phrase: Words) -> bool:
    """Say whether *said* is *phrase*, some of its marks perhaps left out."""
    return len(said) == len(phrase) and all(map(_is_spelled, said, phrase))


def readings(said: Words) -> Iterator[Words]:
    """Yield *said*, and what is left of it as politeness is taken off, at its end and at its start."""
    for later in _from(_POLITE_START, said):
        yield from _until(_POLITE_END, later)


def requests(said: Words) -> Iterator[Words]:
    """Yield *said*, and what is left of it as politeness is taken off at its start."""
    return _from(_POLITE_START, said)


def wanted(said: Words) -> Words:
    """Return *said* without what is only polite at its end, which may be all of it."""
    *_, last = _until(_POLITE_END, said)
    return () if _POLITE_END.meaning(last) else last


def bare(said: Words) -> Words:
    """Return *said* without what is only polite, or as it is where nothing else would be left."""
    *_, last = readings(said)
    return last


def topic_of(said: Words) -> Words:
    """Return what a question or a request is about: of "có tin gì về nhãn hiệu không ạ", "nhãn hiệu".

    Nothing, for words that are neither: they are a matter in themselves.
    """
    asked = bare(said)
    about = asked[_OPENINGS.at_start(asked) :]
    if len(asked) > 2 and is_spelled(asked[:1], _HAVE) and is_spelled(asked[-1:], _NOT):
        about = about[len(about) == len(asked) : -1]
    *_, about = _until(_CLOSINGS, about)
    return () if about == asked else about


def written(line: str, said: Words) -> str:
    """Return *said*, which are words of *line* that follow one another, as they are written there."""
    begin, end = said[0].start, said[-1].end
    if line[max(0, begin - 1) : begin] in _QUOTES:
        begin -= 1
    if line[end : end + 1] in _QUOTES:
        end += 1
    return line[max(0, begin) : end]


def _from(book: Phrasebook[bool], said: Words) -> Iterator[Words]:
    yield said
    while 0 < (size := book.at_start(said)) < len(said):
        yield (said := said[size:])


def _until(book: Phrasebook[bool], said: Words) -> Iterator[Words]:
    yield said
    while 0 < (size := book.at_end(said)) < len(said):
        yield (said := said[:-size])


def _folded(said: Words) -> str:
    return " ".join(word.folded for word in said)


def _is_spelled(said: Word, meant: Word) -> bool:
    """Say whether a word is *meant*, or lacks its tone and perhaps other marks. With a tone it has all of
    them: "dùng" is another word than "dừng".
    """
    size = len(said.folded)
    if said.folded != meant.folded or said.exact == meant.exact or said.exact[size:]:
        return said.exact == meant.exact
    letters = zip(said.exact, meant.exact, said.folded, strict=False)
    return all(letter in (wanted, bare) for letter, wanted, bare in letters)


_POLITE_START = Phrasebook(dict.fromkeys(_LEADING, True))
_POLITE_END = Phrasebook(dict.fromkeys(_TRAILING, True))
_OPENINGS = Phrasebook(dict.fromkeys(_OPENING, True))
_CLOSINGS = Phrasebook(dict.fromkeys(_CLOSING, True))
_QUOTES = frozenset('"“”„«»')
_HAVE, _NOT = heard("có"), heard("không")
