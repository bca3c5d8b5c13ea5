"""A news sitemap: the articles of the last days with titles and dates."""

from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from bot.domain.news.article import Photo
from bot.domain.news.feed import Entry, FeedKind, SourceError
from bot.domain.reason import ReasonCode
from bot.domain.text.text import fold, one_line
from bot.sources.feeds.result import Elsewhere, ParsedFeed
from bot.sources.html.tree import Element
from bot.sources.text.dates import parse_date
from bot.sources.text.encoding import xml_text
from bot.sources.text.legacy_fonts import refuse_old_fonts
from bot.sources.text.urls import absolute, shown

_MOST_PARTS = 3
_NEWS = ("news", "tin-", "tintuc", "bai-viet", "article", "post")


def parse_sitemap(body: bytes, *, url: str, charset: str | None, now: datetime) -> ParsedFeed | Elsewhere:
    """Return the news of a sitemap in its own order, or where its parts are if it is an index of others."""
    where = shown(url)
    document = xml_text(body, charset)
    refuse_old_fonts(document, where)
    root = _root(document, where)
    if _name(root) == "sitemapindex":
        parts = sorted(_parts(root, url), key=lambda part: part[0], reverse=True)
        return Elsewhere(tuple(address for _, address in parts[:_MOST_PARTS]))
    entries = tuple(filter(None, (_entry(e, url, now) for e in root if _name(e) == "url")))
    if not entries:
        raise SourceError(
            f"{where} is a sitemap without news titles: give a page or a feed instead",
            ReasonCode.NOTHING_LISTED,
        )
    return ParsedFeed(entries, FeedKind.SITEMAP)


def _root(document: str, where: str) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(document.encode(), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None or _name(root) not in {"urlset", "sitemapindex"}:
        raise SourceError(f"{where} is no sitemap: check the address", ReasonCode.NO_FEED)
    return root


def _parts(root: Element, url: str) -> Iterator[tuple[tuple[bool, str], str]]:
    """Yield the sitemaps that an index names, those of news first, then the newest."""
    for part in root:
        values = dict(_values(part))
        if address := absolute(values.get("loc", ""), url):
            yield (any(word in fold(address) for word in _NEWS), values.get("lastmod", "")), address


def _entry(element: Element, url: str, now: datetime) -> Entry | None:
    values = dict(_values(element))
    link, title = absolute(values.get("loc", ""), url), values.get("news:title", "")
    if not link or not title:
        return None
    pictures = [dict(_values(image)) for image in element if _name(image) == "image"]
    return Entry(
        title=title,
        link=link,
        photos=tuple(
            Photo(address, picture.get("caption", "") or picture.get("title", ""))
            for picture in pictures
            if (address := absolute(picture.get("loc", ""), url))
        ),
        published=parse_date(values.get("news:publication_date") or values.get("lastmod") or "", now=now),
    )


def _values(element: Element) -> Iterator[tuple[str, str]]:
    """Yield the texts in *element* by name; what stands in <news:news> is named news:…."""
    for child in element:
        name = _name(child)
        if not name:
            # An entity that the document never declared stands there as itself.
            continue
        if name == "news":
            yield from ((f"news:{inner}", text) for inner, text in _values(child))
        elif name != "image":
            yield name, one_line("".join(child.itertext()))


def _name(element: Element) -> str:
    """Return the bare name; a prefix that a broken document never declared stands in the tag as it is."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""
