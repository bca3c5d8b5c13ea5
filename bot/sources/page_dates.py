"""The date of an article page: where the markup says it, else on a short line near the title."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import TypeGuard

from bot.domain.article import Published
from bot.sources.flow import Block, Picture, flow, text_of
from bot.sources.text.dates import dates_in, parse_date
from bot.sources.tree import Element, holds

_LONGEST_LINE = 80
_MOST_LETTERS = 30
_LEVELS_AROUND_TITLE = 5
_WRITTEN_IN_FIGURES = re.compile(r"[0-9]\s?[/:-]\s?[0-9]")


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

    The search ends before it reaches the whole page: a site's header shows today's date.
    """
    for level, around in enumerate(heading.iterancestors()):
        whole_page = around.tag in {"body", "html"} or around.find(".//footer") is not None
        if level == _LEVELS_AROUND_TITLE or whole_page:
            return None
        if around is body or holds(body, around):
            continue
        for item in flow(around, without=(body,)):
            if is_date_line(item, now=now):
                return date_of(item.text, now=now)
    return None


def is_date_line(item: Block | Picture, *, now: datetime) -> TypeGuard[Block]:
    """Say whether *item* of a flow is a line that dates the article and does nothing else."""
    return isinstance(item, Block) and dates_only(item.text, now=now)


def dates_only(text: str, *, now: datetime) -> bool:
    """Say whether *text* is a date, a label and little else."""
    if len(text) > _LONGEST_LINE or not _WRITTEN_IN_FIGURES.search(text):
        return False
    return sum(c.isalpha() for c in text) <= _MOST_LETTERS and date_of(text, now=now) is not None
