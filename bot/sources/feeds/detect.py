"""Which kind of document an address gives, and each kind read by its own parser."""

import re
from dataclasses import replace
from datetime import datetime

from bot.domain.news.feed import Entry, FeedKind
from bot.sources.feeds.json_feed import parse_json_feed
from bot.sources.feeds.listing import parse_listing
from bot.sources.feeds.result import Elsewhere, ParsedFeed
from bot.sources.feeds.sitemap import parse_sitemap
from bot.sources.feeds.syndication import parse_feed
from bot.sources.html.document import Document, Markup
from bot.sources.html.tree import Element, base_of, parse
from bot.sources.http.decompress import Inflater
from bot.sources.text.urls import absolute, shown

MOST_ENTRIES = 2_000
"""How many entries of one document are looked at, the newest where all are dated."""

_HEAD = 3_000
_FEED = re.compile(rb"<(?:[a-z]+:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_SITEMAP = re.compile(rb"<(?:[a-z]+:)?(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)
_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")
_MOST_DISCOVERED = 3
_GZIP = b"\x1f\x8b\x08"
_LARGEST_UNPACKED = 20_000_000
# WordPress names each page's record in its own interface as JSON; that is no feed.
_API = "/wp-json/"
_COMMENTS = re.compile(r"comment|binh-luan|bình luận", re.IGNORECASE)


def parse_any(document: Document, kind: FeedKind, markup: Markup, *, now: datetime) -> ParsedFeed | Elsewhere:
    """Return what *document* lists, or where a page says that its feeds are.

    AUTO takes it for what it looks like; a page is read as a listing without asking for its feeds where the
    configuration knows its markup. Raise SourceError for what cannot be read as *kind*.
    """
    url, charset = document.url, document.charset
    body = _unpacked(document.body, url)
    found = (
        _look(body) if kind is FeedKind.AUTO or (kind is FeedKind.SYNDICATION and _is_json(body)) else kind
    )
    listed: ParsedFeed | Elsewhere
    match found:
        case FeedKind.SITEMAP:
            listed = parse_sitemap(body, url=url, charset=charset, now=now)
        case FeedKind.SYNDICATION if _is_json(body):
            listed = parse_json_feed(body, url=url, now=now)
        case FeedKind.SYNDICATION:
            listed = parse_feed(body, url=url, charset=charset, now=now)
        case _:
            is_known = kind is FeedKind.LISTING or markup.selectors or markup.preset
            feeds = () if is_known else _feeds_of(body, url, charset)
            if feeds:
                return Elsewhere(feeds)
            listed = parse_listing(replace(document, body=body), markup, now=now)
    return _capped(listed) if isinstance(listed, ParsedFeed) else listed


def _look(body: bytes) -> FeedKind:
    head = body[:_HEAD].replace(b"\0", b"")
    if _is_json(body):
        return FeedKind.SYNDICATION
    if _SITEMAP.search(head):
        return FeedKind.SITEMAP
    if _PAGE.search(head) and not _FEED.search(head):
        return FeedKind.LISTING
    return FeedKind.SYNDICATION if _FEED.search(head) or not _PAGE.search(body) else FeedKind.LISTING


def _unpacked(body: bytes, url: str) -> bytes:
    """Return what a file is that was packed when it was written, as sitemap.xml.gz."""
    if not body.startswith(_GZIP):
        return body
    inflater = Inflater("gzip", limit=_LARGEST_UNPACKED, where=shown(url))
    plain = inflater.feed(body)
    inflater.finish()
    return plain


def _is_json(body: bytes) -> bool:
    return body[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _feeds_of(body: bytes, url: str, charset: str | None) -> tuple[str, ...]:
    """Return the feeds that a page names in <link rel=alternate>, those of comments left out."""
    root = parse(body, url=url, charset=charset)
    base = base_of(root, url)
    links = [link for link in root.iter("link") if _is_feed_link(link)]
    addresses = (absolute(link.get("href") or "", base) for link in links)
    return tuple(dict.fromkeys(filter(None, addresses)))[:_MOST_DISCOVERED]


def _is_feed_link(link: Element) -> bool:
    relations = (link.get("rel") or "").lower().split()
    kind = (link.get("type") or "").partition(";")[0].strip().lower()
    named = f"{link.get('title') or ''} {link.get('href') or ''}"
    is_feed = kind in _FEED_TYPES and not _COMMENTS.search(named) and _API not in named
    return "alternate" in relations and is_feed


def _capped(listed: ParsedFeed) -> ParsedFeed:
    if len(listed.entries) <= MOST_ENTRIES:
        return listed
    kept = set(_newest(listed.entries))
    entries = tuple(entry for position, entry in enumerate(listed.entries) if position in kept)
    return replace(listed, entries=entries, left_out=len(listed.entries) - len(entries))


def _newest(entries: tuple[Entry, ...]) -> list[int]:
    dated = [entry.published.at for entry in entries if entry.published]
    if len(dated) < len(entries):
        return list(range(MOST_ENTRIES))
    return sorted(range(len(entries)), key=lambda position: dated[position], reverse=True)[:MOST_ENTRIES]
