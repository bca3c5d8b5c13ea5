"""Posters of A4 by which people subscribe: a QR code that leads to one topic on one platform."""

import textwrap
from dataclasses import dataclass

import segno
from markupsafe import Markup

from bot.domain.news.feed import Topic
from bot.domain.text.text import one_line, shorten
from bot.store.engine.database import Transaction
from bot.web.public.reading import NotThereError, public_topic
from bot.web.public.site import Door, PublicSite

WIDTH, HEIGHT = 210, 297
"""Millimetres of A4."""

_LINE = 24
_LINES = 3
_DESCRIPTION_LINE = 56
_ERRORS = "q"
"""A quarter of the code may be damaged: it hangs on a wall for years."""


@dataclass(frozen=True, slots=True)
class Poster:
    """What stands on a poster: *name* and *description* of the topic in lines, and the code of the *link*."""

    topic: Topic
    door: Door
    link: str
    name: tuple[str, ...]
    description: tuple[str, ...]
    code: Markup
    is_deep: bool


async def poster_of(tx: Transaction, site: PublicSite, language: str, topic: str, platform: str) -> Poster:
    """Return the poster of a public *topic*; raises NotThereError where it, or a way to it, is not there."""
    shown = await public_topic(tx, topic)
    door = next((each for each in site.doors if each.id == platform), None)
    link = door.leads_to(shown.id) if door else None
    if door is None or link is None:
        raise NotThereError
    name = textwrap.wrap(shorten(one_line(shown.name(language)), _LINE * _LINES), _LINE)[:_LINES]
    told = one_line(shown.description(language))
    description = textwrap.wrap(shorten(told, 2 * _DESCRIPTION_LINE), _DESCRIPTION_LINE)[:2]
    code = qr_code(link, errors=_ERRORS)
    return Poster(shown, door, link, tuple(name), tuple(description), code, door.is_deep(shown.id))


def qr_code(link: str, *, errors: str = "m") -> Markup:
    """Return the QR code of *link* as an SVG element that fills what it stands in, in black on nothing."""
    made = segno.make(link, error=errors, micro=False)
    # What it writes is numbers and names of its own.
    return Markup(made.svg_inline(omitsize=True, border=0, svgclass=None, lineclass=None))  # noqa: S704
