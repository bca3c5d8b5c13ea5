"""A lock file beside an SQLite database: one process at a time serves it."""

import fcntl
import os
from pathlib import Path
from typing import IO, Self

from bot.store.files.private_file import keep_private
from bot.store.files.url import DatabaseServedError, DatabaseUnavailable


class LockFile:
    """Held by this process until it releases it or dies, however it dies."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    @classmethod
    def take(cls, database: Path) -> Self:
        """Lock the file beside *database*, or raise DatabaseUnavailable if another process has it."""
        path = database.with_name(f"{database.name}.lock")
        try:
            keep_private(path)
            file = path.open("a+", encoding="ascii")
        except OSError as error:
            raise DatabaseUnavailable(
                f"cannot use the database {database}: {error.strerror}: {path}"
            ) from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            file.close()
            raise DatabaseServedError(
                f"cannot use the database {database}: another process serves it (process id {holder});"
                " an SQLite database serves one process, PostgreSQL any number"
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        return cls(file)

    @staticmethod
    def holder(database: Path) -> str | None:
        """Return the process id of whoever serves *database*, None for nobody; nothing is made or written.

        There is no way to ask but to take the lock for an instant, shared with others who ask.
        """
        path = database.with_name(f"{database.name}.lock")
        try:
            with path.open(encoding="ascii") as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                except BlockingIOError:
                    return file.read().strip() or "unknown"
        except FileNotFoundError:
            pass
        except OSError as error:
            raise DatabaseUnavailable(
                f"cannot use the database {database}: {error.strerror}: {path}"
            ) from error
        return None

    def release(self) -> None:
        self._file.close()
