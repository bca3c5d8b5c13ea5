"""Moments to come as people type them: "14:30", "8 giờ sáng mai", "14h30 thứ Hai", "2 giờ nữa"."""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo

from bot.domain.text.text import fold_letters, one_line

_LONGEST = 80
_PART = r"(?P<part>sang|trua|chieu|toi|dem|am|pm|morning|noon|afternoon|evening|night)"
_TIME = re.compile(
    r"(?<![\d/.:-])(?P<hour>\d{1,2})"
    r"(?: ?(?::|h|gio|g)(?: ?(?P<minute>[0-5]\d|ruoi))?(?: phut)?)?(?![\d/:-])"
    rf"(?: (?:buoi )?{_PART}\b| ?(?P<half>am|pm)\b)?"
)
_ONLY_PART = re.compile(rf"\b(?:buoi )?{_PART}\b")
_DATE = re.compile(r"(?<!\d)(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})(?:[/.-](?P<year>\d{4}))?(?!\d)")
_SPAN = re.compile(
    r"(?:(?:sau|in) )?(?P<count>\d{1,3}) ?(?P<unit>phut|gio|tieng|ngay|minutes?|hours?|days?)(?P<more> nua)?"
)
_IN_DAYS = (
    (re.compile(r"\b(?:hom nay|today)\b|\bnay\b"), 0),
    (re.compile(r"\b(?:ngay mai|mai|tomorrow)\b"), 1),
    (re.compile(r"\b(?:ngay kia|ngay mot|mot)\b"), 2),
)
_WEEKDAYS = (
    r"thu (?:hai|2)|t2|monday|mon",
    r"thu (?:ba|3)|t3|tuesday|tue",
    r"thu (?:tu|4)|t4|wednesday|wed",
    r"thu (?:nam|5)|t5|thursday",
    r"thu (?:sau|6)|t6|friday|fri",
    r"thu (?:bay|7)|t7|saturday|sat",
    r"chu nhat|cn|sunday|sun",
)
_NEXT_WEEK = re.compile(r"\b(?:tuan sau|tuan toi|next week)\b")
_FILLERS = re.compile(r"\b(?:luc|vao|ngay|at|on|hen|gio|tuan nay|next)\b|[,.;]")
_HOURS = {
    "sang": 8,
    "morning": 8,
    "trua": 11,
    "noon": 12,
    "chieu": 14,
    "afternoon": 14,
    "toi": 19,
    "evening": 19,
    "dem": 21,
    "night": 21,
}
"""The hour that is meant where only a part of the day is said."""
_AFTER_NOON = frozenset({"chieu", "toi", "dem", "pm", "afternoon", "evening", "night"})
_NEVER = timedelta()
_SOME_LEAP_YEAR = datetime(2024, 1, 1, tzinfo=UTC)
_UNITS = {"p": "minutes", "m": "minutes", "g": "hours", "t": "hours", "h": "hours", "n": "days", "d": "days"}


def read_moment(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """Return the moment that *text* names, which may have passed; None where that cannot be told.

    A time without a day is the next such time, and a weekday the next such day, or today for what is to come.
    """
    line = fold_letters(one_line(text[:_LONGEST])).casefold()
    here = now.astimezone(zone)
    try:
        span = _SPAN.fullmatch(line)
        if span and (after := _after(span, here)):
            return after
        return None if span and span["unit"] != "gio" else _at(line, here)
    except (ValueError, OverflowError):
        # A day that no month has, or an hour that no day has.
        return None


def names_moment(text: str) -> bool:
    """Return whether *text* is a moment and nothing else, whenever it is typed."""
    return read_moment(text, _SOME_LEAP_YEAR, UTC) is not None


def _after(span: re.Match[str], now: datetime) -> datetime | None:
    says_when = span["more"] or span[0].startswith(("sau ", "in "))
    unit = _UNITS[span["unit"][0]]
    return now + timedelta(**{unit: int(span["count"])}) if says_when else None


def _at(line: str, here: datetime) -> datetime | None:
    day, line = _day(line, here)
    found = _TIME.search(line)
    line = _without(line, found) if found else line
    part = found and (found["part"] or found["half"])
    if part is None and (named := _ONLY_PART.search(line)):
        part, line = named["part"], _without(line, named)
    if _FILLERS.sub(" ", line).split():
        return None
    if found:
        minute = 30 if found["minute"] == "ruoi" else int(found["minute"] or 0)
        hour = _hour(int(found["hour"]), part)
    elif part in _HOURS:
        hour, minute = _HOURS[part], 0
    else:
        return None
    time = timedelta(hours=hour, minutes=minute)
    chosen, repeats_after = day or (here.date(), timedelta(days=1))
    at = datetime.combine(chosen, datetime.min.time(), here.tzinfo) + time
    return at + repeats_after if at <= here else at


def _hour(hour: int, part: str | None) -> int:
    """Return the hour of the day; 24 is the midnight at its end."""
    if hour > 23:
        raise ValueError("no hour of a day")
    if part in ("dem", "night") and hour == 12:
        return 24
    if part in ("am", "sang", "morning") and hour == 12:
        return 0
    is_later = part in _AFTER_NOON or (part in ("trua", "noon") and hour < 3)
    return hour + 12 if is_later and hour < 12 else hour


def _day(line: str, here: datetime) -> tuple[tuple[date, timedelta] | None, str]:
    """Return the day that *line* names, how long after it the next such one is, and the rest of *line*."""
    if found := _DATE.search(line):
        year = int(found["year"] or here.year)
        day = date(year, int(found["month"]), int(found["day"]))
        if not found["year"] and day < here.date():
            day = day.replace(year=year + 1)
        return (day, _NEVER), _without(line, found)
    for pattern, days in _IN_DAYS:
        if found := pattern.search(line):
            return (here.date() + timedelta(days=days), _NEVER), _without(line, found)
    next_week = _NEXT_WEEK.search(line)
    if next_week:
        line = _without(line, next_week)
    for number, names in enumerate(_WEEKDAYS):
        if found := re.search(rf"\b(?:{names})\b", line):
            ahead = (number - here.weekday()) % 7
            day = here.date() + timedelta(days=ahead)
            if next_week:
                day = here.date() + timedelta(days=7 - here.weekday() + number)
            return (day, _NEVER if next_week else timedelta(days=7)), _without(line, found)
    return None, line


def _without(line: str, found: re.Match[str]) -> str:
    return f"{line[: found.start()]} {line[found.end() :]}"
