"""The database: opening it, its transactions, and what it says when it cannot be had."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any, Self

from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.engine import endings, postgresql, sqlite
from bot.store.engine.residue import empty_sqlite_log, vacuum_postgresql
from bot.store.engine.write_probe import write_and_take_back
from bot.store.files.admission import require_known
from bot.store.files.lockfile import LockFile
from bot.store.files.marker import marker_of
from bot.store.files.url import (
    DatabaseLost,
    DatabaseServedError,
    DatabaseUnavailable,
    explain,
    parse,
    place,
    reach,
)

__all__ = ["Database", "DatabaseLost", "DatabaseServedError", "DatabaseUnavailable", "Transaction", "exists"]

_CLOSE_WITHIN = 1.0
_CLOSE_FILE_WITHIN = 5.0
"""Seconds: the last connection to a file writes SQLite's log into it, which a busy disk makes wait."""
_CHECKPOINTS = 50
_CHECKPOINT_PAUSE = 0.2
"""Seconds: a reader that looks at an older state keeps the log of SQLite from being emptied."""

log = logging.getLogger(__name__)

Transaction = AsyncConnection
"""What every function of the store takes first."""


def exists(url: str) -> bool:
    """Return whether there is something to open at *url*, or should be; an SQLite file is made if needed."""
    parsed = parse(url)
    file = Path(parsed.database or "")
    return parsed.get_backend_name() != "sqlite" or file.is_file() or marker_of(file).is_file()


class Database:
    """One open database; every use of it is a transaction.

    A read never blocks a write. On SQLite writes queue inside this process, first come, first served, each
    one holding the write lock from its beginning.
    """

    def __init__(self, url: URL, *, lock_file: LockFile | None = None, read_only: bool = False) -> None:
        self.dialect = url.get_backend_name()
        self.place = place(url)
        self.file = Path(url.database or "") if self.dialect == "sqlite" else None
        self._lock_file = lock_file
        self.write_failure: str | None = None
        """Why a write failed, as long as `probe` has not shown that writes work again."""
        self.lost: DatabaseLost | None = None
        """Why this database is no more: nothing new is written to it then."""
        self._has_traces = False
        self._reader: AsyncEngine
        self._writer: AsyncEngine
        self._turn: asyncio.Lock | None = None
        if self.dialect == "sqlite":
            self._reader = sqlite.reader(url)
            self._writer = self._reader if read_only else sqlite.writer(url)
            self._turn = asyncio.Lock()
        else:
            self._reader = self._writer = postgresql.engine(url)

    @property
    def is_shared(self) -> bool:
        """Whether other processes may serve the same database: an SQLite file is served by one."""
        return self.dialect != "sqlite"

    @classmethod
    async def open(cls, url: str, *, exclusive: bool = False) -> Self:
        """Open the database at *url*, or raise DatabaseUnavailable.

        *exclusive* keeps a second process that asks for the same away from an SQLite file; PostgreSQL is
        made to be shared, and ignores it.
        """
        parsed = parse(url)
        lock_file = None
        if parsed.get_backend_name() == "sqlite":
            file = Path(parsed.database or "")
            await require_known(file)
            sqlite.make_file(file)
            lock_file = LockFile.take(file) if exclusive else None
        database = cls(parsed, lock_file=lock_file)
        try:
            async with database.write() as tx:
                await tx.execute(text("SELECT 1"))
        except BaseException:
            await database.close()
            raise
        return database

    @classmethod
    async def open_read_only(cls, url: str) -> Self:
        """Open the database at *url* for looking at it, beside whatever process serves it.

        Nothing is made where nothing is, and no write is taken: DatabaseUnavailable says so.
        """
        parsed = parse(url)
        if parsed.get_backend_name() == "sqlite":
            await require_known(Path(parsed.database or ""))
        if not exists(url):
            raise _missing(parsed)
        database = cls(parsed, read_only=True)
        try:
            async with database.read() as tx:
                await tx.execute(text("SELECT 1"))
        except BaseException:
            await database.close()
            raise
        return database

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Begin a transaction that sees one state of the database and changes nothing."""
        async with self._connect(self._reader, writing=False) as connection:
            if self.dialect == "postgresql":
                await connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            async with connection.begin():
                yield connection

    async def probe(self) -> None:
        """Write a little and take it back, or raise DatabaseUnavailable: so much must be possible."""
        async with self.write() as tx:
            await write_and_take_back(tx)
        self.write_failure = None

    @asynccontextmanager
    async def write(self, *, even_if_lost: bool = False) -> AsyncIterator[AsyncConnection]:
        """Begin a transaction that commits at the end, or rolls back when the body raises.

        A database that is lost takes nothing new. *even_if_lost* is for the end of what has been begun: a
        file that was moved away is still open, and may come back.
        """
        if self.lost and not even_if_lost:
            raise DatabaseLost(str(self.lost))
        try:
            async with (
                self._turn or nullcontext(),
                self._connect(self._writer) as connection,
                connection.begin(),
            ):
                await endings.begin(connection)
                yield connection
                await endings.write(connection)
        except DatabaseUnavailable as error:
            self.write_failure = str(error)
            raise

    @asynccontextmanager
    async def _connect(self, engine: AsyncEngine, *, writing: bool = True) -> AsyncIterator[AsyncConnection]:
        try:
            with explain(self.place, writing=writing):
                async with AsyncExitStack() as stack:
                    with reach(self.place):
                        connection = await stack.enter_async_context(engine.connect())
                    yield connection
        except DatabaseLost as error:
            self.lost = self.lost or error
            raise

    async def leave_no_traces(self) -> None:
        """Take out of the files what deleted rows have left there.

        Where that cannot be, for others or an outage, `take_out_what_is_left` and `close` try it again.
        """
        self._has_traces = True
        try:
            if self.dialect == "sqlite":
                self._has_traces = not await self.empty_log()
            else:
                async with self.driver() as connection:
                    self._has_traces = not await vacuum_postgresql(connection)
            if self._has_traces:
                log.info("deleted data still stand in the files: an older transaction goes on")
        except DatabaseUnavailable as error:
            log.warning("deleted data may still stand in the files: %s", error)

    async def take_out_what_is_left(self) -> None:
        """Try again what `leave_no_traces` could not do."""
        if self._has_traces:
            await self.leave_no_traces()

    async def empty_log(self) -> bool:
        """Write the log of SQLite into the file and empty it; False where a reader keeps it from that."""
        for _ in range(_CHECKPOINTS):
            async with self._turn or nullcontext(), self._connect(self._writer) as connection:
                raw = await connection.get_raw_connection()
                if await empty_sqlite_log(raw.driver_connection):
                    return True
            await asyncio.sleep(_CHECKPOINT_PAUSE)
        return False

    async def write_log_out(self) -> None:
        """Write the log of SQLite into the file, as far as that can be done at once."""
        async with self.driver() as connection:
            await connection.errand(
                lambda driver: driver.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            )

    @asynccontextmanager
    async def driver(self) -> AsyncIterator[Any]:
        """Open a connection of the driver's own, for what has no transaction; it is closed in the end."""
        async with self._connect(self._writer) as connection:
            raw = await connection.get_raw_connection()
            try:
                with reach(self.place):
                    yield raw.driver_connection
            finally:
                await connection.invalidate()

    async def close(self) -> None:
        """Close all connections; a server that has fallen silent is not waited for."""
        await self.take_out_what_is_left()
        closing = asyncio.gather(*(engine.dispose() for engine in {self._reader, self._writer}))
        try:
            within = _CLOSE_WITHIN if self.is_shared else _CLOSE_FILE_WITHIN
            done, _ = await asyncio.wait({closing}, timeout=within)
            for each in done:
                each.result()
        finally:
            closing.cancel()
            if self._lock_file:
                self._lock_file.release()


def _missing(url: URL) -> DatabaseUnavailable:
    where = Path(url.database or "").absolute()
    return DatabaseUnavailable(
        f"there is no database at {where}: start `bantin run` once, or name another one"
        " with BANTIN_DATABASE__URL or [database] url"
    )
