"""Dates as Vietnamese sites write them, read into moments in Viet Nam's time, or not at all."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.domain.clock import VIETNAM
from bot.domain.news.article import DatePrecision, Published
from bot.domain.text.text import nfc
from bot.sources.text.zones import named_offset, names_unknown, place_in, zone_after

_VIETNAMESE_MONTHS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_FOREIGN_MONTHS = {
    name: number
    for number, names in enumerate((
        "january|jan|janvier|janv|januar|jän", "february|feb|février|févr|fév|februar",
        "march|mar|mars|märz|mär", "april|apr|avril|avr", "may|mai", "june|jun|juin|juni",
        "july|jul|juillet|juil|juli", "august|aug|août|aoû",
        "september|sept|sep|septembre", "october|oct|octobre|oktober|okt", "november|nov|novembre",
        "december|dec|décembre|déc|dezember|dez",
    ), start=1)
    for name in names.split("|")
}  # fmt: skip
"""English, as most feeds have it; French and German are what foreign offices' feeds have."""
_WEEKDAYS = {
    "2": 0, "hai": 0, "3": 1, "ba": 1, "4": 2, "tư": 2, "5": 3, "năm": 3, "6": 4, "sáu": 4, "7": 5, "bảy": 5,
    "bẩy": 5, "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6,
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
_MONTH_FOREIGN = rf"(?<![^\W\d_])(?P<month>{'|'.join(_FOREIGN_MONTHS)})(?![^\W\d_])\.?"
_DAY = r"(?<![0-9])(?<![0-9][/.-])(?P<day>[0-9]{1,2})"
_ORDINAL = r"(?:st|nd|rd|th)?"
_DATES = (
    re.compile(
        rf"(?<![0-9]){_YEAR}(?P<mark>[-/.])(?P<month>[0-9]{{1,2}})(?P=mark)(?P<day>[0-9]{{1,2}})(?![0-9])"
    ),
    re.compile(rf"{_DAY}\s?(?P<mark>[-/.])\s?(?P<month>[0-9]{{1,2}})\s?(?P=mark)\s?{_YEAR}"),
    re.compile(rf"{_DAY}(?P<mark>/)(?P<month>[0-9]{{1,2}})/(?P<year>[0-9]{{2}})(?![0-9/])"),
    re.compile(
        r"(?<![0-9./-])(?P<day>[0-9]{2})(?P<mark>[.-])(?P<month>[0-9]{2})(?P=mark)(?P<year>[0-9]{2})(?![0-9./-])"
    ),
    re.compile(rf"{_DAY}[\s,/-]*+th(?:áng|g)?\.?\s*+{_MONTH_NAMED}[\s,./-]*+(?:năm\s*+)?{_YEAR}"),
    re.compile(rf"th(?:áng|g)\.?\s*+{_MONTH_NAMED}\s++(?P<day>[0-9]{{1,2}})\s*+,?\s*+(?:năm\s*+)?{_YEAR}"),
    re.compile(
        rf"{_DAY}{_ORDINAL}\.?[\s-]*+(?:of\s)?{_MONTH_FOREIGN}[\s,-]*+(?P<year>[0-9]{{4}}|[0-9]{{2}})(?![0-9])"
    ),
    re.compile(rf"{_MONTH_FOREIGN}\s*+(?P<day>[0-9]{{1,2}}){_ORDINAL}[\s,]++{_YEAR}"),
)
"""The forms of a date: a *mark* between figures says that day and month may have changed places."""
_TIME_OF_DAY = re.compile(_TIME, re.VERBOSE)
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
    A time without a zone is Viet Nam's; where its zone is not known, the day alone is kept. A date without a
    time is midnight, with the precision of a day. Relative dates ('4 giờ trước', 'Hôm qua, 18:52') count from
    *now*. Words around the date are borne ('Ngày đăng:'), other numbers are not.
    """
    place, rest = place_in(text) if len(text) <= _LONGEST and "/" in text else (None, text)
    line = _plain(rest)
    if not line or len(line) > _LONGEST:
        return None
    try:
        found = _compact(line) or _absolute(line, place) or _relative(line, now.astimezone(VIETNAM))
    except (ValueError, OverflowError):  # a month 13, a 31 April, an hour 25
        return None
    if found and found.precision is DatePrecision.MINUTE and names_unknown(text):
        # The day is about right wherever that is.
        return _on(found.at.date())
    return found


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


def _absolute(line: str, place: tzinfo | None) -> Published | None:
    named = named_offset(line)
    rest = _without(line, named[1]) if named else line
    clock = _TIME_OF_DAY.search(rest)
    if clock:
        if named is None and (named := zone_after(rest, clock.end())):
            rest = _without(rest, named[1])
        rest = _without(rest, clock)
    zone = named[0] if named else place or VIETNAM
    found = next(filter(None, (pattern.search(rest) for pattern in _DATES)), None)
    if found is None or _has_more(_without(rest, found)):
        return None
    day = _day(found, line, clock)
    if clock is None:
        return Published(datetime.combine(day, time(), VIETNAM), DatePrecision.DAY)
    return Published(_moment(day, clock, zone).astimezone(VIETNAM), DatePrecision.MINUTE)


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
    return Published(_moment(day, clock, VIETNAM), DatePrecision.MINUTE)


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
    day, month = int(parts["day"]), _month(parts["month"])
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


def _month(name: str) -> int:
    return int(name) if name.isdecimal() else _VIETNAMESE_MONTHS.get(name) or _FOREIGN_MONTHS[name]


def _weekday(line: str) -> int | None:
    found = _WEEKDAY.search(line)
    if found is None:
        return None
    return 6 if found["sunday"] else _WEEKDAYS[found["vietnamese"] or found["english"]]


def _moment(day: date, clock: re.Match[str], zone: tzinfo) -> datetime:
    """Return when *clock* shows its time on *day*; a leap second, and 24:00, belong to what follows."""
    hour, minute = int(clock["hour"]), int(clock["minute"] or clock["spoken"] or 0)
    second = int(clock["second"] or 0)
    half = (clock["half"] or "").replace(".", "")
    # Java's 'HH:mm aa' prints 18:52 CH: the marker counts only where the hour leaves room for it.
    if half in {"ch", "pm", "chiều", "tối"} and hour < 12:
        hour += 12
    elif half in {"sa", "am", "sáng"} and hour == 12:
        hour = 0
    is_midnight = (hour, minute, second) == (24, 0, 0)
    at = datetime.combine(day, time(0 if is_midnight else hour, minute, min(second, 59)), zone)
    if second > 60:
        raise ValueError(clock.group())
    return at + timedelta(days=is_midnight, seconds=second == 60)


def _without(line: str, found: re.Match[str]) -> str:
    """Return *line* with blanks in place of *found*, so that positions in it stay."""
    return line[: found.start()] + " " * (found.end() - found.start()) + line[found.end() :]


def _has_more(rest: str) -> bool:
    """Say whether *rest* holds more than the words that go with a date."""
    left = _WEEKDAY.sub(" ", _COMMENT.sub(" ", rest))
    return any(c.isdecimal() for c in left) or sum(c.isalpha() for c in left) > _MOST_OTHER_LETTERS
