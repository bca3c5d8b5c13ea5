"""Numbers in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.speech.numbers import digit_words, month_words, number_words, roman

WORDS = {
    0: "không",
    4: "bốn",
    10: "mười",
    14: "mười bốn",
    15: "mười lăm",
    21: "hai mươi mốt",
    24: "hai mươi tư",
    55: "năm mươi lăm",
    101: "một trăm linh một",
    104: "một trăm linh tư",
    111: "một trăm mười một",
    1001: "một nghìn không trăm linh một",
    2017: "hai nghìn không trăm mười bảy",
    21_004: "hai mươi mốt nghìn không trăm linh tư",
    1_000_005: "một triệu không trăm linh năm",
    1_250_000_000: "một tỷ hai trăm năm mươi triệu",
    3_000_000_021: "ba tỷ không trăm hai mươi mốt",
}


@pytest.mark.parametrize("number", WORDS)
def test_a_number_in_words(number: int) -> None:
    assert number_words(number) == WORDS[number]


@given(st.integers(0, 10**15 - 1), st.integers(0, 10**15 - 1))
def test_no_two_numbers_sound_alike(one: int, other: int) -> None:
    assert (number_words(one) == number_words(other)) == (one == other)


def test_the_fourth_month_has_a_name_of_its_own() -> None:
    assert [month_words(month) for month in (1, 4, 12)] == ["một", "tư", "mười hai"]


def test_digits_are_said_one_by_one() -> None:
    assert digit_words("024-38") == "không hai bốn ba tám"


@pytest.mark.parametrize(
    ("numeral", "value"), [("I", 1), ("IV", 4), ("XIII", 13), ("XX", 20), ("MCMXLIV", 1944)]
)
def test_a_roman_numeral(numeral: str, value: int) -> None:
    assert roman(numeral) == value


@pytest.mark.parametrize("word", ["", "IIII", "IC", "VX", "ABC", "i"])
def test_what_is_no_roman_numeral(word: str) -> None:
    assert roman(word) is None
