"""Opening a database whose schema is the one that this program knows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.store.engine.database import Database
from bot.store.integrity import migrate, schema_version


@asynccontextmanager
async def open_current(url: str, *, exclusive: bool) -> AsyncIterator[Database]:
    """Open the database at *url* until the end of the block; SQLite is migrated, PostgreSQL must have been.

    An *exclusive* SQLite file is locked against every other process that wants it so. Raises
    DatabaseUnavailable if the database cannot be opened or has another schema.
    """
    database = await Database.open(url, exclusive=exclusive)
    try:
        if database.dialect == "sqlite":
            await migrate.upgrade(url)
        else:
            await schema_version.require_current(database)
        yield database
    finally:
        await database.close()
