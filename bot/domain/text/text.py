"""Vietnamese text: one spelling for comparison, where sentences end, and how to shorten."""

import re
import unicodedata
from collections.abc import Iterator

ELLIPSIS = "…"
REPLACEMENT = "\ufffd"

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

_MARKS = re.compile("[\u0300-\u036f]+")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_EMOJI = "\u00a9\u00ae\u203c-\u3299\ufe0f\U0001f000-\U0001faff"
_INVISIBLE = re.compile(
    "[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]+"
    f"|(?<![{_EMOJI}])\u200d+|\u200d+(?![{_EMOJI}])"
)
"""Controls (white space aside), marks of the direction of writing, tags, fillers: a reader does not see them,
and may be made to see something else. A joiner stays between the parts of an emoji, where it belongs."""
_MOST_MARKS = 30
"""Marks on one letter. UAX #15 (stream-safe text): no language needs more, and sorting them is quadratic."""
_MANY_MARKS = re.compile(rf"(?<![^\w\s\x00-\x7f])[^\w\s\x00-\x7f]{{{_MOST_MARKS + 1},}}")

_SENTENCE_END = re.compile(
    r"""
    (?P<mark> \./\. | (?<![.!?…])[.!?…]++ )        # agency texts end in './.'
    (?P<closing> ["'”’»)\]]*+ )
    (?= \s )
    """,
    re.VERBOSE,
)
_OPENING = re.compile("[\"'“‘«(\\[\\-–—•*+ ]*+")
_BEFORE_WORD = re.compile(r"[\s(\[“\"'‘«]")
_LONGEST_ABBREVIATION = 40
_ABBREVIATIONS = frozenset((
    "v.v", "vv", "tp", "tx", "tel", "fax", "đt", "vd", "tr", "đ/c", "đc", "gs", "pgs", "ts", "tskh", "ths",
    "bs", "ks", "kts", "ds", "ncs", "nsnd", "nsưt", "ngnd", "ngưt", "vs", "ls",
))  # fmt: skip
_CAPITALISED_ABBREVIATIONS = frozenset(
    ("Mr", "Mrs", "Ms", "Dr", "Prof", "St", "No", "Vol", "Art", "Co", "Jr", "Sr", "Q", "P", "H", "CN", "TT")
)
"""What stands before a dot that ends no sentence: titles, places, 'v.v.', 'Tel.'."""
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\Z")
_ENUMERATOR = re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{1,2})*|[ivxlc]+|[a-zđ])\Z", re.IGNORECASE)
_NUMBERED_PARTS = (
    "điều", "khoản", "chương", "mục", "phần", "bài", "phụ lục", "câu", "bước", "điểm", "số", "hình", "bảng",
)  # fmt: skip
_LONGEST_PART = 12
_DOTS = re.compile(r"\.\.|…")
_ZERO_WIDTH_JOINER = "\u200d"
_CONTINUING = re.compile("[\ufe00-\ufe0f\u200d\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
"""What follows an emoji and belongs to it: variation selectors, joiners, skin tones, tags."""
_LONGEST_GRAPHEME = 40
_LOOKED_AT = 4
"""How many times what is wanted of a text is looked at, before all of it is: white space shrinks."""


def nfc(text: str) -> str:
    """Return *text* composed, so that a letter and its tone are one code point where there is one.

    Of the marks on one letter, those beyond the thirtieth are left out.
    """
    if unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", _with_few_marks(text))


def nfd(text: str) -> str:
    """Return *text* decomposed, its marks behind their letters; of more than thirty, the rest is left out."""
    return unicodedata.normalize("NFD", _with_few_marks(text))


def encodable(text: str) -> str:
    """Return *text* with each lone surrogate, which no encoding can carry, replaced by U+FFFD."""
    return text if text.isascii() else _LONE_SURROGATE.sub(REPLACEMENT, text)


def one_line(text: str) -> str:
    """Return *text* composed, on one line, its runs of white space made single spaces.

    Soft hyphens, zero-width spaces and the like, which editors leave behind, are gone; so is what a reader
    does not see and others use to deceive him.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return nfc(" ".join(_INVISIBLE.sub("", text).split()))


def fold(text: str) -> str:
    """Return *text* without case, tones and other marks, spaces collapsed: what people type without an IME.

    đ has no decomposition, so it is mapped by itself. 'hoà' and 'hòa' become equal.
    """
    decomposed = text.casefold()
    if not decomposed.isascii():
        decomposed = _MARKS.sub("", nfd(decomposed)).replace("đ", "d")
    return " ".join(decomposed.split())


def fold_letters(text: str) -> str:
    """Return *text* folded letter by letter, so that places in one are places in the other."""
    return "".join(folded if len(folded := fold(letter)) == 1 else letter for letter in text)


def spelling(text: str) -> str:
    """Return *text* without case, white space and the place of a tone in its syllable, for comparison.

    'hoà' and 'hòa' become equal, and 'Hạnh' and 'Hanh' do not: that is another name.
    """
    words = (nfd(word) for word in one_line(text).casefold().split())
    return " ".join(_TONES.sub("", word) + "".join(_TONES.findall(word)) for word in words)


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of one paragraph; joined by single spaces they are the paragraph again."""
    line = one_line(text)
    start = 0
    first = _after_opening(line, start)
    for match in _SENTENCE_END.finditer(line):
        if _ends_sentence(line, match, start=start, first=first):
            yield line[start : match.end()]
            start = match.end() + 1
            first = _after_opening(line, start)
    if start < len(line):
        yield line[start:]


def shorten(text: str, limit: int) -> str:
    """Return *text* in at most *limit* code points: whole sentences, else cut at a clause, else at a word.

    A text that had to be cut inside a sentence ends in '…'.
    """
    line = one_line(text[: _LOOKED_AT * limit])
    if len(line) <= limit:
        line = one_line(text)
    if len(line) <= limit:
        return line
    end = 0
    for sentence in sentences(line):
        if end + len(sentence) > limit:
            break
        end += len(sentence) + 1
    return line[: end - 1] if end else _cut(line, limit)


def cut_at_word(text: str, limit: int) -> str:
    """Return *text* on one line in at most *limit* code points, cut behind a word, with '…' where it was."""
    line = one_line(text)
    if len(line) <= limit:
        return line
    room = line[: max(0, limit - len(ELLIPSIS))]
    words = room if line[len(room) : len(room) + 1] == " " else room.rpartition(" ")[0]
    if words := words.rstrip(" .,;:–-([{“‘"):
        return words + ELLIPSIS
    return (room[: grapheme_start(line, len(room))] + ELLIPSIS)[: max(0, limit)]


def grapheme_start(text: str, at: int) -> int:
    """Return the last place up to *at* where *text* can be cut without taking a letter or an emoji apart.

    Where a cluster is longer than any that people write, *at* is as good a place as another.
    """
    start = at
    while 0 < start < len(text) and at - start <= _LONGEST_GRAPHEME:
        inside = unicodedata.combining(text[start]) or _CONTINUING.match(text, start)
        if not inside and text[start - 1] != _ZERO_WIDTH_JOINER:
            return start
        start -= 1
    return start if start > 0 and at - start <= _LONGEST_GRAPHEME else at


def complete(sapo: str, first_paragraph: str) -> str:
    """Return *sapo*, which portals cut with '...', completed from the paragraph that it was cut from.

    The paragraph may have words that the sapo left out ('Cục Sở hữu trí tuệ (SHTT)'); it is taken up to
    the end of the sentence that the sapo stops in. A sapo that is whole, or written for itself, stays.
    """
    line = one_line(sapo)
    stem = _without_cut_mark(line)
    if stem == line or not stem:
        return line
    paragraph = one_line(first_paragraph)
    reached = _reach(stem, paragraph)
    if reached is None:
        return line
    end = 0
    for sentence in sentences(paragraph):
        end += len(sentence) + 1
        if end > reached:
            break
    return paragraph[: end - 1]


def is_cut(line: str) -> bool:
    """Say whether *line* ends in the '...' of something that goes on elsewhere."""
    return _without_cut_mark(line) != line


def _with_few_marks(text: str) -> str:
    return text if text.isascii() else _MANY_MARKS.sub(_few_marks, text)


def _few_marks(found: re.Match[str]) -> str:
    kept, marks = [], 0
    for character in found.group():
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _without_cut_mark(line: str) -> str:
    """Return *line* without the '...', '(…)' or '[...].' that it ends in."""
    end = len(line.rstrip(" .…])"))
    dots = _DOTS.search(line, end)
    if dots is None:
        return line
    stem = line[: dots.start()].rstrip(" ")
    return stem[:-1].rstrip(" ") if stem.endswith(("[", "(")) else stem


def _after_opening(line: str, start: int) -> int:
    """Return where the quotes, brackets and bullets end that stand at *start*."""
    found = _OPENING.match(line, start)
    assert found is not None, "the pattern takes nothing as well"
    return found.end()


def _ends_sentence(line: str, match: re.Match[str], *, start: int, first: int) -> bool:
    """Say whether *match* ends the sentence from *start* on; its first word stands at *first*."""
    mark = match["mark"]
    if mark == "./.":
        return True
    following = _after_opening(line, match.end())
    if line[following : following + 1].islower():
        return False
    if mark != "." or match["closing"]:
        return True
    return not _dot_is_part_of_word(line, match.start(), start=start, first=first)


def _dot_is_part_of_word(line: str, at: int, *, start: int, first: int) -> bool:
    """Say whether the dot at *at* in a sentence from *start* on abbreviates or numbers something."""
    nearest = max(start, at - _LONGEST_ABBREVIATION)
    word = _BEFORE_WORD.split(line[nearest:at])[-1]
    begin = at - len(word)
    if not word or (begin == nearest > start):
        return False
    last = word.rpartition(".")[2]
    if {word.casefold(), last.casefold()} & _ABBREVIATIONS or last in _CAPITALISED_ABBREVIATIONS:
        return True
    if word.isupper() and _INITIALS.match(word):
        return True
    if not _ENUMERATOR.match(word):
        return False
    earlier = line[max(start, begin - _LONGEST_PART) : begin]
    return begin <= first or earlier.rstrip().casefold().endswith(_NUMBERED_PARTS)


def _cut(line: str, limit: int) -> str:
    room = line[: max(0, limit - len(ELLIPSIS))]
    # The white space or mark after the room says whether its last word is whole.
    reach = line[: len(room) + 1]
    for mark in ("; ", ", ", " "):
        at = reach.rfind(mark)
        if at > (0 if mark == " " else len(room) // 2):
            return room[:at].rstrip(" ,;:–-") + ELLIPSIS
    return (room[: grapheme_start(line, len(room))] + ELLIPSIS)[: max(0, limit)]


def _reach(stem: str, paragraph: str) -> int | None:
    """Return how far *paragraph* covers the words of *stem*, in code points, or None if it does not.

    Some words of the paragraph may be missing from the stem; the stem's last word may be cut short.
    """
    words = _bare_words(stem)
    written = paragraph.split(" ")
    bare = _bare_words(paragraph)
    if not words or len(bare) != len(written):
        return None
    skips = 2 + len(words) // 4
    matched = reached = 0
    for word, bare_word in zip(written, bare, strict=True):
        reached += len(word) + 1
        is_last = matched == len(words) - 1
        if bare_word == words[matched] or (is_last and bare_word.startswith(words[matched])):
            matched += 1
            if is_last:
                return reached - 1
        elif any(c.isalnum() for c in bare_word):
            skips -= 1
            if skips < 0:
                return None
    return None


def _bare_words(line: str) -> list[str]:
    return [word.strip(".,;:()\"“”'") for word in fold(line).split(" ")]


def printable(text: str) -> str:
    """Return *text* with a question mark for each character that cannot be seen; lines stay lines."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "?" for letter in text)
