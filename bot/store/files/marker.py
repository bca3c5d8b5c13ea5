"""The marker: a small file beside an SQLite database that names the one that belongs there.

An SQLite file is made wherever none is found. What was stored before is missed only because something else
remembers it.
"""

import os
import re
import tempfile
from pathlib import Path

from bot.store.files.url import DatabaseUnavailable

_IDENTITY = re.compile(rb"[0-9a-f]{32}\n?")
_LONGEST = 64


def marker_of(database: Path) -> Path:
    return database.with_name(f"{database.name}.id")


def read_marker(database: Path) -> str | None:
    """Return the identity of the database that belongs to the path *database*; None if nobody has noted one.

    Raises DatabaseUnavailable if the marker cannot be read, or holds something else.
    """
    marker = marker_of(database)
    try:
        with marker.open("rb") as file:
            content = file.read(_LONGEST)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise DatabaseUnavailable(f"cannot use the database {database}: {marker}: {error.strerror}") from None
    if not _IDENTITY.fullmatch(content):
        raise DatabaseUnavailable(
            f"cannot use the database {database}: {marker} names no database; if the right one is in its"
            f" place, remove {marker.name}"
        )
    return content.decode("ascii").strip()


def write_marker(database: Path, identity: str) -> None:
    """Note *identity* for the path *database*: whole or not at all, whatever happens meanwhile.

    Raises DatabaseUnavailable.
    """
    marker = marker_of(database)
    try:
        number, unfinished = tempfile.mkstemp(dir=marker.parent, prefix=f".{marker.name}.")
        try:
            with os.fdopen(number, "w", encoding="ascii") as file:
                file.write(f"{identity}\n")
                file.flush()
                os.fsync(file.fileno())
            Path(unfinished).replace(marker)
        except BaseException:
            Path(unfinished).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise DatabaseUnavailable(f"cannot use the database {database}: {marker}: {error.strerror}") from None
