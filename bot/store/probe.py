"""Trying whether a database could be used, without making or changing anything."""

import asyncio
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

from bot.store.location import DatabaseUnavailable, parse
from bot.store.lockfile import LockFile

_BUSY_SECONDS = 5.0
_LOOK_SECONDS = 5.0
"""For how long a file is searched for damage: one of many gigabytes takes minutes."""
_STEPS = 10_000


async def served_by(url: str) -> str | None:
    """Return the id of the process that serves the SQLite file at *url*; of PostgreSQL nobody can say.

    Raises DatabaseUnavailable.
    """
    parsed = parse(url)
    if parsed.get_backend_name() != "sqlite":
        return None
    return await asyncio.to_thread(LockFile.holder, Path(parsed.database or ""))


async def try_file(url: str, *, thoroughly: bool) -> None:
    """Raise DatabaseUnavailable if the SQLite file at *url*, or its folder, cannot be written or is none.

    *thoroughly* looks for damage inside, too. Of PostgreSQL there is no file to try.
    """
    parsed = parse(url)
    if parsed.get_backend_name() == "sqlite":
        file = Path(parsed.database or "")
        await asyncio.to_thread(_try_writing, file)
        await asyncio.to_thread(_try_opening, file, thoroughly=thoroughly)


def _try_writing(file: Path) -> None:
    """Write where *file* would be made, to a file without a name, and open *file* if it is there."""
    where = file.parent
    try:
        while not where.exists() and where != where.parent:
            where = where.parent
        with tempfile.TemporaryFile(dir=where) as unnamed:
            unnamed.write(b"?")
        if file.exists():
            where = file
            file.open("r+b").close()
    except OSError as error:
        raise DatabaseUnavailable(
            f"cannot use the database {file}: {where} cannot be written: {error.strerror}"
        ) from None


def _try_opening(file: Path, *, thoroughly: bool) -> None:
    if not file.exists():
        return
    # To read only would leave the files of a write-ahead log behind; who closes last after writing tidies up.
    address = f"{file.absolute().as_uri()}?mode=rw"
    try:
        connection = sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS, isolation_level=None)
        with closing(connection) as opened:
            opened.execute("BEGIN IMMEDIATE")
            opened.execute("SELECT count(*) FROM sqlite_master").fetchone()
            opened.execute("ROLLBACK")
            damage = _damage(opened) if thoroughly else None
    except sqlite3.Error as error:
        raise DatabaseUnavailable(f"cannot use the database {file}: {error}") from None
    if damage:
        raise DatabaseUnavailable(
            f"cannot use the database {file}: it is damaged ({damage}); restore a backup"
        )


def _damage(opened: sqlite3.Connection) -> str | None:
    """Return the first damage that is found in time."""
    ends_at = time.monotonic() + _LOOK_SECONDS
    opened.set_progress_handler(lambda: time.monotonic() > ends_at, _STEPS)
    try:
        (said,) = opened.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        return None
    return None if said == "ok" else " ".join(said.split())
