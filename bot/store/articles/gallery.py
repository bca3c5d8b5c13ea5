"""The photos of articles beyond the lead, by the addresses that they were fetched from."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine.dialect import insert_missing
from bot.store.schema import photo_addresses, photos


async def known(tx: AsyncConnection, addresses: Collection[str], *, lead: str | None) -> dict[str, str]:
    """Return the key of each photo that is kept, by its address; *lead* is the key of the lead photo."""
    fetched = select(photo_addresses.c.address, photo_addresses.c.photo_key).where(
        photo_addresses.c.address.in_(addresses)
    )
    found = {row.address: row.photo_key for row in await tx.execute(fetched)}
    if lead:
        led = select(photos.c.url).where(photos.c.key == lead)
        found |= {address: lead for address in (await tx.execute(led)).scalars() if address in addresses}
    return found


async def keep(tx: AsyncConnection, address: str, key: str) -> None:
    """Note that the photo *key*, which is kept, is what *address* gives."""
    await insert_missing(tx, photo_addresses, [{"address": address, "photo_key": key}])
