"""Bringing a database's schema up to date, and how far it is."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from bot.store.engine.database import Database
from bot.store.engine.dialect import take_turn
from bot.store.files.marker import read_marker, write_marker
from bot.store.files.sqlite_header import mark_in, mark_of
from bot.store.integrity import identity, schema_version
from bot.store.integrity.schema_version import MIGRATIONS, SchemaState, require_ours, state

__all__ = ["SchemaState", "require_current", "schema_state", "upgrade"]

_LOCK = 0x62616E74696E
"""One process migrates; the others wait for it and find nothing left to do."""


async def upgrade(url: str) -> None:
    """Bring the schema up to date, and give the database an identity if it has none.

    Raises DatabaseUnavailable if it is newer than this program, or of another one.
    """
    database = await Database.open(url)
    try:
        noted = read_marker(database.file) if database.file else None
        async with database.write() as tx:
            await take_turn(tx, _LOCK)
            found = await tx.run_sync(state)
            require_ours(database.place, found)
            if found is not SchemaState.CURRENT:
                await tx.run_sync(_upgrade)
            own = await identity.ensure(tx, wanted=noted)
        if database.file and noted is None:
            await _note(database, database.file, own)
    finally:
        await database.close()


async def _note(database: Database, file: Path, own: str) -> None:
    """Write the marker beside an SQLite file, once the file itself shows that it is the one.

    In this order a process may die at any point: a file without a marker is taken as it is, a marker without
    its file would keep everybody out.
    """
    if mark_in(file) != mark_of(own):
        await database.write_log_out()
    if mark_in(file) == mark_of(own):
        write_marker(file, own)


async def schema_state(url: str) -> SchemaState:
    """Return how the schema stands to this program, and change nothing."""
    database = await Database.open_read_only(url)
    try:
        async with database.read() as tx:
            return await tx.run_sync(state)
    finally:
        await database.close()


async def require_current(url: str) -> None:
    """Raise DatabaseUnavailable, with what to do about it, unless the schema is this program's own."""
    database = await Database.open_read_only(url)
    try:
        await schema_version.require_current(database)
    finally:
        await database.close()


def _config() -> Config:
    config = Config()
    # The configuration file's format gives the per cent sign a meaning.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _upgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
