"""`bantin feeds`: list, try, add, pause, resume and remove feeds, and move them as OPML."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli import feed_list, listing, shown
from bot.cli.common import Config, Json, configured, print_json, print_rows, run_to_end, settings_of
from bot.settings.settings import ConfigurationError

app = typer.Typer(help="List the feeds, try one, add, pause, resume or remove one, read and write OPML.")

FeedName = Annotated[str, typer.Argument(help="The feed's id, as `bantin feeds` lists it.", metavar="FEED")]
Topic = Annotated[str, typer.Option(help="The id of the topic that it fills.")]
File = Annotated[Path, typer.Argument(help="An OPML file; - is the standard output.", metavar="FILE")]


@app.callback(invoke_without_command=True)
def feeds(context: typer.Context, *, as_json: Json = False, config: Config = None) -> None:
    """List the feeds and how they are; with a command, manage them."""
    if context.invoked_subcommand is None:
        settings, topics, defined = configured(config)
        rows = run_to_end(listing.list_feeds(settings, topics, defined))
        print_rows(rows, as_json=as_json, table=shown.table)


@app.command("test")
def try_feed(
    url: str,
    *,
    preset: Annotated[str | None, typer.Option(help="The markup of a known portal.")] = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Show what an address gives as a feed: its kind, its entries, its first article as a card."""
    found = run_to_end(feed_list.try_feed(settings_of(config), url, preset=preset))
    if as_json:
        print_json(found)
    else:
        typer.echo(shown.feed_text(found))


@app.command()
def add(
    url: str,
    *,
    topic: Topic,
    name: Annotated[str, typer.Option(help="What people call it; the host's name without.")] = "",
    feed_id: Annotated[str, typer.Option("--id", help="Its id; made of the address without.")] = "",
    preset: Annotated[str | None, typer.Option(help="The markup of a known portal.")] = None,
    interval: Annotated[str | None, typer.Option(help="How often it is polled, as in 15m.")] = None,
    ca_bundle: Annotated[Path | None, typer.Option(help="Further certificates (PEM) for it.")] = None,
    unchecked: Annotated[bool, typer.Option("--unchecked", help="Add it without trying it.")] = False,
    config: Config = None,
) -> None:
    """Try an address, and add it as a feed; it is kept in the database."""
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
    typer.echo(run_to_end(feed_list.add(settings, topics, defined, wanted, check=not unchecked)))


@app.command()
def pause(feed: FeedName, config: Config = None) -> None:
    """Poll a feed no more until it is resumed."""
    typer.echo(run_to_end(feed_list.set_paused(*configured(config), feed, paused=True)))


@app.command()
def resume(feed: FeedName, config: Config = None) -> None:
    """Poll a feed again, at once."""
    typer.echo(run_to_end(feed_list.set_paused(*configured(config), feed, paused=False)))


@app.command()
def remove(feed: FeedName, config: Config = None) -> None:
    """Remove a feed that a command has added; its articles stay."""
    typer.echo(run_to_end(feed_list.remove(*configured(config), feed)))


@app.command("export-opml")
def export_opml(file: File = Path("-"), config: Config = None) -> None:
    """Write every feed as OPML, which feed readers take."""
    text = run_to_end(feed_list.export_opml(*configured(config)))
    if str(file) == "-":
        typer.echo(text, nl=False)
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be written: {error.strerror}") from None


@app.command("import-opml")
def import_opml(file: File, *, topic: Topic = "", config: Config = None) -> None:
    """Add the feeds of an OPML file; --topic is for those whose folder or category names none."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be read: {error.strerror}") from None
    for line in run_to_end(feed_list.import_opml(*configured(config), content, topic=topic)):
        typer.echo(line)
