from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.delivery.monthly_quota import MonthlyQuota, month_after, month_of, refused_until


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
