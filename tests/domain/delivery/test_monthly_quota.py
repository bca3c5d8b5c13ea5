from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.delivery.monthly_quota import (
    MonthCount,
    MonthlyQuota,
    MonthlyUsage,
    Purpose,
    month_after,
    month_began,
    month_of,
    refused_until,
)

TODAY = date(2026, 11, 20)
NOTHING = MonthCount()


@pytest.mark.parametrize(
    ("messages", "news", "answers", "last"),
    [(3000, 2400, 600, 60), (1000, 800, 200, 20), (200, 160, 40, 10), (50, 40, 10, 5), (10, 8, 2, 1)],
)
def test_a_fifth_of_the_month_is_kept_for_answers_and_the_last_of_it_for_those_who_leave(
    messages: int, news: int, answers: int, last: int
) -> None:
    quota = MonthlyQuota(messages)

    assert (quota.for_news, quota.for_answers, quota.last_reserve) == (news, answers, last)


def taken(quota: MonthlyQuota, purposes: Iterable[Purpose], count: MonthCount = NOTHING) -> MonthCount:
    """Return the count after as many messages of *purposes* as the month has room for."""
    for purpose in purposes:
        more = count.plus(1, purpose, TODAY)
        count = more if more.fits(quota, purpose) else count
    return count


def test_news_leave_answers_their_share_and_answers_leave_the_last_reserve() -> None:
    quota = MonthlyQuota(100)

    news = taken(quota, [Purpose.DIGEST] * 200)
    answered = taken(quota, [Purpose.ANSWER] * 200, news)
    left = taken(quota, [Purpose.ESSENTIAL] * 200, answered)

    assert [count.messages for count in (news, answered, left)] == [80, 90, 100]


def test_answers_within_their_share_take_nothing_from_news() -> None:
    quota = MonthlyQuota(100)

    count = taken(quota, [Purpose.ANSWER] * 10 + [Purpose.URGENT] * 200)

    assert (count.messages, count.news) == (90, 80)


@given(st.integers(10, 500), st.lists(st.sampled_from(Purpose), max_size=700))
def test_a_month_is_never_exceeded(messages: int, purposes: list[Purpose]) -> None:
    quota = MonthlyQuota(messages)

    count = taken(quota, purposes)

    assert count.messages <= messages
    assert count.news <= quota.for_news
    assert count.messages <= quota.ordinary or Purpose.ESSENTIAL in purposes


@given(st.sampled_from(Purpose), st.integers(1, 10))
def test_what_is_given_back_was_never_taken_but_of_another_day_nothing_is_taken_off_today(
    purpose: Purpose, messages: int
) -> None:
    before = MonthCount(20, 15, 12, 10, TODAY)

    assert before.plus(messages, purpose, TODAY).minus(messages, purpose, TODAY) == before
    assert before.minus(messages, purpose, date(2026, 11, 19)).at_once == 10


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
COUNTS = st.builds(
    lambda answers, news: MonthCount(answers + news, news), st.integers(0, 50_000), st.integers(0, 50_000)
)
USAGES = st.builds(MonthlyUsage, st.integers(10, 100_000).map(MonthlyQuota), COUNTS, MONTHS)


def test_a_month_is_forecast_by_what_was_used_so_far() -> None:
    moment = datetime(2026, 11, 10, 17, tzinfo=UTC)
    began = month_began(moment)

    until = MonthlyUsage(MonthlyQuota(3000), MonthCount(1300, 1200), moment).lasts_until()

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

    count = MonthCount(usage.count.messages + more, usage.count.news + more)
    worse = MonthlyUsage(usage.quota, count, usage.moment)

    assert (worse.lasts_until() or end) <= (usage.lasts_until() or end)


@given(USAGES)
def test_at_that_rate_either_share_is_used_up_just_then(usage: MonthlyUsage) -> None:
    until, began = usage.lasts_until(), month_began(usage.moment)
    if until is not None and not usage.is_spent:
        grown = (until - began) / (usage.moment - began)
        shares = usage.count.news / usage.for_news, usage.count.messages / usage.quota.ordinary

        assert max(shares) * grown == pytest.approx(1.0, rel=1e-6)


def test_a_month_that_answers_have_eaten_is_spent_for_news_as_well() -> None:
    moment = datetime(2026, 11, 20, tzinfo=UTC)

    assert MonthlyUsage(MonthlyQuota(100), MonthCount(90, 5), moment).is_spent
