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
from bot.messengers.wire import (
    IDLE_FOR,
    GuardedBody,
    LostAnswerError,
    UnsentError,
    always,
    unsent_or_lost,
)
from bot.messengers.zalo_oa.answers import TOKEN_REFUSED, OaAnswer, read_answer
from bot.messengers.zalo_oa.exchanged import read_pair
from bot.proxy.address import Proxy
from bot.proxy.dialling import connector, failure, unauthorised

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
        self._api_url = api_url.rstrip("/")
        self._oauth_url = oauth_url.rstrip("/")
        self._timeouts = timeouts
        self._proxy = proxy
        self._through = proxy.options(api_url.partition(":")[0], {}) if proxy else {"headers": {}}
        self._headers = self._through.pop("headers")
        self._session: aiohttp.ClientSession | None = None
        self.tokens: AccessTokens | None = None
        self.may_send: Callable[[], bool] = always
        """Asked when something is about to leave that the platform would act on."""

    async def open(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=connector(self._proxy, limit=_CONNECTIONS, keepalive_timeout=IDLE_FOR),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers=self._headers,
            )

    async def close(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

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

        Raises UnsentError, also where `may_send` says no when it is about to leave, LostAnswerError, and
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
        body = None if content is None else GuardedBody(content, self.may_send)
        headers = {"access_token": token}
        try:
            status, answered = await self._exchange(
                method, f"{self._api_url}{path}", headers=headers, data=body, **options
            )
        except LostAnswerError:
            if body is not None and body.is_kept_back:
                raise UnsentError("it may not be sent any more") from None
            raise
        return read_answer(status, answered)

    async def exchange(self, refresh: str) -> TokenPair:
        """Exchange a refresh token, which is taken once, for the next pair.

        Raises MessengerError, which is fatal where the token is not taken.
        """
        form = {"app_id": self._app.id, "grant_type": "refresh_token", "refresh_token": refresh}
        url = f"{self._oauth_url}/v4/oa/access_token"
        try:
            status, answered = await self._exchange(
                "POST", url, headers={"secret_key": self._app.secret}, data=aiohttp.FormData(form)
            )
        except (UnsentError, LostAnswerError) as error:
            raise MessengerError(f"Zalo's tokens could not be exchanged: {error}") from None
        return read_pair(status, answered)

    async def _exchange(
        self, method: str, url: str, *, headers: Mapping[str, str], **options: Any
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise UnsentError("the connection is closed")
        wait = self._timeouts.answer
        timeout = aiohttp.ClientTimeout(
            total=wait + self._timeouts.connect, connect=self._timeouts.connect, sock_read=wait
        )
        try:
            async with self._session.request(
                method,
                url,
                headers=headers,
                timeout=timeout,
                allow_redirects=False,
                **options,
                **self._through,
            ) as answer:
                if answer.status == 407 and self._proxy:
                    raise unauthorised(self._proxy)
                return answer.status, await answer.read()
        except (aiohttp.ClientError, TimeoutError, OSError, UnicodeError) as error:
            raise unsent_or_lost(failure(error, self._proxy), _SERVER) from None
