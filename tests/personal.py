"""Personal data as the schema has it: which tables hold any, rows made up for them, and their traces."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Column, Table, insert, select

from bot.store.engine.database import Transaction
from bot.store.schema import chats, metadata
from bot.store.schema.types import Json, Moment
from tests.fakes import FakeClock

PERSONAL_NAME = re.compile(r"(?:^|_)(?:users?|chats?|persons?|members?|senders?|by)(?:_id)?$")
"""What a column is called that names somebody."""

_PLAIN = {"INTEGER": 1, "BIGINT": 1, "BOOLEAN": True}


def personal_columns(table: Table) -> list[Column[Any]]:
    """Return the columns that say whose a row is: a chat of ours by its number, or a messenger's own id."""
    return [column for column in table.columns if _is_chat(column) or PERSONAL_NAME.search(column.name)]


def personal_tables() -> Iterator[Table]:
    return (table for table in metadata.sorted_tables if table is not chats and personal_columns(table))


async def row_about(tx: Transaction, table: Table, *, chat: int, user: str, **values: Any) -> dict[str, Any]:
    """Make up a row of *table* about somebody; *values* are those that not just anything can stand for."""
    row: dict[str, Any] = {}
    ours = personal_columns(table)
    for column in table.columns:
        referred = next((key.column for key in column.foreign_keys), None)
        if column in ours:
            is_number = _is_chat(column) or column.name.endswith("chat_id")
            row[column.name] = chat if is_number else user
        elif referred is not None:
            row[column.name] = (await tx.execute(select(referred).limit(1))).scalar()
        elif not column.nullable or column.name in values:
            row[column.name] = _made_up(column)
    return row | values


async def put(tx: Transaction, table: Table, row: Mapping[str, Any]) -> None:
    await tx.execute(insert(table).values(row))


async def traces(tx: Transaction, *, chat: int, user: str) -> list[str]:
    """Return where somebody still stands: by their id in any column, or by the number of their chat."""
    found = []
    for table in metadata.sorted_tables:
        ours = {column.name for column in personal_columns(table)} | ({"id"} if table is chats else set())
        for row in (await tx.execute(select(table))).mappings():
            for name, value in row.items():
                if user in str(value) or (name in ours and value == chat):
                    found.append(f"{table.name}.{name} = {value!r}")
    return found


def _is_chat(column: Column[Any]) -> bool:
    return any(key.column is chats.c.id for key in column.foreign_keys)


def _made_up(column: Column[Any]) -> Any:
    if isinstance(column.type, Moment):
        return FakeClock().now()
    if column.name == "time_zone":
        return "Asia/Tokyo"
    return {} if isinstance(column.type, Json) else _PLAIN.get(str(column.type), "x")
