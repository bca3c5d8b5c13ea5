"""The date of an article page: where the markup says it, else on a short line near the title.

A date of publication is not just any date. A line of an article that names the day of an event, of a deadline
or from which a decree is in force is news: it dates nothing, and it is kept.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import takewhile

from bot.domain.news.article import Published
from bot.domain.text.text import nfc
from bot.sources.html.blocks import Block, flow, text_of
from bot.sources.html.tree import Element, holds
from bot.sources.text.dates import dates_in, parse_date

_LONGEST_LINE = 80
_MOST_LETTERS_OF_NAMES = 30
_LEVELS_AROUND_TITLE = 5
_LINES_OF_HEAD = 4
_CLOCKS_DIFFER = timedelta(days=1)
_WORD = re.compile(r"[^\W\d_]+")
_LABEL = re.compile(r"[^\W\d_]\s?:")
_WRITTEN_IN_FIGURES = re.compile(r"[0-9]\s?[/:-]\s?[0-9]")
_PUBLISHING = re.compile(
    r"(?<!\w)(?:(?:(?:ngày|giờ|thời gian|thời điểm)\s)?"
    r"(?:đăng tải|đăng tin|đăng bài|đăng|đưa tin|cập nhật|xuất bản|tạo|gửi)"
    r"(?:\s(?:tin|bài|lần cuối|mới nhất))?"
    r"|xuất bản thông tin|last updated?|last modified|posted|published|updated|created)(?!\w)"
)
"""The words by which a page says that it speaks of its own publication."""
_VIEWS = re.compile(r"(?<!\w)(?:(?:số )?lượt (?:xem|đọc)|đã xem|views?(?: count)?)(?!\w)")
_OF_DATES = re.compile(
    r"(?<!\w)(?:thứ|hai|ba|tư|năm|sáu|bảy|bẩy|chủ nhật|cn|th|t|ngày|tháng|thg|lúc|vào|hồi|giờ|phút|h|g"
    r"|sa|ch|am|pm|sáng|chiều|tối|hôm nay|hôm qua|trước|gmt|utc|ict|at|on"
    r"|mon|tue|wed|thu|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|january|february|march|april|june|july|august|september"
    r"|october|november|december)(?![^\W\d_])"
    # '18h52', 'Th4', 'T2'.
    r"|(?<=[0-9])[hg](?![^\W\d_])|(?<![^\W\d_])th?(?=[0-9])|(?<=[0-9])t(?=[0-9])|(?<=[0-9])z(?!\w)"
)


def date_of(text: str, *, now: datetime) -> Published | None:
    """Return the date that *text* is, else the first one that stands in it."""
    return parse_date(text, now=now) or next(dates_in(text, now=now), None)


def date_of_elements(elements: Iterable[Element], *, now: datetime) -> Published | None:
    """Return the first date that one of *elements* gives, in an attribute for machines or in its text."""
    for element in elements:
        for written in (element.get("datetime"), element.get("content"), text_of(element)):
            if written and (published := date_of(written, now=now)):
                return published
    return None


def date_near(heading: Element, body: Element, *, now: datetime) -> Published | None:
    """Return the date of a line that stands near *heading*, outside of *body*.

    The search ends before it reaches the whole page: a site's header shows today's date. Names may stand
    beside the date there: 'Nguyễn Văn A | 16/08/2017 18:52'.
    """
    for level, around in enumerate(heading.iterancestors()):
        whole_page = around.tag in {"body", "html"} or around.find(".//footer") is not None
        if level == _LEVELS_AROUND_TITLE or whole_page:
            return None
        if around is body or holds(body, around):
            continue
        for item in flow(around, without=(body,)):
            if isinstance(item, Block) and dates_only(item.text, now=now, beside_names=True):
                return date_of(item.text, now=now)
    return None


def date_in_head(lines: Iterable[str], *, now: datetime) -> Published | None:
    """Return the date that one of the first *lines* of an article's text gives it, before it begins.

    Nobody publishes tomorrow: a line that names a day to come announces it.
    """
    for line in _head(lines):
        published = date_of(line, now=now) if dates_only(line, now=now) else None
        if published and published.at <= now + _CLOCKS_DIFFER:
            return published
    return None


def lines_of_publication(
    lines: Sequence[str], published: Published | None, *, now: datetime
) -> frozenset[int]:
    """Return which of *lines*, by position, only say when the article was *published*, and tell nothing.

    In front of the text those are its date, and what is labelled as one; further on a bare date is a part of
    the article, as in a table.
    """
    in_head = len(list(_head(lines)))
    found = set()
    for position, line in enumerate(lines):
        if dates_only(line, now=now):
            tokens = (_is_labelled(line), _is_same_day(line, published, now=now))
            if any(tokens) if position < in_head else all(tokens):
                found.add(position)
    return frozenset(found)


def dates_only(text: str, *, now: datetime, beside_names: bool = False) -> bool:
    """Say whether *text* is one date, or says of one that something was published then, and nothing else.

    Names in capitals may stand *beside* it: of an author, of a place, of an agency.
    """
    if len(text) > _LONGEST_LINE or not _WRITTEN_IN_FIGURES.search(text):
        return False
    rest = _without_words_of_dates(nfc(text))
    if any(c.isalpha() for c in rest) and not (beside_names and _are_names(rest)):
        return False
    if not _is_labelled(text) and len(list(dates_in(text, now=now))) > 1:
        # From one day to another: a span.
        return False
    return date_of(text, now=now) is not None


def _without_words_of_dates(text: str) -> str:
    """Return *text* with blanks for the words that go with a date; the others keep their capitals."""
    kept = list(text)
    lower = text.lower()
    if len(lower) != len(text):
        return text
    for words in (_PUBLISHING, _VIEWS, _OF_DATES):
        for found in words.finditer(lower):
            kept[found.start() : found.end()] = " " * (found.end() - found.start())
    return "".join(kept)


def _are_names(rest: str) -> bool:
    """Say whether all words of *rest* have a capital, and none is the label of something else."""
    words = _WORD.findall(rest)
    is_short = sum(map(len, words)) <= _MOST_LETTERS_OF_NAMES
    return is_short and not _LABEL.search(rest) and all(word[0].isupper() for word in words)


def _is_labelled(line: str) -> bool:
    return _PUBLISHING.search(nfc(line).lower()) is not None


def _is_same_day(line: str, published: Published | None, *, now: datetime) -> bool:
    found = date_of(line, now=now)
    return found is not None and published is not None and found.at.date() == published.at.date()


def _head(lines: Iterable[str]) -> Iterable[str]:
    """Return the first short ones of *lines*, which may stand before the text begins."""
    first = (line for line, _ in zip(lines, range(_LINES_OF_HEAD), strict=False))
    return takewhile(lambda line: len(line) <= _LONGEST_LINE, first)
