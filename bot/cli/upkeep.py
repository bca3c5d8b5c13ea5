"""`bantin migrate`, `retry`, `erased`, `export` and `import`: what operators do with what is stored."""

from collections.abc import Collection
from pathlib import Path

from bot import parts
from bot.cli.shown import Row
from bot.domain.clock import SystemClock
from bot.domain.delivery import DeliveryId
from bot.services import carrying
from bot.services.erasing import erased_at
from bot.services.retrying import retry_all
from bot.settings.settings import Settings
from bot.store import migrate, outbox
from bot.store.database import Database, DatabaseUnavailable, exists


async def bring_up_to_date(settings: Settings) -> str:
    """Migrate the database's schema, and say so."""
    await migrate.upgrade(settings.database.url)
    return "the database's schema is up to date"


async def retry(settings: Settings, ids: Collection[int] | None) -> int:
    """Owe these failed deliveries once more, or all of them (None); return how many there were."""
    clock = SystemClock()
    async with parts.current_database(settings, exclusive=False) as database:
        if ids is None:
            return await retry_all(database, clock)
        async with database.write() as tx:
            return await outbox.retry(tx, {DeliveryId(number) for number in ids}, clock.now())


async def erased(settings: Settings, chat: str) -> list[Row]:
    """Return when the data of *chat* was deleted at its own wish."""
    account = parts.telegram_settings(settings).account
    async with parts.current_database(settings, exclusive=False) as database:
        found = await erased_at(database, account, chat, key=parts.proof_key(settings))
    return [{"account": account, "chat": chat, "erased": at.isoformat(timespec="seconds")} for at in found]


async def export_to(settings: Settings, file: Path) -> str:
    """Write everything to *file*, and say so. A service may go on beside: one state of it all is written."""
    url = settings.database.url
    if not exists(url):
        raise DatabaseUnavailable(f"there is no database at {url} to export")
    await migrate.require_current(url)
    database = await Database.open(url)
    try:
        carried = await carrying.export_to(database, file, now=SystemClock().now())
    finally:
        await database.close()
    return f"exported {carried.rows} rows of {carried.tables} tables to {file}"


async def import_from(settings: Settings, file: Path) -> str:
    """Read everything from *file* into an empty database, and say so."""
    async with parts.current_database(settings, exclusive=True) as database:
        carried = await carrying.import_from(database, file)
    return f"imported {carried.rows} rows of {carried.tables} tables from {file}"
