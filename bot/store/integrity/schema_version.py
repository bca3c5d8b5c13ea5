"""How far a database's schema is, compared with the migrations that this program has.

Alembic itself is needed only to migrate, and takes long to import; commands that read ask here.
"""

from enum import StrEnum
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.store.engine.database import Database, DatabaseUnavailable

MIGRATIONS = Path(__file__).parents[1] / "migrations"


class SchemaState(StrEnum):
    """How a database's schema stands to this program."""

    CURRENT = "current"
    OUTDATED = "outdated"
    EMPTY = "empty"
    FOREIGN = "foreign"
    NEWER = "newer"


def newest() -> str:
    """Return the name of the schema that this program works with."""
    return _revisions()[-1]


def state(connection: Connection) -> SchemaState:
    """Return how the schema stands to this program, and change nothing."""
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        # In a PostgreSQL database there may be tables of others beside ours.
        is_shared = connection.dialect.name != "sqlite"
        return SchemaState.EMPTY if is_shared or not tables else SchemaState.FOREIGN
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if revision is None:
        return SchemaState.EMPTY
    if revision == newest():
        return SchemaState.CURRENT
    return SchemaState.OUTDATED if revision in _revisions() else SchemaState.NEWER


async def require_current(database: Database) -> None:
    """Raise DatabaseUnavailable, with what to do about it, unless the schema is this program's own."""
    async with database.read() as tx:
        found = await tx.run_sync(state)
    require_ours(database.place, found)
    if found is not SchemaState.CURRENT:
        raise DatabaseUnavailable(
            f"cannot use the database {database.place}: its schema is {found}; run 'bantin migrate'"
        )


def require_ours(where: str, found: SchemaState) -> None:
    """Raise DatabaseUnavailable for a database that this version of the program can do nothing with."""
    if found is SchemaState.NEWER:
        raise DatabaseUnavailable(
            f"cannot use the database {where}: its schema is newer than this program;"
            " install the newer version"
        )
    if found is SchemaState.FOREIGN:
        raise DatabaseUnavailable(
            f"cannot use the database {where}: it belongs to another program; name another file with"
            " BANTIN_DATABASE__URL or [database] url"
        )


@cache
def _revisions() -> tuple[str, ...]:
    """Return the names of all revisions, oldest first: each migration's file begins with its own."""
    files = (MIGRATIONS / "versions").glob("[0-9]*_*.py")
    return tuple(sorted(file.name.partition("_")[0] for file in files))
