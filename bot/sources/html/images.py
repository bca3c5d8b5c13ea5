"""Where a picture really is: lazy attributes and srcset followed to the largest, icons left out."""

import re
from contextlib import suppress
from urllib.parse import urlsplit, urlunsplit

from bot.domain.news.article import Photo
from bot.sources.html.tree import Element

_LAZY = (
    "data-original",
    "data-src",
    "data-lazy-src",
    "data-lazy",
    "data-full-url",
    "data-photo-original-src",
    "data-image",
)
_SRCSETS = ("data-srcset", "data-lazy-srcset", "srcset")
# HTML, "parsing a srcset attribute": an address ends at white space, and a comma at its end is none of it.
_CANDIDATE = re.compile(r"[\s,]*+(\S++)")
_DESCRIPTOR = re.compile(r"\s++([0-9.]++)[wx]\s*+(?=,|\Z)")
_FURNITURE = re.compile(
    r"/html/themes/|/html/icons/|-theme/images/|/viettel-cms-portlet/images/|layout_set_logo|user_\w{1,20}_portrait"
    r"|(?:^|[/_.-])(?:spacer|blank|pixel|1px|transparent|loading|placeholder|no-?image|icons?"
    r"|sponsors?|advert|advertisements?|quang-?cao|werbung)(?:[/_.-]|$)|\.svg(?:[?#]|$)",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"(?:^|[_.-])(?:share|btn|button|print)(?:[_.-]|$)", re.IGNORECASE)
_OF_SITE = re.compile(
    r"(?:^|[-_.])(?:logo|banner|favicon|default|no-?image|avatar-?default)s?(?:[-_.]|\d|$)", re.IGNORECASE
)
_THUMBNAIL = re.compile(r"[-_]\d{2,4}x\d{2,4}(?=\.(?:jpe?g|png|webp|gif)$)", re.IGNORECASE)
_SMALLEST = 50


def picture_address(image: Element) -> str | None:
    """Return the address of the largest form of *image* as the page writes it, or None if it is no photo."""
    if any(is_tiny(image.get(side)) for side in ("width", "height")):
        return None
    # libxml2 knows no empty <source> and lets the image stand inside it.
    around = next((outer for outer in image.iterancestors() if outer.tag != "source"), None)
    sources = [*around.iter("source"), image] if around is not None and around.tag == "picture" else [image]
    sizes = [
        (size, address)
        for source in sources
        for name in _SRCSETS
        for size, address in _candidates(source.get(name))
    ]
    if sizes:
        return _usable(max(sizes, key=lambda pair: pair[0])[1])
    written = [image.get(name) for name in (*_LAZY, "src")]
    return next((address for value in written if value and (address := _usable(value))), None)


def is_of_site(address: str) -> bool:
    """Say whether the picture at *address* shows the site rather than its news, by the name of its file."""
    return _OF_SITE.search(urlsplit(address).path.rpartition("/")[2]) is not None


def lead_first(photos: tuple[Photo, ...]) -> tuple[Photo, ...]:
    """Return *photos* with the article's own first one ahead of logos and default banners."""
    own = next((photo for photo in photos if not is_of_site(photo.url)), None)
    if own is None or own is photos[0]:
        return photos
    return own, *(photo for photo in photos if photo is not own)


def original_of(address: str) -> str | None:
    """Return where the original of a thumbnail is, if *address* has the shape of one.

    VnExpress names them _180x108.jpg, WordPress -300x200.jpg.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    path = _THUMBNAIL.sub("", parts.path)
    return urlunsplit(parts._replace(path=path)) if path != parts.path else None


def _candidates(srcset: str | None) -> list[tuple[float, str]]:
    if not srcset:
        return []
    found = []
    at = 0
    while match := _CANDIDATE.match(srcset, at):
        address, at = match[1].rstrip(","), match.end()
        size = 1.0
        if address == match[1]:
            described = _DESCRIPTOR.match(srcset, at)
            with suppress(ValueError):
                size = float(described[1]) if described else 1.0
            at = srcset.find(",", at)
        if _usable(address):
            # Pixel densities are never compared with widths in one srcset.
            found.append((size, address))
        if at < 0:
            break
    return found


def _usable(address: str) -> str | None:
    trimmed = address.strip()
    if not trimmed or trimmed.lower().startswith(("data:", "javascript:", "about:", "blob:", "file:")):
        return None
    path = trimmed.partition("?")[0]
    return None if _FURNITURE.search(path) or _CONTROL.search(path.rpartition("/")[2]) else trimmed


def is_tiny(side: str | None) -> bool:
    """Say whether a *side* as an attribute writes it is too short for anything that is to be seen."""
    if not side or "%" in side:
        return False
    found = re.match(r"\s*([0-9]{1,5})", side)
    return found is not None and int(found[1]) <= _SMALLEST
