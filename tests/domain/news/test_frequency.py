"""How often something comes, as people say it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.news.frequency import LOOKED_BACK, Frequency, Unit, frequency


@pytest.mark.parametrize(
    ("count", "days", "said"),
    [
        (24, 56, Frequency(3, Unit.WEEK)),
        (8, 56, Frequency(1, Unit.WEEK)),
        (2, 56, Frequency(1, Unit.MONTH)),
        (5, 56, Frequency(3, Unit.MONTH)),
        (560, 56, Frequency(10, Unit.DAY)),
        (70, 56, Frequency(9, Unit.WEEK)),
        (3, 0, Frequency(3, Unit.WEEK)),
        (20, 1, Frequency(3, Unit.DAY)),
    ],
)
def test_the_unit_is_such_that_it_is_about_one_or_more(count: int, days: int, said: Frequency) -> None:
    assert frequency(count, timedelta(days=days)) == said


@given(st.integers(1, 1_000_000), st.timedeltas(timedelta(0), LOOKED_BACK))
def test_what_comes_at_all_comes_at_least_once(count: int, span: timedelta) -> None:
    assert frequency(count, span).count >= 1
