"""The site's feeds, in the shape that Liferay 6.2 gives them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from bot.emulator.agency.newsroom import Published, Section

ATOM = "http://www.w3.org/2005/Atom"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
ENTRIES = 20
"""Liferay 6.2: rssDelta is 20 unless an editor changes it."""
AUTHOR = "Quản trị"

# ElementTree keeps these for the whole process; they are the prefixes everyone uses.
ET.register_namespace("dc", DUBLIN_CORE)


def atom(section: Section, articles: Sequence[Published], *, page: str, now: datetime) -> bytes:
    """Return the Atom feed. Like Liferay's, it links by id and says that it changed just now."""
    feed = ET.Element("feed", {"xmlns": ATOM})
    address = f"{page}/-/asset_publisher/{section.instance}/rss"
    _add(feed, "title", section.name)
    _add(feed, "link", rel="self", href=address)
    _add(feed, "link", rel="alternate", href=page)
    _add(feed, "subtitle", section.name)
    _add(feed, "id", address)
    _add(feed, "updated", _iso(now))
    for article in articles[:ENTRIES]:
        entry = ET.SubElement(feed, "entry")
        _add(entry, "title", article.title)
        _add(entry, "link", rel="alternate", href=_by_id(page, article))
        _add(ET.SubElement(entry, "author"), "name", AUTHOR)
        _add(entry, "id", _by_id(page, article))
        _add(entry, "updated", _iso(article.at))
        _add(entry, "published", _iso(article.at))
        _add(entry, "summary", article.sapo, type="html")
        _add(entry, f"{{{DUBLIN_CORE}}}creator", AUTHOR)
        _add(entry, f"{{{DUBLIN_CORE}}}date", _iso(article.at))
    return _written(feed)


def rss(section: Section, articles: Sequence[Published], *, page: str) -> bytes:
    """Return the same as RSS 2.0, which a Liferay portlet can be set to."""
    feed = ET.Element("rss", {"version": "2.0"})
    channel = ET.SubElement(feed, "channel")
    _add(channel, "title", section.name)
    _add(channel, "link", page)
    _add(channel, "description", section.name)
    for article in articles[:ENTRIES]:
        item = ET.SubElement(channel, "item")
        _add(item, "title", article.title)
        _add(item, "link", _by_id(page, article))
        _add(item, "description", article.sapo)
        _add(item, "pubDate", format_datetime(article.at.astimezone(UTC), usegmt=True))
        _add(item, "guid", _by_id(page, article), isPermaLink="false")
        _add(item, f"{{{DUBLIN_CORE}}}creator", AUTHOR)
        _add(item, f"{{{DUBLIN_CORE}}}date", _iso(article.at))
    return _written(feed)


def _by_id(page: str, article: Published) -> str:
    return f"{page}/-/asset_publisher/{article.section.instance}/content/id/{article.id}"


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = text


def _iso(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _written(feed: ET.Element) -> bytes:
    written: bytes = ET.tostring(feed, encoding="UTF-8", xml_declaration=True)
    return written
