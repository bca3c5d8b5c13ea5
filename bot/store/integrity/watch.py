"""Whether an open database is still the one that lies where it was opened.

An SQLite file that was moved or replaced stays open, and takes writes that nobody will ever find again. On
PostgreSQL another database may be restored into the place of this one.
"""

import asyncio
import os
import sqlite3
from enum import StrEnum
from pathlib import Path
from typing import Self

import structlog
from sqlalchemy.exc import DBAPIError

from bot.store.engine.database import Database, DatabaseLost, DatabaseUnavailable
from bot.store.files.damage import require_sound
from bot.store.files.sqlite_header import OF_OTHERS, mark_in, mark_of
from bot.store.integrity import identity

_SQLITE_EVERY = 1.0
_POSTGRESQL_EVERY = 5.0
"""Seconds between two looks: a tenth of a millisecond each, or a short query."""

log = structlog.get_logger(__name__)


class Change(StrEnum):
    """What may have become of a database, in words."""

    GONE = "its file was moved away or deleted"
    REPLACED = "another file is in its place"
    EMPTIED = "its file was emptied"
    OVERWRITTEN = "its file was overwritten"
    EXCHANGED = "another database is in its place"
    DAMAGED = "its file is damaged"


class Watch:
    """Knows which database was opened. It keeps no file of its own open."""

    def __init__(self, database: Database, own: str | None, opened: os.stat_result | None) -> None:
        self._database = database
        self._own = own
        self._opened = opened
        self._change: Change | None = None
        self.every = _POSTGRESQL_EVERY if opened is None else _SQLITE_EVERY

    @classmethod
    async def begin(cls, database: Database) -> Self:
        """Take *database*, whose schema is current, as it is now for the right one."""
        async with database.read() as tx:
            own = await identity.find(tx)
        try:
            return cls(database, own, database.file.stat() if database.file else None)
        except OSError as error:
            raise DatabaseUnavailable(f"cannot use the database {database.place}: {error.strerror}") from None

    async def look(self) -> None:
        """Have the database take nothing new, from the moment when it is found to be another one.

        It may count as lost already, since a statement met damage: what has become of the file says more.
        """
        if self._change or self._own is None:
            return
        if self._database.file and self._opened:
            mark = mark_of(self._own)
            change = await asyncio.to_thread(_change_of, self._database.file, self._opened, mark)
        else:
            change = await self._exchange()
        if change:
            self._change = change
            self._database.lost = DatabaseLost(f"the database {self._database.place} is lost: {change}")

    async def _exchange(self) -> Change | None:
        """Return whether another database has taken the place of this one; an outage says nothing of that."""
        try:
            async with self._database.read() as tx:
                found = await identity.find(tx)
        except (DatabaseUnavailable, DBAPIError):
            # The table may be away for a moment, or for good: whoever needs one finds that out.
            return None
        return None if found in (None, self._own) else Change.EXCHANGED

    async def part(self) -> None:
        """Before a lost database is closed, keep what SQLite would write then from where it does not belong.

        A file that was moved away is given all that was committed, so that it can be put back as it is. Into
        another database, which was written over this one, nothing of this one's log must come.
        """
        file = self._database.file
        if file is None:
            return
        try:
            if self._change in (Change.GONE, Change.REPLACED):
                await self._database.empty_log()
            elif self._change is Change.EXCHANGED:
                os.truncate(file.with_name(f"{file.name}-wal"), 0)
        except (DatabaseUnavailable, OSError) as error:
            log.warning("the files of the lost database were left as they are", error=str(error))


def _change_of(file: Path, opened: os.stat_result, mark: int) -> Change | None:
    """Return what has become of *file* since it was *opened*, if it is no more what it was."""
    try:
        now = file.stat()
    except OSError as error:
        return Change.GONE if isinstance(error, FileNotFoundError) else None
    if (now.st_dev, now.st_ino) != (opened.st_dev, opened.st_ino):
        return Change.REPLACED
    return Change.EMPTIED if now.st_size == 0 else _change_inside(file, mark)


def _change_inside(file: Path, mark: int) -> Change | None:
    match mark_in(file):
        case None:
            return Change.DAMAGED if _is_damaged(file) else None
        case found if found == OF_OTHERS:
            return Change.OVERWRITTEN
        case found:
            return None if found == mark else Change.EXCHANGED


def _is_damaged(file: Path) -> bool:
    """Return whether *file*, whose length is not what it should be, is damaged; one that grows is not."""
    try:
        require_sound(file)
    except DatabaseLost:
        return True
    except sqlite3.Error as error:
        return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
    return False
