"""What statements are made of: what databases spell differently, and a choice that may be of all."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, Table, cast, extract, func, select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

ROWS_AT_ONCE = 100
"""Both databases limit the values of one statement to some 32,000; to put so many into words takes 0.1 s."""


def insert(tx: AsyncConnection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT that knows ON CONFLICT, in the words of the transaction's database."""
    return sqlite.insert(table) if tx.dialect.name == "sqlite" else postgresql.insert(table)


async def insert_missing(tx: AsyncConnection, table: Table, rows: list[dict[str, Any]]) -> int:
    """Insert those of *rows* whose keys are not there yet, and return how many that were."""
    added = 0
    for start in range(0, len(rows), ROWS_AT_ONCE):
        statement = insert(tx, table).values(rows[start : start + ROWS_AT_ONCE]).on_conflict_do_nothing()
        added += (await tx.execute(statement)).rowcount
    return added


def picked(tx: AsyncConnection, rows: Select[Any]) -> Select[Any]:
    """Return *rows*, a limited choice, as a subquery that a statement runs just once.

    PostgreSQL may run a plain subquery again for each row that it compares, and a limit that steps over
    locked rows chooses others each time: the statement then takes more than the limit.
    """
    return rows if tx.dialect.name == "sqlite" else select(*rows.cte("picked").c)


def among(column: ColumnElement[Any], values: Collection[Any] | None) -> ColumnElement[bool]:
    """Return the condition that *column* has one of *values*; None means any at all."""
    return true() if values is None else column.in_(values)


async def take_turn(tx: AsyncConnection, lock: int) -> None:
    """Wait until no other transaction has taken *lock*, and hold it to the end of this one.

    On SQLite that goes without saying: there is one writer.
    """
    if tx.dialect.name == "postgresql":
        await tx.execute(select(func.pg_advisory_xact_lock(lock)))


async def share_turn(tx: AsyncConnection, lock: int) -> None:
    """Wait until no other transaction has taken *lock*, and let none take it before the end of this one."""
    if tx.dialect.name == "postgresql":
        await tx.execute(select(func.pg_advisory_xact_lock_shared(lock)))


def moment_of_database(tx: AsyncConnection) -> ColumnElement[int]:
    """Return what the database's own clock says, as a Moment is stored: the one time for all machines."""
    if tx.dialect.name == "sqlite":
        return cast((func.julianday("now") - 2440587.5) * 86_400_000, BigInteger)
    return cast(extract("epoch", func.clock_timestamp()) * 1000, BigInteger)
