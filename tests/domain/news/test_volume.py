"""How much of a feed is let through in a day, and when its silence is news."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.news.volume import DAYS_TO_LEARN, LEAST_FLOOD, Volume, counted, room, silent_since

START = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


def after(days: int, a_day: int) -> tuple[Volume, datetime]:
    """Return what is known of a feed that has brought so many articles *a_day*, and the next morning."""
    volume = Volume()
    for day in range(days):
        volume = counted(volume, pushed=a_day, listed=20, now=START + day * DAY)
    return volume, START + days * DAY


@pytest.mark.parametrize(
    ("days", "a_day", "allowed"),
    [(0, 0, 10), (1, 40, 120), (30, 0, 10), (30, 2, 10), (30, 3, 10), (30, 5, 15), (30, 40, 120)],
)
def test_three_times_the_usual_day_is_let_through_and_ten_at_least(
    days: int, a_day: int, allowed: int
) -> None:
    volume, now = after(days, a_day)

    assert room(volume, now, polled_at=now) == allowed


def test_a_flood_in_small_portions_is_one_all_the_same() -> None:
    volume, now = after(30, 2)
    pushed = 0
    for minutes in range(0, 24 * 60, 10):
        at = now + timedelta(minutes=minutes)
        portion = min(5, room(volume, at, polled_at=at))
        volume = counted(volume, pushed=portion, listed=20, now=at)
        pushed += portion

    assert pushed == LEAST_FLOOD


@pytest.mark.parametrize(("hours", "allowed"), [(23, 10), (24, 20), (71, 30)])
def test_after_an_outage_there_is_room_for_each_day_that_was_missed(hours: int, allowed: int) -> None:
    volume, now = after(30, 0)
    back = now + timedelta(hours=hours)

    assert room(volume, back, polled_at=now) == allowed


def test_while_it_is_learned_what_is_usual_each_poll_has_room() -> None:
    volume, now = after(1, 30)

    rooms = []
    for hour in range(3):
        rooms.append(room(volume, now + timedelta(hours=hour), polled_at=now))
        volume = counted(volume, pushed=30, listed=30, now=now + timedelta(hours=hour))

    assert rooms == [90, 90, 90]
    assert DAYS_TO_LEARN > 1


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 2_000)), max_size=30))
def test_there_is_never_less_than_no_room_and_a_new_day_has_ten(polls: list[tuple[int, int]]) -> None:
    volume, now = Volume(), START
    for pushed, hours in polls:
        now += timedelta(hours=hours)
        volume = counted(volume, pushed=min(pushed, room(volume, now, polled_at=now)), listed=1, now=now)

        assert room(volume, now, polled_at=now) >= 0
        assert room(volume, now + DAY, polled_at=now + DAY) >= LEAST_FLOOD


def test_it_is_remembered_since_when_a_feed_lists_nothing() -> None:
    volume = counted(Volume(), pushed=0, listed=0, now=START)
    still = counted(volume, pushed=0, listed=0, now=START + DAY)
    unchanged = counted(still, pushed=0, listed=None, now=START + DAY)
    back = counted(unchanged, pushed=0, listed=3, now=START + 2 * DAY)

    assert [each.emptied_at for each in (volume, still, unchanged, back)] == [START, START, START, None]


@pytest.mark.parametrize(
    ("quiet", "gap", "is_silent"),
    [
        (WEEK, None, True),
        (WEEK - timedelta(seconds=1), None, False),
        (WEEK, timedelta(hours=5), True),
        (WEEK, 2 * DAY, False),
        (8 * DAY, 2 * DAY, True),
    ],
)
def test_a_feed_is_silent_after_a_week_or_four_times_its_usual_gap(
    quiet: timedelta, gap: timedelta | None, *, is_silent: bool
) -> None:
    assert silent_since(START, gap, now=START + quiet, after=WEEK) == (START if is_silent else None)


def test_a_feed_that_was_never_polled_is_not_silent() -> None:
    assert silent_since(None, None, now=START, after=WEEK) is None
