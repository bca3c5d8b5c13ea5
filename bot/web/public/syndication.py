"""The newest articles for other programs: Atom (RFC 4287) and JSON Feed 1.1."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any
from xml.etree import ElementTree as ET

import orjson

from bot.domain.news.feed import Topic
from bot.domain.text.text import one_line
from bot.i18n.translator import FIRST_LANGUAGE
from bot.store.articles import released
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


@dataclass(frozen=True, slots=True)
class Syndicated:
    """What a feed holds: the newest articles of one *topic*, or of all that everybody may read."""

    site: PublicSite
    topic: Topic | None
    topics: Sequence[Topic]
    articles: Sequence[StoredArticle]

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

    def sections(self, stored: StoredArticle) -> list[str]:
        return [one_line(each.name(FIRST_LANGUAGE)) for each in self.topics if each.id in stored.topics]


async def newest(tx: Transaction, site: PublicSite, topic: str | None) -> Syndicated:
    """Return what a feed of *topic*, or of all of them, holds; raises NotThereError."""
    topics = await public_topics(tx)
    if topic is None:
        heads = await released.heads(tx, [each.id for each in topics], limit=SHOWN)
        return Syndicated(site, None, topics, heads.newest)
    shown = await public_topic(tx, topic)
    return Syndicated(site, shown, topics, await released.newest(tx, shown.id, limit=SHOWN))


def as_atom(feed: Syndicated) -> Made:
    """Return the feed in Atom, which names the page and the agency's own for each entry."""
    ET.register_namespace("", _NAMESPACE)
    root = ET.Element(_named("feed"), {"xml:lang": FIRST_LANGUAGE})
    own = feed.site.url(atom(feed.topic.id if feed.topic else None))
    _add(root, "id", own)
    _add(root, "title", feed.title)
    _add(root, "updated", iso(max((_at(each) for each in feed.articles), default=feed.site.clock.now())))
    _add(root, "link", rel="self", type="application/atom+xml", href=own)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page)
    author = _add(root, "author")
    _add(author, "name", feed.site.translator.text(FIRST_LANGUAGE, "console-publisher"))
    for stored in feed.articles:
        _add_entry(root, feed, stored)
    return Made(ET.tostring(root, encoding="utf-8", xml_declaration=True), ATOM)


def _add_entry(root: ET.Element, feed: Syndicated, stored: StoredArticle) -> None:
    article = stored.article
    entry = _add(root, "entry")
    _add(entry, "id", feed.id(stored))
    _add(entry, "title", one_line(article.title))
    _add(entry, "published", iso(_at(stored)))
    _add(entry, "updated", iso(_at(stored)))
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
        _add(entry, "content", _html(stored), type="html")


def as_json(feed: Syndicated) -> Made:
    """Return the feed as a JSON Feed."""
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "language": FIRST_LANGUAGE,
        "home_page_url": feed.page,
        "feed_url": feed.site.url(json_feed(feed.topic.id if feed.topic else None)),
        "items": [_item(feed, each) for each in feed.articles],
    }
    return Made(orjson.dumps(told), JSON_FEED)


def _item(feed: Syndicated, stored: StoredArticle) -> dict[str, Any]:
    article = stored.article
    item: dict[str, Any] = {
        "id": feed.id(stored),
        "url": feed.url(stored),
        "external_url": article.page,
        "title": one_line(article.title),
        "summary": summary_of(stored) or None,
        "content_html": _html(stored),
        "image": feed.photo(stored),
        "date_published": iso(_at(stored)),
        "tags": feed.sections(stored),
        "attachments": [
            {"url": each.url, "title": one_line(each.name), "mime_type": "application/octet-stream"}
            for each in article.attachments
        ]
        or None,
    }
    return {name: value for name, value in item.items() if value is not None}


def _html(stored: StoredArticle) -> str:
    body = stored.article.body or ((stored.article.summary,) if stored.article.summary else ())
    return "".join(f"<p>{escape(one_line(each))}</p>" for each in body)


def _at(stored: StoredArticle) -> datetime:
    return stored.article.published.at if stored.article.published else stored.created_at


def _named(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"


def _add(parent: ET.Element, name: str, text: str | None = None, /, **attributes: str) -> ET.Element:
    added = ET.SubElement(parent, _named(name), attributes)
    added.text = text
    return added
