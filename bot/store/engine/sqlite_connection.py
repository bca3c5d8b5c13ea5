"""An SQLite connection whose statements are one errand each to its thread: the rows come back along."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

import aiosqlite
from aiosqlite.core import _connection_worker_thread

T = TypeVar("T")

ROWS_AT_ONCE = 10_000
"""Rows that come back with their statement; a longer result is brought piece by piece."""


def connect(file: Path, *, busy_seconds: float) -> "SqliteConnection":
    """Return a connection to await; it begins no transactions by itself.

    A file that is not there, or no more, is an error (sqlite3.OperationalError) and stays so.
    """
    address = f"{file.absolute().as_uri()}?mode=rw"

    def connector() -> sqlite3.Connection:
        return sqlite3.connect(
            address, uri=True, timeout=busy_seconds, isolation_level=None, check_same_thread=False
        )

    return SqliteConnection(connector)


def _work(errands: Any) -> None:
    """Do a connection's errands until it is closed, even those of somebody who has gone meanwhile."""
    while True:
        try:
            _connection_worker_thread(errands)
        except RuntimeError:
            # The event loop of whoever asked has ended, and takes no answers any more.
            continue
        return


class SqliteConnection(aiosqlite.Connection):
    """aiosqlite's connection, but for the errands.

    It sends a cursor's making, its statement, its rows and its end to the thread one by one. Each errand
    costs a turn of the event loop, and a turn is long while the loop is busy sending: receipts that should
    be stored within milliseconds would take seconds.
    """

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, iter_chunk_size=64)
        # A program that fails must not hang at its end because a connection is still open.
        self._thread = Thread(target=_work, args=(self._tx,), daemon=True)

    async def errand(self, run: Callable[[sqlite3.Connection], T]) -> T:
        """Return what *run* returns in the connection's thread."""
        done: T = await self._execute(run, self._conn)  # type: ignore[no-untyped-call]
        return done

    async def cursor(self) -> "SqliteCursor":  # type: ignore[override]
        return SqliteCursor(self)

    async def rollback(self) -> None:
        """Roll back if there is anything to: the pool asks for it whenever a connection comes back."""
        if self.in_transaction:
            await super().rollback()


class SqliteCursor:
    """One statement and its rows."""

    def __init__(self, connection: SqliteConnection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self._rest: sqlite3.Cursor | None = None
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        await self._run(lambda connection: connection.execute(statement, parameters))

    async def executemany(self, statement: str, parameters: Sequence[Sequence[Any]]) -> None:
        await self._run(lambda connection: connection.executemany(statement, parameters))

    async def fetchall(self) -> list[Any]:
        rows: list[Any] = []
        while self._rows or self._rest:
            rows += await self.fetchmany(ROWS_AT_ONCE)
        return rows

    async def fetchmany(self, size: int) -> list[Any]:
        rest = self._rest
        if not self._rows and rest is not None:
            await self._connection.errand(lambda _: self._fetch(rest))
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    async def close(self) -> None:
        """End the statement if there are rows that nobody has fetched."""
        rest, self._rest = self._rest, None
        if rest is not None:
            await self._connection.errand(lambda _: rest.close())

    async def _run(self, start: Callable[[sqlite3.Connection], sqlite3.Cursor]) -> None:
        def run(connection: sqlite3.Connection) -> None:
            cursor = start(connection)
            self.description, self.lastrowid = cursor.description, cursor.lastrowid
            self._fetch(cursor)

        await self._connection.errand(run)

    def _fetch(self, cursor: sqlite3.Cursor) -> None:
        """Take the next rows, in the connection's thread, and end the statement with the last of them."""
        self._rows = cursor.fetchmany(ROWS_AT_ONCE) if cursor.description else []
        self.rowcount = cursor.rowcount
        self._rest = cursor if len(self._rows) == ROWS_AT_ONCE else None
        if self._rest is None:
            cursor.close()
