"""Photos and recordings by address, as the settings have it."""

from aiohttp import web

from bot.runtime import from_settings
from bot.settings.settings import Settings
from bot.store.articles import gallery, recordings
from bot.store.engine.database import Database
from bot.web.public import MediaFile, media_route


def media_routes(settings: Settings, database: Database) -> list[web.RouteDef]:
    """Return what serves photos and recordings; nothing where nobody can reach us."""
    addresses = from_settings.media_addresses(settings)
    if addresses is None:
        return []

    async def photo(key: str) -> bytes | None:
        async with database.read() as tx:
            return await gallery.shown(tx, key)

    async def recording(key: str) -> bytes | None:
        async with database.read() as tx:
            found = await recordings.find(tx, key)
        return found.content if found else None

    return [
        media_route(addresses, photo),
        *([media_route(addresses, recording, file=MediaFile.RECORDING)] if settings.voice.speaker else ()),
    ]
