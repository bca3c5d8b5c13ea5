"""RSS 0.9x to 2.0, RDF and Atom: feedparser, and what has to be mended before and after it."""

import io
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlsplit

import feedparser

from bot.domain.clock import VIETNAM
from bot.domain.news.article import DatePrecision, Published
from bot.domain.news.feed import Entry, FeedKind, SourceError
from bot.domain.reason import ReasonCode
from bot.domain.text.text import complete, one_line, shorten
from bot.sources.blocks.fragments import text_of_html_body
from bot.sources.feeds.description import described
from bot.sources.feeds.documents import files_of
from bot.sources.feeds.photos import keep_item_images, photos_of
from bot.sources.feeds.result import ParsedFeed
from bot.sources.http.cache_headers import feed_min_interval
from bot.sources.text.dates import parse_date
from bot.sources.text.encoding import xml_text
from bot.sources.text.entities import resolved
from bot.sources.text.legacy_fonts import refuse_old_fonts
from bot.sources.text.urls import absolute, shown

_HEADERS = {"content-type": "application/xml; charset=utf-8"}
_SUMMARY = 1_000
_TITLE = 200
_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*+>|<!--(?:[^<-]++|-(?!->)|<(?!!--))*+-->")
_DESCRIPTION = re.compile(r"(</?)([A-Za-z_][\w.-]{0,20}):description(?=[\s/>])")
_MEDIA_RSS = re.compile(r"""xmlns:([A-Za-z_][\w.-]{0,20})\s*=\s*["']http://search\.yahoo\.com/mrss/?["']""")
_RFC_822 = re.compile(
    r"[A-Z][a-z]{2}, (\d\d?) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (20\d\d) (\d\d):(\d\d):(\d\d)"
    r" ([+-])(\d\d)(\d\d)",
    re.ASCII,
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UNREAD = re.compile(
    r"<(slash:comments|wfw:commentRss|comments|category|author|dc:creator)(?:\s[^<>]*)?>"
    r"(?:<!\[CDATA\[[^<>\]]*\]\]>|[^<>]*)</\1\s*>"
)
_WEB = ("http://", "https://")
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_SHORTEST_ALONE = 20
"""Letters of a description that is all that an item has."""


def parse_feed(body: bytes, *, url: str, charset: str | None, now: datetime) -> ParsedFeed:
    """Return what a feed lists, in its own order; one that is empty but sound lists nothing.

    *charset* is what the server declares. Raise SourceError for what is no feed, or breaks off too early.
    """
    where = shown(url)
    if not body.strip():
        raise SourceError(
            f"{where} is empty: the site may have switched this feed off; check the address", ReasonCode.EMPTY
        )
    document = xml_text(body, charset)
    refuse_old_fonts(document, where)
    parsed = _parse(_prepared(document), where)
    found = parsed["entries"]
    if parsed["bozo"] and found and _breaks_off(document):
        # The last one may lack its guid, or half of it, and would be taken for another article next time.
        found = found[:-1]
        if not found:
            raise SourceError(
                f"{where} breaks off within its first entry: try again later", ReasonCode.BROKEN_OFF
            )
    if not found and not parsed.get("version"):
        raise SourceError(_no_feed(document, where), ReasonCode.NO_FEED)
    # Plain dictionaries: feedparser's own answer 'updated' with the date of publication.
    channel = dict(parsed["feed"])
    base = _base(channel, str(parsed.get("version")), url)
    entries = (_entry(dict(raw), base, now) for raw in found)
    links = {
        str(link.get("rel")): absolute(str(link.get("href") or ""), url) for link in channel.get("links", ())
    }
    return ParsedFeed(
        _with_honest_minutes(tuple(filter(None, entries)), str(channel.get("generator", ""))),
        FeedKind.SYNDICATION,
        min_interval=feed_min_interval(channel),
        hub=links.get("hub", ""),
        topic=links.get("self", ""),
        next_page=links.get("next", ""),
    )


def _parse(document: str, where: str) -> Mapping[str, Any]:
    """Let feedparser read *document*, as a stream: it would take text or bytes for a path or an address."""
    try:
        parsed: Mapping[str, Any] = feedparser.parse(
            io.BytesIO(document.encode()),
            response_headers=_HEADERS,
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except MemoryError:
        raise
    except Exception as error:
        # Broken feeds bring many kinds of error out of it, and none of them is promised.
        raise SourceError(
            f"{where} is too broken to read ({type(error).__name__}): the site must mend it",
            ReasonCode.NO_FEED,
        ) from error
    return parsed


def _prepared(document: str) -> str:
    """Return *document* as feedparser can read it right.

    Elements that nobody asks for are left out, for each costs it as much as a title. Others are renamed, for
    it would put them in the summary's place: a photo's media:description that comes before the item's own
    (feedparser issues 53, 324, 412), and an itunes:summary anywhere.
    """
    document = _UNREAD.sub("", document)
    if prefixes := frozenset(_MEDIA_RSS.findall(document)):
        document = _DESCRIPTION.sub(
            lambda found: f"{found[1]}{found[2]}:caption" if found[2] in prefixes else found[0], document
        )
    document = document.replace("<itunes:summary", "<itunes:text").replace(
        "</itunes:summary", "</itunes:text"
    )
    return keep_item_images(document)


def _breaks_off(document: str) -> bool:
    return any(document.rfind(f"<{name}") > document.rfind(f"</{name}") for name in ("item", "entry"))


def _no_feed(document: str, where: str) -> str:
    if _PAGE.search(document[:5_000]):
        return f'{where} is a web page, not a feed: give the feed\'s address, or set kind = "listing"'
    return f"{where} is neither RSS nor Atom: check the address"


def _base(channel: Mapping[str, Any], version: str, url: str) -> str:
    """Return what relative addresses of the items are relative to: in RSS the site that the channel names.

    A feed may come from another host than its site. A channel that names no host of the internet was never
    set up: its feed's own address is better. Atom means its own address.
    """
    site = absolute(str(channel.get("link") or ""), url) if version.startswith("rss") else ""
    name = (urlsplit(site).hostname or "").rpartition(".")
    return site if name[0] and name[2].isalpha() else url


def _entry(raw: Mapping[str, Any], url: str, now: datetime) -> Entry | None:
    """Return what feedparser read of one entry as ours, or None for a placeholder.

    RSS 2.0 lets an item be a description alone. VnExpress lists some whose description is 'No Description'.
    """
    title, link = _title(str(raw.get("title") or "")), _link(raw, url)
    description = str(raw.get("summary") or "")
    told, shown_there = described(description, link or url)
    if not title and not link and len(told) < _SHORTEST_ALONE:
        return None
    contents = [str(content.get("value") or "") for content in raw.get("content", ())]
    content = max(contents, key=len, default="")
    body, blocks = text_of_html_body(content, base=link or url, title=title) if content else ((), ())
    # Without a description, feedparser repeats the content there.
    summary = body[0] if body and description == content else complete(told, body[0]) if body else told
    return Entry(
        title=title or shorten(summary, _TITLE) or link,
        link=link,
        guid=str(raw.get("id") or "").strip(),
        summary=summary if len(summary) <= _SUMMARY else shorten(summary, _SUMMARY),
        body=body,
        photos=photos_of(raw, content=content, described=shown_there, base=link or url),
        attachments=files_of(raw, texts=(content, description), base=link or url),
        published=_published(raw, now),
        blocks=blocks,
    )


def _link(raw: Mapping[str, Any], url: str) -> str:
    alternates = [link for link in raw.get("links", ()) if link.get("rel") == "alternate"]
    # A document may come first, and the page in second place.
    alternates.sort(key=lambda link: str(link.get("type") or "text/html").lower() not in _PAGE_TYPES)
    for link in alternates:
        if address := absolute(str(link.get("href") or ""), url):
            return address
    # feedparser takes a guid for a link unless told otherwise, but 'abc-123' leads nowhere.
    guid = str(raw.get("link") or "").strip()
    return absolute(guid, url) if guid.startswith(_WEB) else ""


def _title(raw: str) -> str:
    """Return a title as text. Feeds escape it twice, so tags are looked for before and after unescaping."""
    if "<" not in raw and "&" not in raw:
        return one_line(raw)
    return one_line(_TAG.sub(" ", resolved(_TAG.sub(" ", raw))))


def _published(raw: Mapping[str, Any], now: datetime) -> Published | None:
    """Return the entry's date, read by ourselves: feedparser reads a Vietnamese one as UTC, or as today."""
    for name in ("published", "updated", "created"):
        text = raw.get(name)
        if text and (published := _standard_date(str(text)) or parse_date(str(text), now=now)):
            return published
    return None


def _standard_date(text: str) -> Published | None:
    """Return a date in the form that RSS prescribes: most are in it, and this is faster than parse_date."""
    found = _RFC_822.fullmatch(text)
    if found is None:
        return None
    day, month, year, hour, minute, second, sign, hours, minutes = found.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "-" else 1)
    try:
        at = datetime(
            int(year),
            _MONTHS.index(month) + 1,
            int(day),
            int(hour),
            int(minute),
            int(second),
            tzinfo=timezone(offset),
        )
    except ValueError:
        return None
    return Published(at.astimezone(VIETNAM), DatePrecision.MINUTE)


def _with_honest_minutes(entries: tuple[Entry, ...], generator: str) -> tuple[Entry, ...]:
    """Return *entries* with the day alone where the minutes are made up.

    NukeViet 4 formats its dates with 'H:m:s', and m is PHP's month: every August article is of minute 8.
    """
    if "nukeviet" not in generator.lower() or not all(map(_minute_is_month, entries)):
        return entries
    return tuple(replace(entry, published=_day(entry.published)) for entry in entries)


def _minute_is_month(entry: Entry) -> bool:
    published = entry.published
    if published is None or published.precision is DatePrecision.DAY:
        return True
    at = published.at.astimezone(UTC)
    return at.minute == at.month


def _day(published: Published | None) -> Published | None:
    if published is None:
        return None
    midnight = published.at.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)
    return Published(midnight, DatePrecision.DAY)
