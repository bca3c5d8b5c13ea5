from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.chats.chat import ChatId
from bot.domain.chats.preferences import EVERY_MORNING, Schedule, Timing, next_moment, zone_of
from bot.domain.delivery.monthly_quota import MonthCount, MonthlyQuota, Purpose, day_of, month_after
from bot.domain.delivery.ration import (
    DigestTime,
    digests_left,
    kept_for_digests,
    next_daily_digest,
    ration,
    whose_turn,
)

MONTH = [date(2026, 11, 1) + timedelta(days=day) for day in range(30)]
ZONE = "Asia/Ho_Chi_Minh"
FAR_AWAY = "America/Los_Angeles"
BEGAN = datetime(2026, 10, 31, 17, tzinfo=UTC)
"""The beginning of November in Viet Nam."""
FRIDAYS = Schedule(Timing.WEEKLY, 18, 5)
NOTHING = MonthCount()


def test_digests_are_counted_to_the_end_of_the_month_of_viet_nam() -> None:
    times = [DigestTime(EVERY_MORNING, ZONE, 50), DigestTime(FRIDAYS, ZONE, 2)]

    assert digests_left(times, BEGAN) == 50 * 30 + 2 * 4
    # Seven in the morning of the last day is over; in Los Angeles it is still to come.
    last = datetime(2026, 11, 30, 3, tzinfo=UTC)
    assert digests_left(times, last) == 0
    assert digests_left([DigestTime(EVERY_MORNING, FAR_AWAY, 3)], last) == 3


@pytest.mark.parametrize(
    ("messages", "count", "digests", "allowed"),
    [
        (3000, NOTHING, 1500, 30),
        # What came at once today is part of the day's ration.
        (3000, MonthCount(30, 30, 30, 30, day_of(BEGAN)), 1500, 30),
        (3000, MonthCount(30, 30, 30, 30, day_of(BEGAN - timedelta(days=1))), 1500, 29),
        # Answers within their share take nothing from news, and what is beyond it does.
        (3000, MonthCount(500, 0), 1500, 30),
        (3000, MonthCount(1000, 0), 1500, 14),
        # A plan that is too small for its digests has nothing for anything else.
        (1000, NOTHING, 1500, 0),
        (10, MonthCount(3000, 3000), 0, 0),
    ],
)
def test_what_digests_leave_of_a_month_is_spread_over_its_days(
    messages: int, count: MonthCount, digests: int, allowed: int
) -> None:
    assert ration(MonthlyQuota(messages), count, digests=digests, now=BEGAN) == allowed


@settings(deadline=None, max_examples=40)
@given(
    st.integers(10, 3000),
    st.lists(
        st.builds(
            DigestTime,
            st.sampled_from([EVERY_MORNING, FRIDAYS, Schedule(Timing.DAILY, 23)]),
            st.sampled_from([ZONE, FAR_AWAY, "UTC"]),
            st.integers(0, 30),
        ),
        max_size=4,
    ),
    st.lists(st.integers(0, 200), min_size=30, max_size=30),
)
def test_whatever_is_wanted_at_once_every_digest_still_goes_if_the_plan_has_room_for_all(
    messages: int, times: list[DigestTime], wanted: list[int]
) -> None:
    """A day is one look at its beginning: news come at once, and then its digests go."""
    quota, count, end = MonthlyQuota(messages), NOTHING, month_after(BEGAN)
    has_room = digests_left(times, BEGAN) <= quota.for_news
    missed = 0
    for number, news in enumerate(wanted):
        now = BEGAN + timedelta(days=number)
        left = digests_left(times, now)
        for _ in range(news):
            more = count.plus(1, Purpose.AT_ONCE, day_of(now))
            allowed = ration(quota, count, digests=left, now=now)
            if more.at_once <= allowed and more.fits(quota, Purpose.AT_ONCE):
                count = more
        tomorrow = now + timedelta(days=1)
        for _ in range(left - (digests_left(times, tomorrow) if tomorrow < end else 0)):
            more = count.plus(1, Purpose.DIGEST, day_of(now))
            missed += not more.fits(quota, Purpose.DIGEST)
            count = more if more.fits(quota, Purpose.DIGEST) else count

    assert count.messages <= quota.messages
    assert not has_room or missed == 0


def test_a_digest_that_took_several_messages_is_taken_to_do_so_again() -> None:
    times, now = [DigestTime(EVERY_MORNING, ZONE, 10)], BEGAN + timedelta(days=10)
    begun = 10 * 10

    kept = [
        kept_for_digests(times, MonthCount(news, news, beside), due=5, now=now)
        for news, beside in ((begun, 0), (begun + 40, 40), (3 * begun, 0), (0, 0))
    ]

    assert kept == [205, 205, 615, 205]


def test_what_is_left_over_comes_with_the_own_daily_digest_or_in_the_morning() -> None:
    now = datetime(2026, 11, 20, 5, tzinfo=UTC)

    assert next_daily_digest([Schedule(Timing.DAILY, 18)], ZONE, now) == datetime(
        2026, 11, 20, 11, tzinfo=UTC
    )
    assert next_daily_digest([], ZONE, now) == datetime(2026, 11, 21, 0, tzinfo=UTC)
    assert next_daily_digest([], FAR_AWAY, now) == next_moment(EVERY_MORNING, now, zone_of(FAR_AWAY))


@pytest.mark.parametrize("people", [2, 4, 7, 20, 50])
@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.9])
def test_over_a_month_everybody_is_served_about_as_often(people: int, share: float) -> None:
    served = [ChatId(7 * number) for number in range(1, people + 1)]
    enough_for = max(1, round(share * people))
    times = Counter[ChatId]()

    for day in MONTH:
        turn = whose_turn(served, day)
        assert turn
        first = served.index(turn)
        times.update((served[first:] + served[:first])[:enough_for])

    even = len(MONTH) * enough_for / people
    assert all(abs(times[chat] - even) <= 2 for chat in served), times


def test_where_nobody_is_served_at_once_it_is_nobodys_turn() -> None:
    assert whose_turn([], MONTH[0]) is None
