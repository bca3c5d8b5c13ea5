"""The newest articles for other programs: Atom (RFC 4287) and JSON Feed 1.1."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as ET

import orjson

from bot.domain.blocks.model import Blocks, of_paragraphs
from bot.domain.news.article import ArticleId
from bot.domain.news.feed import Topic
from bot.domain.text.text import one_line
from bot.i18n.translator import FIRST_LANGUAGE
from bot.store.articles import corrections, released
from bot.store.articles.articles import StoredArticle
from bot.store.engine.database import Transaction
from bot.web.public.cache import Made
from bot.web.public.paths import Paths, atom, code_in, json_feed
from bot.web.public.reading import name_of, public_topic, public_topics
from bot.web.public.site import PublicSite
from bot.web.public.teasers import summary_of
from bot.web.templating import iso

SHOWN = 30

ATOM = "application/atom+xml; charset=utf-8"
JSON_FEED = "application/feed+json; charset=utf-8"

_NAMESPACE = "http://www.w3.org/2005/Atom"
_PATHS = Paths(FIRST_LANGUAGE)

LaidOut = Callable[[Blocks], str]
"""Makes HTML of a text as it is laid out."""


@dataclass(frozen=True, slots=True)
class Syndicated:
    """What a feed holds: the newest articles of one *topic*, or of all that everybody may read.

    *corrected* says when some of them were corrected last.
    """

    site: PublicSite
    topic: Topic | None
    topics: Sequence[Topic]
    articles: Sequence[StoredArticle]
    corrected: Mapping[ArticleId, datetime]

    @property
    def own_atom(self) -> str:
        return self.site.url(atom(self.topic.id if self.topic else None))

    @property
    def own_json(self) -> str:
        return self.site.url(json_feed(self.topic.id if self.topic else None))

    @property
    def title(self) -> str:
        publisher = self.site.translator.text(FIRST_LANGUAGE, "console-publisher")
        return f"{one_line(self.topic.name(FIRST_LANGUAGE))} – {publisher}" if self.topic else publisher

    @property
    def page(self) -> str:
        return self.site.url(_PATHS.topic(self.topic.id) if self.topic else _PATHS.home)

    def url(self, stored: StoredArticle) -> str:
        return self.site.url(_PATHS.article(name_of(stored)))

    def id(self, stored: StoredArticle) -> str:
        """Return the name of an entry, which stays as it is when its title changes."""
        return self.site.url(_PATHS.article(code_in(name_of(stored)) or ""))

    def photo(self, stored: StoredArticle) -> str | None:
        return self.site.photos.address(stored.photo_key) if stored.photo_key else None

    def updated(self, stored: StoredArticle) -> datetime:
        return max(_at(stored), self.corrected.get(stored.id, _at(stored)))

    def sections(self, stored: StoredArticle) -> list[str]:
        return [one_line(each.name(FIRST_LANGUAGE)) for each in self.topics if each.id in stored.topics]


async def newest(tx: Transaction, site: PublicSite, topic: str | None) -> Syndicated:
    """Return what a feed of *topic*, or of all of them, holds; raises NotThereError."""
    topics = await public_topics(tx)
    if topic is None:
        shown = None
        found = (await released.heads(tx, [each.id for each in topics], limit=SHOWN)).newest
    else:
        shown = await public_topic(tx, topic)
        found = await released.newest(tx, shown.id, limit=SHOWN)
    corrected = await corrections.last(tx, [each.id for each in found])
    return Syndicated(site, shown, topics, found, corrected)


def as_atom(feed: Syndicated, html: LaidOut) -> Made:
    """Return the feed in Atom, which names the page and the agency's own for each entry."""
    ET.register_namespace("", _NAMESPACE)
    root = ET.Element(_named("feed"), {"xml:lang": FIRST_LANGUAGE})
    own = feed.own_atom
    _add(root, "id", own)
    _add(root, "title", feed.title)
    _add(
        root,
        "updated",
        iso(max((feed.updated(each) for each in feed.articles), default=feed.site.clock.now())),
    )
    _add(root, "link", rel="self", type="application/atom+xml", href=own)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page)
    if feed.site.hub:
        _add(root, "link", rel="hub", href=feed.site.hub)
    author = _add(root, "author")
    _add(author, "name", feed.site.translator.text(FIRST_LANGUAGE, "console-publisher"))
    for stored in feed.articles:
        _add_entry(root, feed, stored, html)
    written = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return Made(written, ATOM, _discovery(feed.site, own))


def _discovery(site: PublicSite, own: str) -> dict[str, str]:
    """Return the header by which a subscriber finds the hub, and what it is to name there (WebSub, 4)."""
    return {"Link": f'<{site.hub}>; rel="hub", <{own}>; rel="self"'} if site.hub else {}


def _add_entry(root: ET.Element, feed: Syndicated, stored: StoredArticle, html: LaidOut) -> None:
    article = stored.article
    entry = _add(root, "entry")
    _add(entry, "id", feed.id(stored))
    _add(entry, "title", one_line(article.title))
    _add(entry, "published", iso(_at(stored)))
    _add(entry, "updated", iso(feed.updated(stored)))
    _add(entry, "link", rel="alternate", type="text/html", href=feed.url(stored))
    if article.page:
        _add(entry, "link", rel="via", href=article.page)
    if photo := feed.photo(stored):
        _add(entry, "link", rel="enclosure", type="image/jpeg", href=photo)
    for section in feed.sections(stored):
        _add(entry, "category", term=section)
    if summary := summary_of(stored):
        _add(entry, "summary", summary)
    if article.body:
        _add(entry, "content", html(article.layout), type="html")


def as_json(feed: Syndicated, html: LaidOut) -> Made:
    """Return the feed as a JSON Feed."""
    hub = feed.site.hub
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "language": FIRST_LANGUAGE,
        "home_page_url": feed.page,
        "feed_url": feed.own_json,
        **({"hubs": [{"type": "WebSub", "url": hub}]} if hub else {}),
        "items": [_item(feed, each, html) for each in feed.articles],
    }
    return Made(orjson.dumps(told), JSON_FEED, _discovery(feed.site, feed.own_json))


def _item(feed: Syndicated, stored: StoredArticle, html: LaidOut) -> dict[str, Any]:
    article = stored.article
    item: dict[str, Any] = {
        "id": feed.id(stored),
        "url": feed.url(stored),
        "external_url": article.page,
        "title": one_line(article.title),
        "summary": summary_of(stored) or None,
        "content_html": html(article.layout or of_paragraphs((one_line(article.summary),))),
        "image": feed.photo(stored),
        "date_published": iso(_at(stored)),
        "date_modified": iso(feed.updated(stored)),
        "tags": feed.sections(stored),
        "attachments": [
            {"url": each.url, "title": one_line(each.name), "mime_type": "application/octet-stream"}
            for each in article.attachments
        ]
        or None,
    }
    return {name: value for name, value in item.items() if value is not None}


def _at(stored: StoredArticle) -> datetime:
    return stored.article.published.at if stored.article.published else stored.created_at


def _named(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"


def _add(parent: ET.Element, name: str, text: str | None = None, /, **attributes: str) -> ET.Element:
    added = ET.SubElement(parent, _named(name), attributes)
    added.text = text
    return added
