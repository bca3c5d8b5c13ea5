"""HTTP to the Bot API: aiohttp behind python-telegram-bot's request class.

The library's own backend costs ten times the CPU per message. And here a request that certainly never left
is told apart from one whose answer was lost, which decides whether a message may be sent again freely.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import aiohttp
import orjson
from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData

from bot.messengers.telegram.outcomes import read_answer, retry_after
from bot.messengers.wire import Connections, LostAnswerError, UnsentError, in_json, of_bot, timeout
from bot.proxy.address import Proxy


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
        self._timeouts = timeouts
        self._for_messages = timeout(connect=timeouts.connect, answer=timeouts.send)
        self._for_questions = timeout(connect=timeouts.connect, answer=timeouts.answer)
        self._connections = Connections(
            of_bot(api_url, token), "the Bot API", connections=connections, proxy=proxy
        )

    def send_only_while(self, may_send: Callable[[], bool]) -> None:
        """Let no message leave while *may_send* says no: it is asked when it is written to the wire."""
        self._connections.may_send = may_send

    @property
    def read_timeout(self) -> float:
        return self._timeouts.answer

    async def initialize(self) -> None:
        await self._connections.open()

    async def shutdown(self) -> None:
        await self._connections.close()

    async def call(self, method: str, parameters: Mapping[str, object]) -> tuple[int, bytes]:
        """Return status and body of one question. Raises NotSentError or AnswerLostError."""
        body = in_json(orjson.dumps(parameters))
        return await _told(self._connections.ask("POST", method, self._for_questions, data=body))

    async def send(self, method: str, parameters: Mapping[str, object]) -> tuple[int, bytes]:
        """Return status and body of one call that sends a message; it is waited for longer.

        Raises NotSentError also where the message may not leave any more.
        """
        content = orjson.dumps(parameters)
        return await _told(self._connections.send(method, content, self._for_messages))

    async def upload(
        self, method: str, parameters: Mapping[str, object], *, files: Iterable[tuple[str, bytes]]
    ) -> tuple[int, bytes]:
        """Return status and body of one call that carries JPEGs or a recording, by the name of their part."""
        ending, media_type = ("ogg", "audio/ogg") if method == "sendVoice" else ("jpg", "image/jpeg")
        form = aiohttp.FormData()
        for name, value in parameters.items():
            form.add_field(name, value if isinstance(value, str) else orjson.dumps(value).decode())
        for part, content in files:
            # A file to read from: bytes of more than a megabyte would be written at once.
            form.add_field(part, BytesIO(content), filename=f"{part}.{ending}", content_type=media_type)
        return await _told(self._connections.ask("POST", method, self._for_messages, data=form))

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


async def _told(answer: Awaitable[tuple[int, bytes]]) -> tuple[int, bytes]:
    """Return *answer*; what it raises becomes an error of the library's kind, which lets no other pass."""
    try:
        return await answer
    except UnsentError as error:
        raise NotSentError(str(error)) from None
    except LostAnswerError as error:
        raise AnswerLostError(str(error)) from None
