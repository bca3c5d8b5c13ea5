"""HTTP to the Bot Platform: one request, and what was answered to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import orjson

from bot.messengers.wire import Connections, in_json, of_bot, timeout
from bot.messengers.zalo.answers import ZaloAnswer, read_answer
from bot.proxy.address import Proxy


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
        self._connect = timeouts.connect
        self._connections = Connections(
            of_bot(api_url, token), "the Bot Platform", connections=connections, proxy=proxy
        )

    def send_only_while(self, may_send: Callable[[], bool]) -> None:
        """Let no message leave while *may_send* says no: it is asked when it is written to the wire."""
        self._connections.may_send = may_send

    async def open(self) -> None:
        await self._connections.open()

    async def close(self) -> None:
        await self._connections.close()

    async def ask(self, method: str, parameters: Mapping[str, object], *, wait: float) -> ZaloAnswer:
        """Return what is answered to a question within *wait* seconds.

        Raises UnsentError or LostAnswerError.
        """
        within = timeout(connect=self._connect, answer=wait)
        body = in_json(orjson.dumps(parameters))
        return read_answer(*await self._connections.ask("POST", method, within, data=body))

    async def send(self, method: str, parameters: Mapping[str, object], *, wait: float) -> ZaloAnswer:
        """Return what is answered to a message; see `ask`.

        Raises UnsentError also where the message may not leave any more.
        """
        within = timeout(connect=self._connect, answer=wait)
        return read_answer(*await self._connections.send(method, orjson.dumps(parameters), within))
