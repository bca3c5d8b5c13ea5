"""The date of one entry of a list: where its markup says it, never out of what its title or summary tells."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from bot.domain.news.article import Published
from bot.domain.text.text import nfc
from bot.sources.html.page_dates import date_of, dates_only
from bot.sources.html.tree import Element
from bot.sources.text.dates import parse_date

_LONGEST_DATE = 80
_MOST_PIECES = 40
_MARKING = frozenset(("a", "b", "strong", "i", "em", "u", "mark", "font"))
"""Elements that mark some words of a text, unless their class says that they are more."""
_CLOCKS_DIFFER = timedelta(days=1)
_CACHED = timedelta(days=3)
_AGO = re.compile(
    r"(?:(?:cập nhật|đăng)[\s:]+)?(?:[0-9]{1,3}|một|an?)\s(?:giây|phút|giờ|tiếng|ngày|tuần"
    r"|seconds?|minutes?|mins?|hours?|days?|weeks?)\s(?:trước|ago)"
    r"|(?:hôm nay|hôm qua|today|yesterday)(?:[\s,]+(?:lúc\s)?[0-9]{1,2}\s?[:hg]\s?[0-9]{2})?",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"/(20[0-9]{2})/([01]?[0-9])/([0-3]?[0-9])/"
    r"|(?<![0-9])(20[0-9]{2})([01][0-9])([0-3][0-9])[0-2][0-9][0-5][0-9][0-9]*(?![0-9])"
)


def listed_date(
    item: Element, named: Iterable[Element], title: Element, link: str, *, now: datetime
) -> Published | None:
    """Return when the article at *link* was published, by the *item* of a list whose *title* it has.

    *named* are the elements that selectors find for it. Else it is a <time>, and else a date that stands
    alone in its element, one with a time of day before others. What is to come is announced, not published;
    and a page that was kept somewhere says 'an hour ago' for ever, which the day in the address contradicts.
    """
    for element in named:
        for written in (element.get("datetime"), element.get("content"), " ".join(element.itertext())):
            if written and (published := date_of(written, now=now)):
                return published
    for stamp in filter(None, (e.get("datetime") for e in item.iter("time"))):
        if published := parse_date(stamp, now=now):
            return published
    alone = [found for text in _texts_alone(item, title) if (found := _date_alone(text, link, now=now))]
    return next((each for each in alone if each.precision == "minute"), next(iter(alone), None))


def _date_alone(text: str, link: str, *, now: datetime) -> Published | None:
    is_ago = _AGO.fullmatch(nfc(text)) is not None
    if not (is_ago or dates_only(text, now=now, beside_names=True)):
        return None
    published = date_of(text, now=now)
    if published is None or published.at > now + _CLOCKS_DIFFER:
        return None
    return None if is_ago and _contradicts(link, published) else published


def day_in(address: str) -> date | None:
    """Return the day that *address* names: '/2026/09/14/' or the '20260914081500' of a content system."""
    for found in _STAMP.finditer(address):
        year, month, day = (int(part) for part in found.groups() if part)
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return None


def _contradicts(link: str, published: Published) -> bool:
    day = day_in(link)
    return day is not None and abs(published.at.date() - day) > _CACHED


def _texts_alone(item: Element, title: Element) -> Iterator[str]:
    """Yield the short texts of *item* that are all of an element: not the words of its title."""
    for element in item.iter("*"):
        own = " ".join(filter(None, (element.text, *(child.tail for child in element)))).strip()
        is_title = element is title or (element.tag == "a" and any(e is title for e in element.iter("*")))
        if is_title or (element.tag in _MARKING and not element.get("class")):
            continue
        if 0 < len(own) <= _LONGEST_DATE:
            yield own
        if len(element) and (text := _short_text(element)) and text != own:
            yield text


def _short_text(element: Element) -> str:
    """Return all the text of *element* on one line; empty if it is too long for a date."""
    pieces: list[str] = []
    length = 0
    for count, piece in enumerate(element.itertext()):
        words = " ".join(piece.split())
        length += len(words)
        if length > _LONGEST_DATE or count > _MOST_PIECES:
            return ""
        pieces.append(words)
    return " ".join(filter(None, pieces))
