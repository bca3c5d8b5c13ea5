"""When an announcement is released, and over, as people say it: a date with an hour, and never a series."""

import re
from datetime import datetime, time, timedelta, tzinfo

from bot.domain.text.text import fold, one_line

_DATE = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?\b")
_TIME = re.compile(r"\b(\d{1,2})\s*(?::|h|gio|g)\s*(\d{2})?\b")
_SERIES = re.compile(
    r"\b(hang (ngay|tuan|thang|quy|nam)|moi (ngay|tuan|thang|quy|nam|sang|chieu|toi|thu)|dinh ky|lap lai"
    r"|every|daily|weekly|monthly|yearly|repeat)\b"
)
_LONGEST = timedelta(days=366)


class SeriesError(ValueError):
    """Somebody wants an announcement to come again and again: it is one message, at one time."""


def end_of(said: str, now: datetime, zone: tzinfo) -> datetime:
    """Return the moment that *said* names; a date alone lasts to the end of its day, in *zone*.

    Raises SeriesError, and ValueError for what names no time within a year from *now*.
    """
    return _moment(said, now, zone, without_hour=timedelta(days=1))


def release_of(said: str, now: datetime, zone: tzinfo) -> datetime:
    """Return the moment that *said* names, a date and an hour, or an hour of today, in *zone*.

    Raises SeriesError, and ValueError for what names no time within a year from *now*.
    """
    if _DATE.search(fold(one_line(said))) is None:
        said = f"{said} {now.astimezone(zone):%d/%m/%Y}"
    return _moment(said, now, zone, without_hour=None)


def _moment(said: str, now: datetime, zone: tzinfo, *, without_hour: timedelta | None) -> datetime:
    line = fold(one_line(said))
    if is_series(line):
        raise SeriesError
    date = _DATE.search(line)
    if date is None:
        raise ValueError("no date")
    day, month, year = int(date[1]), int(date[2]), date[3]
    local = now.astimezone(zone)
    rest = f"{line[: date.start()]} {line[date.end() :]}"
    at = datetime(int(year or local.year), month, day, tzinfo=zone) + _into_the_day(rest, without_hour)
    if year is None and at <= now:
        at = at.replace(year=at.year + 1)
    if not now < at <= now + _LONGEST:
        raise ValueError("not within a year")
    return at


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
