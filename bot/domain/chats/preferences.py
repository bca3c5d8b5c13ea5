"""What the people of a chat want: when news comes, how it looks, and when it must not disturb them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.chats.chat import TopicId
from bot.domain.chats.filters import Filter
from bot.domain.chats.form_of_address import FormOfAddress
from bot.domain.clock import VIETNAM

MINUTES_OF_DAY = 24 * 60
_CLOCK = r"([01]?\d|2[0-4]):([0-5]\d)"
_WINDOW = re.compile(rf"{_CLOCK}\s*[-–]\s*{_CLOCK}")
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


class Timing(StrEnum):
    """When a subscription delivers."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a subscription delivers: at once, or at an *hour* (0–23) of every day or of one *weekday*.

    The hour is that of the chat's own time zone; weekdays are as in ISO 8601: 1 is Monday.
    """

    timing: Timing
    hour: int = 0
    weekday: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.hour < 24:
            raise ValueError(f"there is no hour {self.hour}")
        if (self.timing is Timing.WEEKLY) != (self.weekday is not None):
            raise ValueError("a weekly digest has a weekday, and nothing else has one")
        if self.weekday is not None and not 1 <= self.weekday <= 7:
            raise ValueError(f"there is no weekday {self.weekday}")


AT_ONCE = Schedule(Timing.AT_ONCE)
USUAL_HOUR = 7
EVERY_MORNING = Schedule(Timing.DAILY, USUAL_HOUR)


@dataclass(frozen=True, slots=True)
class Subscription:
    """A chat's wish for a topic: when it is to come, and what of it, if not all."""

    topic: TopicId
    schedule: Schedule = AT_ONCE
    filter: Filter | None = None


@dataclass(frozen=True, slots=True)
class QuietHours:
    """A window of the day, in minutes since midnight; it may reach over midnight. *end* is outside it."""

    begin: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.begin < MINUTES_OF_DAY and 0 <= self.end < MINUTES_OF_DAY):
            raise ValueError("quiet hours begin and end within a day")
        if self.begin == self.end:
            raise ValueError("quiet hours end at another time than they begin")

    @classmethod
    def parse(cls, text: str) -> "QuietHours":
        """Return the window that *text* names, for example 22:00-06:00. Raises ValueError."""
        match = _WINDOW.fullmatch(text.strip())
        if match is None:
            raise ValueError("write quiet hours as, for example, 22:00-06:00")
        begin, end = (int(match[n]) * 60 + int(match[n + 1]) for n in (1, 3))
        return cls(begin % MINUTES_OF_DAY, end % MINUTES_OF_DAY)

    def __str__(self) -> str:
        return "-".join(f"{at // 60:02}:{at % 60:02}" for at in (self.begin, self.end))

    def holds(self, minute: int) -> bool:
        """Return whether *minute* of the day is within the window."""
        if self.begin < self.end:
            return self.begin <= minute < self.end
        return minute >= self.begin or minute < self.end


class QuietMode(StrEnum):
    """What becomes of news in quiet hours: it comes without a sound, or waits for their end."""

    SILENT = "silent"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Preferences:
    """What holds for everything that a chat gets.

    *urgent* lets urgent articles break through quiet hours and digests. *silent*: nothing makes a sound;
    *photo*: cards come with their photo; *brief*: cards are short. *time_zone* is an IANA name.
    *whole_text*: the full text of an article comes as one message that is laid out, where that can be.
    *address* is how the chat wants to be addressed, if it has chosen that; without it a topic or the
    configuration decides.
    """

    quiet: QuietHours | None = QuietHours(22 * 60, 6 * 60)
    quiet_mode: QuietMode = QuietMode.SILENT
    urgent: bool = False
    silent: bool = False
    photo: bool = True
    brief: bool = False
    whole_text: bool = False
    time_zone: str = "Asia/Ho_Chi_Minh"
    address: FormOfAddress | None = None


@dataclass(frozen=True, slots=True)
class MessageOptions:
    """How something comes: without a sound, with its photo, in short."""

    silent: bool = False
    photo: bool = True
    brief: bool = False


def manner(preferences: Preferences, now: datetime, *, urgent: bool) -> MessageOptions | datetime:
    """Return how something comes that is sent *now*, or until when it has to wait."""
    is_quiet = False
    if not (urgent and preferences.urgent):
        until = quiet_until(preferences.quiet, now, zone_of(preferences.time_zone))
        if until and preferences.quiet_mode is QuietMode.WAIT:
            return until
        is_quiet = until is not None
    return MessageOptions(
        silent=preferences.silent or is_quiet, photo=preferences.photo, brief=preferences.brief
    )


def known_time_zone(name: str) -> str:
    """Return *name* if it is that of a time zone (IANA, for example Asia/Ho_Chi_Minh). Raises ValueError."""
    try:
        ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        raise ValueError(f"there is no time zone called {name!r}") from None
    return name


def zone_of(name: str) -> tzinfo:
    """Return the time zone called *name*; one that this machine does not know is taken for Viet Nam's."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        return VIETNAM


def next_moment(schedule: Schedule, after: datetime, zone: tzinfo) -> datetime:
    """Return when *schedule* delivers next, later than *after*; what is delivered at once is so *after*.

    Every day has just one such moment: an hour that a change of the clocks skips is kept by the wall clock as
    it was before, and of a doubled hour the first counts.
    """
    if schedule.timing is Timing.AT_ONCE:
        return after
    return next(at for at in _moments(schedule, after, zone) if at > after)


def moments_between(schedule: Schedule, after: datetime, until: datetime, zone: tzinfo) -> int:
    """Return how often *schedule* delivers later than *after* and before *until*; at once is no moment."""
    if schedule.timing is Timing.AT_ONCE:
        return 0
    minute = schedule.hour * 60
    first = after.astimezone(zone).date() - _DAY
    while schedule.weekday not in (None, first.isoweekday()) or _at(first, minute, zone) <= after:
        first += _DAY
    last = until.astimezone(zone).date() + _DAY
    while schedule.weekday not in (None, last.isoweekday()) or _at(last, minute, zone) >= until:
        last -= _DAY
    return max(0, (last - first).days // (1 if schedule.weekday is None else 7) + 1)


def _moments(schedule: Schedule, after: datetime, zone: tzinfo) -> Iterator[datetime]:
    # A day ahead of the local one: around a change of the clocks its moment may still be to come.
    day = after.astimezone(zone).date() - timedelta(days=1)
    while True:
        if schedule.weekday in (None, day.isoweekday()):
            yield _at(day, schedule.hour * 60, zone)
        day += timedelta(days=1)


def _at(day: date, minute: int, zone: tzinfo, *, fold: int = 0) -> datetime:
    wall = time(minute // 60, minute % 60, fold=fold)
    return datetime.combine(day, wall, zone).astimezone(UTC)


def quiet_until(quiet: QuietHours | None, now: datetime, zone: tzinfo) -> datetime | None:
    """Return when the quiet hours end that *now* falls into; None outside of them. The wall clock decides."""
    local = now.astimezone(zone)
    if quiet is None or not quiet.holds(_minute(local)):
        return None
    day = local.date() + timedelta(days=_minute(local) >= quiet.end)
    for fold in (0, 1):
        end = _at(day, quiet.end, zone, fold=fold)
        if end > now and _minute(end.astimezone(zone)) == quiet.end:
            return end
    return _first_outside(quiet, now, zone)


def _first_outside(quiet: QuietHours, now: datetime, zone: tzinfo) -> datetime:
    """Return the first minute after *now* that is outside the window: the clocks are changed at its end."""
    minute = now.astimezone(UTC).replace(second=0, microsecond=0) + _MINUTE
    while quiet.holds(_minute(minute.astimezone(zone))):
        minute += _MINUTE
    return minute


def _minute(local: datetime) -> int:
    return local.hour * 60 + local.minute
