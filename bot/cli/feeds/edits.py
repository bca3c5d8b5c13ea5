"""`bantin feeds add`, `pause`, `resume` and `remove`: feeds as commands change them."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.base.actor import actor
from bot.cli.base.options import Config, configured, run_to_end, settings_of
from bot.cli.base.output import Row
from bot.cli.base.storage import changing
from bot.domain.clock import SystemClock
from bot.domain.desk.audit import Act, AuditAction, Subject, SubjectKind
from bot.domain.news.address import site_of
from bot.domain.news.feed import Feed, FeedId, SourceError, Topic, Validators
from bot.domain.news.naming import feed_id_of
from bot.domain.news.origin import Origin
from bot.runtime.web_source import open_web_source
from bot.services.administration import feed_acts, source_definitions
from bot.services.administration.configuration import follow_configuration, of_topic
from bot.settings.feeds_file import feed_defined
from bot.settings.settings import ConfigurationError, Settings
from bot.store.engine.database import Transaction
from bot.store.feeds import added_feeds, feeds
from bot.store.runtime import audit

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
    run_to_end(_set_paused(settings_of(config), feed, paused=True))
    typer.echo(f"paused {feed}")


def resume(feed: FeedName, config: Config = None) -> None:
    run_to_end(_set_paused(settings_of(config), feed, paused=False))
    typer.echo(f"resumed {feed}")


def remove(feed: FeedName, config: Config = None) -> None:
    run_to_end(_remove(settings_of(config), feed))
    typer.echo(f"removed {feed}; its articles stay")


def sync(config: Config = None) -> None:
    settings, topics, defined = configured(config)
    retired = run_to_end(_sync(settings, topics, defined))
    typer.echo(f"{len(topics)} topics and {len(defined)} feeds are as feeds.toml defines them")
    if retired:
        typer.echo(f"retired, since it does not: {', '.join(retired)}")


async def _sync(settings: Settings, topics: Sequence[Topic], defined: Sequence[Feed]) -> list[str]:
    """Make what is stored follow the configuration; return the topics and feeds that this retires."""
    async with changing(settings, create=True) as database, database.write() as tx:
        before = await _current(tx)
        now = SystemClock().now()
        await follow_configuration(tx, topics, defined, actor=actor(), now=now)
        after = set(await _current(tx))
    return [name for name in before if name not in after]


async def _current(tx: Transaction) -> list[str]:
    topics = [f"topic {topic.id}" for topic in await feeds.topics(tx)]
    return [*topics, *(f"feed {feed}" for feed in await added_feeds.known(tx))]


async def _add(
    settings: Settings, topics: Sequence[Topic], defined: Sequence[Feed], wanted: Row, *, check: bool
) -> str:
    """Add the feed that *wanted* defines, as feeds.toml would, and say so; raises if it gives nothing."""
    feed = feed_wanted(settings, wanted)
    if check:
        async with open_web_source(settings, SystemClock()) as source:
            fetched = await source.fetch(feed, Validators())
        if not fetched or not fetched.entries:
            raise SourceError(f"{feed.url} lists nothing: add it with --unchecked if it will")
    async with changing(settings, create=True) as database, database.write() as tx:
        others = await other_feeds(tx, defined)
        if feed.id in {other.id for other in others}:
            raise ConfigurationError(f"there is a feed {feed.id!r} already: name another with --id")
        same = (feed.url, feed.topic)
        twin = next((other for other in others if (other.url, other.topic) == same), None)
        if twin:
            raise ConfigurationError(f"{feed.url} is polled already, as {twin.id}")
        await require_topic(tx, topics, feed.topic)
        await add_feed(tx, feed)
    return f"added {feed.id}: {feed.url}"


async def _set_paused(settings: Settings, name: str, *, paused: bool) -> None:
    async with changing(settings) as database, database.write() as tx:
        feed = _known(await added_feeds.known(tx), name)
        await feed_acts.set_paused(tx, feed, actor(), paused=paused, now=SystemClock().now())


async def _remove(settings: Settings, name: str) -> None:
    async with changing(settings) as database, database.write() as tx:
        known = await added_feeds.known(tx)
        feed = _known(known, name)
        if known[feed] is Origin.CONFIGURED:
            raise ConfigurationError(f"{feed} stands in feeds.toml: remove it there, or pause it")
        await source_definitions.remove_feed(tx, feed, actor(), now=SystemClock().now())


async def add_feed(tx: Transaction, feed: Feed) -> None:
    """Keep a feed that a command adds, and write that down."""
    await source_definitions.add_feed(tx, feed, actor(), now=SystemClock().now())


async def other_feeds(tx: Transaction, defined: Iterable[Feed]) -> tuple[Feed, ...]:
    """Return the feeds that a new one must not repeat: the stored ones, and the *defined* ones beside."""
    stored = {status.feed.id: status.feed for status in await feeds.statuses(tx)}
    return (*stored.values(), *(feed for feed in defined if feed.id not in stored))


async def require_topic(tx: Transaction, topics: Sequence[Topic], name: str) -> None:
    """Make sure that the topic is stored; raise ConfigurationError if neither database nor *topics* have it.

    One that the configuration alone has is added. The others stay as they are: the service that uses this
    database may have another configuration.
    """
    stored = {str(topic.id) for topic in await feeds.topics(tx)}
    if name in stored:
        return
    configured = {str(topic.id): topic for topic in topics}
    if name not in configured:
        ids = ", ".join(sorted({*stored, *configured}))
        raise ConfigurationError(f"there is no topic {name!r}; there are {ids}")
    await feeds.add_topic(tx, configured[name])
    act = Act(AuditAction.TOPIC_ADDED, Subject(SubjectKind.TOPIC, name), after=of_topic(configured[name]))
    await audit.record(tx, actor(), act, now=SystemClock().now())


def feed_wanted(settings: Settings, wanted: Row) -> Feed:
    """Return the feed of a definition, as strict as in feeds.toml."""
    values = {key: value for key, value in wanted.items() if value}
    url = str(values.get("url", ""))
    definition = feed_defined({"id": feed_id_of(url), "name": site_of(url) or "?", **values})
    return definition.feed(settings.polling.interval)


def _known(known: dict[FeedId, Origin], name: str) -> FeedId:
    if FeedId(name) not in known:
        raise ConfigurationError(f"there is no feed {name!r}; there are {', '.join(sorted(known)) or 'none'}")
    return FeedId(name)
