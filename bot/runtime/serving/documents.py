"""Documents that were handed in, as the settings have them: who takes them, and who serves them."""

from aiohttp import web

from bot.domain.clock import Clock
from bot.domain.publication.uploads import Upload, UploadRules
from bot.services.announcing.receiving import FileReceiver
from bot.services.announcing.uploading import UploadDesk
from bot.settings.settings import Settings
from bot.sources.web import WebSource
from bot.store.engine.database import Database
from bot.store.publications import uploads
from bot.web.documents import document_route

MEGABYTE = 1_000_000


def upload_desk(settings: Settings) -> UploadDesk:
    """Return who takes documents."""
    chosen = settings.uploads
    rules = UploadRules(chosen.files, chosen.largest_mb * MEGABYTE, chosen.kinds)
    return UploadDesk(rules, settings.web.public_url)


def file_receiver(settings: Settings, source: WebSource) -> FileReceiver:
    """Return who takes the photos and documents that are sent in chats."""
    return FileReceiver(upload_desk(settings), source.picture, source.prepared)


def document_routes(settings: Settings, database: Database, clock: Clock) -> list[web.RouteDef]:
    """Return what serves documents to everybody; nothing where nobody can reach us."""
    if not settings.web.public_url:
        return []

    async def find(code: str) -> Upload | None:
        async with database.read() as tx:
            return await uploads.shown(tx, code)

    return [document_route(find, clock)]
