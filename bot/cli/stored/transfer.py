"""`bantin export` and `bantin import`: everything that is stored, out of one database and into another."""

from pathlib import Path

import typer

from bot.cli.base.actor import actor
from bot.cli.base.options import Config, Json, run_to_end, settings_of
from bot.cli.base.output import print_json
from bot.cli.base.progress import Progress, progress
from bot.cli.base.storage import reading
from bot.domain.clock import SystemClock
from bot.services.operations.export import ExportSummary, export_to, import_from
from bot.settings.settings import Settings
from bot.store.integrity.current import open_current
from bot.store.runtime import dump


def export(file: Path, *, as_json: Json = False, config: Config = None) -> None:
    settings = settings_of(config)
    with progress("exporting rows") as shown:
        carried = run_to_end(_export(settings, file, shown))
    if as_json:
        print_json({"file": str(file), "tables": carried.tables, "rows": carried.rows})
    else:
        typer.echo(f"exported {carried.rows} rows of {carried.tables} tables to {file}")


def import_(file: Path, *, config: Config = None) -> None:
    settings = settings_of(config)
    with progress("importing rows") as shown:
        carried = run_to_end(_import(settings, file, shown))
    typer.echo(f"imported {carried.rows} rows of {carried.tables} tables from {file}")


async def _export(settings: Settings, file: Path, shown: Progress) -> ExportSummary:
    """Write everything to *file*. A service may go on beside: one state of it all is written."""
    async with reading(settings) as database:
        async with database.read() as tx:
            shown.total(await dump.count(tx))
        return await export_to(database, file, now=SystemClock().now(), on_rows=shown.advance)


async def _import(settings: Settings, file: Path, shown: Progress) -> ExportSummary:
    """Read everything from *file* into an empty database."""
    async with open_current(settings.database.url, exclusive=True) as database:
        now = SystemClock().now()
        return await import_from(database, file, actor=actor(), now=now, on_rows=shown.advance)
