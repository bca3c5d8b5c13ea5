"""What the commands on feeds do."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from bot import parts
from bot.cli.polling import preview_row
from bot.domain.address import site_of
from bot.domain.clock import SystemClock
from bot.domain.feed import Entry, Feed, FeedId, Fetched, SourceError, Topic, Validators
from bot.domain.text import fold
from bot.settings.feeds_file import feed_defined
from bot.settings.settings import ConfigurationError, Settings
from bot.sources.merge import article_of
from bot.sources.opml import Outline, parse_opml, write_opml
from bot.sources.web import WebSource
from bot.store import added_feeds, feeds
from bot.store.database import Database
from bot.store.feed_rows import Origin

Row = dict[str, Any]


async def try_feed(settings: Settings, url: str, *, preset: str | None) -> Row:
    """Return what *url* gives as a feed, as `feed test --json` prints it; raises SourceError."""
    tried = {"id": "test", "topic": "test", "name": "test", "url": url, "preset": preset}
    feed = feed_defined(tried).feed(None)
    async with parts.web_source(settings, SystemClock()) as source:
        fetched = await source.fetch(feed, Validators())
        assert fetched is not None, "a fetch without validators cannot be 'not modified'"
        first = next(iter(fetched.entries), None)
        article = await source.read(feed, first) if first else None
        photo = await source.photo(article) if article else None
        is_alone = first is not None and article == article_of(feed, first)
        problem = await _unread(source, feed, first.link) if first and is_alone else None
    return {
        "url": url,
        "kind": fetched.kind.value if fetched.kind else None,
        "entries": [_entry(entry) for entry in fetched.entries],
        "guessed": [*fetched.guessed, *_doubts(fetched), *([problem] if problem else [])],
        "next_page": fetched.next_page or None,
        "hub": fetched.hub or None,
        "article": preview_row(settings, article.led_by(photo), photo) if article else None,
    }


def _entry(entry: Entry) -> Row:
    return {
        "title": entry.title,
        "url": entry.link or None,
        "published_at": entry.published.at.isoformat() if entry.published else None,
        "date_precision": entry.published.precision.value if entry.published else None,
        "summary": entry.summary,
    }


async def _unread(source: WebSource, feed: Feed, link: str) -> str | None:
    """Return why the card is made of the entry alone, if its page cannot be read."""
    if not link:
        return None
    try:
        await source.read_again(feed, link)
    except SourceError as error:
        return f"the card is made of the entry alone, since its page cannot be read: {error}"
    return None


def _doubts(fetched: Fetched) -> list[str]:
    entries = fetched.entries
    undated = sum(entry.published is None for entry in entries)
    unlinked = sum(not entry.link for entry in entries)
    doubts = [f"{undated} of {len(entries)} entries have no readable date"] if undated else []
    return [*doubts, *([f"{unlinked} of {len(entries)} entries have no link"] if unlinked else [])]


async def add(
    settings: Settings, topics: Sequence[Topic], defined: Sequence[Feed], wanted: Row, *, check: bool
) -> str:
    """Add the feed that *wanted* defines, as feeds.toml would, and say so; raises if it gives nothing."""
    feed = _defined(settings, topics, wanted)
    if check:
        async with parts.web_source(settings, SystemClock()) as source:
            fetched = await source.fetch(feed, Validators())
        if not fetched or not fetched.entries:
            raise SourceError(f"{feed.url} lists nothing: add it with --unchecked if it will")
    async with _synced(settings, topics, defined) as database, database.write() as tx:
        if feed.id in await added_feeds.known(tx):
            raise ConfigurationError(f"there is a feed {feed.id!r} already: name another with --id")
        same = (feed.url, feed.topic)
        twin = next((s.feed for s in await feeds.statuses(tx) if (s.feed.url, s.feed.topic) == same), None)
        if twin:
            raise ConfigurationError(f"{feed.url} is polled already, as {twin.id}")
        await added_feeds.add(tx, feed, SystemClock().now())
    return f"added {feed.id}: {feed.url}"


async def set_paused(
    settings: Settings, topics: Sequence[Topic], defined: Sequence[Feed], name: str, *, paused: bool
) -> str:
    """Pause or resume a feed, and say so."""
    async with _synced(settings, topics, defined) as database, database.write() as tx:
        feed = _known(await added_feeds.known(tx), name)
        await feeds.set_paused(tx, feed, paused=paused)
        if not paused:
            await feeds.poll_now(tx, feed, SystemClock().now())
    return f"{'paused' if paused else 'resumed'} {feed}"


async def remove(settings: Settings, topics: Sequence[Topic], defined: Sequence[Feed], name: str) -> str:
    """Remove a feed that a command has added, and say so."""
    async with _synced(settings, topics, defined) as database, database.write() as tx:
        known = await added_feeds.known(tx)
        feed = _known(known, name)
        if known[feed] is Origin.CONFIGURED:
            raise ConfigurationError(f"{feed} stands in feeds.toml: remove it there, or pause it")
        await added_feeds.remove(tx, feed)
    return f"removed {feed}; its articles stay"


async def export_opml(settings: Settings, topics: Sequence[Topic], defined: Sequence[Feed]) -> str:
    """Return every feed as OPML, by topic."""
    async with _synced(settings, topics, defined) as database, database.read() as tx:
        every = [status.feed for status in await feeds.statuses(tx)]
    return write_opml(
        settings.agency.name,
        [
            (topic.id, topic.name("vi"), [Outline(f.name, f.url) for f in every if f.topic == topic.id])
            for topic in topics
        ],
    )


async def import_opml(
    settings: Settings, topics: Sequence[Topic], defined: Sequence[Feed], content: bytes, *, topic: str
) -> list[str]:
    """Add the feeds of an OPML document that are not there yet, and say a line of each."""
    lines = []
    async with _synced(settings, topics, defined) as database, database.write() as tx:
        known = set(await added_feeds.known(tx))
        urls = {status.feed.url for status in await feeds.statuses(tx)}
        for outline in parse_opml(content):
            if outline.url in urls:
                lines.append(f"left out {outline.url}: it is there already")
                continue
            wanted = {"topic": _topic(topics, outline, topic), "name": outline.name, "url": outline.url}
            try:
                feed = _defined(settings, topics, {**wanted, "id": _free(_slug(outline.url), known)})
            except ConfigurationError as error:
                lines.append(f"left out {outline.url}: {error}")
                continue
            await added_feeds.add(tx, feed, SystemClock().now())
            known.add(feed.id)
            urls.add(feed.url)
            lines.append(f"added {feed.id}: {feed.url}")
    return lines or ["the file lists no feeds"]


@asynccontextmanager
async def _synced(
    settings: Settings, topics: Sequence[Topic], defined: Sequence[Feed]
) -> AsyncIterator[Database]:
    async with parts.current_database(settings, exclusive=False) as database:
        async with database.write() as tx:
            await feeds.sync_definitions(tx, topics, defined, SystemClock().now())
        yield database


def _defined(settings: Settings, topics: Sequence[Topic], wanted: Row) -> Feed:
    """Return the feed of a definition, as strict as in feeds.toml."""
    values = {key: value for key, value in wanted.items() if value}
    url = str(values.get("url", ""))
    definition = feed_defined({"id": _slug(url), "name": site_of(url) or "?", **values})
    if definition.topic not in {topic.id for topic in topics}:
        ids = ", ".join(topic.id for topic in topics)
        raise ConfigurationError(f"there is no topic {definition.topic!r}; there are {ids}")
    return definition.feed(settings.polling.interval)


def _known(known: dict[FeedId, Origin], name: str) -> FeedId:
    if FeedId(name) not in known:
        raise ConfigurationError(f"there is no feed {name!r}; there are {', '.join(sorted(known))}")
    return FeedId(name)


def _topic(topics: Sequence[Topic], outline: Outline, otherwise: str) -> str:
    """Return the topic that a folder or category of *outline* names, by id or name."""
    for folder in outline.folders:
        for topic in topics:
            if fold(folder) in {topic.id, *(fold(name) for name in topic.names.values())}:
                return topic.id
    return otherwise or "?"


def _slug(url: str) -> str:
    """Return an id made of an address: so.example.vn/rss/tin.rss is so-example-vn-rss-tin-rss."""
    bare = re.sub(r"^https?://(?:www\.)?", "", fold(url)).partition("?")[0]
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:50].strip("-") or "feed"


def _free(name: str, known: set[FeedId]) -> str:
    numbered = (f"{name}-{number}" for number in range(2, len(known) + 3))
    return next(each for each in (name, *numbered) if FeedId(each) not in known)
