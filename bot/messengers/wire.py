"""What adapters that speak HTTP share: the connections of one account, and failures in a few words.

A request that certainly never left is told apart from one whose answer was lost, which decides whether a
message may be sent again freely. The token is part of an address, and no error raised here names one.
"""

import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp.abc import AbstractStreamWriter

from bot.domain.errors import ExplainedError, reason_of
from bot.proxy.address import Proxy
from bot.proxy.dialling import ProxyError, connector, failure, unauthorised

IDLE_FOR = 15
"""Seconds for which an unused connection is kept: less than servers do, so that it is ours to close."""


_PIECE = 64 * 1024


class UnsentError(ExplainedError):
    """No connection came about, or the message may not leave any more: nothing was sent."""


class LostAnswerError(ExplainedError):
    """The request was begun and no answer came: the platform may have acted on it."""


class _KeptBackError(Exception):
    """The body of a request was not written."""


class GuardedBody(aiohttp.BytesPayload):
    """The body of a message in JSON, which asks at the very last moment whether it may leave.

    A process may stall at any point for as long as it takes others to send in its place. aiohttp writes
    headers and body in one piece, so that nothing has left before.
    """

    def __init__(self, content: bytes, may_leave: Callable[[], bool]) -> None:
        super().__init__(content, content_type="application/json")
        self._may_leave = may_leave
        self.is_kept_back = False

    async def write_with_length(self, writer: AbstractStreamWriter, content_length: int | None) -> None:
        if not self._may_leave():
            self.is_kept_back = True
            raise _KeptBackError
        await super().write_with_length(writer, content_length)


def always() -> bool:
    return True


class Connections:
    """The connections of one account to the *server*, which is called so in errors."""

    def __init__(self, url: str, server: str, *, connections: int, proxy: Proxy | None) -> None:
        """Take the *url* that all paths follow. Raises nothing; `open` makes the connections.

        The *proxy* resolves the server's name: where a platform is cut off, its name is, too.
        """
        self._url = url
        self._server = server
        self._connections = connections
        self._proxy = proxy
        self._through = proxy.options(url.partition(":")[0], {}) if proxy else {"headers": {}}
        self._headers = self._through.pop("headers")
        self._session: aiohttp.ClientSession | None = None
        self.may_send: Callable[[], bool] = always
        """Asked when a message is about to leave."""

    async def open(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=connector(self._proxy, limit=self._connections, keepalive_timeout=IDLE_FOR),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers=self._headers,
            )

    async def close(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def send(
        self, path: str, content: bytes, within: aiohttp.ClientTimeout, **options: Any
    ) -> tuple[int, bytes]:
        """Return status and body of the answer to a message in JSON; see `ask`.

        Raises UnsentError also where `may_send` says no when the message is about to leave.
        """
        body = GuardedBody(content, self.may_send)
        try:
            return await self.ask("POST", path, within, data=body, **options)
        except LostAnswerError:
            if body.is_kept_back:
                raise UnsentError("it may not be sent any more") from None
            raise

    async def fetch(self, path: str, within: aiohttp.ClientTimeout, *, most: int) -> tuple[int, bytes]:
        """Return status and body of what lies at *path*; of a body of more bytes than *most*, one more.

        Raises UnsentError or LostAnswerError.
        """
        async with self._asked("GET", path, within) as answer:
            body = bytearray()
            async for piece in answer.content.iter_chunked(_PIECE):
                body += piece
                if len(body) > most:
                    break
            return answer.status, bytes(body[: most + 1])

    async def ask(
        self, method: str, path: str, within: aiohttp.ClientTimeout, **options: Any
    ) -> tuple[int, bytes]:
        """Return status and body of the answer; *options* are those of aiohttp's requests.

        Raises UnsentError or LostAnswerError.
        """
        async with self._asked(method, path, within, **options) as answer:
            return answer.status, await answer.read()

    @asynccontextmanager
    async def _asked(
        self, method: str, path: str, within: aiohttp.ClientTimeout, **options: Any
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """Give the answer while its body is read; raises UnsentError or LostAnswerError."""
        if self._session is None:
            raise UnsentError("the connection is closed")
        try:
            async with self._session.request(
                method, self._url + path, timeout=within, allow_redirects=False, **self._through, **options
            ) as answer:
                if answer.status == 407 and self._proxy:
                    raise unauthorised(self._proxy)
                yield answer
        except (aiohttp.ClientError, TimeoutError, OSError, UnicodeError) as error:
            # The codec of host names has errors of its own.
            raise unsent_or_lost(failure(error, self._proxy), self._server) from None


def of_bot(api_url: str, token: str) -> str:
    """Return what the names of a bot's methods follow."""
    return f"{api_url.rstrip('/')}/bot{token}/"


def in_json(content: bytes) -> aiohttp.BytesPayload:
    """Return the body of a question, which may leave at any time."""
    return aiohttp.BytesPayload(content, content_type="application/json")


def timeout(*, connect: float, answer: float) -> aiohttp.ClientTimeout:
    """Return how long there may be no connection, and then no answer, in seconds."""
    return aiohttp.ClientTimeout(total=answer + connect, connect=connect, sock_read=answer)


def in_short(error: Exception) -> str:
    """Return what went wrong, without the address that some texts of aiohttp hold."""
    if isinstance(error, TimeoutError):
        return "timed out"
    cause = getattr(error, "os_error", None)
    # The numbers of TLS errors are OpenSSL's own.
    if isinstance(cause, OSError) and not isinstance(cause, ssl.SSLError):
        return reason_of(cause)
    return str(getattr(cause, "strerror", None) or type(error).__name__)


def unsent_or_lost(error: Exception, server: str) -> UnsentError | LostAnswerError:
    """Return what *error* of a request to *server* means: it never left, or its answer was lost.

    Addresses stay out of it: they may hold a token.
    """
    match error:
        case ProxyError():
            return UnsentError(f"no connection: {error}")
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return UnsentError(f"no connection ({in_short(error)})")
        case aiohttp.InvalidURL() | UnicodeError():
            return UnsentError(f"no connection (the address of {server} is not valid)")
    return LostAnswerError(f"the answer was lost ({in_short(error)})")
