"""How long a feed is left alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.chats.chat import TopicId
from bot.domain.news.feed import Feed, FeedId
from bot.domain.news.poll_stats import (
    LONGEST,
    PollStats,
    jittered,
    noted,
    wait_after_failure,
    wait_after_poll,
)

NOON = datetime(2026, 5, 4, 5, 0, tzinfo=UTC)  # in Viet Nam
NIGHT = datetime(2026, 5, 4, 19, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SET = Feed(FeedId("office"), TopicId("tin"), "The office", "https://office.example/rss", interval=2 * MINUTE)
FREE = replace(SET, adapts=True, interval=10 * MINUTE)

spans = st.timedeltas(timedelta(0), timedelta(days=400))
paces = st.builds(
    PollStats, st.none() | spans, st.none() | spans, st.none() | st.just(NOON - timedelta(days=3))
)


def test_what_a_poll_shows_of_the_pace_is_taken_in_slowly() -> None:
    first = noted(PollStats(), changed=True, min_interval=None, now=NOON)
    second = noted(first, changed=True, min_interval=MINUTE, now=NOON + 60 * MINUTE)
    third = noted(second, changed=True, min_interval=None, now=NOON + 80 * MINUTE)
    quiet = noted(third, changed=False, min_interval=MINUTE, now=NOON + 500 * MINUTE)

    assert [pace.usual_gap for pace in (first, second, third)] == [None, 60 * MINUTE, 50 * MINUTE]
    assert quiet == replace(third, min_interval=MINUTE)


@pytest.mark.parametrize(
    ("pace", "now", "minutes"),
    [
        (PollStats(), NOON, 10),
        (PollStats(min_interval=60 * MINUTE), NOON, 60),
        (PollStats(min_interval=MINUTE), NOON, 10),
        (PollStats(min_interval=timedelta(days=30)), NOON, 120),
        (PollStats(usual_gap=10 * MINUTE, changed_at=NOON), NOON, 5),
        (PollStats(usual_gap=160 * MINUTE, changed_at=NOON), NOON, 20),
        (PollStats(usual_gap=10 * MINUTE, changed_at=NOON - 400 * MINUTE), NOON, 50),
        (PollStats(usual_gap=timedelta(days=20), changed_at=NOON), NOON, 120),
        (PollStats(), NIGHT, 30),
    ],
)
def test_the_interval_follows_the_feed_the_server_and_the_time_of_day(
    pace: PollStats, now: datetime, minutes: int
) -> None:
    assert wait_after_poll(FREE, pace, now=now) == jittered(FREE, minutes * MINUTE)


@given(pace=paces)
def test_an_interval_that_somebody_has_set_is_never_exceeded(pace: PollStats) -> None:
    for now in (NOON, NIGHT):
        assert 0.95 * SET.interval <= wait_after_poll(SET, pace, now=now) <= SET.interval


@given(pace=paces)
def test_any_wait_is_clamped(pace: PollStats) -> None:
    assert timedelta(minutes=4) <= wait_after_poll(FREE, pace, now=NIGHT) <= LONGEST


@given(failures=st.integers(1, 10_000), asked=st.none() | spans)
def test_a_wait_after_a_failure_is_at_least_what_was_asked_and_at_most_a_day(
    failures: int, asked: timedelta | None
) -> None:
    wait = wait_after_failure(SET, failures=failures, asked=asked)

    assert min(asked or timedelta(0), timedelta(days=1)) <= wait <= timedelta(days=1)


def test_feeds_do_not_march_in_step_but_each_keeps_its_own() -> None:
    feeds = [replace(SET, id=FeedId(f"feed-{number}")) for number in range(50)]

    waits = [jittered(feed, timedelta(hours=1)) for feed in feeds]

    assert len(set(waits)) == 50
    assert waits == [jittered(feed, timedelta(hours=1)) for feed in feeds]
