"""Dates as Vietnamese sites write them, read into moments in Viet Nam's time, or not at all."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from bot.domain.article import DatePrecision, Published
from bot.domain.clock import VIETNAM
from bot.domain.text import nfc

_ENGLISH_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_VIETNAMESE_MONTHS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_WEEKDAYS = {
    "2": 0, "hai": 0, "3": 1, "ba": 1, "4": 2, "tư": 2, "5": 3, "năm": 3, "6": 4, "sáu": 4, "7": 5, "bảy": 5,
    "bẩy": 5, "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
_ZONES = {
    "ict": 7, "gmt": 0, "utc": 0, "ut": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7,
    "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
_UNITS = {
    "giây": "seconds", "second": "seconds", "phút": "minutes", "minute": "minutes", "min": "minutes",
    "giờ": "hours", "tiếng": "hours", "hour": "hours", "ngày": "days", "day": "days", "tuần": "weeks",
    "week": "weeks",
}  # fmt: skip
_NAMED_DAYS = {"hôm nay": 0, "today": 0, "hôm qua": 1, "yesterday": 1, "hôm kia": 2}

_TIME = r"""
    (?<![\w.,:/]) (?P<hour>[0-9]{1,2})
    (?: \s*+ : \s*+ (?P<minute>[0-9]{1,2}) (?: : (?P<second>[0-9]{1,2}) (?:[.,][0-9]+)? )?
      | \s*+ (?: [hg] (?!\w*[^\W\d]) | giờ ) (?: \s*+ (?P<spoken>[0-9]{1,2}) (?![0-9/.:-]) (?:\s*+phút)? )?
      | (?= \s*+ [ap]m\b )
    ) (?![0-9:]) ['’]?
    (?: \s*+ (?P<half>sa|ch|am|pm|a\.m\.?|p\.m\.?|sáng|chiều|tối) (?!\w) )?
"""
_YEAR = r"(?P<year>[0-9]{4})(?![0-9])"
_MONTH_NAMED = rf"(?P<month>[0-9]{{1,2}}|{'|'.join(sorted(_VIETNAMESE_MONTHS, key=len, reverse=True))})(?!\w)"
_MONTH_ENGLISH = rf"(?<![^\W\d])(?P<month>{'|'.join(m[:3] for m in _ENGLISH_MONTHS)})(?P<more>[a-z]*)\.?"
_DAY = r"(?<![0-9])(?<![0-9][/.-])(?P<day>[0-9]{1,2})"
_ORDINAL = r"(?:st|nd|rd|th)?"
_DATES = (
    re.compile(
        rf"(?<![0-9]){_YEAR}(?P<mark>[-/.])(?P<month>[0-9]{{1,2}})(?P=mark)(?P<day>[0-9]{{1,2}})(?![0-9])"
    ),
    re.compile(rf"{_DAY}\s?(?P<mark>[-/.])\s?(?P<month>[0-9]{{1,2}})\s?(?P=mark)\s?{_YEAR}"),
    re.compile(rf"{_DAY}(?P<mark>/)(?P<month>[0-9]{{1,2}})/(?P<year>[0-9]{{2}})(?![0-9/])"),
    re.compile(rf"{_DAY}[\s,/-]*+th(?:áng|g)?\.?\s*+{_MONTH_NAMED}[\s,./-]*+(?:năm\s*+)?{_YEAR}"),
    re.compile(rf"th(?:áng|g)\.?\s*+{_MONTH_NAMED}\s++(?P<day>[0-9]{{1,2}})\s*+,?\s*+(?:năm\s*+)?{_YEAR}"),
    re.compile(
        rf"{_DAY}{_ORDINAL}[\s-]*+(?:of\s)?{_MONTH_ENGLISH}[\s,-]*+(?P<year>[0-9]{{4}}|[0-9]{{2}})(?![0-9])"
    ),
    re.compile(rf"{_MONTH_ENGLISH}\s*+(?P<day>[0-9]{{1,2}}){_ORDINAL}[\s,]++{_YEAR}"),
)
"""The forms of a date: a *mark* between figures says that day and month may have changed places."""
_TIME_OF_DAY = re.compile(_TIME, re.VERBOSE)
_NAMED_OFFSET = re.compile(
    r"(?:gmt|utc)\s*(?P<sign>[+-])\s*(?P<hours>[0-9]{1,2})(?::?(?P<minutes>[0-9]{2}))?(?![0-9:/])"
)
_BARE_OFFSET = re.compile(
    r"(?:\s*(?P<sign>[+-])(?P<hours>[0-9]{2}):?(?P<minutes>[0-9]{2})|(?P<short>[+-][0-9]{2}))(?![0-9:/.-])"
)
_ZONE = re.compile(rf"(?<![^\W\d])(?P<name>{'|'.join(_ZONES)})(?!\w)")
_COMMENT = re.compile(r"\([^()0-9]*\)")
_WEEKDAY = re.compile(
    r"(?<!\w)(?:thứ|th\.?|t)\s*(?P<vietnamese>[2-7]|hai|ba|tư|năm|sáu|bảy|bẩy)(?!\w)"
    r"|(?<!\w)(?P<sunday>chủ\s*nhật|c\.?n)(?!\w)"
    r"|(?<!\w)(?P<english>mon|tue|wed|thu|fri|sat|sun)[a-z]*(?!\w)"
)
_COMPACT = re.compile(r"(?P<date>[0-9]{8})(?:\s*(?P<time>[0-9]{4}(?:[0-9]{2})?)(?P<zone>z)?)?")
_AGO = re.compile(
    rf"(?<![\w/:.-])(?P<count>[0-9]{{1,3}}|một|an?)\s*(?P<unit>{'|'.join(_UNITS)})s?\s*(?:trước|ago)(?!\w)"
)
_NAMED_DAY = re.compile(rf"(?<!\w)(?:{'|'.join(_NAMED_DAYS)})(?!\w)")
_JUST_NOW = re.compile(r"(?:vừa xong|mới đây|just now)")
_BARE_TIME = re.sub(r"\?P<\w+>", "?:", _TIME)
_SNIPPET = re.compile(
    rf"""
    (?: {_BARE_TIME} [\s|,–-]*+ (?:ngày\s*+)? )?
    (?: (?<![0-9]) (?<![0-9][/.-]) [0-9]{{1,2}} ([/.-]) [0-9]{{1,2}} \1 [0-9]{{4}} (?![0-9])
      | (?<![0-9]) (?<![0-9][/.-]) [0-9]{{4}} - [0-9]{{2}} - [0-9]{{2}} (?![0-9])
      | (?<![0-9]) [0-9]{{1,2}} \s tháng \s [0-9]{{1,2}} (?:,|\s năm)? \s [0-9]{{4}}
    )
    (?: [\s|,–-]*+ (?:lúc\s*+)? {_BARE_TIME} )?
    (?: \s*+ \(? gmt \s*+ \+ \s*+ 7 \)? )?
    """,
    re.VERBOSE,
)

_LONGEST = 120
_MOST_OTHER_LETTERS = 40
_YEARS = range(1900, 2200)


def parse_date(text: str, *, now: datetime) -> Published | None:
    """Return the one moment that *text* names, in Viet Nam's time, or None if there is none to be sure of.

    Day comes before month, except in front of a 12-hour time with AM or PM (.NET in an English culture).
    A time without a zone is Viet Nam's. A date without a time is midnight, with the precision of a day.
    Relative dates ('4 giờ trước', 'Hôm qua, 18:52') count from *now*. Words around the date are borne
    ('Ngày đăng:'), other numbers are not.
    """
    line = _plain(text)
    if not line or len(line) > _LONGEST:
        return None
    try:
        return _compact(line) or _absolute(line) or _relative(line, now.astimezone(VIETNAM))
    except (ValueError, OverflowError):  # a month 13, a 31 April, an hour 25
        return None


def dates_in(text: str, *, now: datetime) -> Iterator[Published]:
    """Yield the dates that stand in a longer *text*, in their order."""
    line = _plain(text)
    for pattern in (_SNIPPET, _AGO):
        for found in pattern.finditer(line):
            if published := parse_date(found.group(), now=now):
                yield published


def _plain(text: str) -> str:
    line = " ".join(nfc(text).casefold().split())
    # ISO 8601 joins date and time with a T.
    return re.sub(r"(?<=[0-9])t(?=[0-9])", " ", line)


def _absolute(line: str) -> Published | None:
    zone, rest = _take_named_offset(line)
    clock = _TIME_OF_DAY.search(rest)
    if clock:
        if zone is None:
            zone, rest = _take_zone(rest, clock)
        rest = _without(rest, clock)
    found = next(filter(None, (pattern.search(rest) for pattern in _DATES)), None)
    if found is None or _has_more(_without(rest, found)):
        return None
    day = _day(found, line, clock)
    if clock is None:
        return Published(datetime.combine(day, time(), VIETNAM), DatePrecision.DAY)
    moment = datetime.combine(day, _time_of_day(clock), zone or VIETNAM)
    return Published(moment.astimezone(VIETNAM), DatePrecision.MINUTE)


def _relative(line: str, now: datetime) -> Published | None:
    minute = now.replace(second=0, microsecond=0)
    if _JUST_NOW.fullmatch(line):
        return Published(minute, DatePrecision.MINUTE)
    return _ago(line, minute) or _named_day(line, minute)


def _ago(line: str, now: datetime) -> Published | None:
    found = _AGO.search(line)
    if found is None or _has_more(_without(line, found)):
        return None
    unit = _UNITS[found["unit"]]
    count = int(found["count"]) if found["count"].isdecimal() else 1
    moment = now - timedelta(**{unit: count})
    return _on(moment.date()) if unit in {"days", "weeks"} else Published(moment, DatePrecision.MINUTE)


def _named_day(line: str, now: datetime) -> Published | None:
    found = _NAMED_DAY.search(line)
    if found is None:
        return None
    clock = _TIME_OF_DAY.search(line)
    rest = _without(line, found)
    if _has_more(_without(rest, clock) if clock else rest):
        return None
    day = now.date() - timedelta(days=_NAMED_DAYS[found.group()])
    if clock is None:
        return _on(day)
    return Published(datetime.combine(day, _time_of_day(clock), VIETNAM), DatePrecision.MINUTE)


def _compact(line: str) -> Published | None:
    found = _COMPACT.fullmatch(line)
    if found is None:
        return None
    day = _checked(datetime.strptime(found["date"], "%Y%m%d").date())  # noqa: DTZ007 a day has no zone
    if found["time"] is None:
        return _on(day)
    digits = found["time"]
    clock = time(int(digits[:2]), int(digits[2:4]), int(digits[4:] or 0))
    zone = UTC if found["zone"] else VIETNAM
    return Published(datetime.combine(day, clock, zone).astimezone(VIETNAM), DatePrecision.MINUTE)


def _on(day: date) -> Published:
    return Published(datetime.combine(day, time(), VIETNAM), DatePrecision.DAY)


def _day(found: re.Match[str], line: str, clock: re.Match[str] | None) -> date:
    parts = found.groupdict()
    year = int(parts["year"]) + (0 if len(parts["year"]) == 4 else 2000 if int(parts["year"]) < 70 else 1900)
    day, month = int(parts["day"]), _month(parts["month"], parts.get("more"))
    if not (parts.get("mark") and len(parts["day"]) <= 2 and found.start("day") < found.start("month")):
        return _checked(date(year, month, day))
    readings = [reading for d, m in ((day, month), (month, day)) if (reading := _date_or_none(year, m, d))]
    if not readings:
        raise ValueError(found.group())
    if len(readings) == 2 and _is_month_first(found, line, clock):
        weekday = _weekday(line)
        fits = [reading for reading in readings if reading.weekday() == weekday]
        return _checked(fits[0] if len(fits) == 1 else readings[1])
    return _checked(readings[0])


def _is_month_first(found: re.Match[str], line: str, clock: re.Match[str] | None) -> bool:
    """Say whether AM or PM after the date speaks of .NET in an English culture ('8/6/2017 6:52:00 PM').

    A bar between them is the office's portal (Liferay: dd/MM/yyyy | HH:mm aa), whatever the language.
    """
    if clock is None or found["mark"] != "/" or clock.start() < found.end():
        return False
    is_half = (clock["half"] or "").replace(".", "") in {"am", "pm"}
    return is_half and 1 <= int(clock["hour"]) <= 12 and "|" not in line[found.end() : clock.start()]


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _checked(day: date) -> date:
    if day.year not in _YEARS:
        raise ValueError(f"the year {day.year}")
    return day


def _month(name: str, more: str | None) -> int:
    if name.isdecimal():
        return int(name)
    if more is None:
        return _VIETNAMESE_MONTHS[name]
    number = next(i for i, month in enumerate(_ENGLISH_MONTHS, 1) if month.startswith(name))
    if not (_ENGLISH_MONTHS[number - 1].startswith(name + more) or name + more == "sept"):
        raise ValueError(name + more)
    return number


def _weekday(line: str) -> int | None:
    found = _WEEKDAY.search(line)
    if found is None:
        return None
    return 6 if found["sunday"] else _WEEKDAYS[found["vietnamese"] or found["english"]]


def _time_of_day(clock: re.Match[str]) -> time:
    hour = int(clock["hour"])
    half = (clock["half"] or "").replace(".", "")
    # Java's 'HH:mm aa' prints 18:52 CH: the marker counts only where the hour leaves room for it.
    if half in {"ch", "pm", "chiều", "tối"} and hour < 12:
        hour += 12
    elif half in {"sa", "am", "sáng"} and hour == 12:
        hour = 0
    return time(hour, int(clock["minute"] or clock["spoken"] or 0), int(clock["second"] or 0))


def _take_named_offset(line: str) -> tuple[tzinfo | None, str]:
    found = _NAMED_OFFSET.search(line)
    return (_offset(found), _without(line, found)) if found else (None, line)


def _take_zone(line: str, clock: re.Match[str]) -> tuple[tzinfo | None, str]:
    """Return the zone that is named after *clock*, and *line* without it."""
    if offset := _BARE_OFFSET.match(line, clock.end()):
        return _offset(offset), _without(line, offset)
    if name := _ZONE.search(line, clock.end()):
        return timezone(timedelta(hours=_ZONES[name["name"]])), _without(line, name)
    return None, line


def _offset(found: re.Match[str]) -> tzinfo:
    parts = found.groupdict()
    short = parts.get("short") or ""
    hours, minutes = int(parts["hours"] or short[1:]), int(parts["minutes"] or 0)
    if hours > 14 or minutes > 59:
        raise ValueError(found.group())
    span = timedelta(hours=hours, minutes=minutes)
    return timezone(-span if "-" in {parts["sign"], short[:1]} else span)


def _without(line: str, found: re.Match[str]) -> str:
    """Return *line* with blanks in place of *found*, so that positions in it stay."""
    return line[: found.start()] + " " * (found.end() - found.start()) + line[found.end() :]


def _has_more(rest: str) -> bool:
    """Say whether *rest* holds more than the words that go with a date."""
    left = _WEEKDAY.sub(" ", _COMMENT.sub(" ", rest))
    return any(c.isdecimal() for c in left) or sum(c.isalpha() for c in left) > _MOST_OTHER_LETTERS
