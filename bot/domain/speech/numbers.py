"""Numbers in Vietnamese words, as newsreaders say them."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu")
_BILLION = 10**9

MOST_DIGITS = 15
"""Digits of the largest number that is said as one; a longer one is said digit by digit."""


def number_words(number: int) -> str:
    """Return *number*, not negative, in words: 2017 is "hai nghìn không trăm mười bảy"."""
    if number == 0:
        return _DIGITS[0]
    billions, rest = divmod(number, _BILLION)
    words = [number_words(billions), "tỷ"] if billions else []
    words += _below_a_billion(rest, follows=bool(billions))
    return " ".join(words)


def digit_words(digits: str) -> str:
    """Return *digits* one by one, as those of a telephone number; what is no digit is left out."""
    return " ".join(_DIGITS[int(digit)] for digit in digits if "0" <= digit <= "9")


def month_words(month: int) -> str:
    """Return how a month is called: the fourth is "tư"."""
    return "tư" if month == 4 else number_words(month)


def roman(numeral: str) -> int | None:
    """Return the value of a Roman *numeral* below 4000 in capitals, or None where it is none."""
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    if not numeral or any(letter not in values for letter in numeral):
        return None
    total = 0
    for letter, following in zip(numeral, f"{numeral[1:]} ", strict=True):
        value = values[letter]
        total += -value if values.get(following, 0) > value else value
    return total if _in_roman(total) == numeral else None


def _in_roman(number: int) -> str:
    steps = (
        *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
        *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
    )
    written = ""
    for value, letters in steps:
        count, number = divmod(number, value)
        written += letters * count
    return written


def _below_a_billion(number: int, *, follows: bool) -> list[str]:
    """Return the words of *number*; one that *follows* others says its hundreds even where they are none."""
    words: list[str] = []
    for scale in (2, 1, 0):
        group = number // 1000**scale % 1000
        if group:
            words += _below_a_thousand(group, full=follows or bool(words))
            if scale:
                words.append(_SCALES[scale])
    return words


def _below_a_thousand(number: int, *, full: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    tens, ones = divmod(rest, 10)
    if tens == 0:
        if ones and words:
            words += ["linh", "tư" if ones == 4 else _DIGITS[ones]]
        elif ones:
            words.append(_DIGITS[ones])
        return words
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones:
        words.append(_behind_tens(tens, ones))
    return words


def _behind_tens(tens: int, ones: int) -> str:
    if ones == 5:
        return "lăm"
    if tens > 1 and ones in (1, 4):
        return "mốt" if ones == 1 else "tư"
    return _DIGITS[ones]
