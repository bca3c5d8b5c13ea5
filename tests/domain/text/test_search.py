"""Reading what a person searches for."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clock import VIETNAM
from bot.domain.text.search import Period, clean, read


def day(year: int, month: int, number: int) -> datetime:
    return datetime(year, month, number, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("sáng chế từ 01/08/2017 đến 31/08/2017", Period(day(2017, 8, 1), day(2017, 9, 1))),
        ("sang che tu ngay 1.8.2017 den ngay 31.8.2017", Period(day(2017, 8, 1), day(2017, 9, 1))),
        ("sáng chế từ 31/08/2017 đến 01/08/2017", Period(day(2017, 8, 1), day(2017, 9, 1))),
        ("sáng chế tháng 8/2017", Period(day(2017, 8, 1), day(2017, 9, 1))),
        ("SÁNG CHẾ THÁNG 12 NĂM 2017", Period(day(2017, 12, 1), day(2018, 1, 1))),
        ("sáng chế năm 2017", Period(day(2017, 1, 1), day(2018, 1, 1))),
        ("sáng chế in 2017", Period(day(2017, 1, 1), day(2018, 1, 1))),
        ("sáng chế từ 16/8/2017", Period(day(2017, 8, 16), None)),
        ("sáng chế đến 16/8/2017", Period(None, day(2017, 8, 17))),
        ("ngày 16/08/2017 sáng chế", Period(day(2017, 8, 16), day(2017, 8, 17))),
    ],
)
def test_a_time_is_read_and_is_no_word(text: str, period: Period) -> None:
    wanted = read(text)

    assert (wanted.period, [word.folded for word in wanted.words]) == (period, ["sang", "che"])


@pytest.mark.parametrize(
    "text", ["sáng chế 31/02/2017", "tháng 13/2017", "năm 0", "năm 9999", "ngày 99/99/9999", "Việt Nam 2017"]
)
def test_what_is_no_time_is_words(text: str) -> None:
    assert read(text).period == Period()
    assert read(text).words


def test_phrases_stand_in_quotes_of_any_kind() -> None:
    assert read('"Đảng ủy" “sở hữu trí tuệ” «một»').phrases == ("dang uy", "so huu tri tue")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("sáng chế #TrongNước", "TrongNước"),
        ("sáng chế chuyên mục: trong nước", "trong nước"),
        ("sáng chế", ""),
    ],
)
def test_a_topic_is_named_by_its_hashtag_or_at_the_end(text: str, topic: str) -> None:
    wanted = read(text)

    assert (wanted.named_topic, len(wanted.words)) == (topic, 2)


@pytest.mark.parametrize("text", ["", "  ", "?!", '""', "—", "/"])
def test_nothing_to_look_for_is_empty(text: str) -> None:
    assert read(text).is_empty


@given(st.text())
def test_any_text_is_read_and_reading_again_what_was_shown_finds_the_same(text: str) -> None:
    assert read(clean(text)) == read(text)
