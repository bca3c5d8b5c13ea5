"""Photos beyond the lead, by the addresses that they were fetched from, and which photos may be shown."""

from collections.abc import Collection

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine.dialect import insert_missing
from bot.store.schema import articles, photo_addresses, photos


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


async def sizes(tx: AsyncConnection, keys: Collection[str]) -> dict[str, tuple[int, int]]:
    """Return the width and height of each of these photos that is kept, in pixels."""
    query = select(photos.c.key, photos.c.width, photos.c.height).where(photos.c.key.in_(keys))
    return {row.key: (row.width, row.height) for row in await tx.execute(query)}


async def shown(tx: AsyncConnection, key: str) -> bytes | None:
    """Return the JPEG *key* if it may be shown: not once every article that it leads has been taken down."""
    led = exists().where(articles.c.photo_key == photos.c.key)
    leads = led.where(articles.c.withdrawn_at.is_(None))
    query = select(photos.c.content).where(photos.c.key == key, leads | ~led)
    content: bytes | None = (await tx.execute(query)).scalar()
    return content
