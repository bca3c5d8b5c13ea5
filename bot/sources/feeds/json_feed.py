"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.domain.news.article import Attachment, Photo
from bot.domain.news.feed import Entry, FeedKind, SourceError
from bot.domain.reason import ReasonCode
from bot.domain.text.text import one_line, shorten
from bot.sources.articles.attachments import attachments_of_html
from bot.sources.blocks.fragments import text_of_html_body
from bot.sources.feeds.description import described
from bot.sources.feeds.documents import document, first_of_each
from bot.sources.feeds.result import ParsedFeed
from bot.sources.html.fragments import images_of_html
from bot.sources.text.dates import parse_date
from bot.sources.text.entities import plain_line
from bot.sources.text.legacy_fonts import refuse_old_fonts
from bot.sources.text.urls import absolute, shown

_SUMMARY = 1_000
_TITLE = 200


def parse_json_feed(body: bytes, *, url: str, now: datetime) -> ParsedFeed:
    """Return what a JSON Feed lists, in its own order; raise SourceError for any other JSON."""
    where = shown(url)
    try:
        text = body.decode("utf-8-sig", "replace")
        document = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        raise SourceError(f"{where} is broken JSON: try again later", ReasonCode.NO_FEED) from None
    refuse_old_fonts(text, where)
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise SourceError(f"{where} is JSON, but no JSON Feed: check the address", ReasonCode.NO_FEED)
    hubs = document.get("hubs")
    hub = next((h for h in hubs if isinstance(h, dict)), {}) if isinstance(hubs, list) else {}
    return ParsedFeed(
        tuple(_entries(items, url, now)),
        FeedKind.SYNDICATION,
        hub=absolute(_text(hub.get("url")), url),
        topic=absolute(_text(document.get("feed_url")), url),
        next_page=absolute(_text(document.get("next_url")), url),
    )


def _entries(items: list[Any], url: str, now: datetime) -> Iterator[Entry]:
    for item in items:
        if isinstance(item, dict) and (entry := _entry(item, url, now)):
            yield entry


def _entry(item: dict[str, Any], url: str, now: datetime) -> Entry | None:
    link = absolute(_text(item.get("url")) or _text(item.get("external_url")), url)
    title = plain_line(_text(item.get("title")))
    html = _text(item.get("content_html"))
    plain = _text(item.get("content_text"))
    lines = tuple(filter(None, map(one_line, plain.split("\n"))))
    body, blocks = text_of_html_body(html, base=link or url) if html else (lines, ())
    summary, _ = described(_text(item.get("summary")), link or url)
    summary = summary or (body[0] if body else "")
    if not (title or link or summary):
        return None
    date = _text(item.get("date_published")) or _text(item.get("date_modified"))
    return Entry(
        title=title or shorten(summary, _TITLE) or link,
        link=link,
        guid=_identifier(item.get("id")),
        summary=shorten(summary, _SUMMARY),
        body=body,
        photos=_photos(item, html, link or url),
        attachments=_files(item, html, link or url),
        published=parse_date(date, now=now),
        blocks=blocks,
    )


def _photos(item: dict[str, Any], html: str, base: str) -> tuple[Photo, ...]:
    pictures = [
        _text(file.get("url"))
        for file in _attached(item)
        if _text(file.get("mime_type")).startswith("image/")
    ]
    named = (_text(item.get("image")), _text(item.get("banner_image")), *pictures)
    addresses = [absolute(address, base) for address in named if address]
    found = {address: Photo(address) for address in addresses if address}
    for photo in images_of_html(html, base_url=base) if html else ():
        found[photo.url] = photo
    return tuple(found.values())


def _files(item: dict[str, Any], html: str, base: str) -> tuple[Attachment, ...]:
    given = [
        document(
            address=_text(file.get("url")),
            kind=_text(file.get("mime_type")),
            title=_text(file.get("title")),
            size=file.get("size_in_bytes"),
            base=base,
        )
        for file in _attached(item)
    ]
    return first_of_each((*filter(None, given), *attachments_of_html(html, base=base)))


def _attached(item: dict[str, Any]) -> list[dict[str, Any]]:
    files = item.get("attachments")
    return [file for file in files if isinstance(file, dict)] if isinstance(files, list) else []


def _identifier(value: object) -> str:
    """Return an id as text: the standard has readers take numbers too."""
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
