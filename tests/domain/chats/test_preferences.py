"""Schedules and quiet hours, through all that clocks do."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.chats.preferences import (
    AT_ONCE,
    QuietHours,
    Schedule,
    Timing,
    known_time_zone,
    moments_between,
    next_moment,
    quiet_until,
    zone_of,
)
from bot.domain.clock import VIETNAM

ZONES = ["Asia/Ho_Chi_Minh", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago"]
BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = QuietHours(22 * 60, 6 * 60)

zones = st.sampled_from([ZoneInfo(name) for name in ZONES])
moments = st.datetimes(datetime(2015, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
minutes = st.integers(0, 24 * 60 - 1)
windows = st.tuples(minutes, minutes).filter(lambda pair: pair[0] != pair[1]).map(lambda p: QuietHours(*p))
hours = st.integers(0, 23)
schedules = hours.map(lambda hour: Schedule(Timing.DAILY, hour)) | st.builds(
    lambda hour, day: Schedule(Timing.WEEKLY, hour, day), hours, st.integers(1, 7)
)


def daily(hour: int) -> Schedule:
    return Schedule(Timing.DAILY, hour)


def vietnam(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, second, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("schedule", "after", "moment"),
    [
        (AT_ONCE, vietnam(2, 17, 59), vietnam(2, 17, 59)),
        (daily(18), vietnam(2, 17, 59, 59), vietnam(2, 18)),
        (daily(18), vietnam(2, 18), vietnam(3, 18)),
        (daily(0), vietnam(2, 23, 30), vietnam(3, 0)),
        (Schedule(Timing.WEEKLY, 8, 1), vietnam(2, 7), vietnam(2, 8)),
        (Schedule(Timing.WEEKLY, 8, 1), vietnam(2, 8), vietnam(9, 8)),
        (Schedule(Timing.WEEKLY, 8, 7), vietnam(2, 8), vietnam(8, 8)),
    ],
)
def test_a_digest_comes_at_the_next_such_hour(schedule: Schedule, after: datetime, moment: datetime) -> None:
    assert next_moment(schedule, after, zone_of("Asia/Ho_Chi_Minh")) == moment


@pytest.mark.parametrize(
    ("day", "moments_utc"),
    [
        # Clocks go from 02:00 to 03:00: the hour that is skipped is kept by the old time.
        (datetime(2026, 3, 29, tzinfo=UTC), ["03-28 01:00", "03-29 01:00", "03-30 00:00"]),
        # Clocks go back from 03:00 to 02:00: the first of the two hours counts.
        (datetime(2026, 10, 25, tzinfo=UTC), ["10-24 00:00", "10-25 00:00", "10-26 01:00"]),
    ],
)
def test_a_day_on_which_clocks_are_changed_has_one_digest(day: datetime, moments_utc: list[str]) -> None:
    at, found = day - timedelta(days=1, hours=3), []
    for _ in range(3):
        at = next_moment(daily(2), at, BERLIN)
        found.append(f"{at:%m-%d %H:%M}")

    assert found == moments_utc


@given(schedules, moments, zones)
def test_the_next_moment_is_later_and_nothing_lies_between(
    schedule: Schedule, after: datetime, zone: ZoneInfo
) -> None:
    moment = next_moment(schedule, after, zone)

    just_before = moment - timedelta(milliseconds=1)
    longest = timedelta(days=7 if schedule.timing is Timing.WEEKLY else 1, hours=2)
    assert after < moment <= after + longest
    assert just_before < after or next_moment(schedule, just_before, zone) == moment


@given(schedules, moments, zones)
def test_every_day_has_one_moment(schedule: Schedule, start: datetime, zone: ZoneInfo) -> None:
    at, days = start, []
    for _ in range(10):
        at = next_moment(schedule, at, zone)
        days.append(at.astimezone(zone).date())

    step = timedelta(days=7 if schedule.timing is Timing.WEEKLY else 1)
    assert days == [days[0] + step * number for number in range(10)]
    assert schedule.weekday in (None, days[0].isoweekday())


@pytest.mark.parametrize(
    ("now", "end"),
    [
        (vietnam(2, 21, 59, 59), None),
        (vietnam(2, 22), vietnam(3, 6)),
        (vietnam(3, 0), vietnam(3, 6)),
        (vietnam(3, 5, 59, 59), vietnam(3, 6)),
        (vietnam(3, 6), None),
    ],
)
def test_quiet_hours_reach_over_midnight(now: datetime, end: datetime | None) -> None:
    assert quiet_until(NIGHT, now, zone_of("Asia/Ho_Chi_Minh")) == end


def test_without_quiet_hours_it_is_never_quiet() -> None:
    assert quiet_until(None, vietnam(3, 0), VIETNAM) is None


@pytest.mark.parametrize(
    ("window", "now", "end"),
    [
        # The end is skipped on that day: it is over when the clocks are changed.
        (QuietHours(22 * 60, 150), datetime(2026, 3, 28, 23, 30, tzinfo=UTC), "01:00"),
        # The end comes twice: once it is over, the clock comes to it once more.
        (QuietHours(120, 150), datetime(2026, 10, 25, 0, 10, tzinfo=UTC), "00:30"),
        (QuietHours(120, 150), datetime(2026, 10, 25, 1, 10, tzinfo=UTC), "01:30"),
    ],
)
def test_quiet_hours_follow_the_wall_clock(window: QuietHours, now: datetime, end: str) -> None:
    until = quiet_until(window, now, BERLIN)

    assert until
    assert f"{until:%H:%M}" == end


@given(windows, moments, zones)
def test_quiet_hours_end_when_the_wall_clock_first_leaves_them(
    window: QuietHours, now: datetime, zone: ZoneInfo
) -> None:
    end = quiet_until(window, now, zone)

    if end is None:
        local = now.astimezone(zone)
        assert not window.holds(local.hour * 60 + local.minute)
    else:
        assert now < end <= now + timedelta(hours=26)
        assert quiet_until(window, end, zone) is None
        assert quiet_until(window, end - timedelta(milliseconds=1), zone) == end


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("22:00-06:00", NIGHT),
        (" 22:00 – 6:00 ", NIGHT),
        ("00:00-24:00", None),
        ("22-6", None),
        ("22:00-22:00", None),
        ("25:00-06:00", None),
    ],
)
def test_quiet_hours_are_read(text: str, window: QuietHours | None) -> None:
    if window is None:
        with pytest.raises(ValueError, match="quiet hours"):
            QuietHours.parse(text)
    else:
        assert QuietHours.parse(text) == QuietHours.parse(str(window)) == window


@pytest.mark.parametrize(
    ("timing", "hour", "weekday"),
    [(Timing.DAILY, 24, None), (Timing.DAILY, 8, 1), (Timing.WEEKLY, 8, None), (Timing.WEEKLY, 8, 8)],
)
def test_a_schedule_that_cannot_be_is_refused(timing: Timing, hour: int, weekday: int | None) -> None:
    with pytest.raises(ValueError, match=r"hour|weekday"):
        Schedule(timing, hour, weekday)


@pytest.mark.parametrize("name", ["", "Mars/Base", "America", "../etc/passwd", "/etc", "a\0b"])
def test_what_is_no_time_zone_is_refused_and_stands_for_viet_nams(name: str) -> None:
    with pytest.raises(ValueError, match="there is no time zone called"):
        known_time_zone(name)

    assert zone_of(name) is VIETNAM
    assert known_time_zone("Europe/Paris") == "Europe/Paris"


@given(schedules | st.just(AT_ONCE), zones, moments, st.timedeltas(timedelta(0), timedelta(days=40)))
def test_the_moments_of_a_span_are_counted_as_they_come_one_by_one(
    schedule: Schedule, zone: ZoneInfo, after: datetime, span: timedelta
) -> None:
    moment, found = after, 0
    if schedule != AT_ONCE:
        while (moment := next_moment(schedule, moment, zone)) < after + span:
            found += 1

    assert moments_between(schedule, after, after + span, zone) == found
