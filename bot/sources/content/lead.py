"""The picture that leads an article, where it stands outside of the text: above it, or beside the title."""

import re
from collections.abc import Collection, Iterator
from itertools import takewhile
from urllib.parse import urlsplit

from bot.domain.news.article import Photo
from bot.sources.html.blocks import Flow, Picture, flow
from bot.sources.html.captions import story
from bot.sources.html.images import is_of_site, picture_address
from bot.sources.html.tree import Element
from bot.sources.text.urls import absolute

_WHOLE_PAGE = ("body", "html")
_TOKEN = re.compile(r"[0-9a-z]+")
_DAY = re.compile(r"(?:19|20)[0-9]{6}")
_SHORTEST_NAME = 5
_SHORTEST_NUMBER = 7
_FEWEST_FIGURES = 5


def lead_outside(
    heading: Element | None,
    body: Element,
    *,
    stated: Collection[Photo],
    base: str,
) -> Photo | None:
    """Return the photo that leads the article and stands outside of *body*, if the page shows one.

    That is what the page states to be its picture and shows anywhere, else what stands in a frame or with a
    caption between *heading* and *body*.
    """
    above = [] if heading is None else list(_above(heading, body, base))
    own = next((photo for photo, _ in above if any(same_picture(photo.url, s.url) for s in stated)), None)
    framed = next((photo for photo, is_framed in above if is_framed), None)
    return own or framed or next((s for s in stated if _is_shown(s, body, base)), None)


def same_picture(one: str, other: str) -> bool:
    """Say whether two addresses show one picture in two sizes: they share its name or a long number."""
    (name, numbers), (other_name, other_numbers) = _named(one), _named(other)
    return (name == other_name and len(name) >= _SHORTEST_NAME) or not numbers.isdisjoint(other_numbers)


def _named(address: str) -> tuple[str, frozenset[str]]:
    name = urlsplit(address).path.lower().rpartition("/")[2].partition(".")[0]
    tokens = _TOKEN.findall(name)
    return name, frozenset(
        token
        for token in tokens
        if len(token) >= _SHORTEST_NUMBER
        and sum(map(str.isdigit, token)) >= _FEWEST_FIGURES
        and not _DAY.fullmatch(token)
    )


def _above(heading: Element, body: Element, base: str) -> Iterator[tuple[Photo, bool]]:
    """Yield the photos between *heading* and *body*, then those right above the heading; is each framed?"""
    around = _around(heading, body)
    if around is None:
        return
    is_whole_page = around.tag in _WHOLE_PAGE
    items = flow(around, without=_ahead(heading, around) if is_whole_page else [], until=body)
    title = next((at for at, item in enumerate(items) if item.holder is heading), len(items))
    for part in (items[title + 1 :], [] if is_whole_page else items[:title]):
        yield from _photos(part, base)


def _ahead(heading: Element, around: Element) -> list[Element]:
    """Return the outermost elements ahead of *heading* in *around*: the menus of a site."""
    inner = takewhile(lambda element: element is not around, (heading, *heading.iterancestors()))
    return [ahead for element in inner for ahead in element.itersiblings(preceding=True)]


def _photos(items: Flow, base: str) -> Iterator[tuple[Photo, bool]]:
    framed = {
        absolute(item.address, base) for item in items if isinstance(item, Picture) and item.frame is not None
    }
    for photo in story(items, base_url=base).photos:
        if not is_of_site(photo.url):
            yield photo, photo.url in framed


def _around(heading: Element, body: Element) -> Element | None:
    """Return the smallest element that holds *heading* and *body*, unless one holds the other."""
    outer = set(heading.iterancestors())
    if body in outer or heading in body.iterancestors():
        return None
    return next((element for element in body.iterancestors() if element in outer), None)


def _is_shown(stated: Photo, body: Element, base: str) -> bool:
    """Say whether the page shows the *stated* photo outside of *body*."""
    inside = set(body.iter("img"))
    for image in body.getroottree().iter("img"):
        if image in inside:
            continue
        address = absolute(picture_address(image) or "", base)
        if address and same_picture(address, stated.url):
            return True
    return False
