"""`bantin feeds export-opml` and `import-opml`: feeds are exchanged with feed readers."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.base.options import Config, configured, run_to_end, settings_of
from bot.cli.base.output import echo
from bot.cli.base.storage import changing, reading
from bot.cli.feeds.edits import add_feed, feed_wanted, other_feeds, require_topic
from bot.domain.news.feed import Feed, Topic
from bot.domain.news.naming import feed_id_of
from bot.domain.text.text import fold
from bot.settings.settings import ConfigurationError, Settings
from bot.sources.feeds.opml import Outline, parse_opml, write_opml
from bot.store.feeds import feeds


def export_opml(
    file: Annotated[
        Path, typer.Argument(help="An OPML file; - is the standard output.", metavar="FILE")
    ] = Path("-"),
    config: Config = None,
) -> None:
    text = run_to_end(_export(settings_of(config)))
    if str(file) == "-":
        typer.echo(text, nl=False)
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be written: {error.strerror}") from None


def import_opml(
    file: Annotated[Path, typer.Argument(help="An OPML file.", metavar="FILE")],
    *,
    topic: Annotated[str, typer.Option(help="The id of the topic that they fill.")] = "",
    config: Config = None,
) -> None:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be read: {error.strerror}") from None
    for line in run_to_end(_import(*configured(config), content, topic=topic)):
        echo(line)


async def _export(settings: Settings) -> str:
    """Return every feed as OPML, by topic."""
    async with reading(settings) as database, database.read() as tx:
        every = [status.feed for status in await feeds.statuses(tx)]
        topics = await feeds.topics(tx)
    return write_opml(
        settings.agency.name,
        [
            (topic.id, topic.name("vi"), [Outline(f.name, f.url) for f in every if f.topic == topic.id])
            for topic in topics
        ],
    )


async def _import(
    settings: Settings, topics: Sequence[Topic], defined: Sequence[Feed], content: bytes, *, topic: str
) -> list[str]:
    """Add the feeds of an OPML document that are not there yet, and say a line of each."""
    lines = []
    async with changing(settings, create=True) as database, database.write() as tx:
        stored = {each.id: each for each in await feeds.topics(tx)}
        every = [*stored.values(), *(each for each in topics if each.id not in stored)]
        others = await other_feeds(tx, defined)
        known = {str(other.id) for other in others}
        urls = {other.url for other in others}
        for outline in parse_opml(content):
            if outline.url in urls:
                lines.append(f"left out {outline.url}: it is there already")
                continue
            wanted = {"topic": _topic(every, outline, topic), "name": outline.name, "url": outline.url}
            try:
                feed = feed_wanted(settings, {**wanted, "id": feed_id_of(outline.url, known)})
                await require_topic(tx, topics, feed.topic)
            except ConfigurationError as error:
                lines.append(f"left out {outline.url}: {error}")
                continue
            await add_feed(tx, feed)
            known.add(feed.id)
            urls.add(feed.url)
            lines.append(f"added {feed.id}: {feed.url}")
    return lines or ["the file lists no feeds"]


def _topic(topics: Sequence[Topic], outline: Outline, otherwise: str) -> str:
    """Return the topic that a folder or category of *outline* names, by id or name."""
    for folder in outline.folders:
        for topic in topics:
            if fold(folder) in {topic.id, *(fold(name) for name in topic.names.values())}:
                return topic.id
    return otherwise or "?"
