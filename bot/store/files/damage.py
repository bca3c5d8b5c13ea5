"""Damage inside an SQLite file, looked for without changing anything."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from bot.store.files.url import DatabaseLost

LOOK_SECONDS = 5.0
"""For how long a file is searched: one of half a gigabyte takes two seconds, from a slow disk fifteen, and
one of many gigabytes takes minutes. What is not found in time is found by whatever reads it."""

_BUSY_SECONDS = 5.0
_STEPS = 10_000


def require_sound(file: Path) -> None:
    """Search the SQLite *file* for damage, for a while. Raises DatabaseLost, or sqlite3.Error."""
    address = f"{file.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS, isolation_level=None)) as opened:
        require_sound_inside(opened, file)


def require_sound_inside(opened: sqlite3.Connection, file: Path) -> None:
    """Do so by a connection to *file* that is open already."""
    if damage := _damage(opened):
        raise DatabaseLost(f"cannot use the database {file}: it is damaged ({damage}); restore a backup")


def _damage(opened: sqlite3.Connection) -> str | None:
    """Return the first damage that is found in time."""
    ends_at = time.monotonic() + LOOK_SECONDS
    opened.set_progress_handler(lambda: time.monotonic() > ends_at, _STEPS)
    try:
        (said,) = opened.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            return None
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_CORRUPT:
            return str(error)
        raise
    return None if said == "ok" else " ".join(said.split())
