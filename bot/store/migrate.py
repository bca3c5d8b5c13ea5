"""The schema's history: bringing a database up to date, and how far it is."""

from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.store.database import Database, DatabaseUnavailable
from bot.store.location import parse, place
from bot.store.statements import take_turn

_LOCK = 0x62616E74696E
"""One process migrates; the others wait for it and find nothing left to do."""


class SchemaState(StrEnum):
    """How a database's schema stands to this program."""

    CURRENT = "current"
    OUTDATED = "outdated"
    EMPTY = "empty"
    NEWER = "newer"


async def upgrade(url: str) -> None:
    """Bring the schema up to date; raise DatabaseUnavailable if it is newer than this program."""
    database = await Database.open(url)
    try:
        async with database.write() as tx:
            await take_turn(tx, _LOCK)
            if await tx.run_sync(_state) is SchemaState.NEWER:
                raise _newer(database.place)
            await tx.run_sync(_upgrade)
    finally:
        await database.close()


async def schema_state(url: str) -> SchemaState:
    """Return how the schema stands to this program, and change nothing."""
    database = await Database.open(url)
    try:
        async with database.read() as tx:
            return await tx.run_sync(_state)
    finally:
        await database.close()


async def require_current(url: str) -> None:
    """Raise DatabaseUnavailable, with what to do about it, unless the schema is this program's own."""
    match await schema_state(url):
        case SchemaState.NEWER:
            raise _newer(place(parse(url)))
        case SchemaState.EMPTY | SchemaState.OUTDATED as state:
            raise DatabaseUnavailable(
                f"cannot use the database {place(parse(url))}: its schema is {state}; run 'bantin migrate'"
            )
        case SchemaState.CURRENT:
            return


def newest() -> str:
    """Return the name of the schema that this program works with."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def _newer(where: str) -> DatabaseUnavailable:
    return DatabaseUnavailable(
        f"cannot use the database {where}: its schema is newer than this program; install the newer version"
    )


def _config() -> Config:
    config = Config()
    folder = Path(__file__).parent / "migrations"
    # The configuration file's format gives the per cent sign a meaning.
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _upgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _state(connection: Connection) -> SchemaState:
    scripts = ScriptDirectory.from_config(_config())
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None:
        return SchemaState.EMPTY
    if revision == scripts.get_current_head():
        return SchemaState.CURRENT
    known = {script.revision for script in scripts.walk_revisions()}
    return SchemaState.OUTDATED if revision in known else SchemaState.NEWER
