"""`bantin feeds`: the feeds and how they are; its commands try, add, pause and remove one."""

import typer

from bot.cli.base.lazy_group import LazyCommand, lazy_group
from bot.cli.base.options import Config, Json

COMMANDS = {
    "test": LazyCommand(
        "bot.cli.feeds.preview:try_feed",
        "Show what an address gives as a feed: its kind, its entries, its first article as a card.",
    ),
    "add": LazyCommand(
        "bot.cli.feeds.edits:add", "Try an address, and add it as a feed; it is kept in the database."
    ),
    "pause": LazyCommand("bot.cli.feeds.edits:pause", "Poll a feed no more until it is resumed."),
    "resume": LazyCommand("bot.cli.feeds.edits:resume", "Poll a feed again, at once."),
    "remove": LazyCommand(
        "bot.cli.feeds.edits:remove", "Remove a feed that a command has added; its articles stay."
    ),
    "sync": LazyCommand(
        "bot.cli.feeds.edits:sync",
        "Take over feeds.toml as `run` does at its start; what it no longer defines is retired.",
    ),
    "export-opml": LazyCommand(
        "bot.cli.feeds.opml:export_opml", "Write every feed as OPML, which feed readers take."
    ),
    "import-opml": LazyCommand(
        "bot.cli.feeds.opml:import_opml",
        "Add the feeds of an OPML file; --topic is for those whose folder or category names none.",
    ),
}

app = typer.Typer(
    cls=lazy_group(COMMANDS),
    help="List the feeds and how they are; with a command, manage them.",
    add_completion=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def feeds(context: typer.Context, *, as_json: Json = False, config: Config = None) -> None:
    if context.invoked_subcommand is None:
        from bot.cli.stored.listing import print_feeds  # noqa: PLC0415 - the commands of the group do not need it

        print_feeds(config, as_json=as_json)
