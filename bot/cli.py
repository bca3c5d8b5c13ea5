"""The commands. Each gives one clear line and a non-zero status for bad input, and never a traceback."""

import asyncio
import json
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from bot import app, logs, operations, shown
from bot.config import ConfigurationError, Settings, load_settings, load_sources
from bot.demo import run_demo
from bot.domain.feed import Feed, SourceError, Topic
from bot.domain.messenger import MessengerError
from bot.roles import parse_roles
from bot.store.database import DatabaseUnavailable

T = TypeVar("T")

DEFAULT_FOLDER = Path("config")
EXPECTED = (
    ConfigurationError,
    DatabaseUnavailable,
    SourceError,
    MessengerError,
    app.ServiceError,
    operations.ServiceUnwellError,
)

cli = typer.Typer(
    name="bantin",
    help="Bản Tin: news of Vietnamese public agencies, pushed to the chats that asked for it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Config = Annotated[
    Path | None,
    typer.Option(
        "--config", envvar="BANTIN_CONFIG", help="Folder of bot.toml and feeds.toml.", metavar="DIR"
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


def main() -> None:
    """Run the command line; an expected failure is told in one line."""
    try:
        cli()
    except EXPECTED as error:
        typer.echo(f"bantin: {error}", err=True)
        sys.exit(1)


@cli.command()
def demo(
    port: Annotated[
        int, typer.Option(help="Port of the chat page; 0 takes a free one.", min=0, max=65535)
    ] = 8080,
) -> None:
    """Start the whole product with no token and no network, and print one address to open."""
    logs.set_up(level="warning", style="text", secrets=())
    _run(run_demo(port=port, announce=typer.echo))


@cli.command()
def run(
    *,
    roles: Annotated[
        str, typer.Option(help="What this process does, of several on PostgreSQL.", metavar="ROLE,…")
    ] = "poll,send,web",
    config: Config = None,
) -> None:
    """Run the service: poll, deliver, answer."""
    chosen = parse_roles(roles)
    settings, topics, feeds = _configured(config)
    _run(app.run(settings, topics, feeds, roles=chosen))


@cli.command()
def check(config: Config = None) -> None:
    """Say whether the service could run here: configuration, database, token, feeds."""
    settings, topics, feeds = _configured(config)
    findings = _run(operations.check(settings, topics, feeds))
    for finding in findings:
        typer.echo(f"{'ok' if finding.ok else 'NO'}  {finding.what}: {finding.said}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


@cli.command()
def migrate(config: Config = None) -> None:
    """Bring the database's schema up to date."""
    settings = _settings(config)
    typer.echo(_run(operations.bring_up_to_date(settings)))


@cli.command()
def poll(
    feed: Annotated[
        list[str] | None, typer.Argument(help="Ids of feeds; all of them if none is named.")
    ] = None,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what it would take; save and send nothing.")
    ] = False,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Poll feeds now; what is new is owed to its chats, and a running service sends it."""
    settings, topics, feeds = _configured(config)
    chosen = _chosen(feeds, feed or [])
    if dry_run:
        reports = _run(operations.poll_dry(settings, chosen))
    else:
        reports = _run(operations.poll(settings, topics, feeds, chosen))
    _print([shown.report(report) for report in reports], as_json=as_json, table=shown.reports_table)
    if any(report.error for report in reports):
        raise typer.Exit(1)


@cli.command()
def preview(url: str, *, as_json: Json = False, config: Config = None) -> None:
    """Fetch one article page and show the card that would be sent."""
    settings = _settings(config)
    preview = _run(operations.preview(settings, url))
    typer.echo(json.dumps(preview, ensure_ascii=False, indent=2) if as_json else shown.preview_text(preview))


@cli.command()
def feeds(*, as_json: Json = False, config: Config = None) -> None:
    """List the feeds and how they are."""
    settings, topics, defined = _configured(config)
    _print(_run(operations.list_feeds(settings, topics, defined)), as_json=as_json, table=shown.table)


@cli.command()
def chats(*, as_json: Json = False, config: Config = None) -> None:
    """Count the chats, by kind and status."""
    _print(_run(operations.list_chats(_settings(config))), as_json=as_json, table=shown.table)


@cli.command()
def stats(*, as_json: Json = False, config: Config = None) -> None:
    """Show how much is owed, sent and refused."""
    _print(_run(operations.list_stats(_settings(config))), as_json=as_json, table=shown.table)


@cli.command()
def health(config: Config = None) -> None:
    """Ask the service that runs here whether it is well."""
    typer.echo(_run(operations.health(_settings(config))))


def _print(rows: list[shown.Row], *, as_json: bool, table: Callable[[list[shown.Row]], str]) -> None:
    typer.echo(json.dumps(rows, ensure_ascii=False, indent=2) if as_json else table(rows))


def _settings(config: Path | None) -> Settings:
    """Return the settings; where no folder is named and config/ is not in sight, the defaults do."""
    settings = load_settings(config or (DEFAULT_FOLDER if DEFAULT_FOLDER.is_dir() else None))
    secrets = [
        secret.get_secret_value()
        for secret in (settings.telegram.token, settings.telegram.webhook_secret)
        if secret
    ]
    logs.set_up(level=settings.log.level, style=settings.log.format, secrets=secrets)
    return settings


def _configured(config: Path | None) -> tuple[Settings, tuple[Topic, ...], tuple[Feed, ...]]:
    settings = _settings(config)
    return settings, *load_sources(config or DEFAULT_FOLDER, settings)


def _chosen(feeds: tuple[Feed, ...], names: list[str]) -> tuple[Feed, ...]:
    known = {feed.id: feed for feed in feeds}
    for name in names:
        if name not in known:
            raise ConfigurationError(f"there is no feed {name!r}; there are {', '.join(sorted(known))}")
    return tuple(feed for feed in feeds if not names or feed.id in names)


def _run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)
