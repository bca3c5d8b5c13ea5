"""How commands print: rows as a table for people, or as JSON for machines."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import typer

Row = dict[str, Any]

_NEVER = "–"


def print_rows(rows: list[Row], *, as_json: bool, table: Callable[[list[Row]], str] | None = None) -> None:
    if as_json:
        print_json(rows)
    else:
        typer.echo((table or table_of)(rows))


def print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def table_of(rows: Sequence[Row]) -> str:
    """Return *rows* as columns under their keys."""
    if not rows:
        return "nothing yet"
    heads = list(rows[0])
    lines = [
        [head.replace("_", " ") for head in heads],
        *([cell(row[head]) for head in heads] for row in rows),
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def cell(value: object) -> str:
    match value:
        case None | "":
            return _NEVER
        case bool():
            return "yes" if value else "no"
        case _:
            return " ".join(str(value).split())


def entry_line(entry: Row) -> str:
    """Return an entry of a feed as a line: what is done with it, when it was published, its title."""
    published = (entry["published_at"] or "")[:16].replace("T", " ")
    return f"  {entry['action']:<12}  {cell(published):<16}  {entry['title']}"
