"""When an announcement is released, and over, as people say it: a day or an hour, and never a series."""

import re
from datetime import datetime, time, timedelta, tzinfo

from bot.domain.text.moments import read_moment
from bot.domain.text.text import fold, one_line

_DATE = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?\b")
_TIME = re.compile(r"\b(\d{1,2})\s*(?::|h|gio|g)\s*(\d{2})?\b")
_SERIES = re.compile(
    r"\b(hang (ngay|tuan|thang|quy|nam)|moi (ngay|tuan|thang|quy|nam|sang|chieu|toi|thu)|dinh ky|lap lai"
    r"|every|daily|weekly|monthly|yearly|repeat)\b"
)
_LONGEST = timedelta(days=366)
_LAST_MINUTE = "23:59"


class SeriesError(ValueError):
    """Somebody wants an announcement to come again and again: it is one message, at one time."""


def end_of(said: str, now: datetime, zone: tzinfo) -> datetime:
    """Return the moment that *said* names; a day alone lasts to its end, in *zone*.

    Raises SeriesError, and ValueError for what names no time within a year from *now*.
    """
    line = _single(said)
    if date := _DATE.search(line):
        return _soon(_dated(line, date, now.astimezone(zone), without_hour=timedelta(days=1)), now)
    at = read_moment(line, now, zone)
    if at is None and line and (last := read_moment(f"{_LAST_MINUTE} {line}", now, zone)):
        at = last + timedelta(minutes=1)
    return _soon(at, now)


def release_of(said: str, now: datetime, zone: tzinfo) -> datetime:
    """Return the moment that *said* names, a day and an hour, or the next such hour, in *zone*.

    Raises SeriesError, and ValueError for what names no time within a year from *now*.
    """
    line = _single(said)
    if date := _DATE.search(line):
        return _soon(_dated(line, date, now.astimezone(zone), without_hour=None), now)
    return _soon(read_moment(line, now, zone), now)


def _single(said: str) -> str:
    """Return *said* in one folded line. Raises SeriesError where it asks for a series."""
    line = fold(one_line(said))
    if is_series(line):
        raise SeriesError
    return line


def _soon(at: datetime | None, now: datetime) -> datetime:
    if at is None or not now < at <= now + _LONGEST:
        raise ValueError("no time within a year")
    return at


def _dated(line: str, date: re.Match[str], here: datetime, *, without_hour: timedelta | None) -> datetime:
    """Return the moment of a date in figures; without a year it is the next such one."""
    rest = f"{line[: date.start()]} {line[date.end() :]}"
    day, month, year = int(date[1]), int(date[2]), date[3]
    at = datetime(int(year or here.year), month, day, tzinfo=here.tzinfo) + _into_the_day(rest, without_hour)
    return at.replace(year=at.year + 1) if year is None and at <= here else at


def is_series(said: str) -> bool:
    """Return whether *said* asks for something that comes again and again."""
    return _SERIES.search(fold(one_line(said))) is not None


def _into_the_day(said: str, without_hour: timedelta | None) -> timedelta:
    """Return how far into its day the hour in *said* lies, or what stands for one that there is not."""
    found = _TIME.search(said)
    if found is None:
        if without_hour is None:
            raise ValueError("no hour")
        return without_hour
    hour = time(int(found[1]), int(found[2] or 0))
    return timedelta(hours=hour.hour, minutes=hour.minute)
