"""What a person searches for: words, phrases, a topic, a stretch of time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.clock import VIETNAM
from bot.domain.text.document_kinds import asked_kind, terms_of_itself
from bot.domain.text.text import fold_letters, one_line
from bot.domain.text.words import Word, words

LONGEST = 200
"""Code points of a query that are read; it stands in the answer, from which it is read again."""

MOST_TERMS = 12
MONTHS = 12

_DATE = r"(?:\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{4})"
_RANGE = re.compile(rf"\b(?:tu|from) (?:ngay )?({_DATE}) ?(?:den|to|-|–) ?(?:ngay )?({_DATE})(?!\d)")
_SINCE = re.compile(rf"\b(?:tu|since|from) (?:ngay )?({_DATE})(?!\d)")
_UNTIL = re.compile(rf"\b(?:den|until|to) (?:ngay )?({_DATE})(?!\d)")
_DAY = re.compile(rf"\b(?:(?:ngay|on) )?({_DATE})(?!\d)")
_MONTH = re.compile(r"\b(?:thang|month) (\d{1,2}) ?(?:[/.-]|nam|year| ) ?(\d{4})(?!\d)")
_YEAR = re.compile(r"(?<!viet )\b(?:nam|year|in) (\d{4})(?!\d)")
_PHRASE = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]")
_TOPIC = re.compile(r"#(?P<tag>[^\W_]+)|\b(?:chuyen muc|topic) ?: ?(?P<name>[^\"“”„«»]*)\Z")
_NUMBER_SIGN = re.compile(r"\bs[ốo](?: (?:ký )?hiệu)?:? (?=\d+[a-z]?[-/]\S)", re.IGNORECASE)
"""What stands before a document's number, and need not stand in the text."""
_DAY_LENGTH = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time: from *since* on, and before *until*; None is open."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """A search as it was understood. *phrases* are folded, and their words are among the *words*.

    *named_topic* is what was written after "chuyên mục:" or "#"; whoever knows the topics finds it.
    *kind* is what "loại:" asks for, and *document* has the terms of the one document,
    or the kind from one body,
    that all of it names. *unreal_date* is what is written like a date and is none, such as 31/02/2017.
    """

    words: tuple[Word, ...] = ()
    phrases: tuple[str, ...] = ()
    period: Period = Period()
    named_topic: str = ""
    unreal_date: str = ""
    kind: str = ""
    document: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.words and self.period == Period() and not self.named_topic and not self.kind

    @property
    def has_marks(self) -> bool:
        """Return whether anything is written with diacritics, so that it matters which."""
        return any(word.folded != word.exact for word in self.words)


def clean(text: str) -> str:
    """Return what is read of *text*, in one line."""
    return one_line(text)[:LONGEST].strip()


def read(text: str) -> Search:
    """Return what *text* searches for. What is no date, however alike, is words; nothing is an error."""
    line = clean(text)
    document = terms_of_itself(line)
    kind, line = _kind(line)
    period, line = _period(line)
    unreal_date = _unreal_date(line)
    topic, line = _topic(line)
    phrases = [" ".join(word.folded for word in words(match)) for match in _PHRASE.findall(line)]
    found = {word.exact: word for word in words(_NUMBER_SIGN.sub("", line))}
    return Search(
        words=tuple(found.values())[:MOST_TERMS],
        phrases=tuple(dict.fromkeys(phrase for phrase in phrases if " " in phrase))[:MOST_TERMS],
        period=period,
        named_topic=topic,
        unreal_date=unreal_date,
        kind=kind,
        document=document,
    )


def _kind(line: str) -> tuple[str, str]:
    """Return the kind of document that *line* asks for, and the line without it: "loại:quyết định"."""
    asked = asked_kind(line)
    if asked is None:
        return "", line
    kind, start, end = asked
    return kind, f"{line[:start].rstrip()} {line[end:].lstrip()}".strip()


def _topic(line: str) -> tuple[str, str]:
    """Return the topic that *line* names, and the line without it: "#TrongNước", "chuyên mục: trong nước"."""
    match = _TOPIC.search(fold_letters(line))
    if match is None:
        return "", line
    group = "tag" if match["tag"] else "name"
    return line[match.start(group) : match.end(group)].strip(), _without(line, match)


def _period(line: str) -> tuple[Period, str]:
    """Return the time that *line* names, and the line without it."""
    alike = fold_letters(line)
    for pattern, read_dates in (
        (_RANGE, _range),
        (_SINCE, lambda found: Period(since=_start(found[0]))),
        (_UNTIL, lambda found: Period(until=_end(found[0]))),
        (_MONTH, lambda found: _month(int(found[0]), int(found[1]))),
        (_DAY, lambda found: Period(_start(found[0]), _end(found[0]))),
        (_YEAR, lambda found: Period(_midnight(date(int(found[0]), 1, 1)), _year_end(int(found[0])))),
    ):
        match = pattern.search(alike)
        if match is None:
            continue
        try:
            return read_dates(match.groups()), _without(line, match)
        except (ValueError, OverflowError):
            # The thirty-first of February: words, then.
            continue
    return Period(), line


def _unreal_date(line: str) -> str:
    """Return what is left in *line* that looks like a date or a month and is none."""
    alike = fold_letters(line)
    for match in _DAY.finditer(alike):
        try:
            _date(match[1])
        except ValueError:
            return line[match.start(1) : match.end(1)]
    months = (match for match in _MONTH.finditer(alike) if not 1 <= int(match[1]) <= MONTHS)
    return next((line[match.start() : match.end()] for match in months), "")


def _without(line: str, match: re.Match[str]) -> str:
    return f"{line[: match.start()].rstrip()} {line[match.end() :].lstrip()}".strip()


def _range(found: Sequence[str]) -> Period:
    first, last = sorted(map(_date, found))
    return Period(_midnight(first), _midnight(last + _DAY_LENGTH))


def _month(month: int, year: int) -> Period:
    following = date(year + month // 12, month % 12 + 1, 1)
    return Period(_midnight(date(year, month, 1)), _midnight(following))


def _year_end(year: int) -> datetime:
    return _midnight(date(year + 1, 1, 1))


def _date(text: str) -> date:
    day, month, year = map(int, re.findall(r"\d+", text))
    return date(year, month, day)


def _start(text: str) -> datetime:
    return _midnight(_date(text))


def _end(text: str) -> datetime:
    return _midnight(_date(text) + _DAY_LENGTH)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=VIETNAM)
