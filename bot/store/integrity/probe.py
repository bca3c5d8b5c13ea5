"""Trying whether a database could be used, without making or changing anything."""

import asyncio
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from bot.store.files.admission import require_known
from bot.store.files.damage import require_sound_inside
from bot.store.files.lockfile import LockFile
from bot.store.files.url import DatabaseUnavailable, parse

_BUSY_SECONDS = 5.0


async def served_by(url: str) -> str | None:
    """Return the id of the process that serves the SQLite file at *url*; of PostgreSQL nobody can say.

    Raises DatabaseUnavailable.
    """
    parsed = parse(url)
    if parsed.get_backend_name() != "sqlite":
        return None
    return await asyncio.to_thread(LockFile.holder, Path(parsed.database or ""))


async def try_file(url: str, *, served: bool) -> None:
    """Raise DatabaseUnavailable if the SQLite file at *url* could not serve.

    It, or its folder, cannot be written; it is no database, not the one that belongs there, or damaged. One
    that is *served* is only read. Of PostgreSQL there is no file to try.
    """
    parsed = parse(url)
    if parsed.get_backend_name() != "sqlite":
        return
    file = Path(parsed.database or "")
    await require_known(file)
    if not served:
        await asyncio.to_thread(_try_writing, file)
    await asyncio.to_thread(_try_opening, file, served=served)


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


def _try_opening(file: Path, *, served: bool) -> None:
    if not file.exists():
        return
    # To read only would leave the files of a write-ahead log behind; who closes last after writing tidies up.
    address = f"{file.absolute().as_uri()}?mode=rw"
    try:
        connection = sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS, isolation_level=None)
        with closing(connection) as opened:
            opened.execute("BEGIN" if served else "BEGIN IMMEDIATE")
            opened.execute("SELECT count(*) FROM sqlite_master").fetchone()
            opened.execute("ROLLBACK")
            require_sound_inside(opened, file)
    except sqlite3.Error as error:
        advice = "; restore a backup" if "malformed" in str(error) else ""
        raise DatabaseUnavailable(f"cannot use the database {file}: {error}{advice}") from None
