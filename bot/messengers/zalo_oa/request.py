"""HTTP to the Open API of Official Accounts, and to the server that exchanges tokens.

The access token goes in a header and is known here only while a request is made; no error names it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import orjson

from bot.domain.chats.chat import AccountId
from bot.domain.messaging.messenger import MessengerError
from bot.domain.messaging.tokens import AccessTokens, TokenPair
from bot.messengers.wire import Connections, LostAnswerError, UnsentError, timeout
from bot.messengers.zalo_oa.answers import TOKEN_REFUSED, OaAnswer, read_answer
from bot.messengers.zalo_oa.exchanged import read_pair
from bot.proxy.address import Proxy

API_URL = "https://openapi.zalo.me"
OAUTH_URL = "https://oauth.zaloapp.com"

_SERVER = "Zalo's Open API"
_CONNECTIONS = 4


class TokenRefusedError(MessengerError):
    """The platform takes no access token of ours any more, though it was just exchanged."""


@dataclass(frozen=True, slots=True)
class App:
    """The application that the Official Account has authorised."""

    id: str
    secret: str = field(repr=False)

    @property
    def account(self) -> AccountId:
        """Return the name under which what is published by it is kept."""
        return AccountId(f"zalo_oa:{self.id}")


@dataclass(frozen=True, slots=True)
class OaTimeouts:
    """In seconds: until there is a connection, and until something is answered."""

    connect: float = 5.0
    answer: float = 30.0


class OaRequest:
    """The network side of one account, whose access tokens *tokens* has."""

    def __init__(
        self, app: App, *, api_url: str, oauth_url: str, timeouts: OaTimeouts, proxy: Proxy | None
    ) -> None:
        self._app = app
        self._within = timeout(connect=timeouts.connect, answer=timeouts.answer)
        self._api, self._oauth = (
            Connections(url.rstrip("/"), _SERVER, connections=_CONNECTIONS, proxy=proxy)
            for url in (api_url, oauth_url)
        )
        self.tokens: AccessTokens | None = None

    def send_only_while(self, may_send: Callable[[], bool]) -> None:
        """Let nothing leave that the platform would act on while *may_send* says no."""
        self._api.may_send = may_send

    async def open(self) -> None:
        await self._api.open()
        await self._oauth.open()

    async def close(self) -> None:
        await self._api.close()
        await self._oauth.close()

    async def have_token(self) -> None:
        """Make sure that there is an access token, ahead of what must not be begun without one.

        Raises MessengerError.
        """
        assert self.tokens is not None, "the messenger was told where its tokens are"
        await self.tokens.access()

    async def question(self, path: str, query: Mapping[str, str] | None = None) -> OaAnswer:
        """Return what the platform answers to a question. Raises MessengerError where nothing is."""
        try:
            answer = await self._with_token("GET", path, {"params": dict(query or {})}, None)
        except (UnsentError, LostAnswerError) as error:
            raise MessengerError(f"Zalo cannot be reached: {error}") from None
        if not answer.is_zalo:
            raise MessengerError(f"Zalo cannot be reached: {answer.message}")
        return answer

    async def send(self, path: str, content: Mapping[str, Any]) -> OaAnswer:
        """Have the platform act on *content*; one whose token is not taken is made again with a new one.

        Raises UnsentError, also where it may not leave any more, LostAnswerError, and
        MessengerError where no token can be had.
        """
        return await self._with_token("POST", path, {}, orjson.dumps(content))

    async def _with_token(
        self, method: str, path: str, options: dict[str, Any], content: bytes | None
    ) -> OaAnswer:
        assert self.tokens is not None, "the messenger was told where its tokens are"
        token = await self.tokens.access()
        answer = await self._called(method, path, token, options, content)
        if answer.is_zalo and answer.error in TOKEN_REFUSED:
            token = await self.tokens.access(refused=token)
            answer = await self._called(method, path, token, options, content)
        if answer.is_zalo and answer.error in TOKEN_REFUSED:
            said = (
                f"Zalo takes no access token of this Official Account ({answer.message}): authorise it anew"
            )
            raise TokenRefusedError(said, fatal=True)
        return answer

    async def _called(
        self, method: str, path: str, token: str, options: dict[str, Any], content: bytes | None
    ) -> OaAnswer:
        options = {**options, "headers": {"access_token": token}}
        if content is None:
            return read_answer(*await self._api.ask(method, path, self._within, **options))
        return read_answer(*await self._api.send(path, content, self._within, **options))

    async def exchange(self, refresh: str) -> TokenPair:
        """Exchange a refresh token, which is taken once, for the next pair.

        Raises MessengerError, which is fatal where the token is not taken.
        """
        form = {"app_id": self._app.id, "grant_type": "refresh_token", "refresh_token": refresh}
        options = {"headers": {"secret_key": self._app.secret}, "data": aiohttp.FormData(form)}
        try:
            status, answered = await self._oauth.ask("POST", "/v4/oa/access_token", self._within, **options)
        except (UnsentError, LostAnswerError) as error:
            raise MessengerError(f"Zalo's tokens could not be exchanged: {error}") from None
        return read_pair(status, answered)
