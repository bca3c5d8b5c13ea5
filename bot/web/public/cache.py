"""What was made of the database is kept for seconds, packed as it is sent, and made once for all who ask."""

import asyncio
import gzip
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

from aiohttp import web
from cachetools import LRUCache

from bot.domain.clock import Clock

FRESH = 5.0
"""Seconds for which an answer is given again without a look at the database: so long may what was stopped be
read here."""

CACHE_CONTROL = "public, max-age=15"
"""Seconds for which browsers and proxies may keep it: what is stopped must not stand there for long."""

MOST_BYTES = 32 << 20

AT_ONCE = 4
"""Answers that are made at a time; they share the database with everything else."""

PATIENCE = 5.0
"""Seconds that a request waits for that."""

_LEVEL = 6
_KEPT_EMPTY = 512
"""Bytes that an entry takes beside its content."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """The content of an answer, and its type."""

    body: bytes
    type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CachedAnswer:
    """An answer as it is sent, plain and packed; *fresh_until* is a time of the monotonic clock."""

    plain: bytes
    packed: bytes
    etag: str
    modified: datetime
    fresh_until: float
    headers: Mapping[str, str]

    @property
    def size(self) -> int:
        return len(self.plain) + len(self.packed) + _KEPT_EMPTY


class BusyError(Exception):
    """Too many others wait for answers that are still to be made."""


class AnswerCache:
    """Keeps the answers that were asked for last, as many as *most* bytes hold."""

    def __init__(self, clock: Clock, *, most: int = MOST_BYTES, at_once: int = AT_ONCE) -> None:
        self._clock = clock
        self._most = most
        self._kept: LRUCache[Key, CachedAnswer] = LRUCache(most, getsizeof=lambda each: each.size)
        self._under_way: dict[Key, asyncio.Task[CachedAnswer]] = {}
        self._turns = asyncio.Semaphore(at_once)

    def fresh(self, key: Key) -> CachedAnswer | None:
        """Return what is kept under *key*, if it was made just now."""
        kept = self._kept.get(key)
        return kept if kept and kept.fresh_until > self._clock.monotonic() else None

    async def made(self, key: Key, make: Callable[[], Awaitable[Made]]) -> CachedAnswer:
        """Return what *make* makes, once for all who ask for it at the same time; raises what it raises.

        Raises BusyError where its turn does not come.
        """
        task = self._under_way.get(key)
        if task is None:
            task = asyncio.create_task(self._make(key, make))
            self._under_way[key] = task
            task.add_done_callback(lambda done: self._ended(key, done))
        return await asyncio.shield(task)

    def _ended(self, key: Key, task: asyncio.Task[CachedAnswer]) -> None:
        del self._under_way[key]
        if not task.cancelled():
            # Whoever asked may have gone: then nobody looks at what it raised.
            task.exception()

    async def _make(self, key: Key, make: Callable[[], Awaitable[Made]]) -> CachedAnswer:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._turns.acquire()
        except TimeoutError:
            raise BusyError from None
        try:
            made = await make()
            packed = await asyncio.to_thread(gzip.compress, made.body, _LEVEL, mtime=0)
        finally:
            self._turns.release()
        answer = self._answer(made, packed, before=self._kept.get(key))
        if answer.size <= self._most:
            self._kept[key] = answer
        return answer

    def _answer(self, made: Made, packed: bytes, *, before: CachedAnswer | None) -> CachedAnswer:
        """Return what is sent; what is as it was *before* has not been modified since."""
        etag = f'W/"{hashlib.sha256(made.body).hexdigest()[:24]}"'
        modified = before.modified if before and before.etag == etag else self._clock.now()
        headers = {
            **made.headers,
            "Content-Type": made.type,
            "Cache-Control": CACHE_CONTROL,
            "ETag": etag,
            "Last-Modified": format_datetime(modified, usegmt=True),
            "Vary": "Accept-Encoding",
        }
        return CachedAnswer(made.body, packed, etag, modified, self._clock.monotonic() + FRESH, headers)


def respond(request: web.Request, answer: CachedAnswer) -> web.Response:
    """Return *answer* as the request wants it: packed or not, or only that it has not changed."""
    asked = request.headers
    if _is_known(asked, answer):
        headers = {name: value for name, value in answer.headers.items() if name != "Content-Type"}
        return web.Response(status=304, headers=headers)
    if _takes_gzip(asked.get("Accept-Encoding", "")):
        return web.Response(body=answer.packed, headers={**answer.headers, "Content-Encoding": "gzip"})
    return web.Response(body=answer.plain, headers=answer.headers)


def _is_known(asked: Mapping[str, Any], answer: CachedAnswer) -> bool:
    """Return whether whoever asks has it as it is (RFC 9110, 13.2.2: an ETag counts before a date)."""
    tags = asked.get("If-None-Match")
    if tags is not None:
        opaque = answer.etag.removeprefix("W/")
        return any(tag.strip().removeprefix("W/") in (opaque, "*") for tag in tags.split(","))
    since = asked.get("If-Modified-Since")
    if since is None:
        return False
    try:
        return answer.modified - parsedate_to_datetime(since) < timedelta(seconds=1)
    except (TypeError, ValueError):
        return False


def _takes_gzip(accepted: str) -> bool:
    for each in accepted.split(","):
        name, _, weight = each.partition(";")
        if name.strip().lower() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
