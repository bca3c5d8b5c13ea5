"""The database as commands open it: to read what is there, or to change it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.settings.settings import Settings
from bot.settings.stored import layered
from bot.store.engine.database import Database, Transaction, exists
from bot.store.integrity import schema_version
from bot.store.runtime import stored_settings


@asynccontextmanager
async def reading(settings: Settings) -> AsyncIterator[Database]:
    """Open the database for looking at it. Raises DatabaseUnavailable if there is none with our schema.

    Nothing is written, not even a migration: a service, perhaps of an older version, may run beside.
    """
    database = await Database.open_read_only(settings.database.url)
    try:
        await schema_version.require_current(database)
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def changing(settings: Settings, *, create: bool = False) -> AsyncIterator[Database]:
    """Open the database for changing it. Raises DatabaseUnavailable if there is none with our schema.

    With *create* an SQLite file that is not there yet is made.
    """
    url = settings.database.url
    if create and not exists(url):
        from bot.store.integrity.migrate import upgrade  # noqa: PLC0415 - Alembic takes long to import

        await upgrade(url)
    async with reading(settings):
        pass
    database = await Database.open(url)
    try:
        yield database
    finally:
        await database.close()


async def in_force(tx: Transaction, settings: Settings) -> Settings:
    """Return *settings* with what owners have set over them while the service ran."""
    return layered(settings, await stored_settings.every(tx)).settings
