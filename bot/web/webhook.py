"""Webhooks: an update that comes with the secret is stored as it is, and answered at once."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import orjson
import structlog
from aiohttp import web

PATH = "/webhook/telegram"
ZALO_PATH = "/webhook/zalo"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
LARGEST_BODY = 256 * 1024
SLOWEST_BODY = 10.0
_LARGEST_NUMBER = 2**63 - 1

log = structlog.get_logger(__name__)

Store = Callable[[int, str], Awaitable[None]]


class NotStoredError(Exception):
    """The update could not be stored: the messenger is to bring it again."""


@dataclass(frozen=True, slots=True)
class WebhookForm:
    """How a platform posts: to which path, with its secret in which header, and what is in a body.

    *read* returns numbers and payloads, and raises ValueError where the platform is to hear of a bad request.
    """

    path: str
    secret_header: str
    read: Callable[[bytes], Sequence[tuple[int, str]]]


def webhook_route(form: WebhookForm, *, secret: str, store: Store) -> web.RouteDef:
    """Return the route; *store* is given an update's number and its payload, and raises NotStoredError."""

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(form.secret_header, "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), secret.encode()):
            log.warning("a post to the webhook was refused: wrong secret")
            return web.Response(status=403)
        body = await read_body(request)
        try:
            for number, payload in form.read(body):
                await store(number, payload)
        except ValueError:
            raise web.HTTPBadRequest from None
        except NotStoredError:
            return web.Response(status=503)
        return web.Response()

    return web.post(form.path, receive)


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


def _numbered(body: bytes) -> Sequence[tuple[int, str]]:
    """Return the update that is a whole body; raises ValueError for anything else."""
    try:
        payload = body.decode()
        number = orjson.loads(payload)["update_id"]
    except (TypeError, KeyError):
        raise ValueError("there is no number") from None
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= _LARGEST_NUMBER:
        raise ValueError("that is no number of an update")
    return [(number, payload)]


TELEGRAM = WebhookForm(PATH, SECRET_HEADER, _numbered)
