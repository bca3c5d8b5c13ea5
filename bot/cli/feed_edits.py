"""`bantin feeds add`, `pause`, `resume` and `remove`: feeds as commands change them."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot import parts
from bot.cli.options import Config, configured, run_to_end
from bot.cli.output import Row
from bot.domain.address import site_of
from bot.domain.clock import SystemClock
from bot.domain.feed import Feed, FeedId, SourceError, Topic, Validators
from bot.domain.text import fold
from bot.settings.feeds_file import feed_defined
from bot.settings.settings import ConfigurationError, Settings
from bot.store import added_feeds, feeds
from bot.store.database import Database
from bot.store.feed_rows import Origin

FeedName = Annotated[str, typer.Argument(help="The feed's id, as `bantin feeds` lists it.", metavar="FEED")]


def add(
    url: str,
    *,
    topic: Annotated[str, typer.Option(help="The id of the topic that it fills.")],
    name: Annotated[str, typer.Option(help="What people call it; the host's name without.")] = "",
    feed_id: Annotated[str, typer.Option("--id", help="Its id; made of the address without.")] = "",
    preset: Annotated[str | None, typer.Option(help="The markup of a known portal.")] = None,
    interval: Annotated[str | None, typer.Option(help="How often it is polled, as in 15m.")] = None,
    ca_bundle: Annotated[Path | None, typer.Option(help="Further certificates (PEM) for it.")] = None,
    unchecked: Annotated[bool, typer.Option("--unchecked", help="Add it without trying it.")] = False,
    config: Config = None,
) -> None:
    settings, topics, defined = configured(config)
    wanted = {
        "id": feed_id,
        "topic": topic,
        "name": name,
        "url": url,
        "preset": preset,
        "interval": interval,
        # The service may be started in another folder.
        "ca_bundle": str(ca_bundle.absolute()) if ca_bundle else None,
    }
    typer.echo(run_to_end(_add(settings, topics, defined, wanted, check=not unchecked)))


def pause(feed: FeedName, config: Config = None) -> None:
    typer.echo(run_to_end(_set_paused(*configured(config), feed, paused=True)))


def resume(feed: FeedName, config: Config = None) -> None:
    typer.echo(run_to_end(_set_paused(*configured(config), feed, paused=False)))


def remove(feed: FeedName, config: Config = None) -> None:
    typer.echo(run_to_end(_remove(*configured(config), feed)))


async def _add(
    settings: Settings, topics: Sequence[Topic], defined: Sequence[Feed], wanted: Row, *, check: bool
) -> str:
    """Add the feed that *wanted* defines, as feeds.toml would, and say so; raises if it gives nothing."""
    feed = feed_wanted(settings, topics, wanted)
    if check:
        async with parts.web_source(settings, SystemClock()) as source:
            fetched = await source.fetch(feed, Validators())
        if not fetched or not fetched.entries:
            raise SourceError(f"{feed.url} lists nothing: add it with --unchecked if it will")
    async with synced(settings, topics, defined) as database, database.write() as tx:
        if feed.id in await added_feeds.known(tx):
            raise ConfigurationError(f"there is a feed {feed.id!r} already: name another with --id")
        same = (feed.url, feed.topic)
        twin = next((s.feed for s in await feeds.statuses(tx) if (s.feed.url, s.feed.topic) == same), None)
        if twin:
            raise ConfigurationError(f"{feed.url} is polled already, as {twin.id}")
        await added_feeds.add(tx, feed, SystemClock().now())
    return f"added {feed.id}: {feed.url}"


async def _set_paused(
    settings: Settings, topics: Sequence[Topic], defined: Sequence[Feed], name: str, *, paused: bool
) -> str:
    """Pause or resume a feed, and say so."""
    async with synced(settings, topics, defined) as database, database.write() as tx:
        feed = _known(await added_feeds.known(tx), name)
        await feeds.set_paused(tx, feed, paused=paused)
        if not paused:
            await feeds.poll_now(tx, feed, SystemClock().now())
    return f"{'paused' if paused else 'resumed'} {feed}"


async def _remove(settings: Settings, topics: Sequence[Topic], defined: Sequence[Feed], name: str) -> str:
    """Remove a feed that a command has added, and say so."""
    async with synced(settings, topics, defined) as database, database.write() as tx:
        known = await added_feeds.known(tx)
        feed = _known(known, name)
        if known[feed] is Origin.CONFIGURED:
            raise ConfigurationError(f"{feed} stands in feeds.toml: remove it there, or pause it")
        await added_feeds.remove(tx, feed)
    return f"removed {feed}; its articles stay"


@asynccontextmanager
async def synced(
    settings: Settings, topics: Sequence[Topic], defined: Sequence[Feed]
) -> AsyncIterator[Database]:
    async with parts.current_database(settings, exclusive=False) as database:
        async with database.write() as tx:
            await feeds.sync_definitions(tx, topics, defined, SystemClock().now())
        yield database


def feed_wanted(settings: Settings, topics: Sequence[Topic], wanted: Row) -> Feed:
    """Return the feed of a definition, as strict as in feeds.toml."""
    values = {key: value for key, value in wanted.items() if value}
    url = str(values.get("url", ""))
    definition = feed_defined({"id": slug(url), "name": site_of(url) or "?", **values})
    if definition.topic not in {topic.id for topic in topics}:
        ids = ", ".join(topic.id for topic in topics)
        raise ConfigurationError(f"there is no topic {definition.topic!r}; there are {ids}")
    return definition.feed(settings.polling.interval)


def _known(known: dict[FeedId, Origin], name: str) -> FeedId:
    if FeedId(name) not in known:
        raise ConfigurationError(f"there is no feed {name!r}; there are {', '.join(sorted(known))}")
    return FeedId(name)


def slug(url: str) -> str:
    """Return an id made of an address: so.example.vn/rss/tin.rss is so-example-vn-rss-tin-rss."""
    bare = re.sub(r"^https?://(?:www\.)?", "", fold(url)).partition("?")[0]
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:50].strip("-") or "feed"
