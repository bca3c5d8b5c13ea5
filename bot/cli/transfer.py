"""`bantin export` and `bantin import`: everything that is stored, out of one database and into another."""

from pathlib import Path

import typer

from bot import parts
from bot.cli.options import Config, run_to_end, settings_of
from bot.domain.clock import SystemClock
from bot.services import carrying
from bot.settings.settings import Settings
from bot.store import migrate
from bot.store.database import Database, DatabaseUnavailable, exists


def export(file: Path, *, config: Config = None) -> None:
    typer.echo(run_to_end(_export(settings_of(config), file)))


def import_(file: Path, *, config: Config = None) -> None:
    typer.echo(run_to_end(_import(settings_of(config), file)))


async def _export(settings: Settings, file: Path) -> str:
    """Write everything to *file*, and say so. A service may go on beside: one state of it all is written."""
    url = settings.database.url
    if not exists(url):
        raise DatabaseUnavailable(f"there is no database at {url} to export")
    await migrate.require_current(url)
    database = await Database.open(url)
    try:
        carried = await carrying.export_to(database, file, now=SystemClock().now())
    finally:
        await database.close()
    return f"exported {carried.rows} rows of {carried.tables} tables to {file}"


async def _import(settings: Settings, file: Path) -> str:
    """Read everything from *file* into an empty database, and say so."""
    async with parts.current_database(settings, exclusive=True) as database:
        carried = await carrying.import_from(database, file)
    return f"imported {carried.rows} rows of {carried.tables} tables from {file}"
