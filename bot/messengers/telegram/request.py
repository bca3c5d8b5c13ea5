"""HTTP to the Bot API: aiohttp behind python-telegram-bot's request class.

The library's own backend costs ten times the CPU per message. And here a request that certainly never left
is told apart from one whose answer was lost, which decides whether a message may be sent again freely.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import orjson
from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData

from bot.messengers.telegram.outcomes import read_answer, retry_after
from bot.messengers.wire import IDLE_FOR, GuardedBody, always, in_short
from bot.proxy.address import Proxy
from bot.proxy.dialling import ProxyError, connector, failure, unauthorised

JSON_HEADERS = {"Content-Type": "application/json"}


class NotSentError(NetworkError):
    """No connection came about: the request certainly never left."""


class FloodError(NetworkError):
    """The server asks to wait for *retry_after* seconds; the library's own error of this kind is changing."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"wait {retry_after:.0f} s")
        self.retry_after = retry_after


class AnswerLostError(NetworkError):
    """The request was begun and no answer came: the server may have acted on it."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """In seconds: until there is a connection, until a question is answered, and until a message is.

    A message is waited for longer: one whose answer is given up is sent again, and takes room in windows
    where nobody counts it any more.
    """

    connect: float = 5.0
    answer: float = 15.0
    send: float = 60.0


class AiohttpRequest(BaseRequest):
    """The network side of `telegram.Bot`, and with `call` the short way past it for what goes out in bulk.

    The token is known here only. python-telegram-bot, which writes its addresses into its debug log, gets a
    stand-in, and no error raised here names an address.
    """

    def __init__(
        self,
        api_url: str,
        token: str,
        timeouts: Timeouts,
        *,
        connections: int,
        proxy: Proxy | None = None,
    ) -> None:
        """Take a *proxy* that resolves the server's name: where Telegram is cut off, its name is, too."""
        self._base = f"{api_url.rstrip('/')}/bot{token}/"
        self._timeouts = timeouts
        self._for_messages = aiohttp.ClientTimeout(
            total=timeouts.send + timeouts.connect, connect=timeouts.connect, sock_read=timeouts.send
        )
        self._connections = connections
        self._proxy = proxy
        self._through = proxy.options(api_url.partition(":")[0], {}) if proxy else {"headers": {}}
        self._headers = self._through.pop("headers")
        self._session: aiohttp.ClientSession | None = None
        self.may_send: Callable[[], bool] = always
        """Asked when a message is about to leave."""

    @property
    def read_timeout(self) -> float:
        return self._timeouts.answer

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=connector(self._proxy, limit=self._connections, keepalive_timeout=IDLE_FOR),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers=self._headers,
                timeout=aiohttp.ClientTimeout(
                    total=self._timeouts.answer + self._timeouts.connect,
                    connect=self._timeouts.connect,
                    sock_read=self._timeouts.answer,
                ),
            )

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def call(self, method: str, parameters: Mapping[str, object]) -> tuple[int, bytes]:
        """Return status and body of one question. Raises NotSentError or AnswerLostError."""
        return await self._exchange(method, data=orjson.dumps(parameters), headers=JSON_HEADERS)

    async def send(self, method: str, parameters: Mapping[str, object]) -> tuple[int, bytes]:
        """Return status and body of one call that sends a message; it is waited for longer.

        Raises NotSentError also where `may_send` says no when the message is about to leave.
        """
        body = GuardedBody(orjson.dumps(parameters), self.may_send)
        try:
            return await self._exchange(method, data=body, timeout=self._for_messages)
        except AnswerLostError:
            if body.is_kept_back:
                raise NotSentError("it may not be sent any more") from None
            raise

    async def upload(
        self, method: str, parameters: Mapping[str, object], *, files: Iterable[tuple[str, bytes]]
    ) -> tuple[int, bytes]:
        """Return status and body of one call that carries JPEGs, by the name of their part."""
        form = aiohttp.FormData()
        for name, value in parameters.items():
            form.add_field(name, value if isinstance(value, str) else orjson.dumps(value).decode())
        for part, content in files:
            form.add_field(part, content, filename=f"{part}.jpg", content_type="image/jpeg")
        return await self._exchange(method, data=form, timeout=self._for_messages)

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - the Bot API takes POST for everything
        request_data: RequestData | None = None,
        *_: Any,
        **__: Any,
    ) -> tuple[int, bytes]:
        """See the base class. The address is built anew, since the library does not know the token."""
        parameters = request_data.parameters if request_data else {}
        status, body = await self.call(url.rpartition("/")[2], parameters)
        if status == 429:
            answer = read_answer(status, body)
            raise FloodError(retry_after(answer and (answer.parameters or {}).get("retry_after")))
        return status, body

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        try:
            parsed = orjson.loads(payload)
        except orjson.JSONDecodeError:
            parsed = None
        if not isinstance(parsed, dict):
            raise TelegramError("the answer is not one of the Bot API")
        return parsed

    async def _exchange(self, method: str, **options: Any) -> tuple[int, bytes]:
        if self._session is None:
            raise NotSentError("the connection is closed")
        try:
            async with self._session.post(
                self._base + method, allow_redirects=False, **options, **self._through
            ) as answer:
                if answer.status == 407 and self._proxy:
                    raise unauthorised(self._proxy)
                return answer.status, await answer.read()
        except (aiohttp.ClientError, TimeoutError, OSError, UnicodeError) as error:
            # The codec of host names has errors of its own.
            raise _network_error(failure(error, self._proxy)) from None


def _network_error(error: Exception) -> NetworkError:
    """Return what *error* means: the request never left, or its answer was lost. Addresses stay out of it."""
    match error:
        case ProxyError():
            return NotSentError(f"no connection: {error}")
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return NotSentError(f"no connection ({in_short(error)})")
        case aiohttp.InvalidURL() | UnicodeError():
            return NotSentError("no connection (the address of the Bot API is not valid)")
    return AnswerLostError(f"the answer was lost ({in_short(error)})")
