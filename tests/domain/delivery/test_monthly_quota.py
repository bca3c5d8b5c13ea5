from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.delivery.monthly_quota import (
    MonthlyQuota,
    MonthlyUsage,
    month_after,
    month_began,
    month_of,
    refused_until,
)


def test_a_fifth_of_the_month_is_kept_for_answers() -> None:
    quota = MonthlyQuota(3000)

    assert (quota.limit(answers=False), quota.limit(answers=True)) == (2400, 3000)


@pytest.mark.parametrize(
    ("moment", "month", "turns_at"),
    [
        (datetime(2026, 11, 30, 16, 59, tzinfo=UTC), "2026-11", datetime(2026, 11, 30, 17, tzinfo=UTC)),
        (datetime(2026, 11, 30, 17, 0, tzinfo=UTC), "2026-12", datetime(2026, 12, 31, 17, tzinfo=UTC)),
    ],
)
def test_months_are_those_of_viet_nam(moment: datetime, month: str, turns_at: datetime) -> None:
    assert (month_of(moment), month_after(moment)) == (month, turns_at)


def test_a_platform_that_says_spent_is_believed_until_the_month_turns() -> None:
    moment = datetime(2026, 11, 20, tzinfo=UTC)

    assert refused_until(moment) == month_after(moment)


def test_on_the_first_day_it_may_still_speak_of_the_month_before() -> None:
    began = datetime(2026, 11, 30, 17, tzinfo=UTC)

    assert refused_until(began + timedelta(hours=3)) == began + timedelta(days=1)
    assert refused_until(began + timedelta(days=1)) == month_after(began)


BEGAN = datetime(2026, 1, 2, tzinfo=UTC)
MONTHS = st.timedeltas(timedelta(0), timedelta(days=1500)).map(lambda span: BEGAN + span)
USAGES = st.builds(MonthlyUsage, st.integers(10, 100_000).map(MonthlyQuota), st.integers(0, 100_000), MONTHS)


def test_a_month_is_forecast_by_what_was_used_so_far() -> None:
    moment = datetime(2026, 11, 10, 17, tzinfo=UTC)
    began = month_began(moment)

    until = MonthlyUsage(MonthlyQuota(3000), 1200, moment).lasts_until()

    assert (moment - began, until) == (timedelta(days=10), began + timedelta(days=20))


@given(USAGES)
def test_a_forecast_is_between_now_and_the_end_of_the_month(usage: MonthlyUsage) -> None:
    until = usage.lasts_until()

    assert until is None or usage.moment <= until < month_after(usage.moment)
    assert usage.is_low or not usage.is_spent
    assert not usage.is_spent or until == usage.moment


@given(USAGES, st.integers(1, 1000))
def test_who_uses_more_gets_no_further(usage: MonthlyUsage, more: int) -> None:
    end = month_after(usage.moment)

    worse = MonthlyUsage(usage.quota, usage.used + more, usage.moment)

    assert (worse.lasts_until() or end) <= (usage.lasts_until() or end)


@given(USAGES)
def test_at_that_rate_it_is_used_up_just_then(usage: MonthlyUsage) -> None:
    until, began = usage.lasts_until(), month_began(usage.moment)
    if until is not None and not usage.is_spent:
        used_by_then = usage.used * ((until - began) / (usage.moment - began))

        assert used_by_then == pytest.approx(usage.for_news, rel=1e-6)
