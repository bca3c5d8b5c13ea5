"""`bantin audit`: who managed what, when and from where."""

import csv
import json
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated

import typer

from bot.cli.base.options import Config, Json, folder_of, run_to_end
from bot.cli.base.output import Row, print_rows, printable
from bot.cli.base.storage import reading
from bot.domain.chats.chat import AccountId
from bot.domain.chats.preferences import zone_of
from bot.domain.clock import SystemClock
from bot.domain.desk.audit import AuditRecord, Values
from bot.settings.loading import load_settings
from bot.settings.settings import Settings
from bot.store.runtime import admins
from bot.store.runtime import audit as log

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


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
        _print_csv(rows)
    elif as_json:
        print_rows(rows, as_json=True)
    else:
        shown = [{**row, "before": _text(row["before"]), "after": _text(row["after"])} for row in rows]
        print_rows(shown, as_json=False, zone=zone_of(settings.subscribers.time_zone))


async def _rows(settings: Settings, days: int | None, limit: int) -> list[Row]:
    async with reading(settings) as database, database.read() as tx:
        if days is None:
            lines = await log.newest(tx, limit=limit)
        else:
            lines = await log.since(tx, SystemClock().now() - timedelta(days=days))
        accounts = {line.actor.account for line in lines if line.actor.account}
        names: dict[tuple[AccountId | None, str], str] = {
            (account, admin.user): admin.note
            for account in accounts
            for admin in await admins.appointed(tx, account)
        }
    return [_row(line, names.get((line.actor.account, line.actor.user), "")) for line in lines]


def _row(line: AuditRecord, name: str) -> Row:
    return {
        "id": line.id,
        "at": line.at,
        "place": line.actor.place.value,
        "account": line.actor.account,
        "user": line.actor.user or None,
        "name": name or None,
        "action": line.act.action.value,
        "about": f"{line.act.about.kind}:{line.act.about.id}",
        "before": line.act.before,
        "after": line.act.after,
    }


def _text(values: Values | None) -> str | None:
    """Return what an act changed as one line: the name of each field with its value."""
    if values is None:
        return None
    return ", ".join(f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in values.items())


def _print_csv(rows: Sequence[Row]) -> None:
    """Print *rows* by RFC 4180, with their heads; no cell is a formula."""
    out = csv.writer(sys.stdout)
    out.writerow(_HEADS)
    for row in rows:
        out.writerow([_cell(row[head]) for head in _HEADS])


_HEADS = ("id", "at", "place", "account", "user", "name", "action", "about", "before", "after")


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.isoformat(timespec="seconds")
        case dict():
            text = json.dumps(value, ensure_ascii=False)
        case _:
            text = str(value)
    text = printable(text)
    return f"'{text}" if text.startswith(_FORMULA) else text
