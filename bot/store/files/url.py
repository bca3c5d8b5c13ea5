"""Where a database is, and one clear line about why it cannot be had there; never a password."""

import sqlite3
import ssl
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.domain.errors import ExplainedError, reason_of

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}

# SQLite has one class for all of these; a missing table, for one, would be our own bug.
_SQLITE_OUTAGES = (
    "database is locked",
    "disk is full",
    "disk i/o error",
    "unable to open",
    "is not a database",
    "malformed",
)

# What SQLite says of a file that is damaged, or is none any more. Of the index of words alone, which can be
# made anew, it has a code of its own: SQLITE_CORRUPT_VTAB.
_SQLITE_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

# PostgreSQL's classes of errors that are nobody's mistake: lost connections, transactions that it gave up for
# the sake of others (a deadlock), too little of something, and what its operators or its machine did: their
# lock_timeout (55P03), and their time-outs of transactions (25P03, 25P04), as statement_timeout among the 57.
_POSTGRESQL_OUTAGES = ("08", "40", "53", "57", "58", "55P03", "25P03", "25P04")

# To write is refused: the operators' setting, or a standby. In a transaction that reads it is a bug of ours.
_READ_ONLY = ("25006", "readonly database")


class DatabaseUnavailable(ExplainedError):  # noqa: N818 - a state of the world, like KeyboardInterrupt
    """The database cannot be had. The text is one line for people: what, where, why."""


class DatabaseLost(DatabaseUnavailable):
    """The database is gone, damaged or another one: it does not come back by itself."""


class DatabaseServedError(DatabaseUnavailable):
    """Another process serves this SQLite file, and no second one may."""


def parse(url: str) -> URL:
    """Return *url* with the driver that we use, or raise DatabaseUnavailable.

    No error repeats a part of *url*: where a password has unescaped characters, any part may belong to it.
    """
    try:
        parsed = make_url(url)
        driver = _DRIVERS[parsed.drivername]
    except (ArgumentError, NoSuchModuleError, KeyError, ValueError):
        raise DatabaseUnavailable(
            "cannot open the database: its address must look like sqlite:///var/bantin.db"
            " or postgresql://user@host/name"
        ) from None
    if driver.startswith("sqlite"):
        if parsed.database in {None, "", ":memory:"}:
            raise DatabaseUnavailable("cannot open the database: an SQLite address must name a file")
    elif url.count("@") > 1:
        raise DatabaseUnavailable(
            "cannot open the database: its address has more than one @; write %40 for one that belongs to a"
            " name or a password, or set the password as database.password, where any character may stand"
        )
    return parsed.set(drivername=driver)


def place(url: URL) -> str:
    """Return where the database is, for people: its file, or its host and name."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return f"postgresql://{url.host or 'localhost'}:{url.port or 5432}/{url.database or ''}"


def _errors_on_the_way() -> tuple[type[Exception], ...]:
    """Return what is raised on the way to a database; asyncpg is large, and loaded only if it is used."""
    asyncpg = sys.modules.get("asyncpg")
    own = (asyncpg.PostgresError, asyncpg.InterfaceError) if asyncpg else ()
    return (OSError, UnicodeError, PoolTimeoutError, *own)


@contextmanager
def reach(where: str) -> Iterator[None]:
    """Turn what drivers raise on the way to a server into DatabaseUnavailable."""
    try:
        yield
    except _errors_on_the_way() as error:
        raise _unavailable(where, error) from error


@contextmanager
def explain(where: str, *, writing: bool) -> Iterator[None]:
    """Turn what says that the database is out of reach into DatabaseUnavailable; bugs pass through."""
    try:
        yield
    except DBAPIError as error:
        if _is_damage(error):
            raise _lost(where, str(error.orig)) from error
        if not (is_outage(error) or (writing and _is_read_only(error))):
            raise
        raise _unavailable(where, error.orig or error) from error


def _is_read_only(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None) or ""
    return any(said == state or said in str(error.orig).lower() for said in _READ_ONLY)


def _is_damage(error: DBAPIError) -> bool:
    code = getattr(error.orig, "sqlite_errorcode", None)
    return code is not None and code != sqlite3.SQLITE_CORRUPT_VTAB and code & 0xFF in _SQLITE_DAMAGE


def _lost(where: str, why: str) -> DatabaseLost:
    advice = "; restore a backup" if "malformed" in why else ""
    return DatabaseLost(f"cannot use the database {where}: {why}{advice}")


def is_outage(error: DBAPIError) -> bool:
    if (getattr(error.orig, "sqlstate", None) or "").startswith(_POSTGRESQL_OUTAGES):
        return True
    text = str(error.orig).lower()
    return error.connection_invalidated or any(outage in text for outage in _SQLITE_OUTAGES)


def _unavailable(where: str, error: BaseException) -> DatabaseUnavailable:
    # The numbers of TLS errors are OpenSSL's own.
    if isinstance(error, OSError) and not isinstance(error, ssl.SSLError):
        text = reason_of(error)
    else:
        text = str(error)
    lines = text.strip().splitlines() or [type(error).__name__]
    return DatabaseUnavailable(f"cannot use the database {where}: {lines[0]}")
