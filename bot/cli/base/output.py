"""How commands print: rows as a table for people, or as JSON for machines.

Titles, names and errors come from others. A terminal obeys control characters, so none of those reaches it.
"""

import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any

import typer

from bot.domain.text.text import printable

Row = dict[str, Any]
"""What a table shows in a line; values are None, bool, int, str or an aware datetime."""

_NEVER = "–"
_CONTROLS = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What JSON may contain as it is, and a terminal may obey; the C0 controls are escaped by JSON already."""


def echo(text: str, *, err: bool = False) -> None:
    """Print *text*, which may have foreign words in it."""
    typer.echo(printable(text), err=err)


def print_rows(
    rows: list[Row],
    *,
    as_json: bool,
    zone: tzinfo = UTC,
    table: Callable[[list[Row], tzinfo], str] | None = None,
) -> None:
    """Print *rows*, as *table* or, without one, in columns; people read moments in the time of *zone*."""
    if as_json:
        print_json(rows)
    else:
        echo((table or columns)(rows, zone))


def print_json(value: object) -> None:
    """Print *value*; moments are written by ISO 8601 with their offset."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_plain)
    typer.echo(_CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def _plain(value: object) -> str:
    assert isinstance(value, datetime), "rows hold nothing else that JSON does not know"
    return value.isoformat(timespec="seconds")


def columns(rows: Sequence[Row], zone: tzinfo) -> str:
    """Return *rows* as columns under their keys."""
    if not rows:
        return "nothing yet"
    heads = list(rows[0])
    lines = [
        [head.replace("_", " ") for head in heads],
        *([cell(row[head], zone) for head in heads] for row in rows),
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    return "\n".join(
        "  ".join(each.ljust(width) for each, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def cell(value: object, zone: tzinfo = UTC) -> str:
    """Return *value* as people read it, in one line."""
    match value:
        case None | "":
            return _NEVER
        case bool():
            return "yes" if value else "no"
        case datetime():
            return f"{value.astimezone(zone):%Y-%m-%d %H:%M:%S}"
        case _:
            return printable(" ".join(str(value).split()))


def entry_line(entry: Row, zone: tzinfo = UTC) -> str:
    """Return an entry of a feed as a line: what is done with it, when it was published, its title."""
    published = entry["published_at"]
    at = f"{datetime.fromisoformat(published).astimezone(zone):%Y-%m-%d %H:%M}" if published else _NEVER
    return f"  {entry['action']:<12}  {at:<16}  {cell(entry['title'])}"
