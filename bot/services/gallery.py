"""The photos of an article: fetched when somebody asks for them, and kept like lead photos."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import structlog

from bot.domain.article import Photo, PreparedPhoto
from bot.domain.clock import Clock
from bot.domain.feed import SourceError
from bot.domain.message import AlbumPhoto, Message, NewPhoto, Span
from bot.domain.messenger import Capabilities
from bot.domain.text import shorten
from bot.store import articles, gallery
from bot.store.articles import StoredArticle
from bot.store.database import Database

FETCHED_AT_ONCE = 2
PATIENCE = 30.0
"""Seconds that a reader waits for photos; what comes later is there the next time."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pictures:
    """Those photos of an article that there are, in their order, and how many could not be had."""

    photos: tuple[AlbumPhoto, ...]
    lacking: int


class Gallery:
    """Has the photos that readers ask for, each fetched once for all of them."""

    def __init__(
        self, database: Database, fetch: Callable[[Photo], Awaitable[PreparedPhoto]], clock: Clock
    ) -> None:
        """Take *fetch*, which raises SourceError for what it cannot have."""
        self._database = database
        self._fetch = fetch
        self._clock = clock
        self._places = asyncio.Semaphore(FETCHED_AT_ONCE)
        self._under_way: dict[str, asyncio.Task[None]] = {}

    async def missing(self, stored: StoredArticle, photos: Sequence[Photo]) -> tuple[Photo, ...]:
        """Return those of its *photos* that are still to be fetched."""
        known = await self._known(stored, photos)
        return tuple(photo for photo in photos if photo.url not in known)

    async def fetch(self, photos: Sequence[Photo]) -> None:
        """Fetch *photos*, as far as they can be had in a while."""
        tasks = {self._task(photo) for photo in photos}
        if tasks:
            await asyncio.wait(tasks, timeout=PATIENCE)

    async def pictures(
        self, stored: StoredArticle, photos: Sequence[Photo], *, caption_length: int
    ) -> Pictures:
        """Return those of its *photos* that are kept, with their captions."""
        known = await self._known(stored, photos)
        found = []
        async with self._database.read() as tx:
            for photo in photos:
                prepared = await articles.photo(tx, known[photo.url]) if photo.url in known else None
                if prepared:
                    caption = shorten(photo.caption, caption_length)
                    found.append(AlbumPhoto(NewPhoto(prepared.key, prepared.content), caption))
        return Pictures(tuple(found), len(photos) - len(found))

    async def close(self) -> None:
        """Fetch nothing more."""
        tasks = tuple(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _known(self, stored: StoredArticle, photos: Sequence[Photo]) -> dict[str, str]:
        async with self._database.read() as tx:
            return await gallery.known(tx, {photo.url for photo in photos}, lead=stored.photo_key)

    def _task(self, photo: Photo) -> asyncio.Task[None]:
        task = self._under_way.get(photo.url)
        if task is None:
            task = self._under_way[photo.url] = asyncio.create_task(self._have(photo))
            task.add_done_callback(lambda _: self._under_way.pop(photo.url, None))
        return task

    async def _have(self, photo: Photo) -> None:
        try:
            async with self._places:
                prepared = await self._fetch(photo)
            async with self._database.write() as tx:
                await articles.save_photo(tx, prepared, now=self._clock.now())
                await gallery.keep(tx, photo.url, prepared.key)
        except SourceError as error:
            log.info("a photo is left out", reason=str(error))
        except Exception:
            log.exception("a photo is left out, by our own fault", photo=photo.url)


def albums(photos: Sequence[AlbumPhoto], capabilities: Capabilities) -> tuple[Message, ...]:
    """Return *photos* in as few albums as hold them, about equally full; where there are none, one by one."""
    most = max(1, capabilities.albums)
    count = -(-len(photos) // most)
    cuts = [len(photos) * number // count for number in range(count + 1)] if count else []
    parts = [tuple(photos[start:end]) for start, end in pairwise(cuts)]
    return tuple(Message((), album=part) if len(part) > 1 else alone(part[0]) for part in parts)


def alone(photo: AlbumPhoto) -> Message:
    """Return a photo as a message of its own."""
    return Message((Span(photo.caption),) if photo.caption else (), photo=photo.photo)
