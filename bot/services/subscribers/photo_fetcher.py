"""The photos of an article: fetched when somebody asks for them, and kept like lead photos."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import structlog

from bot.domain.chats.message import AlbumPhoto, Message, NewPhoto, Span
from bot.domain.clock import Clock
from bot.domain.messaging.messenger import Capabilities
from bot.domain.news.article import Photo, PreparedPhoto
from bot.domain.news.feed import SourceError
from bot.domain.text.text import shorten
from bot.services.aio import cancelled
from bot.store.articles import articles, gallery
from bot.store.articles.articles import StoredArticle
from bot.store.engine.database import Database, Transaction

FETCHED_AT_ONCE = 2
PATIENCE = 30.0
"""Seconds that a reader waits for photos; what comes later is there the next time."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pictures:
    """Those photos of an article that there are, in their order, and how many could not be had."""

    photos: tuple[AlbumPhoto, ...]
    lacking: int


class PhotoFetcher:
    """Has the photos that readers ask for, each fetched once for all of them."""

    def __init__(
        self, database: Database, fetch: Callable[[Photo], Awaitable[PreparedPhoto]], clock: Clock
    ) -> None:
        """Take *fetch*, which raises SourceError for what it cannot have."""
        self._database = database
        self._fetch = fetch
        self._clock = clock
        self._places = asyncio.Semaphore(FETCHED_AT_ONCE)
        self._under_way: dict[str, asyncio.Task[PreparedPhoto | None]] = {}

    async def kept(
        self, tx: Transaction, stored: StoredArticle, photos: Sequence[Photo]
    ) -> dict[str, PreparedPhoto]:
        """Return those of its *photos* that need not be fetched, by their addresses."""
        known = await gallery.known(tx, {photo.url for photo in photos}, lead=stored.photo_key)
        found = {
            photo.url: await articles.photo(tx, known[photo.url]) for photo in photos if photo.url in known
        }
        return {url: prepared for url, prepared in found.items() if prepared}

    async def fetch(self, photos: Sequence[Photo]) -> dict[str, PreparedPhoto]:
        """Fetch and keep *photos*; return those that could be had in a while, by their addresses."""
        tasks = {photo.url: self._task(photo) for photo in photos}
        if tasks:
            await asyncio.wait(tasks.values(), timeout=PATIENCE)
        found = {url: task.result() for url, task in tasks.items() if task.done() and not task.cancelled()}
        return {url: prepared for url, prepared in found.items() if prepared}

    async def close(self) -> None:
        """Fetch nothing more."""
        await cancelled(*self._under_way.values())

    def _task(self, photo: Photo) -> asyncio.Task[PreparedPhoto | None]:
        task = self._under_way.get(photo.url)
        if task is None:
            task = self._under_way[photo.url] = asyncio.create_task(self._have(photo))
            task.add_done_callback(lambda _: self._under_way.pop(photo.url, None))
        return task

    async def _kept_meanwhile(self, photo: Photo) -> PreparedPhoto | None:
        """Return the photo if another reader's request has ended since this one's was looked up."""
        async with self._database.read() as tx:
            known = await gallery.known(tx, {photo.url}, lead=None)
            return await articles.photo(tx, known[photo.url]) if photo.url in known else None

    async def _have(self, photo: Photo) -> PreparedPhoto | None:
        try:
            async with self._places:
                if kept := await self._kept_meanwhile(photo):
                    return kept
                prepared = await self._fetch(photo)
            async with self._database.write() as tx:
                await articles.save_photo(tx, prepared, now=self._clock.now())
                await gallery.keep(tx, photo.url, prepared.key)
        except SourceError as error:
            log.info("a photo is left out", reason=str(error))
        except Exception:
            log.exception("a photo is left out, by our own fault", photo=photo.url)
        else:
            return prepared
        return None


def pictures(
    photos: Sequence[Photo], prepared: Mapping[str, PreparedPhoto], *, caption_length: int
) -> Pictures:
    """Return those of *photos* that there are, with their captions."""
    found = tuple(
        AlbumPhoto(NewPhoto(each.key, each.content), shorten(photo.caption, caption_length))
        for photo in photos
        if (each := prepared.get(photo.url))
    )
    return Pictures(found, len(photos) - len(found))


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
