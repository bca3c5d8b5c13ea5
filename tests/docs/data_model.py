"""The picture of the data model, made of the schema: `python -m tests.docs.data_model` prints it."""

from typing import Any

from sqlalchemy import Column

from bot.store.schema import metadata

BEGIN, END = "```mermaid", "```"


def data_model() -> str:
    """Return every table with its keys, and what refers to what, as a Mermaid diagram."""
    lines = [BEGIN, "erDiagram"]
    for table in sorted(metadata.tables.values(), key=lambda each: each.name):
        keys = [column for column in table.columns if column.primary_key or column.foreign_keys]
        lines.append(f"    {table.name} {{")
        lines += [f"        {_kind(column)} {column.name}{_marks(column)}" for column in keys]
        lines.append("    }")
        for key in sorted(table.foreign_keys, key=lambda each: (each.column.table.name, each.parent.name)):
            lines.append(f"    {key.column.table.name} ||--o{{ {table.name} : {key.parent.name}")
    return "\n".join([*lines, END])


def _kind(column: Column[Any]) -> str:
    return type(column.type).__name__.lower()


def _marks(column: Column[Any]) -> str:
    held = {"PK": column.primary_key, "FK": bool(column.foreign_keys)}
    marks = [mark for mark, is_held in held.items() if is_held]
    return " " + ", ".join(marks) if marks else ""


if __name__ == "__main__":
    print(data_model())  # noqa: T201 - it is what the module is run for
