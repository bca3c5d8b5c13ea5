"""What people type after /caidat: "hằng ngày 7h", "giờ yên lặng 21:30-6:00", "lọc sáng chế -nhãn hiệu".

With or without diacritics, in Vietnamese or English, in any order where that can be; what is left over names
a topic.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.chats.form_of_address import FormOfAddress
from bot.domain.chats.preferences import QuietHours, QuietMode, Timing
from bot.domain.chats.time_zones import named
from bot.domain.text.text import fold_letters, nfc, one_line


class Switch(StrEnum):
    """What is either so or not; the names are those of `Preferences`."""

    SILENT = "silent"
    PHOTO = "photo"
    BRIEF = "brief"
    URGENT = "urgent"
    WHOLE_TEXT = "whole_text"


@dataclass(frozen=True, slots=True)
class TimingChange:
    """When news is to come; an hour or weekday that was not said stays as it is. *topic*: what may name one.

    *is_rounded* says that minutes were typed, which digests do not keep.
    """

    timing: Timing | None
    hour: int | None = None
    weekday: int | None = None
    topic: str = ""
    is_rounded: bool = False


@dataclass(frozen=True, slots=True)
class FilterChange:
    """Which news is to come: *words* are the filter, "" asks for it, None is all of it."""

    words: str | None
    topic: str = ""


@dataclass(frozen=True, slots=True)
class QuietChange:
    """When it is to be quiet, and how; what was not said stays as it is. *unclear* words say none of it."""

    is_on: bool | None = None
    hours: QuietHours | None = None
    mode: QuietMode | None = None
    unclear: str = ""


@dataclass(frozen=True, slots=True)
class SwitchChange:
    switch: Switch
    on: bool


@dataclass(frozen=True, slots=True)
class ZoneChange:
    """Whose time it is to be; empty asks for it."""

    place: str


@dataclass(frozen=True, slots=True)
class LanguageChange:
    language: str


@dataclass(frozen=True, slots=True)
class AddressChange:
    """How the reader is to be addressed: in a *form*, or as is *usual* again; *unclear* words say neither."""

    form: FormOfAddress | None = None
    is_usual: bool = False
    unclear: str = ""


class WishProblem(StrEnum):
    """Why a wish cannot be granted, whatever else is chosen."""

    HOUR = "hour"
    WEEKDAY = "weekday"
    SAME_HOURS = "same-hours"


@dataclass(frozen=True, slots=True)
class ImpossibleWish:
    problem: WishProblem


Wish = (
    TimingChange
    | FilterChange
    | QuietChange
    | SwitchChange
    | ZoneChange
    | LanguageChange
    | AddressChange
    | ImpossibleWish
)


class _ImpossibleError(ValueError):
    def __init__(self, problem: WishProblem) -> None:
        super().__init__(problem)
        self.problem = problem


_LONGEST = 2_200
_OFF = r"(?:tat|off|khong|ko|no|bo|dung|huy|never)"
_ON = r"(?:bat|on|mo|co|yes|cho phep)"
_SWITCHED = re.compile(rf"\b(?:{_OFF}|{_ON}|dat)\b")
_FILTER = re.compile(r"(?:(?:bộ|bo|đặt|dat) )?(?:lọc|loc)\b(?: tin(?=\s*:))?|filters?\b")
_NO_FILTER = re.compile(
    r"(?:bỏ|bo|xóa|xoá|xoa|tắt|tat|gỡ|go|không|khong) (?:bộ )?(?:lọc|loc)\b|(?:no|remove|clear) filters?\b"
)
_QUIET = re.compile(
    r"\b(?:(?:gio|khung gio|thoi gian|che do) )?yen (?:lang|tinh)\b"
    r"|\b(?:gio|khung gio|thoi gian|che do) im lang\b|\bquiet(?: hours?)?\b"
)
_QUIET_BETWEEN = re.compile(
    r"\bim lang\b|\b(?:gio|thoi gian) (?:nghi|ngu)\b|\b(?:do not|don ?['’]? ?t) disturb(?: me)?\b|\bdnd\b"
    r"|\b(?:dung|khong|ko) (?:lam phien|quay ray|nhan tin|gui tin|nhan|gui|bao)\b"
    r"|\b(?:no (?:news|messages)|silence|mute)\b"
)
"""What asks for quiet hours where it says from when to when."""
_ZONE = re.compile(r"\b(?:mui gio|time ?zone)\b\s*:?")
_LANGUAGE = re.compile(r"\b(?P<vi>tieng viet|vietnamese)\b|\b(?P<en>tieng anh|english)\b")
_ADDRESS = re.compile(
    r"(?P<refused>\b(?:dung|khong|ko|thoi) )?"
    r"(?:\b(?:cach )?xung ho\b(?: voi (?:toi|em|minh|chung toi))?(?: (?:la|bang))?"
    r"|\bgoi (?:(?:toi|em|minh|chung toi|chung em) )?(?:la|bang)\b"
    r"|\bform of address\b)\s*:?"
)
_FORMS = {
    "quy vi": FormOfAddress.HONOURED,
    "ong/ba": FormOfAddress.CITIZEN,
    "ong ba": FormOfAddress.CITIZEN,
    "ong hoac ba": FormOfAddress.CITIZEN,
    "ong": FormOfAddress.CITIZEN,
    "ba": FormOfAddress.CITIZEN,
    "dong chi": FormOfAddress.COMRADE,
    "ban": FormOfAddress.YOU,
}
_USUAL_FORM = frozenset({"mac dinh", "nhu cu", "binh thuong", "nhu mac dinh", "theo mac dinh"})
_POLITE = re.compile(r"[.!?\s]+|\b(?:nhe|nha|di|a|duoc khong|giup (?:toi|em|minh)|cho (?:toi|em|minh))\b")
_WAIT = re.compile(r"\b(?:cho den het gio|cho|doi|wait)\b")
_SOUNDLESS = re.compile(
    r"\b(?:khong (?:co )?(?:chuong|am bao|am thanh|tieng)|im lang|am tham|silent(?:ly)?|mute|without sound)\b"
)
_SOUND = re.compile(r"\b(?:chuong|am bao|am thanh|sound)\b")
_PHOTO = re.compile(r"\b(?:anh|hinh|photos?|pictures?)\b")
_BRIEF = re.compile(r"\b(?:the )?ngan(?: gon)?\b|\b(?:short|brief)\b")
_LONG = re.compile(r"\bthe dai\b|\b(?:the )?day du\b|\b(?:long|full) cards?\b")
_URGENT = re.compile(r"\b(?:tin )?khan(?: cap)?\b|\burgent\b")
_WHOLE_TEXT = re.compile(r"\b(?:toan van|full texts?)\b")
_SWITCHES = (
    (_WHOLE_TEXT, Switch.WHOLE_TEXT, True),
    (_URGENT, Switch.URGENT, True),
    (_SOUNDLESS, Switch.SILENT, True),
    (_SOUND, Switch.SILENT, False),
    (_PHOTO, Switch.PHOTO, True),
    (_LONG, Switch.BRIEF, False),
    (_BRIEF, Switch.BRIEF, True),
)
"""What names a switch, and what it wishes for where nothing says "off"."""
_PART = r"(sang|trua|chieu|toi|dem|am|pm)"
_TIME = rf"(\d{{1,2}})(?: ?(?::|h|gio|g) ?(\d{{2}})?)?(?: ?{_PART}\b)?"
_WINDOW = re.compile(rf"\b(?:tu|from)? ?{_TIME} ?(?:-|–|—|den|toi|to|until) ?{_TIME}(?!\d)")
_AT_ONCE = re.compile(
    r"^ngay$|\b(?:gui ngay|ngay lap tuc|lap tuc|ngay khi co(?: tin)?|at once|immediately|instantly|now)\b"
)
_DAILY = re.compile(r"\b(?:(?:hang|moi|tung) ngay|daily|every ?day)\b")
_EACH_PART = re.compile(
    r"\b(?:moi|hang|tung) (?:buoi )?(sang|trua|chieu|toi)\b"
    r"|\b(?:every|each) (morning|noon|afternoon|evening|night)\b|\bin the (morning|afternoon|evening)s?\b"
)
_PART_OF_A_DAY = re.compile(
    r"\b(?:vao )?(?:buoi )?(sang|trua|chieu|toi) "
    r"(?=(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|t[2-7]|chu nhat|cn)\b)"
    r"|(?<=day) (morning|afternoon|evening)s?\b|\bbuoi (sang|trua|chieu|toi)\b"
)
_HOURS_OF_PARTS = {
    "sang": 7,
    "trua": 11,
    "chieu": 17,
    "toi": 19,
    "morning": 7,
    "noon": 11,
    "afternoon": 17,
    "evening": 19,
    "night": 19,
}
"""The hour that is meant where only a part of the day is said."""
_WEEKLY = re.compile(r"\b(?:(?:hang|moi|tung) tuan|weekly|every week)\b")
_WEEKDAYS = (
    r"(?:thu (?:hai|2)|t2|mon(?:days?)?)",
    r"(?:thu (?:ba|3)|t3|tue(?:sdays?)?)",
    r"(?:thu (?:tu|4)|t4|wed(?:nesdays?)?)",
    r"(?:thu (?:nam|5)|t5|thurs(?:days?)?)",
    r"(?:thu (?:sau|6)|t6|fri(?:days?)?)",
    r"(?:thu (?:bay|7)|t7|sat(?:urdays?)?)",
    r"(?:chu nhat|cn|sun(?:days?)?)",
)
_NO_WEEKDAY = re.compile(r"\bthu (?:mot|tam|chin|muoi|[0189]|1\d)\b")
_HOUR = re.compile(
    rf"\b(?:luc|vao|at)? ?(?<![\d:/.])(\d{{1,2}})(?: ?(?::|h|gio|g) ?([0-5]\d)?)?(?![\d:/.]) ?{_PART}?\b"
)
_FILLERS = re.compile(
    r"\b(?:luc|vao|cho (?:toi|em|minh)|cho|chuyen muc|topic|ban tin|digest)\b"
    r"|\b(?:gui|nhan)(?: (?:toi|em|minh))?(?: tin)?\b"
    r"|\b(?:for|on|at|news)\b|[:,.;]"
)
_AFTERNOON = frozenset({"chieu", "toi", "pm"})


@dataclass(frozen=True, slots=True)
class _Line:
    """What is typed, and the same letter by letter in plain ones."""

    typed: str
    plain: str

    def without(self, match: re.Match[str]) -> "_Line":
        return _line(f"{self.typed[: match.start()]} {self.typed[match.end() :]}")


def read(text: str) -> Wish | None:
    """Return what *text* wishes for, also where that cannot be, or None if it cannot be told."""
    line = _line(text[:_LONGEST])
    try:
        return next((wish for reader in _READERS if (wish := reader(line))), None)
    except _ImpossibleError as error:
        return ImpossibleWish(error.problem)
    except ValueError:
        # A minute that no hour has.
        return None


def is_wish(text: str) -> bool:
    """Say whether *text* is a wish and nothing else, so that nobody need say "settings" before it."""
    wish, line = read(text), _line(text[:_LONGEST])
    match wish:
        case QuietChange():
            return not wish.unclear and not _rest(_apart_from_quiet(line)) and wish != QuietChange()
        case ZoneChange():
            is_known = not wish.place or named(wish.place, ()) is not None
            return is_known and _ZONE.match(line.plain) is not None
        case TimingChange():
            has_hour = wish.weekday is None or wish.hour is not None
            return (
                wish.timing is not None and has_hour and not wish.topic and line.plain not in ("now", "ngay")
            )
        case FilterChange():
            return wish == FilterChange(None)
        case AddressChange():
            return not wish.unclear and _ADDRESS.match(line.plain) is not None
        case _:
            return False


def _line(text: str) -> _Line:
    typed = one_line(text)
    return _Line(typed, fold_letters(typed))


def _filter(line: _Line) -> FilterChange | None:
    lower = nfc(line.typed).lower()
    if match := _NO_FILTER.match(lower):
        return FilterChange(None, line.typed[match.end() :].strip(" :,."))
    match = _FILTER.match(lower)
    if match is None:
        return None
    before, colon, after = line.typed[match.end() :].lstrip(" :").partition(":")
    return FilterChange(after.strip(), before.strip()) if colon else FilterChange(before)


def _quiet(line: _Line) -> QuietChange | None:
    match = _quiet_in(line)
    if match is None:
        return None
    line = line.without(match)
    hours = None
    if window := _WINDOW.search(line.plain):
        hours, line = _hours(window), line.without(window)
    mode = None
    for pattern, meant in _MODES:
        if mode is None and (found := pattern.search(line.plain)):
            mode, line = meant, line.without(found)
    wish = QuietChange(True if hours else _on_or_off(line), hours, mode)
    return QuietChange(unclear=line.typed.strip(" :,.?!")) if wish == QuietChange() else wish


def _quiet_in(line: _Line) -> re.Match[str] | None:
    """Return the words that say that something is about quiet hours."""
    if match := _QUIET.search(line.plain):
        return match
    return _QUIET_BETWEEN.search(line.plain) if _WINDOW.search(line.plain) else None


def _apart_from_quiet(line: _Line) -> _Line:
    """Return what *line* says besides when it is to be quiet, and how."""
    found = (_quiet_in(line), _WINDOW.search(line.plain))
    for match in sorted(filter(None, found), key=lambda each: -each.start()):
        line = line.without(match)
    for pattern in (*(pattern for pattern, _ in _MODES), _SWITCHED):
        if further := pattern.search(line.plain):
            line = line.without(further)
    return line


def _hours(window: re.Match[str]) -> QuietHours:
    begin, begin_minute, begin_part, end, end_minute, end_part = window.groups()
    first = f"{_hour(int(begin), begin_part)}:{begin_minute or '00'}"
    last = f"{_hour(int(end), end_part)}:{end_minute or '00'}"
    if first == last:
        raise _ImpossibleError(WishProblem.SAME_HOURS)
    return QuietHours.parse(f"{first}-{last}")


def _zone(line: _Line) -> ZoneChange | None:
    match = _ZONE.search(line.plain)
    return ZoneChange(line.without(match).typed) if match else None


def _language(line: _Line) -> LanguageChange | None:
    match = _LANGUAGE.search(line.plain)
    return LanguageChange("vi" if match["vi"] else "en") if match else None


def _address(line: _Line) -> AddressChange | None:
    match = _ADDRESS.search(line.plain)
    if match is None:
        return None
    rest = line.without(match)
    wanted = one_line(_POLITE.sub(" ", rest.plain))
    if match["refused"] or (wanted and wanted not in _FORMS and wanted not in _USUAL_FORM):
        return AddressChange(unclear=line.typed)
    return AddressChange(_FORMS.get(wanted), is_usual=wanted in _USUAL_FORM)


def _switch(line: _Line) -> SwitchChange | None:
    for pattern, switch, meant in _SWITCHES:
        if match := pattern.search(line.plain):
            off = _on_or_off(line.without(match)) is False
            return SwitchChange(switch, meant is not off)
    return None


def _no_weekday(line: _Line) -> ImpossibleWish | None:
    return ImpossibleWish(WishProblem.WEEKDAY) if _NO_WEEKDAY.search(line.plain) else None


def _timing(line: _Line) -> TimingChange | None:
    wish = TimingChange(None)
    part = _EACH_PART.search(line.plain)
    if part:
        wish, line = replace(wish, timing=Timing.DAILY), line.without(part)
    elif part := _PART_OF_A_DAY.search(line.plain):
        line = line.without(part)
    for pattern, timing in ((_AT_ONCE, Timing.AT_ONCE), (_DAILY, Timing.DAILY), (_WEEKLY, Timing.WEEKLY)):
        if wish.timing is None and (match := pattern.search(line.plain)):
            wish, line = replace(wish, timing=timing), line.without(match)
    for number, name in enumerate(_WEEKDAYS, 1):
        if match := re.search(rf"\b{name}\b", line.plain):
            wish, line = replace(wish, timing=Timing.WEEKLY, weekday=number), line.without(match)
            break
    if match := _HOUR.search(line.plain):
        wish = replace(wish, hour=_hour(int(match[1]), match[3]), is_rounded=bool(int(match[2] or 0)))
        line = line.without(match)
    if part:
        wish = replace(wish, hour=_hour_in(next(filter(None, part.groups())), wish.hour))
    if wish.timing is None and wish.hour is None:
        return None
    return replace(wish, topic=_rest(line))


def _hour_in(part: str, hour: int | None) -> int:
    """Return the hour that is meant in a *part* of the day, in which one may have been said."""
    if hour is None:
        return _HOURS_OF_PARTS[part]
    return hour + 12 if hour < 12 and _HOURS_OF_PARTS[part] > 12 else hour


def _hour(hour: int, part: str | None) -> int:
    """Return the hour of the day that people mean, by the *part* of the day that they say with it."""
    if hour > 24:
        raise _ImpossibleError(WishProblem.HOUR)
    if (
        (part in _AFTERNOON and hour < 12)
        or (part == "trua" and hour < 10)
        or (part == "dem" and 6 < hour < 12)
    ):
        hour += 12
    elif part in ("am", "dem") and hour == 12:
        hour = 0
    return hour % 24


def _rest(line: _Line) -> str:
    """Return what is left of *line* without the words that only join the others."""
    kept, at = [], 0
    for match in _FILLERS.finditer(line.plain):
        kept.append(line.typed[at : match.start()])
        at = match.end()
    return one_line(" ".join([*kept, line.typed[at:]]))


_MODES = ((_SOUNDLESS, QuietMode.SILENT), (_WAIT, QuietMode.WAIT))


def _on_or_off(line: _Line) -> bool | None:
    if re.search(rf"\b{_OFF}\b", line.plain):
        return False
    return True if re.search(rf"\b{_ON}\b", line.plain) else None


_READERS: tuple[Callable[[_Line], Wish | None], ...] = (
    _filter,
    _address,
    _quiet,
    _zone,
    _language,
    _switch,
    _no_weekday,
    _timing,
)
