"""The commands. Each gives one clear line and a non-zero status for bad input, and never a traceback."""

import sys
from typing import Annotated

import typer

from bot import app, cli_feeds, logs, operations, shown
from bot.cli_common import Config, Json, chosen, configured, print_json, print_rows, run_to_end, settings_of
from bot.config import ConfigurationError
from bot.demo import run_demo
from bot.domain.feed import SourceError
from bot.domain.messenger import MessengerError
from bot.roles import parse_roles
from bot.store.database import DatabaseUnavailable

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

cli.add_typer(cli_feeds.app, name="feeds")
# A second name, which reads better with one of them: `bantin feed test URL`.
cli.add_typer(cli_feeds.app, name="feed", hidden=True)


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
    run_to_end(run_demo(port=port, announce=typer.echo))


@cli.command()
def run(
    *,
    roles: Annotated[
        str, typer.Option(help="What this process does, of several on PostgreSQL.", metavar="ROLE,…")
    ] = "poll,send,web",
    config: Config = None,
) -> None:
    """Run the service: poll, deliver, answer."""
    wanted = parse_roles(roles)
    settings, topics, feeds = configured(config)
    run_to_end(app.run(settings, topics, feeds, roles=wanted))


@cli.command()
def check(config: Config = None) -> None:
    """Say whether the service could run here: configuration, database, token, feeds."""
    settings, topics, feeds = configured(config)
    findings = run_to_end(operations.check(settings, topics, feeds))
    for finding in findings:
        typer.echo(f"{'ok' if finding.ok else 'NO'}  {finding.what}: {finding.said}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


@cli.command()
def migrate(config: Config = None) -> None:
    """Bring the database's schema up to date."""
    settings = settings_of(config)
    typer.echo(run_to_end(operations.bring_up_to_date(settings)))


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
    settings, topics, feeds = configured(config)
    every = (*feeds, *run_to_end(operations.added_feeds_of(settings, feeds)))
    named = chosen(every, feed or [])
    if dry_run:
        reports = run_to_end(operations.poll_dry(settings, named))
    else:
        reports = run_to_end(operations.poll(settings, topics, feeds, named))
    print_rows([shown.report(report) for report in reports], as_json=as_json, table=shown.reports_table)
    if any(report.error for report in reports):
        raise typer.Exit(1)


@cli.command()
def preview(url: str, *, as_json: Json = False, config: Config = None) -> None:
    """Fetch one article page and show the card that would be sent."""
    settings = settings_of(config)
    preview = run_to_end(operations.preview(settings, url))
    if as_json:
        print_json(preview)
    else:
        typer.echo(shown.preview_text(preview))


@cli.command()
def chats(*, as_json: Json = False, config: Config = None) -> None:
    """Count the chats, by kind and status."""
    print_rows(run_to_end(operations.list_chats(settings_of(config))), as_json=as_json, table=shown.table)


@cli.command()
def stats(*, as_json: Json = False, config: Config = None) -> None:
    """Show how much is owed, sent and refused."""
    print_rows(run_to_end(operations.list_stats(settings_of(config))), as_json=as_json, table=shown.table)


@cli.command()
def health(config: Config = None) -> None:
    """Ask the service that runs here whether it is well."""
    typer.echo(run_to_end(operations.health(settings_of(config))))
