"""What readers ask for that takes long: photos, recordings, and pictures of tables and figures."""

from dataclasses import dataclass

from bot.domain.clock import Clock
from bot.i18n import Translator
from bot.runtime import from_settings
from bot.runtime.process.picture_drawer import PictureDrawer
from bot.services.subscribers.photo_fetcher import PhotoFetcher
from bot.services.subscribers.recordings import ArticleRecordings
from bot.services.subscribers.table_pictures import TablePictures
from bot.settings.settings import Settings
from bot.sources.web import WebSource
from bot.store.engine.database import Database


@dataclass(frozen=True, slots=True)
class ReaderMedia:
    """What makes them, each once for all readers."""

    photos: PhotoFetcher
    drawer: PictureDrawer
    tables: TablePictures
    recordings: ArticleRecordings | None

    @classmethod
    def of(
        cls, settings: Settings, database: Database, source: WebSource, translator: Translator, clock: Clock
    ) -> "ReaderMedia":
        drawer = PictureDrawer()
        return cls(
            photos=PhotoFetcher(database, source.picture, clock),
            drawer=drawer,
            tables=TablePictures(database, drawer.table, clock),
            recordings=from_settings.recordings(settings, database, translator, clock),
        )

    async def close(self) -> None:
        """Make nothing more."""
        await self.photos.close()
        await self.tables.close()
        if self.recordings:
            await self.recordings.close()
        await self.drawer.close()
