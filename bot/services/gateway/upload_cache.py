"""One upload of each photo or recording for each account: all other messages name it by the messenger's own
reference.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

import structlog
from cachetools import LRUCache

from bot.domain.chats.chat import AccountId
from bot.domain.chats.message import KnownPhoto, NewPhoto, NewVoice
from bot.domain.clock import Clock
from bot.domain.delivery.delivery import Outcome, PhotoRejected, Receipt
from bot.store.articles.references import UploadReferences
from bot.store.engine.database import Database

REMEMBERED = 1000
"""Photos whose reference, or refusal, is kept in memory."""

log = structlog.get_logger(__name__)

Held = NewPhoto | KnownPhoto

Exchange = Callable[[str | None], Awaitable[Outcome | None]]
"""Sends a message with what is known by that reference, or uploads it; None if it was not sent after all."""

AlbumExchange = Callable[[Sequence[Held]], Awaitable[Outcome | None]]
"""Sends an album of these photos; None if it was not sent after all."""


class UploadCache:
    """What one account has uploaded, is uploading, and was refused."""

    def __init__(
        self, database: Database, account: AccountId, clock: Clock, stored: UploadReferences
    ) -> None:
        self._database = database
        self._stored = stored
        self._account = account
        self._clock = clock
        self._references: LRUCache[str, str] = LRUCache(REMEMBERED)
        self._refused: LRUCache[str, str] = LRUCache(REMEMBERED)
        self._under_way: dict[str, asyncio.Event] = {}

    async def send(self, photo: NewPhoto | NewVoice, exchange: Exchange) -> Outcome | None:
        """Send through *exchange* by reference if there is one, else by uploading; others wait for that.

        A reference that the messenger takes no more is forgotten, and the photo uploaded again, once.
        """
        stale = None
        while True:
            if reference := self._references.get(photo.key):
                outcome = await exchange(reference)
                if stale or not _is_refused(outcome):
                    return outcome
                stale = reference
                await self._forget(photo.key, reference)
            elif reason := self._refused.get(photo.key):
                return PhotoRejected(reason)
            elif under_way := self._under_way.get(photo.key):
                await under_way.wait()
            else:
                outcome = await self._find_or_upload(photo, exchange)
                if photo.key not in self._references or outcome is not None:
                    return outcome

    async def send_album(self, photos: Sequence[Held], exchange: AlbumExchange) -> Outcome | None:
        """Send through *exchange* what is known by reference and upload the rest, each photo once.

        A photo that was refused before is refused again without asking; a reference that is taken no more is
        forgotten, and its photo uploaded again, once.
        """
        forgotten: set[str] = set()
        while True:
            new = {photo.key: photo for photo in photos if isinstance(photo, NewPhoto)}
            for place, photo in enumerate(photos):
                if isinstance(photo, NewPhoto) and (reason := self._refused.get(photo.key)):
                    return PhotoRejected(reason, place=place)
            if others := [self._under_way[key] for key in new if key in self._under_way]:
                await others[0].wait()
                continue
            with self._uploading(key for key in new if key not in self._references):
                await self._look_up(new)
                held = [self._known(photo) for photo in photos]
                outcome = await exchange(held)
                await self._learn_album(held, outcome)
            stale = self._stale(photos, held, outcome)
            if stale is None or stale in forgotten:
                return outcome
            forgotten.add(stale)
            await self._forget(stale, self._references[stale])

    @contextmanager
    def _uploading(self, keys: Iterable[str]) -> Iterator[None]:
        """Have whoever wants to send one of these photos wait for us."""
        done = asyncio.Event()
        taken = dict.fromkeys(keys, done)
        self._under_way |= taken
        try:
            yield
        finally:
            for key in taken:
                del self._under_way[key]
            done.set()

    async def _look_up(self, keys: Iterable[str]) -> None:
        async with self._database.read() as tx:
            for key in keys:
                if key not in self._references:
                    stored = await self._stored.find(tx, self._account, key)
                    if stored:
                        self._references[key] = stored

    def _known(self, photo: Held) -> Held:
        reference = self._references.get(photo.key) if isinstance(photo, NewPhoto) else None
        return KnownPhoto(reference) if reference else photo

    async def _learn_album(self, held: Sequence[Held], outcome: Outcome | None) -> None:
        if isinstance(outcome, Receipt):
            for photo, reference in zip(held, outcome.album, strict=False):
                if isinstance(photo, NewPhoto) and reference:
                    self._references[photo.key] = reference
                    await self._save(photo.key, reference)
        elif isinstance(outcome, PhotoRejected) and not outcome.unwelcome and outcome.place is not None:
            refused = held[outcome.place]
            if isinstance(refused, NewPhoto):
                log.warning("a photo was refused", photo=refused.key, reason=outcome.reason)
                self._refused[refused.key] = outcome.reason

    def _stale(self, photos: Sequence[Held], held: Sequence[Held], outcome: Outcome | None) -> str | None:
        """Return the key of the photo that was refused although it had been taken before, if that was why."""
        if not isinstance(outcome, PhotoRejected) or outcome.unwelcome or outcome.place is None:
            return None
        photo = photos[outcome.place]
        was_known = isinstance(photo, NewPhoto) and isinstance(held[outcome.place], KnownPhoto)
        return photo.key if was_known and isinstance(photo, NewPhoto) else None

    async def _find_or_upload(self, photo: NewPhoto | NewVoice, exchange: Exchange) -> Outcome | None:
        """Make the photo's reference known, if it is stored without sending; return what sending came to."""
        done = self._under_way[photo.key] = asyncio.Event()
        try:
            async with self._database.read() as tx:
                stored = await self._stored.find(tx, self._account, photo.key)
            if stored:
                self._references[photo.key] = stored
                return None
            return await self._upload(photo, exchange)
        finally:
            del self._under_way[photo.key]
            done.set()

    async def _upload(self, photo: NewPhoto | NewVoice, exchange: Exchange) -> Outcome | None:
        outcome = await exchange(None)
        if isinstance(outcome, Receipt) and outcome.reference:
            self._references[photo.key] = outcome.reference
            await self._save(photo.key, outcome.reference)
        elif isinstance(outcome, PhotoRejected) and not outcome.unwelcome:
            log.warning("a photo was refused", photo=photo.key, reason=outcome.reason)
            self._refused[photo.key] = outcome.reason
        return outcome

    async def _save(self, key: str, reference: str) -> None:
        """Store the reference; the message has been sent, so a failure must not look like one of sending."""
        try:
            async with self._database.write() as tx:
                await self._stored.save(tx, self._account, key, reference, now=self._clock.now())
        except asyncio.CancelledError:
            # Whoever is ended now has sent the message: its receipt, which comes next, must not be lost.
            log.warning("a photo's reference was not saved: it will be uploaded again", photo=key)
        except Exception:
            log.exception("a photo's reference was not saved", photo=key)

    async def _forget(self, key: str, reference: str) -> None:
        if self._references.get(key) != reference:
            # Somebody else has already found out.
            return
        log.warning("a photo's reference was refused, uploading it again", photo=key)
        del self._references[key]
        done = self._under_way[key] = asyncio.Event()
        try:
            async with self._database.write() as tx:
                await self._stored.forget(tx, self._account, key)
        finally:
            del self._under_way[key]
            done.set()


def _is_refused(outcome: Outcome | None) -> bool:
    return isinstance(outcome, PhotoRejected) and not outcome.unwelcome
