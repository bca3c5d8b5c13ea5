"""The audit log as CSV, for spreadsheets."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from bot.domain.chats.chat import AccountId
from bot.domain.desk.audit import AuditRecord
from bot.domain.text.text import printable

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""

Row = dict[str, Any]


def audit_row(line: AuditRecord, names: Mapping[tuple[AccountId, str], str]) -> Row:
    """Return a line by its heads; *names* are those of admins."""
    actor = line.actor
    name = names.get((actor.account, actor.user)) if actor.account else None
    return {
        "id": line.id,
        "at": line.at,
        "place": actor.place.value,
        "account": actor.account,
        "user": actor.user or None,
        "name": name or None,
        "action": line.act.action.value,
        "about": f"{line.act.about.kind}:{line.act.about.id}",
        "before": line.act.before,
        "after": line.act.after,
    }


_HEADS = ("id", "at", "place", "account", "user", "name", "action", "about", "before", "after")


def audit_csv(rows: Iterable[Row]) -> str:
    """Return *rows* by RFC 4180, with their heads; no cell is a formula."""
    text = io.StringIO(newline="")
    out = csv.writer(text)
    out.writerow(_HEADS)
    for row in rows:
        out.writerow([_cell(row[head]) for head in _HEADS])
    return text.getvalue()


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
