"""`bantin audit`: who managed what, when and from where."""

import json
import sys
from datetime import timedelta
from typing import Annotated

import typer

from bot.cli.base.options import Config, Json, folder_of, run_to_end
from bot.cli.base.output import Row, print_rows
from bot.cli.base.storage import reading
from bot.domain.chats.preferences import zone_of
from bot.domain.clock import SystemClock
from bot.domain.desk.audit import Values
from bot.services.rendering.audit_csv import audit_csv, audit_row
from bot.settings.loading import load_settings
from bot.settings.settings import Settings
from bot.store.runtime import admins
from bot.store.runtime import audit as log


def audit(
    *,
    days: Annotated[
        int | None, typer.Option(help="All of so many days, the oldest first.", min=1, max=36_500)
    ] = None,
    limit: Annotated[
        int, typer.Option(help="Without --days: how many to list at most, latest first.", min=1)
    ] = 100,
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV for spreadsheets.")] = False,
    config: Config = None,
) -> None:
    if as_json and as_csv:
        raise typer.BadParameter("say --json or --csv")
    settings = load_settings(folder_of(config))
    rows = run_to_end(_rows(settings, days, limit))
    if as_csv:
        sys.stdout.write(audit_csv(rows))
    elif as_json:
        print_rows(rows, as_json=True)
    else:
        shown = [{**row, "before": _text(row["before"]), "after": _text(row["after"])} for row in rows]
        print_rows(shown, as_json=False, zone=zone_of(settings.subscribers.time_zone))


async def _rows(settings: Settings, days: int | None, limit: int) -> list[Row]:
    async with reading(settings) as database, database.read() as tx:
        names = await admins.names(tx)
        if days is None:
            lines = await log.newest(tx, limit=limit)
        else:
            lines = await log.since(tx, SystemClock().now() - timedelta(days=days))
        return [audit_row(line, names) for line in lines]


def _text(values: Values | None) -> str | None:
    """Return what an act changed as one line: the name of each field with its value."""
    if values is None:
        return None
    return ", ".join(f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in values.items())
