"""Vietnamese text: one spelling for comparison, where sentences end, and how to shorten."""

import re
import unicodedata

ELLIPSIS = "…"

_MARKS = re.compile("[\u0300-\u036f]+")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]+")

_SENTENCE_END = re.compile(
    r"""
    (?P<mark> \./\. | [.!?…]+ )        # agency texts end in './.'
    (?P<closing> ["'”’»)\]]* )
    (?= \s )
    """,
    re.VERBOSE,
)
_OPENING = "\"'“‘«([-–—•*+ "
_WORD_BEFORE = re.compile(r"[^\s(\[“\"'‘«]+\Z")
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
_NUMBERED_PART = re.compile(
    r"(?:điều|khoản|chương|mục|phần|bài|phụ lục|câu|bước|tiểu mục|điểm|số|hình|bảng)\s*\Z", re.IGNORECASE
)
_CUT_MARK = re.compile(r"\s*[\[(]?\s*(?:\.{2,}|…)[\s.…\])]*\Z")


def nfc(text: str) -> str:
    """Return *text* composed, so that a letter and its tone are one code point where there is one."""
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Return *text* composed, on one line, its runs of white space made single spaces.

    Soft hyphens, zero-width spaces and the like, which editors leave behind, are gone.
    """
    composed = nfc(text)
    return " ".join((composed if composed.isascii() else _INVISIBLE.sub("", composed)).split())


def fold(text: str) -> str:
    """Return *text* without case, tones and other marks, spaces collapsed: what people type without an IME.

    đ has no decomposition, so it is mapped by itself. 'hoà' and 'hòa' become equal.
    """
    decomposed = text.casefold()
    if not decomposed.isascii():
        decomposed = _MARKS.sub("", unicodedata.normalize("NFD", decomposed)).replace("đ", "d")
    return " ".join(decomposed.split())


def fold_letters(text: str) -> str:
    """Return *text* folded letter by letter, so that places in one are places in the other."""
    return "".join(folded if len(folded := fold(letter)) == 1 else letter for letter in text)


def spelling(text: str) -> str:
    """Return *text* without case, white space and the place of a tone in its syllable, for comparison.

    'hoà' and 'hòa' become equal, and 'Hạnh' and 'Hanh' do not: that is another name.
    """
    words = (unicodedata.normalize("NFD", word) for word in one_line(text).casefold().split())
    return " ".join(_TONES.sub("", word) + "".join(_TONES.findall(word)) for word in words)


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of one paragraph; joined by single spaces they are the paragraph again."""
    line = one_line(text)
    found = []
    start = 0
    for match in _SENTENCE_END.finditer(line):
        if _ends_sentence(line, start, match):
            found.append(line[start : match.end()])
            start = match.end() + 1
    rest = line[start:]
    return (*found, rest) if rest else tuple(found)


def shorten(text: str, limit: int) -> str:
    """Return *text* in at most *limit* code points: whole sentences, else cut at a clause, else at a word.

    A text that had to be cut inside a sentence ends in '…'.
    """
    line = one_line(text)
    if len(line) <= limit:
        return line
    end = 0
    for sentence in sentences(line):
        if end + len(sentence) > limit:
            break
        end += len(sentence) + 1
    return line[: end - 1] if end else _cut(line, limit)


def complete(sapo: str, first_paragraph: str) -> str:
    """Return *sapo*, which portals cut with '...', completed from the paragraph that it was cut from.

    The paragraph may have words that the sapo left out ('Cục Sở hữu trí tuệ (SHTT)'); it is taken up to
    the end of the sentence that the sapo stops in. A sapo that is whole, or written for itself, stays.
    """
    line = one_line(sapo)
    stem = _CUT_MARK.sub("", line)
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


def is_cut(text: str) -> bool:
    """Say whether *text* ends in the '...' of something that goes on elsewhere."""
    return _CUT_MARK.search(text) is not None


def _ends_sentence(line: str, start: int, match: re.Match[str]) -> bool:
    mark = match["mark"]
    if mark == "./.":
        return True
    following = line[match.end() :].lstrip(_OPENING)
    if following[:1].islower():
        return False
    return mark != "." or bool(match["closing"]) or not _dot_is_part_of_word(line[start : match.start()])


def _dot_is_part_of_word(before: str) -> bool:
    """Say whether the dot that follows *before*, the sentence so far, abbreviates or numbers something."""
    found = _WORD_BEFORE.search(before)
    if found is None:
        return False
    word = found.group()
    last = word.rpartition(".")[2]
    if {word.casefold(), last.casefold()} & _ABBREVIATIONS or last in _CAPITALISED_ABBREVIATIONS:
        return True
    if word.isupper() and _INITIALS.match(word):
        return True
    if not _ENUMERATOR.match(word):
        return False
    earlier = before[: found.start()]
    return not earlier.strip(_OPENING) or _NUMBERED_PART.search(earlier) is not None


def _cut(line: str, limit: int) -> str:
    room = line[: max(0, limit - len(ELLIPSIS))]
    # The white space or mark after the room says whether its last word is whole.
    reach = line[: len(room) + 1]
    for mark in ("; ", ", ", " "):
        at = reach.rfind(mark)
        if at > (0 if mark == " " else len(room) // 2):
            return room[:at].rstrip(" ,;:–-") + ELLIPSIS
    at = len(room)
    while at and unicodedata.combining(line[at]):
        at -= 1
    return (room[:at] + ELLIPSIS)[: max(0, limit)]


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
