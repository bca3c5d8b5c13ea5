"""Moments to come, as people type them."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clock import VIETNAM
from bot.domain.text.moments import read_moment

NOW = datetime(2026, 11, 27, 9, 10, tzinfo=VIETNAM)
"""A Friday morning."""


@pytest.mark.parametrize(
    ("typed", "day", "time"),
    [
        ("14:30", 27, "14:30"),
        ("14h30", 27, "14:30"),
        ("9 giờ", 28, "9:00"),
        ("14 giờ 30", 27, "14:30"),
        ("8h", 28, "08:00"),
        ("8 giờ sáng mai", 28, "08:00"),
        ("sáng mai lúc 8 giờ rưỡi", 28, "08:30"),
        ("3 giờ chiều", 27, "15:00"),
        ("3 giờ chiều nay", 27, "15:00"),
        ("tối nay", 27, "19:00"),
        ("sáng mai", 28, "08:00"),
        ("14h30 thứ Hai", 30, "14:30"),
        ("thứ 2, 14:30", 30, "14:30"),
        ("thứ Sáu 8h", 34, "08:00"),
        ("thứ sáu lúc 10:00", 27, "10:00"),
        ("8h chủ nhật", 29, "08:00"),
        ("8h thứ hai tuần sau", 30, "08:00"),
        ("8:00 28/11", 28, "08:00"),
        ("8 giờ ngày 28/11/2026", 28, "08:00"),
        ("8:00 hôm nay", 27, "08:00"),
        ("2 giờ nữa", 27, "11:10"),
        ("sau 30 phút", 27, "09:40"),
        ("in 2 hours", 27, "11:10"),
        ("8 am tomorrow", 28, "08:00"),
        ("monday 2 pm", 30, "14:00"),
        ("12 giờ trưa", 27, "12:00"),
        ("12 giờ đêm nay", 28, "00:00"),
    ],
)
def test_a_moment_is_read(typed: str, day: int, time: str) -> None:
    hour, minute = map(int, time.split(":"))
    midnight = datetime(2026, 11, 1, tzinfo=VIETNAM) + timedelta(days=day - 1)

    assert read_moment(typed, NOW, VIETNAM) == midnight + timedelta(hours=hour, minutes=minute)


@pytest.mark.parametrize(
    "typed",
    ["", "mai", "25:00", "8h 31/2", "lúc nào cũng được", "8h sáng mai gửi cho ông Nam", "99", "2 giờ 75"],
)
def test_what_is_no_moment_is_none(typed: str) -> None:
    assert read_moment(typed, NOW, VIETNAM) is None


def test_a_date_without_a_year_that_has_passed_is_that_of_the_next() -> None:
    assert read_moment("8h 2/1", NOW, VIETNAM) == datetime(2027, 1, 2, 8, tzinfo=VIETNAM)


@given(st.text(max_size=100))
def test_nothing_that_people_type_breaks_it(typed: str) -> None:
    found = read_moment(typed, NOW, VIETNAM)

    assert found is None or found.tzinfo is not None
