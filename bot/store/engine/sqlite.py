"""SQLite as we use it: write-ahead log, one writer, any number of readers."""

import sys
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.store.engine.sqlite_connection import connect
from bot.store.files.private_file import keep_private
from bot.store.files.url import DatabaseUnavailable

BUSY_MILLISECONDS = 5_000
"""How long to wait for another process, such as a command that is run beside the service."""

THREADS_SWITCH_AFTER = 0.0005
"""Seconds for which one thread may keep the interpreter from another."""

# A committed row outlives a kill -9 with NORMAL too, but only FULL carries it through a power cut, and the
# promise makes no exception for those. It costs one fsync by the transaction.
_WRITER = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    # What somebody has had deleted must not stay in the file. Many builds do so by themselves, not all.
    "PRAGMA secure_delete=ON",
    "PRAGMA cache_size=-16384",
    "PRAGMA journal_size_limit=67108864",
)
_READER = ("PRAGMA query_only=ON",)


def make_file(file: Path) -> None:
    """Make *file* and the folder that it lies in, for their owner only, or raise DatabaseUnavailable.

    SQLite gives the files beside it the same mode.
    """
    try:
        for folder in (*reversed(file.parent.parents), file.parent):
            if not folder.exists():
                folder.mkdir(mode=0o700, exist_ok=True)
        keep_private(file)
    except OSError as error:
        raise DatabaseUnavailable(
            f"cannot use the database {file}: {error.strerror}: {error.filename}"
        ) from error


def writer(url: URL) -> AsyncEngine:
    # IMMEDIATE takes the write lock at once: a transaction that begins by reading could later find itself
    # behind another writer, and would have to start over.
    return _engine(url, _WRITER, begin="BEGIN IMMEDIATE", connections=1)


def reader(url: URL) -> AsyncEngine:
    return _engine(url, _READER, begin="BEGIN", connections=4)


def _engine(url: URL, pragmas: tuple[str, ...], *, begin: str, connections: int) -> AsyncEngine:
    file = Path(url.database or "")
    engine = create_async_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        # Among what is bound are chats and tokens; what goes wrong is logged.
        hide_parameters=True,
        async_creator=lambda: connect(file, busy_seconds=BUSY_MILLISECONDS / 1000),
    )
    # A thread that has rows to bring back must not wait the usual 5 ms for a loop that is busy.
    sys.setswitchinterval(THREADS_SWITCH_AFTER)

    def configure(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    def let_go(connection: Any, _record: Any, _error: BaseException | None) -> None:
        # A task was cancelled while its statement ran. Closing would leave the write lock with the statement
        # for as long as anything refers to that, and a traceback may do so for long.
        connection.rollback()

    event.listen(engine.sync_engine, "connect", configure)
    event.listen(engine.sync_engine, "invalidate", let_go)
    event.listen(engine.sync_engine, "begin", start)
    return engine
