"""Articles as sound: made when somebody asks, once for all, and kept."""

import asyncio
from hashlib import sha256

import structlog

from bot.domain.clock import Clock
from bot.domain.speech.recording import AudioFormat, Recorder, Recording, RecordingError
from bot.i18n import Translator
from bot.services.aio import cancelled
from bot.services.rendering.speech import read_aloud
from bot.store.articles import recordings
from bot.store.articles.articles import StoredArticle
from bot.store.engine.database import Database, Transaction

PATIENCE = 60.0
"""Seconds that a reader waits; what comes later is there the next time."""

log = structlog.get_logger(__name__)


class ArticleRecordings:
    """Has articles read aloud by *recorder*, one after the other."""

    def __init__(self, database: Database, recorder: Recorder, translator: Translator, clock: Clock) -> None:
        self._database = database
        self._recorder = recorder
        self._translator = translator
        self._clock = clock
        self._under_way: dict[str, asyncio.Task[Recording | None]] = {}

    def key(self, stored: StoredArticle, wanted: AudioFormat) -> str:
        """Return what names the recording of an article as it is now: a correction is read anew."""
        return self._key(read_aloud(stored, self._translator), wanted)

    async def kept(self, tx: Transaction, key: str) -> Recording | None:
        """Return the recording if it is there already."""
        return await recordings.find(tx, key)

    async def record(self, stored: StoredArticle, wanted: AudioFormat) -> Recording | None:
        """Have the article read and keep it; None if that does not succeed, or not in a while."""
        text = read_aloud(stored, self._translator)
        key = self._key(text, wanted)
        task = self._under_way.get(key)
        if task is None:
            task = self._under_way[key] = asyncio.create_task(self._have(key, text, wanted))
            task.add_done_callback(lambda _: self._under_way.pop(key, None))
        await asyncio.wait([task], timeout=PATIENCE)
        return task.result() if task.done() and not task.cancelled() else None

    async def close(self) -> None:
        """Record nothing more."""
        await cancelled(*self._under_way.values())

    def _key(self, text: str, wanted: AudioFormat) -> str:
        return sha256(f"{self._recorder.voice}\0{wanted}\0{text}".encode()).hexdigest()

    async def _have(self, key: str, text: str, wanted: AudioFormat) -> Recording | None:
        try:
            async with self._database.read() as tx:
                # Another process, or a reader before, may have had it made since it was looked for.
                if kept := await recordings.find(tx, key):
                    return kept
            recording = await self._recorder.record(text, wanted)
            async with self._database.write() as tx:
                await recordings.save(tx, key, recording, now=self._clock.now())
        except RecordingError as error:
            log.warning("an article was not read aloud", reason=str(error))
        except Exception:
            log.exception("an article was not read aloud, by our own fault")
        else:
            return recording
        return None
