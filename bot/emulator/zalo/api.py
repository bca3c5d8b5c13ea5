"""The Bot Platform over HTTP: from a request to an envelope, with the checks in Zalo's order."""

import asyncio
import re
from typing import Any

import orjson
from aiohttp import web

from bot.emulator.zalo import receiving, sending
from bot.emulator.zalo.arguments import read_arguments, text
from bot.emulator.zalo.call import Call, Json, Method
from bot.emulator.zalo.errors import ZaloError, bad_request, not_found
from bot.emulator.zalo.faults import Fault
from bot.emulator.zalo.state import ZaloState

PATH = "/zalo"
"""Where it is mounted, beside Telegram, whose addresses have the same form."""

_METHODS = {**receiving.METHODS, **sending.METHODS}
_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_\-]{1,128}")
_BAD_GATEWAY = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"


class ZaloApi:
    """Serves `/zalo/bot<token>/<method>`."""

    def __init__(self, state: ZaloState) -> None:
        self.state = state

    def routes(self) -> list[web.RouteDef]:
        path = PATH + r"/bot{token:[^/]*}/{method:.*}"
        return [web.get(path, self.serve, allow_head=False), web.post(path, self.serve)]

    async def serve(self, request: web.Request) -> web.StreamResponse:
        state, name = self.state, request.match_info["method"]
        try:
            if not _TOKEN.fullmatch(request.match_info["token"]):
                raise not_found()
            account = state.account(request.match_info["token"])
            method = self._method(name)
            arguments = await read_arguments(request)
        except ZaloError as error:
            return self._refusal(error)
        call = Call(state, account, arguments, state.clock.now())
        state.metrics.calls[name] += 1
        fault = state.faults.take(name, text(arguments, "chat_id"))
        return await (self._faulty(request, call, method, fault) if fault else self._answer(call, method))

    def _method(self, name: str) -> Method:
        method = _METHODS.get(name)
        if method is not None:
            return method
        if self.state.knobs.unknown_method == "bad_request":
            raise bad_request("Bad request - invalid API name")
        raise not_found()

    async def _answer(self, call: Call, method: Method) -> web.Response:
        try:
            result = await method(call)
        except ZaloError as error:
            return self._refusal(error)
        return _json({"ok": True} if result is None else {"ok": True, "result": result, "error_code": 0})

    async def _faulty(
        self, request: web.Request, call: Call, method: Method, fault: Fault
    ) -> web.StreamResponse:
        """Let it go wrong in the way that was asked for."""
        await asyncio.sleep(fault.delay)
        if fault.drop == "before":
            return _dropped(request)
        takes_effect = fault.accepted or (fault.code is None and not fault.html)
        answer = await self._answer(call, method) if takes_effect else web.Response()
        await asyncio.sleep(fault.delay_answer)
        if fault.drop == "after":
            return _dropped(request)
        if fault.html:
            status = fault.status or fault.code or 502
            return web.Response(text=_BAD_GATEWAY, status=status, content_type="text/html")
        if fault.code is not None:
            return self._refusal(ZaloError(fault.code, fault.description), status=fault.status)
        return answer

    def _refusal(self, error: ZaloError, *, status: int | None = None) -> web.Response:
        self.state.metrics.errors[f"{error.code} {error.description}"] += 1
        body: Json = {"ok": False, "description": error.description, error.field: error.code}
        styled = error.code if self.state.knobs.status_style == "code" else 200
        return _json(body, status=styled if status is None else status)


def _json(body: Any, *, status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json")


def _dropped(request: web.Request) -> web.Response:
    """Break the connection; what is returned never reaches the client."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
