"""The Bot API over HTTP: from a request to an envelope, with the checks in Telegram's order."""

import asyncio
import re
from typing import Any

import orjson
from aiohttp import web

from bot.emulator.telegram.api.methods import METHODS
from bot.emulator.telegram.api.unknown import NOT_EMULATED
from bot.emulator.telegram.requests.arguments import Arguments
from bot.emulator.telegram.requests.incoming import read_arguments
from bot.emulator.telegram.rules.errors import ApiError, HeldError
from bot.emulator.telegram.rules.faults import Fault
from bot.emulator.telegram.world.registry import Call, Method
from bot.emulator.telegram.world.state import State
from bot.emulator.telegram.world.world import Bot

_TOKEN = re.compile(r"[1-9][0-9]{0,19}:[A-Za-z0-9_\-]{1,60}")
_VERBS = frozenset({"GET", "POST"})
_BAD_GATEWAY = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"
_CODE_NAMES = {400: "Bad Request", 403: "Forbidden", 429: "Too Many Requests", 500: "Internal Server Error"}


class BotApi:
    """Serves `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

    def __init__(self, state: State) -> None:
        self.state = state
        state.webhooks.reply = self._reply_of_webhook

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", r"/bot{token:[^/]*}/{method:.*}", self.serve),
            web.route("*", r"/bot{token:[^/]*}", self.serve_nothing),
            web.get(r"/file/bot{token:[^/]*}/{path:.*}", self.serve_file),
        ]

    async def serve(self, request: web.Request) -> web.StreamResponse:
        state = self.state
        name = request.match_info["method"].lower().removeprefix("test/")
        if request.method not in _VERBS:
            return _refusal(ApiError(501, "Not Implemented"))
        try:
            bot = self._bot(request.match_info["token"])
            arguments = await read_arguments(request)
            method = self._method(name or arguments.text("method").lower())
        except ApiError as error:
            state.metrics.errors[error.description] += 1
            return _refusal(error)
        call = Call(state, bot, arguments, state.clock.now())
        state.metrics.calls[method.name] += 1
        self._lint(method, arguments)
        fault = None
        if state.faults.pending:
            fault = state.faults.take(method.name.lower(), arguments.text("chat_id"))
        if fault is not None:
            return await self._serve_faulty(request, call, method, fault)
        return await self._answer(call, method)

    async def serve_nothing(self, _request: web.Request) -> web.Response:
        return _refusal(ApiError(404, "Not Found"))

    async def serve_file(self, request: web.Request) -> web.StreamResponse:
        try:
            bot = self._bot(request.match_info["token"])
        except ApiError as error:
            return _refusal(error)
        path, now = request.match_info["path"], self.state.clock.now()
        content = self.state.files.download(bot.id, path, now=now)
        if content is None:
            return _refusal(ApiError(404, "Not Found"))
        return web.Response(body=content, content_type="application/octet-stream")

    def _bot(self, token: str) -> Bot:
        if not _TOKEN.fullmatch(token):
            raise ApiError(401, "Unauthorized: invalid token specified")
        bot = self.state.world.bots.get(int(token.partition(":")[0]))
        if bot is None or bot.token != token:
            raise ApiError(401, "Unauthorized")
        if bot.logged_out:
            raise ApiError(400, "Logged out")
        return bot

    def _method(self, name: str) -> Method:
        if name == "sendrichmessage" and not self.state.limits.rich_messages:
            raise ApiError(404, "Not Found: method not found")
        return _method(name)

    def _lint(self, method: Method, arguments: Arguments) -> None:
        if arguments.unread:
            self.state.metrics.lint[f"{method.name}: {arguments.unread}"] += 1
        for name in arguments:
            if name not in method.parameters and name != "method":
                self.state.metrics.lint[f"{method.name}: unknown parameter {name}"] += 1

    async def _answer(self, call: Call, method: Method) -> web.Response:
        try:
            result = await method.run(call)
        except ApiError as error:
            if isinstance(error, HeldError):
                self.state.metrics.refused_429 += 1
                await self.state.pause(self.state.limits.hold_seconds)
            self.state.metrics.errors[error.description] += 1
            return _refusal(error)
        return web.Response(
            body=b'{"ok":true,"result":' + orjson.dumps(result) + b"}", content_type="application/json"
        )

    async def _serve_faulty(
        self, request: web.Request, call: Call, method: Method, fault: Fault
    ) -> web.StreamResponse:
        """Let it go wrong in the way that was asked for; *applied* says whether the request takes effect."""
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.drop == "before":
            return _dropped(request)
        if fault.html:
            return web.Response(text=_BAD_GATEWAY, status=fault.status or 502, content_type="text/html")
        if fault.status is not None:
            return _refusal(_injected(fault))
        response = await self._answer(call, method)
        if fault.drop == "after":
            return _dropped(request)
        if fault.delay_answer:
            await asyncio.sleep(fault.delay_answer)
        if fault.slow_body:
            return await _slowly(request, response, fault.slow_body)
        return response

    async def _reply_of_webhook(self, bot: Bot, name: str, arguments: Arguments) -> None:
        method = METHODS.get(name.lower())
        if method is None:
            self.state.metrics.lint[f"webhook answered with unknown method {name}"] += 1
            return
        self.state.metrics.calls[method.name] += 1
        await self._answer(Call(self.state, bot, arguments, self.state.clock.now()), method)


def _method(name: str) -> Method:
    method = METHODS.get(name)
    if method is not None:
        return method
    if name in NOT_EMULATED:
        raise ApiError(501, f"Not Implemented: the emulator does not know {name}")
    raise ApiError(404, "Not Found: method not found" if name else "Not Found")


def _injected(fault: Fault) -> ApiError:
    assert fault.status is not None
    parameters = dict(fault.parameters)
    description = fault.description
    if fault.status == 429 and not description and "retry_after" in parameters:
        description = f"Too Many Requests: retry after {parameters['retry_after']}"
    return ApiError(fault.status, description or _CODE_NAMES.get(fault.status, "Error"), **parameters)


def _refusal(error: ApiError) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    headers = {}
    if error.parameters:
        body["parameters"] = error.parameters
        if "retry_after" in error.parameters:
            headers["Retry-After"] = str(error.parameters["retry_after"])
    return web.Response(
        body=orjson.dumps(body), status=error.code, content_type="application/json", headers=headers
    )


def _dropped(request: web.Request) -> web.Response:
    """Break the connection; what is returned never reaches the client."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _slowly(request: web.Request, response: web.Response, seconds: float) -> web.StreamResponse:
    """Send the body in two halves with a pause between them."""
    body = response.body if isinstance(response.body, bytes) else b""
    stream = web.StreamResponse(status=response.status, headers={"Content-Type": "application/json"})
    stream.content_length = len(body)
    await stream.prepare(request)
    await stream.write(body[: len(body) // 2])
    await asyncio.sleep(seconds)
    await stream.write(body[len(body) // 2 :])
    return stream
