"""The webhook: an update that comes with the secret is stored as it is, and answered at once."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable

import orjson
import structlog
from aiohttp import web

PATH = "/webhook/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
LARGEST_BODY = 256 * 1024
SLOWEST_BODY = 10.0
_LARGEST_NUMBER = 2**63 - 1

log = structlog.get_logger(__name__)

Store = Callable[[int, str], Awaitable[None]]


class NotStoredError(Exception):
    """The update could not be stored: the messenger is to bring it again."""


def webhook_route(*, secret: str, store: Store) -> web.RouteDef:
    """Return the route; *store* is given an update's number and its payload, and raises NotStoredError."""

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), secret.encode()):
            log.warning("a post to the webhook was refused: wrong secret")
            return web.Response(status=403)
        body = await read_body(request)
        number, payload = _update(body)
        try:
            await store(number, payload)
        except NotStoredError:
            return web.Response(status=503)
        return web.Response()

    return web.post(PATH, receive)


async def read_body(request: web.Request) -> bytes:
    """Return the whole body, or refuse one that is too large, comes too slowly or is not what it says."""
    body = bytearray()
    try:
        async with asyncio.timeout(SLOWEST_BODY):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > LARGEST_BODY:
                    raise web.HTTPRequestEntityTooLarge(max_size=LARGEST_BODY, actual_size=len(body))
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    except web.RequestPayloadError:
        raise web.HTTPBadRequest from None
    return bytes(body)


def _update(body: bytes) -> tuple[int, str]:
    try:
        payload = body.decode()
        number = orjson.loads(payload)["update_id"]
    except (UnicodeDecodeError, orjson.JSONDecodeError, TypeError, KeyError):
        raise web.HTTPBadRequest from None
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= _LARGEST_NUMBER:
        raise web.HTTPBadRequest
    return number, payload
