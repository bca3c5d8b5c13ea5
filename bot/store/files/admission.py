"""Whether what lies at an SQLite database's path is the database that belongs there, by the marker beside it.

It is asked before anything is made or opened: SQLite takes a file that is not there, or is empty, for a new
database, and throws the log of the old one away.

Where there is no marker nothing is known, and whatever is there is taken: a path that is new, a database of a
release that wrote none, one that was made by a process that died before it could write one.
"""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.store.files.marker import marker_of, read_marker
from bot.store.files.sqlite_header import OF_OTHERS, UNMARKED, mark_in, mark_of
from bot.store.files.url import DatabaseLost, DatabaseUnavailable

_BUSY_SECONDS = 5.0


async def require_known(file: Path) -> None:
    """Raise DatabaseUnavailable, with the ways out, unless *file* is the database that belongs there."""
    await asyncio.to_thread(_require_known, file)


def _require_known(file: Path) -> None:
    known = read_marker(file)
    if known is None:
        return
    marker = marker_of(file).name
    anew = f"remove {marker} to begin anew"
    try:
        is_empty = file.stat().st_size == 0
    except FileNotFoundError:
        raise _lost(
            file, f"it is gone, and {marker} tells of it; put it back, restore a backup, or {anew}"
        ) from None
    except OSError as error:
        raise DatabaseUnavailable(f"cannot use the database {file}: {error.strerror}") from None
    if is_empty:
        raise _lost(file, f"it is empty, and {marker} tells of a full one; restore a backup, or {anew}")
    mark = mark_in(file)
    if mark == OF_OTHERS:
        raise _lost(file, f"it is no database of Bản Tin; restore a backup, or move it away and {anew}")
    if not (_is_inside(file, known) if mark in (UNMARKED, None) else mark == mark_of(known)):
        raise _lost(
            file,
            f"it is not the database that {marker} tells of; put that one back, restore a backup of it, or"
            f" remove {marker} to go on with this one",
        )


def _lost(file: Path, why: str) -> DatabaseLost:
    return DatabaseLost(f"cannot use the database {file}: {why}")


def _is_inside(file: Path, known: str) -> bool:
    """Return whether the database in *file* is the one that is *known*, or one that has no identity yet.

    It is opened for that. What was written out and read in again as SQL has lost the mark of its file.
    """
    address = f"{file.absolute().as_uri()}?mode=rw"
    try:
        with closing(
            sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS, isolation_level=None)
        ) as opened:
            tables = {name for (name,) in opened.execute("SELECT name FROM sqlite_master")}
            if "database_identity" in tables:
                row = opened.execute("SELECT id FROM database_identity").fetchone()
                return row is None or row[0] == known
            return "alembic_version" in tables
    except sqlite3.Error as error:
        raise _lost(file, f"{error}; restore a backup") from None
