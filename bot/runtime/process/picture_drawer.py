"""Draws pictures of figures in a worker process of its own, in which nothing foreign is ever read."""

import base64
import hashlib

import structlog

from bot.domain.chats.message import NewPhoto
from bot.services.figures.picture import FiguresPicture, drawn, drawn_pdf
from bot.sources.workers.pool import CallLimits, WorkerError, Workers

LIMITS = CallLimits(seconds=30.0, calls=50, idle=30.0)

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

    async def pdf(self, svg: str) -> bytes | None:
        """Return an SVG document as a page of A4 in PDF; None, and a line in the log, where it cannot be."""
        try:
            return base64.b64decode(await self._workers.run(drawn_pdf, svg))
        except WorkerError as error:
            log.warning("a poster could not be drawn", error=str(error))
            return None

    async def close(self) -> None:
        await self._workers.close()
