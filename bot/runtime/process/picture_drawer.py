"""Draws figures and tables as pictures, in a worker process of its own that reads no foreign file."""

import base64
import hashlib
from collections.abc import Sequence

import structlog

from bot.domain.chats.message import NewPhoto
from bot.domain.news.article import PreparedPhoto
from bot.domain.news.feed import SourceError
from bot.services.figures.picture import FiguresPicture, drawn, drawn_pdf
from bot.services.rendering.tables.drawing import drawn_table
from bot.services.rendering.tables.sheets import TablePicture
from bot.sources.workers.pool import CallLimits, WorkerError, Workers

LIMITS = CallLimits(seconds=30.0, calls=50, idle=30.0)
TABLE_SECONDS = 10.0

log = structlog.get_logger(__name__)


class PictureDrawer:
    """Has pictures drawn, one at a time; the process is there only while there are any."""

    def __init__(self) -> None:
        self._workers = Workers(count=1, limits=LIMITS)

    async def draw(self, picture: FiguresPicture) -> NewPhoto | None:
        """Return *picture* as a photo; None, and a line in the log, where it could not be drawn."""
        try:
            jpeg = base64.b64decode(await self._workers.run(drawn, picture))
        except WorkerError as error:
            log.warning("a picture of figures could not be drawn", error=str(error))
            return None
        return NewPhoto(hashlib.sha256(jpeg).hexdigest(), jpeg)

    async def table(self, picture: TablePicture) -> Sequence[PreparedPhoto]:
        """Return a table as photos; none, and a line in the log, where it cannot be drawn."""
        try:
            sheets = await self._workers.run_within(TABLE_SECONDS, drawn_table, picture)
        except SourceError as error:
            log.info("a table goes as text", reason=str(error))
            return ()
        return [
            PreparedPhoto(
                each.key, f"urn:bantin:table:{each.key}", base64.b64decode(each.jpeg), each.width, each.height
            )
            for each in sheets
        ]

    async def pdf(self, svg: str) -> bytes | None:
        """Return an SVG document as a page of A4 in PDF; None, and a line in the log, where it cannot be."""
        try:
            return base64.b64decode(await self._workers.run(drawn_pdf, svg))
        except WorkerError as error:
            log.warning("a poster could not be drawn", error=str(error))
            return None

    async def close(self) -> None:
        await self._workers.close()
