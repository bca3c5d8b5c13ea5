"""Bringing a database's schema up to date, and how far it is."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from bot.store import schema_version
from bot.store.database import Database
from bot.store.schema_version import MIGRATIONS, SchemaState, newer, state
from bot.store.statements import take_turn

__all__ = ["SchemaState", "require_current", "schema_state", "upgrade"]

_LOCK = 0x62616E74696E
"""One process migrates; the others wait for it and find nothing left to do."""


async def upgrade(url: str) -> None:
    """Bring the schema up to date; raise DatabaseUnavailable if it is newer than this program."""
    database = await Database.open(url)
    try:
        async with database.write() as tx:
            await take_turn(tx, _LOCK)
            found = await tx.run_sync(state)
            if found is SchemaState.NEWER:
                raise newer(database.place)
            if found is not SchemaState.CURRENT:
                await tx.run_sync(_upgrade)
    finally:
        await database.close()


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
