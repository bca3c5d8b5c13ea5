"""HTTP to the Bot Platform: one request, and what was answered to it.

A request that certainly never left is told apart from one whose answer was lost, which decides whether a
message may be sent again freely. The token is known here only, and no error raised here names an address.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import aiohttp
import orjson

from bot.messengers.wire import (
    IDLE_FOR,
    GuardedBody,
    LostAnswerError,
    UnsentError,
    always,
    unsent_or_lost,
)
from bot.messengers.zalo.answers import ZaloAnswer, read_answer
from bot.proxy.address import Proxy
from bot.proxy.dialling import connector, failure, unauthorised

JSON_HEADERS = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class ZaloTimeouts:
    """In seconds: until there is a connection, until something is answered, and until a photo is.

    A first message after a pause took 16 s; a photo is fetched by the platform during the call.
    """

    connect: float = 5.0
    answer: float = 30.0
    photo: float = 150.0


class ZaloRequest:
    """The network side of one account."""

    def __init__(
        self, api_url: str, token: str, timeouts: ZaloTimeouts, *, connections: int, proxy: Proxy | None
    ) -> None:
        """Take a *proxy* that resolves the server's name."""
        self._base = f"{api_url.rstrip('/')}/bot{token}/"
        self._connect = timeouts.connect
        self._connections = connections
        self._proxy = proxy
        self._through = proxy.options(api_url.partition(":")[0], {}) if proxy else {"headers": {}}
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

    async def ask(self, method: str, parameters: Mapping[str, object], *, wait: float) -> ZaloAnswer:
        """Return what is answered to a question within *wait* seconds.

        Raises UnsentError or LostAnswerError.
        """
        body = aiohttp.BytesPayload(orjson.dumps(parameters), headers=JSON_HEADERS)
        return await self._exchange(method, body, wait)

    async def send(self, method: str, parameters: Mapping[str, object], *, wait: float) -> ZaloAnswer:
        """Return what is answered to a message; see `ask`.

        Raises UnsentError also where `may_send` says no when the message is about to leave.
        """
        body = GuardedBody(orjson.dumps(parameters), self.may_send)
        try:
            return await self._exchange(method, body, wait)
        except LostAnswerError:
            if body.is_kept_back:
                raise UnsentError("it may not be sent any more") from None
            raise

    async def _exchange(self, method: str, body: aiohttp.Payload, wait: float) -> ZaloAnswer:
        if self._session is None:
            raise UnsentError("the connection is closed")
        timeout = aiohttp.ClientTimeout(total=wait + self._connect, connect=self._connect, sock_read=wait)
        try:
            async with self._session.post(
                self._base + method, data=body, timeout=timeout, allow_redirects=False, **self._through
            ) as answer:
                if answer.status == 407 and self._proxy:
                    raise unauthorised(self._proxy)
                return read_answer(answer.status, await answer.read())
        except (aiohttp.ClientError, TimeoutError, OSError, UnicodeError) as error:
            # The codec of host names has errors of its own.
            raise unsent_or_lost(failure(error, self._proxy), "the Bot Platform") from None
