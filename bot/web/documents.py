"""Documents that were handed in, for everybody who has their address: to be kept, never shown in place."""

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import quote

import structlog
from aiohttp import ClientConnectionError, web

from bot.domain.clock import Clock
from bot.domain.publication.uploads import PATH, Upload
from bot.store.engine.database import DatabaseUnavailable
from bot.web.client import client_address
from bot.web.rates import Rate, RequestRates

OF_AN_ADDRESS = Rate(requests=120, seconds=60)
"""Many people may come from one address: an office, or a mobile network."""

AT_ONCE = 8
"""Documents that are read and written at a time: each is in memory meanwhile."""

SLOWEST = 300.0
"""Seconds that the writing of a document may take: mobile networks are slow."""

PATIENCE = 10.0
"""Seconds that a request waits for its turn."""

_HEADERS = {
    "Cache-Control": "public, max-age=3600",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Robots-Tag": "noindex",
}
_PIECE = 64 * 1024

log = structlog.get_logger(__name__)

FindDocument = Callable[[str], Awaitable[Upload | None]]
"""Returns the document with that code, or None where there is none to be served."""


def document_route(find: FindDocument, clock: Clock, *, rate: Rate = OF_AN_ADDRESS) -> web.RouteDef:
    """Return the route; HEAD is answered as well, 429 to whoever asks too often, and 503 while *find* raises
    DatabaseUnavailable or too many are served.
    """
    places, rates = asyncio.Semaphore(AT_ONCE), RequestRates(rate)

    async def serve(request: web.Request) -> web.StreamResponse:
        if wait := rates.take(client_address(request), clock.monotonic()):
            raise web.HTTPTooManyRequests(headers={"Retry-After": str(int(wait) + 1)})
        try:
            async with asyncio.timeout(PATIENCE):
                await places.acquire()
        except TimeoutError:
            raise _later() from None
        try:
            return await _answer(request, await _found(find, request.match_info["code"]))
        finally:
            places.release()

    return web.get(f"{PATH}/{{code:[0-9a-f]{{32}}}}/{{name}}", serve)


async def _found(find: FindDocument, code: str) -> Upload:
    try:
        upload = await find(code)
    except DatabaseUnavailable:
        raise _later() from None
    if upload is None:
        raise web.HTTPNotFound
    return upload


def _later() -> web.HTTPServiceUnavailable:
    return web.HTTPServiceUnavailable(headers={"Retry-After": "5"})


async def _answer(request: web.Request, upload: Upload) -> web.StreamResponse:
    """Write the document, and return once it has left; or break off."""
    response = web.StreamResponse(headers={**_HEADERS, "Content-Disposition": disposition(upload.name)})
    response.content_type = upload.media_type
    response.content_length = len(upload.content)
    try:
        async with asyncio.timeout(SLOWEST):
            await response.prepare(request)
            if request.method != "HEAD":
                for start in range(0, len(upload.content), _PIECE):
                    await response.write(upload.content[start : start + _PIECE])
            await response.write_eof()
    except TimeoutError:
        log.warning("a document was fetched too slowly")
        if request.transport is not None:
            request.transport.abort()
    except (ClientConnectionError, ConnectionError):
        log.debug("who asked for a document has gone")
    return response


def disposition(name: str) -> str:
    """Return the header that has a browser keep a document called *name* (RFC 6266)."""
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"
