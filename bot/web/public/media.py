"""Prepared photos and recordings by address, for a platform that fetches them itself."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import structlog
from aiohttp import ClientConnectionError, ETag, web

from bot.store.engine.database import DatabaseUnavailable
from bot.web.public.addresses import PATH, MediaAddresses, MediaFile

AT_ONCE = 16
"""Files that are read and written at a time: a platform fetches fewer, and each has a megabyte or two."""

PATIENCE = 10.0
"""Seconds that a request waits for its turn."""

SLOWEST = 60.0
"""Seconds that the writing of a file may take."""

CACHE_CONTROL = "public, max-age=86400, immutable"
"""A day: what an agency takes down must not stay in caches for longer."""

_PIECE = 64 * 1024

log = structlog.get_logger(__name__)

Find = Callable[[str], Awaitable[bytes | None]]
"""Returns the file with that key, or None where there is none to be served."""

_TYPES = {MediaFile.PHOTO: "image/jpeg", MediaFile.RECORDING: "audio/aac"}


def media_route(
    addresses: MediaAddresses,
    find: Find,
    *,
    file: MediaFile = MediaFile.PHOTO,
    at_once: int = AT_ONCE,
    patience: float = PATIENCE,
    slowest: float = SLOWEST,
) -> web.RouteDef:
    """Return the route of one kind of *file*; HEAD is answered as well, and 503 while *find* raises
    DatabaseUnavailable.

    At most *at_once* files are read and written at a time; others wait their turn for *patience* seconds,
    and the writing of one takes at most *slowest*.
    """
    places = asyncio.Semaphore(at_once)

    async def serve(request: web.Request) -> web.StreamResponse:
        key = addresses.key(request.match_info["name"], file)
        if key is None:
            raise web.HTTPNotFound
        async with _turn(places, patience):
            try:
                content = await find(key)
            except DatabaseUnavailable:
                raise _later() from None
            if content is None:
                raise web.HTTPNotFound
            return await _answer(request, key, content, _TYPES[file], within=slowest)

    return web.get(f"{PATH}/{{name:[^/]+\\.{file}}}", serve)


@asynccontextmanager
async def _turn(places: asyncio.Semaphore, patience: float) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(patience):
            await places.acquire()
    except TimeoutError:
        raise _later() from None
    try:
        yield
    finally:
        places.release()


def _later() -> web.HTTPServiceUnavailable:
    return web.HTTPServiceUnavailable(headers={"Retry-After": "5"})


async def _answer(
    request: web.Request, key: str, content: bytes, media_type: str, *, within: float
) -> web.StreamResponse:
    """Write the file, or that it has not changed, and return once it has left; or break off."""
    response = web.StreamResponse(headers={"Cache-Control": CACHE_CONTROL})
    response.etag = ETag(key)
    if any(each.value in (key, "*") for each in request.if_none_match or ()):
        response.set_status(304)
        content = b""
    else:
        response.content_type = media_type
        response.content_length = len(content)
    try:
        async with asyncio.timeout(within):
            await response.prepare(request)
            if request.method != "HEAD":
                for start in range(0, len(content), _PIECE):
                    await response.write(content[start : start + _PIECE])
            await response.write_eof()
    except TimeoutError:
        log.warning("a file was fetched too slowly")
        if request.transport is not None:
            request.transport.abort()
    except (ClientConnectionError, ConnectionError):
        log.debug("who asked for a file has gone")
    return response
