"""The commands. Each gives one clear line and a non-zero status for bad input, and never a traceback."""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any, TypeVar

import structlog
import typer

from bot import app, logs, operations, shown, upkeep
from bot.config import ConfigurationError, Settings, load_settings
from bot.demo import run_demo
from bot.domain.feed import Feed, SourceError, Topic
from bot.domain.messenger import MessengerError
from bot.feeds_file import load_sources
from bot.roles import parse_roles
from bot.services.carrying import CarryingError
from bot.store.database import DatabaseUnavailable

T = TypeVar("T")

DEFAULT_FOLDER = Path("config")
EXPECTED = (
    ConfigurationError,
    DatabaseUnavailable,
    SourceError,
    MessengerError,
    CarryingError,
    app.ServiceError,
    operations.ServiceUnwellError,
)

log = structlog.get_logger(__name__)

cli = typer.Typer(
    name="bantin",
    help="Bản Tin: news of Vietnamese public agencies, pushed to the chats that asked for it.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _named_before(context: typer.Context, folder: Path | None) -> Path | None:
    """Return the *folder* named after the command or, if there was none, the one before it."""
    return folder or (context.parent.params.get("config") if context.parent else None)


Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        callback=_named_before,
        help="Folder of bot.toml and feeds.toml; without it BANTIN_CONFIG names one, else it is config.",
        metavar="DIR",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
Limit = Annotated[int, typer.Option(help="How many to list at most, latest first.", min=1)]


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
    settings = _settings(config)
    _set_up_logs(settings, level=settings.log.level)
    _run(app.run(settings, *_sources(config, settings), roles=chosen))


@cli.command()
def check(config: Config = None) -> None:
    """Say whether the service could run here: configuration, database, token, feeds."""
    settings, topics, feeds = _configured(config)
    findings = _run(operations.check(settings, topics, feeds))
    for finding in findings:
        typer.echo(f"{'ok' if finding.ok else 'NO'}  {finding.what}: {finding.said}", err=not finding.ok)
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


@cli.command()
def migrate(config: Config = None) -> None:
    """Bring the database's schema up to date."""
    typer.echo(_run(operations.bring_up_to_date(_settings(config))))


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
    failed = [report for report in reports if report.error]
    for report in failed:
        typer.echo(f"bantin: feed {report.feed.id}: {report.error}", err=True)
    if failed:
        raise typer.Exit(1)


@cli.command()
def preview(url: str, *, as_json: Json = False, config: Config = None) -> None:
    """Fetch one article page and show the card that would be sent."""
    preview = _run(operations.preview(_settings(config), url))
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
def deliveries(
    *,
    failed: Annotated[bool, typer.Option("--failed", help="Only what was refused or grew too old.")] = False,
    limit: Limit = 50,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """List how deliveries ended, and why."""
    rows = _run(upkeep.list_deliveries(_settings(config), failed=failed, limit=limit))
    _print(rows, as_json=as_json, table=shown.table)


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
    owed = _run(upkeep.retry(_settings(config), delivery or None))
    typer.echo(f"{owed} owed once more")
    if delivery and owed < len(set(delivery)):
        _fail(f"{len(set(delivery)) - owed} of the deliveries named have not failed, or are not there")


@cli.command(name="export")
def export_all(file: Path, *, config: Config = None) -> None:
    """Write everything that is stored to FILE, compressed if its name ends in .gz."""
    typer.echo(_run(upkeep.export_to(_settings(config), file)))


@cli.command(name="import")
def import_all(file: Path, *, config: Config = None) -> None:
    """Read what `export` has written into an empty database, of either kind."""
    typer.echo(_run(upkeep.import_from(_settings(config), file)))


@cli.command()
def health(config: Config = None) -> None:
    """Ask the service that runs here whether it is well."""
    typer.echo(_run(operations.health(_settings(config))))


def _print(rows: list[shown.Row], *, as_json: bool, table: Callable[[list[shown.Row]], str]) -> None:
    typer.echo(json.dumps(rows, ensure_ascii=False, indent=2) if as_json else table(rows))


def _settings(config: Path | None) -> Settings:
    """Return the settings; where no folder is named and config/ is not in sight, the defaults do.

    A command says itself what there is to say: of the log, only errors are shown, and more if asked for.
    """
    settings = load_settings(config or (DEFAULT_FOLDER if DEFAULT_FOLDER.is_dir() else None))
    _set_up_logs(settings, level="debug" if settings.log.level == "debug" else "error")
    return settings


def _set_up_logs(settings: Settings, *, level: str) -> None:
    secrets = [
        secret.get_secret_value()
        for secret in (settings.telegram.token, settings.telegram.webhook_secret)
        if secret
    ]
    logs.set_up(level=level, style=settings.log.format, secrets=secrets)


def _sources(config: Path | None, settings: Settings) -> tuple[tuple[Topic, ...], tuple[Feed, ...]]:
    return load_sources(config or DEFAULT_FOLDER, settings)


def _configured(config: Path | None) -> tuple[Settings, tuple[Topic, ...], tuple[Feed, ...]]:
    settings = _settings(config)
    return settings, *_sources(config, settings)


def _chosen(feeds: tuple[Feed, ...], names: list[str]) -> tuple[Feed, ...]:
    known = {feed.id: feed for feed in feeds}
    for name in names:
        if name not in known:
            raise ConfigurationError(f"there is no feed {name!r}; there are {', '.join(sorted(known))}")
    return tuple(feed for feed in feeds if not names or feed.id in names)


def _run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)
