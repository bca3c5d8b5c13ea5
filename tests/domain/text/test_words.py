"""Words as a search compares them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text.words import MOST_BYTES, exact, terms, words


@pytest.mark.parametrize(("one", "other"), [("hoà", "hòa"), ("uỷ", "ủy"), ("KHOẺ", "khỏe"), ("Đảng", "đảng")])
def test_where_the_tone_stands_makes_no_other_word(one: str, other: str) -> None:
    assert exact(one) == exact(other)


@pytest.mark.parametrize(("one", "other"), [("đấu", "dấu"), ("đấu", "đâu"), ("ma", "mà"), ("o", "ơ")])
def test_another_letter_or_tone_makes_another_word(one: str, other: str) -> None:
    assert exact(one) != exact(other)


def test_terms_tell_title_exactness_and_topic_and_phrases_end_with_a_paragraph() -> None:
    found, folded = terms("Đảng ủy", ["Hội nghị.", "Cần Thơ"], ["a-b"])

    assert {"dang", "^uy", f"={exact('uỷ')}", f"^={exact('ủy')}", "hoi", "#612d62"} <= found
    assert {"dang~uy", "hoi~nghi", "can~tho"} <= found
    assert not {"^hoi", "uy~hoi", "nghi~can"} & found
    assert folded == " dang uy | hoi nghi | can tho "


@given(st.text())
def test_terms_hold_nothing_that_a_query_could_take_for_syntax(text: str) -> None:
    found, _ = terms(text, [text], [text])

    assert not [term for term in found if set(term) & set("'\"\\ &|!():*-+%_")]


@given(st.text())
def test_words_stand_where_they_say(text: str) -> None:
    assert all(text[word.start : word.end][:1].isalnum() for word in words(text))


def test_terms_stay_within_what_a_database_takes() -> None:
    endless = " ".join(f"{number:050}ệ" for number in range(20_000))

    found, folded = terms("Tiêu đề", [endless], ["tin"])

    assert sum(len(term.encode()) + 1 for term in found) < MOST_BYTES + 100
    assert len(folded) > 100_000
