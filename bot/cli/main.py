"""The commands. Each gives one clear line and a non-zero status for bad input, and never a traceback."""

import os
import sys
from pathlib import Path
from typing import Annotated

import structlog
import typer

from bot import app
from bot.cli import checking, feeds, listing, polling, shown, upkeep
from bot.cli.common import (
    Config,
    Json,
    Limit,
    chosen,
    configured,
    print_json,
    print_rows,
    run_to_end,
    settings_of,
)
from bot.demo import run_demo
from bot.domain.feed import SourceError
from bot.domain.messenger import MessengerError
from bot.runtime import gc_tuning, logs
from bot.services.carrying import CarryingError
from bot.settings.roles import parse_roles
from bot.settings.settings import ConfigurationError
from bot.store.database import DatabaseUnavailable

EXPECTED = (
    ConfigurationError,
    DatabaseUnavailable,
    SourceError,
    MessengerError,
    CarryingError,
    app.ServiceError,
    checking.ServiceUnwellError,
)

log = structlog.get_logger(__name__)

cli = typer.Typer(
    name="bantin",
    help="Bản Tin: news of Vietnamese public agencies, pushed to the chats that asked for it.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
cli.add_typer(feeds.app, name="feeds")
# A second name, which reads better with one of them: `bantin feed test URL`.
cli.add_typer(feeds.app, name="feed", hidden=True)


def main() -> None:
    """Run the command line; what goes wrong is told in one line."""
    try:
        status = cli(prog_name="bantin", standalone_mode=False)
    except EXPECTED as error:
        _fail(str(error))
    except typer.TyperException as error:
        # Those of arguments know more than their bare text.
        _fail(getattr(error, "format_message", error.__str__)(), status=2)
    except BrokenPipeError:
        # Whoever read our output has seen enough; nothing may be flushed to them at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        # Python itself would print a traceback without striking secrets out.
        log.exception("failed by a bug of ours")
        _fail(f"failed by a bug of ours: {type(error).__name__}", status=70)
    sys.exit(status)


def _fail(text: str, *, status: int = 1) -> None:
    for line in text.splitlines():
        typer.echo(f"bantin: {line}", err=True)
    sys.exit(status)


@cli.callback(invoke_without_command=True)
def _options(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config", envvar="BANTIN_CONFIG", help="Folder of bot.toml and feeds.toml.", metavar="DIR"
        ),
    ] = None,
) -> None:
    del config
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


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
    settings, topics, defined = configured(config, service=True)
    gc_tuning.freeze_startup_objects()
    run_to_end(app.run(settings, topics, defined, roles=wanted))


@cli.command()
def check(config: Config = None) -> None:
    """Say whether the service could run here: configuration, database, token, feeds."""
    settings, topics, defined = configured(config)
    findings = run_to_end(checking.check(settings, topics, defined))
    for finding in findings:
        typer.echo(f"{'ok' if finding.ok else 'NO'}  {finding.what}: {finding.said}", err=not finding.ok)
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


@cli.command()
def migrate(config: Config = None) -> None:
    """Bring the database's schema up to date."""
    typer.echo(run_to_end(upkeep.bring_up_to_date(settings_of(config))))


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
    settings, topics, defined = configured(config)
    every = (*defined, *run_to_end(polling.added_feeds_of(settings, defined)))
    named = chosen(every, feed or [])
    if dry_run:
        reports = run_to_end(polling.poll_dry(settings, named))
    else:
        reports = run_to_end(polling.poll(settings, topics, defined, named))
    print_rows([shown.report(report) for report in reports], as_json=as_json, table=shown.reports_table)
    failed = [report for report in reports if report.error]
    for report in failed:
        typer.echo(f"bantin: feed {report.feed.id}: {report.error}", err=True)
    if failed:
        raise typer.Exit(1)


@cli.command()
def preview(url: str, *, as_json: Json = False, config: Config = None) -> None:
    """Fetch one article page and show the card that would be sent."""
    settings = settings_of(config)
    preview = run_to_end(polling.preview(settings, url))
    if as_json:
        print_json(preview)
    else:
        typer.echo(shown.preview_text(preview))


@cli.command()
def chats(*, as_json: Json = False, config: Config = None) -> None:
    """Count the chats, by kind and status."""
    print_rows(run_to_end(listing.list_chats(settings_of(config))), as_json=as_json, table=shown.table)


@cli.command()
def stats(*, as_json: Json = False, config: Config = None) -> None:
    """Show how much is owed, sent and refused."""
    print_rows(run_to_end(listing.list_stats(settings_of(config))), as_json=as_json, table=shown.table)


@cli.command()
def deliveries(
    *,
    failed: Annotated[bool, typer.Option("--failed", help="Only what was refused or grew too old.")] = False,
    limit: Limit = 50,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """List how deliveries ended, and why."""
    rows = run_to_end(listing.list_deliveries(settings_of(config), failed=failed, limit=limit))
    print_rows(rows, as_json=as_json, table=shown.table)


@cli.command()
def retry(
    delivery: Annotated[
        list[int] | None, typer.Argument(help="Ids that `deliveries --failed` lists.")
    ] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="All that have failed.")] = False,
    config: Config = None,
) -> None:
    """Owe failed deliveries once more; a running service sends them."""
    if bool(delivery) == everything:
        raise typer.BadParameter("name the deliveries, or say --all")
    owed = run_to_end(upkeep.retry(settings_of(config), delivery or None))
    typer.echo(f"{owed} owed once more")
    if delivery and owed < len(set(delivery)):
        _fail(f"{len(set(delivery)) - owed} of the deliveries named have not failed, or are not there")


@cli.command()
def erased(chat: str, *, as_json: Json = False, config: Config = None) -> None:
    """Say when the data of CHAT, an id, was deleted at its own wish, as far as proofs are kept."""
    rows = run_to_end(upkeep.erased(settings_of(config), chat))
    if rows or as_json:
        print_rows(rows, as_json=as_json, table=shown.table)
    else:
        typer.echo(f"no deletion of the data of {chat} is on record")


@cli.command(name="export")
def export_all(file: Path, *, config: Config = None) -> None:
    """Write everything that is stored to FILE, compressed if its name ends in .gz."""
    typer.echo(run_to_end(upkeep.export_to(settings_of(config), file)))


@cli.command(name="import")
def import_all(file: Path, *, config: Config = None) -> None:
    """Read what `export` has written into an empty database, of either kind."""
    typer.echo(run_to_end(upkeep.import_from(settings_of(config), file)))


@cli.command()
def health(config: Config = None) -> None:
    """Ask the service that runs here whether it is well."""
    typer.echo(run_to_end(checking.health(settings_of(config))))
