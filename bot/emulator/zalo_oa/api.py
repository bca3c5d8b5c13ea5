"""The Open API over HTTP: every error is a 200 that says so."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import orjson
from aiohttp import web

from bot.emulator.zalo_oa import articles, broadcasting, tokens
from bot.emulator.zalo_oa.errors import OaError, wrong
from bot.emulator.zalo_oa.state import Json, OaState
from bot.emulator.zalo_oa.world import OfficialAccount

PATH = "/zalo-oa"
"""Where it is mounted: the Open API, and below /oauth the server that exchanges tokens."""

_Method = Callable[[OaState, OfficialAccount, Json], Awaitable[Json]]

_POSTS: dict[str, _Method] = {
    "/v2.0/article/create": articles.create,
    "/v2.0/article/verify": articles.verify,
    "/v2.0/article/update": articles.update,
    "/v2.0/article/remove": articles.remove,
    "/v2.0/oa/message": broadcasting.broadcast,
}
_GETS: dict[str, _Method] = {
    "/v2.0/article/getslice": articles.get_slice,
    "/v2.0/oa/getoa": articles.get_oa,
}
_OAUTH = "/oauth/v4/oa/access_token"
_BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


class OaApi:
    """Serves the Official Accounts below `/zalo-oa`."""

    def __init__(self, state: OaState) -> None:
        self.state = state

    def routes(self) -> list[web.RouteDef]:
        posts = [web.post(PATH + path, partial(self._serve, path, call)) for path, call in _POSTS.items()]
        gets = [
            web.get(PATH + path, partial(self._serve, path, call), allow_head=False)
            for path, call in _GETS.items()
        ]
        return [*posts, *gets, web.post(PATH + _OAUTH, self._exchange)]

    async def _serve(self, path: str, method: _Method, request: web.Request) -> web.StreamResponse:
        async def carry_out() -> Json:
            account = tokens.speaker(self.state, request.headers.get("access_token", ""))
            data = await method(self.state, account, await _content(request))
            return {"data": data, "error": 0, "message": "Success"}

        return await self._with_faults(path, request, carry_out)

    async def _exchange(self, request: web.Request) -> web.StreamResponse:
        async def carry_out() -> Json:
            form = dict(await request.post())
            return tokens.exchange(self.state, request.headers.get("secret_key", ""), form)

        return await self._with_faults(_OAUTH, request, carry_out)

    async def _with_faults(
        self, path: str, request: web.Request, carry_out: Callable[[], Awaitable[Json]]
    ) -> web.StreamResponse:
        """Answer, or let it go wrong in the way that was asked for."""
        self.state.metrics.calls[path] += 1
        fault = self.state.faults.take(path, "")
        if fault is None:
            return await self._answer(carry_out)
        await asyncio.sleep(fault.delay)
        if fault.drop == "before":
            return _dropped(request)
        takes_effect = fault.accepted or (fault.code is None and not fault.html)
        answer = await self._answer(carry_out) if takes_effect else web.Response()
        await asyncio.sleep(fault.delay_answer)
        if fault.drop == "after":
            return _dropped(request)
        if fault.html:
            return web.Response(text=_BAD_GATEWAY, status=fault.status or 502, content_type="text/html")
        return self._refusal(OaError(fault.code, fault.description)) if fault.code is not None else answer

    async def _answer(self, carry_out: Callable[[], Awaitable[Json]]) -> web.Response:
        try:
            return _json(await carry_out())
        except OaError as error:
            return self._refusal(error)

    def _refusal(self, error: OaError) -> web.Response:
        self.state.metrics.errors[f"{error.error} {error.message}"] += 1
        return _json({"error": error.error, "message": error.message})


async def _content(request: web.Request) -> Json:
    if request.method == "GET":
        return dict(request.query)
    try:
        content = orjson.loads(await request.read())
    except orjson.JSONDecodeError:
        raise wrong("body is no JSON") from None
    if request.content_type != "application/json" or not isinstance(content, dict):
        raise wrong("body is no JSON")
    return content


def _json(body: Any) -> web.Response:
    return web.Response(body=orjson.dumps(body), content_type="application/json")


def _dropped(request: web.Request) -> web.Response:
    """Break the connection; what is returned never reaches the client."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
