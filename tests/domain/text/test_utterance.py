"""What people say, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text.utterance import Phrasebook, bare, heard, is_spelled, readings, topic_of, wanted, written


@pytest.mark.parametrize(
    ("said", "phrase", "is_it"),
    [
        ("dừng", "dừng", True),
        ("DUNG", "dừng", True),
        ("dưng", "dừng", True),
        ("đúng", "dừng", False),
        ("dùng", "dừng", False),
        ("đừng", "dừng", False),
        ("huỷ", "hủy", True),
        ("hùy", "hủy", False),
        ("đang ky", "đăng ký", True),
        ("dâng ký", "đăng ký", False),
        ("đăng", "đăng ký", False),
    ],
)
def test_marks_may_be_left_out_but_not_be_wrong(said: str, phrase: str, is_it: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert is_spelled(heard(said), heard(phrase)) is is_it


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Xin vui lòng cho tôi xem tin mới nhé ạ", "tin mới"),
        ("could you please stop sending, thanks", "stop sending"),
        ("cảm ơn nhé", "cảm ơn"),
        ("ạ", "ạ"),
        ("hội nghị", "hội nghị"),
        ("", ""),
    ],
)
def test_politeness_is_taken_off_but_something_is_left(said: str, left: str) -> None:
    assert [word.exact for word in bare(heard(said))] == [word.exact for word in heard(left)]


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ("có tin gì về nhãn hiệu không ạ", "nhãn hiệu"),
        ("Cho tôi hỏi về sáng chế", "sáng chế"),
        ("what is a patent?", "a patent"),
        ("Có hội nghị nào không", "hội nghị"),
        ("tin về hàng không", "hàng không"),
        ("hàng không", ""),
        ("hội nghị tháng 8/2017", ""),
        ("hội nghị tháng 8/2017 ở đâu?", "hội nghị tháng 8/2017"),
        ('tin về "đảng ủy"', '"đảng ủy"'),
        ("không", ""),
        ("", ""),
    ],
)
def test_a_question_is_about_something(said: str, about: str) -> None:
    found = topic_of(heard(said))

    assert (written(said, found) if found else "") == about


def test_the_longest_phrase_counts() -> None:
    book = Phrasebook({"tin": 1, "tin mới": 2, "tin mới nhất": 3})

    assert book.at_start(heard("tin mới nhất hôm nay")) == 3
    assert book.at_end(heard("xem tin")) == 1
    assert (book.meaning(heard("tin moi")), book.meaning(heard("tin cũ"))) == (2, None)


@given(st.text(max_size=200))
def test_what_is_left_is_always_said(text: str) -> None:
    said = heard(text)

    for each in (*readings(said), bare(said), topic_of(said), wanted(said)):
        assert set(each) <= set(said)
