"""Rewording: whether a text was changed in spelling, spaces and punctuation alone, or says something else."""

import re
from itertools import zip_longest

from bot.domain.text.text import fold, nfc, one_line
from bot.domain.text.words import exact

MOST_WORDS = 2
"""Words that may be spelled anew; where there are more, somebody has written something else."""

_NUMBER = r"[-+−±]?\d[\d.,:/-]*[a-zđ%]*"
_PIECE = re.compile(rf"(?<![^\W_])(?P<number>{_NUMBER})|(?P<word>[^\W_]+)|(?P<sign>[%°€$₫<>=+±&@#*])")
_WEIGHTY = frozenset(
    exact(word)
    for word in (
        *(
            "không",
            "chưa",
            "chẳng",
            "đừng",
            "cấm",
            "miễn",
            "trừ",
            "ngoài",
            "trong",
            "phải",
            "được",
            "có",
            "cần",
        ),
        *(
            "tăng",
            "giảm",
            "tặng",
            "trước",
            "sau",
            "trên",
            "dưới",
            "từ",
            "đến",
            "hoặc",
            "và",
            "hết",
            "hủy",
            "huỷ",
        ),
        *("một", "hai", "ba", "bốn", "tư", "năm", "lăm", "sáu", "bảy", "bẩy", "tám", "chín", "mười", "mươi"),
        *(
            "trăm",
            "nghìn",
            "ngàn",
            "triệu",
            "tỷ",
            "tỉ",
            "nửa",
            "rưỡi",
            "đầu",
            "cuối",
            "sáng",
            "trưa",
            "chiều",
            "tối",
        ),
        *(
            "mở",
            "đóng",
            "mua",
            "bán",
            "vay",
            "nam",
            "nữ",
            "bắc",
            "đông",
            "tây",
            "cũ",
            "mới",
            "not",
            "no",
            "may",
        ),
    )
)
"""Words on which the sense of a sentence hangs: to change one is no slip of the pen."""


def is_small(before: str, now: str) -> bool:
    """Return whether *now* is *before* but for spelling, spaces, punctuation and case.

    Numbers, names and the words on which the sense hangs must be the same. At most two other words may
    differ, each in its diacritics alone or in one letter.
    """
    one, other = _pieces(before), _pieces(now)
    if "".join(one).casefold() == "".join(other).casefold():
        return _numbers(one) == _numbers(other)
    if len(one) != len(other):
        return False
    changed = [(a, b) for a, b in zip(one, other, strict=True) if exact(a) != exact(b)]
    return len(changed) <= MOST_WORDS and all(_is_respelled(a, b) for a, b in changed)


def _pieces(text: str) -> list[str]:
    return [match.group().rstrip(".,:/-") for match in _PIECE.finditer(nfc(one_line(text)))]


def _numbers(pieces: list[str]) -> list[str]:
    return [each for each in pieces if any(letter.isdigit() for letter in each)]


def _is_respelled(one: str, other: str) -> bool:
    if not (one.isalpha() and other.isalpha() and one.islower() and other.islower()):
        return False
    if {exact(one), exact(other)} & _WEIGHTY:
        return False
    return fold(one) == fold(other) or _is_one_letter_off(one, other)


def _is_one_letter_off(one: str, other: str) -> bool:
    """Return whether a letter was added, left out or replaced, or two neighbours changed places."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) <= 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip_longest(one, other)) if a != b), len(one))
    rest, other_rest = one[start:], other[start:]
    is_swapped = rest[:2] == other_rest[:2][::-1] and rest[2:] == other_rest[2:]
    return is_swapped or rest[1:] == other_rest[1:] or rest[1:] == other_rest or rest == other_rest[1:]
