"""The photos that a feed gives with an entry, in the many places where feeds put them."""

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from bot.domain.news.article import Photo
from bot.sources.html.fragments import images_of_html
from bot.sources.text.urls import absolute

_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|bmp)$", re.IGNORECASE)
_ITEM_OR_IMAGE = re.compile(
    r"<item[\s>]|</item[\s>]|<image(?:\s[^<>]*)?>(?P<inside>(?:(?!</?image[\s>]).){0,2000}?)</image\s*>",
    re.DOTALL,
)
_INNER_URL = re.compile(r"<url\s*+>((?:[^<]++|<(?!/?url[\s>]))*+)</url\s*+>")
_ADDRESS = re.compile(r"[^\s<>/]*+/[^\s<>]*+")
_CDATA = re.compile(r"<!\[CDATA\[((?:[^\]<]++|\](?!\]>)|<(?!!\[CDATA\[))*+)\]\]>")
_FIGURES = re.compile(r"[0-9]+")


def keep_item_images(document: str) -> str:
    """Return the RSS *document* with each item's own <image>, which feedparser loses, made an <enclosure>.

    Both forms are in use: the address as text (ocopdaknong.vn) and a <url> inside, as a channel has it.
    """
    if "<image" not in document:
        return document
    in_item = False

    def replaced(found: re.Match[str]) -> str:
        nonlocal in_item
        whole: str = found[0]
        if found["inside"] is None:
            in_item = whole[1] != "/"
            return whole
        address = _image_address(found["inside"]) if in_item else ""
        return f'<enclosure type="image/*" url="{address}"/>' if address else whole

    return _ITEM_OR_IMAGE.sub(replaced, document)


def _image_address(inside: str) -> str:
    """Return the address in an item's image, escaped for an attribute; empty if it holds something else."""
    inner = _INNER_URL.search(inside)
    text = inner[1] if inner else inside
    text = _CDATA.sub(lambda found: html.escape(found[1], quote=False), text).strip()
    return text.replace('"', "&quot;") if _ADDRESS.fullmatch(text) else ""


def photos_of(
    entry: Mapping[str, Any], *, content: str, described: tuple[Photo, ...], base: str
) -> tuple[Photo, ...]:
    """Return the photos of a parsed *entry*, of its *content* and those *described*, thumbnails last."""
    found: dict[str, Photo] = {}
    for photo in (
        *_attached(entry, base),
        *_embedded(content, base),
        *described,
        *_thumbnails(entry, base),
    ):
        known = found.get(photo.url)
        if known is None or not known.caption:
            found[photo.url] = photo
    return tuple(found.values())


def _attached(entry: Mapping[str, Any], base: str) -> Iterator[Photo]:
    enclosed = [link for link in entry.get("links", ()) if link.get("rel") == "enclosure"]
    contents = _largest(list(entry.get("media_content", ())))
    pictures = [_address(item, base) for item in (*enclosed, *contents) if _is_picture(item)]
    addresses = list(dict.fromkeys(filter(None, pictures)))
    # Where there are several, nothing says whose the description is.
    caption = _caption(entry) if len(addresses) == 1 else ""
    for address in addresses:
        yield Photo(address, caption)
    image = entry.get("image")
    if isinstance(image, Mapping) and (address := _address(image, base)):
        yield Photo(address)


def _largest(contents: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return *contents* with the largest form alone of each picture that is given in several sizes."""
    kept: dict[str, Mapping[str, Any]] = {}
    for item in contents:
        name = _without_size(item)
        known = kept.get(name)
        if known is None or _width(item) > _width(known):
            kept[name] = item
    return list(kept.values())


def _without_size(item: Mapping[str, Any]) -> str:
    """Return the address less the width and height that *item* states: what its other sizes have as well."""
    sides = {str(item.get("width")), str(item.get("height"))}
    return _FIGURES.sub(lambda found: "" if found[0] in sides else found[0], str(item.get("url") or ""))


def _width(item: Mapping[str, Any]) -> int:
    width = str(item.get("width") or "")
    return int(width) if width.isascii() and width.isdigit() and len(width) <= 5 else 0


def _embedded(markup: str, base: str) -> tuple[Photo, ...]:
    return images_of_html(markup, base_url=base) if "<img" in markup or "<IMG" in markup else ()


def _thumbnails(entry: Mapping[str, Any], base: str) -> Iterator[Photo]:
    for thumbnail in entry.get("media_thumbnail", ()):
        if address := _address(thumbnail, base):
            yield Photo(address)


def _address(item: Mapping[str, Any], base: str) -> str:
    return absolute(str(item.get("url") or item.get("href") or ""), base)


def _is_picture(item: Mapping[str, Any]) -> bool:
    kind = str(item.get("type") or "")
    medium = str(item.get("medium") or "")
    if kind.startswith("image/") or medium == "image":
        return True
    if "/" in kind or medium:
        return False
    try:
        path = urlsplit(str(item.get("url") or item.get("href") or "").strip()).path
    except ValueError:
        return False
    return _PICTURE.search(path) is not None


def _caption(entry: Mapping[str, Any]) -> str:
    return " ".join(html.unescape(str(entry.get("media_caption") or "")).split())
