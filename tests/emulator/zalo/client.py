"""A bare client of the emulated Zalo: raw JSON, so that every word and number of an answer is seen."""

import asyncio
from typing import Any, Self

import aiohttp
from aiohttp import web

from bot.emulator.server import Emulator
from bot.emulator.zalo.api import PATH
from bot.emulator.zalo.state import ZaloState

TOKEN = "987654321:zalo-secret-token_of-the-tests"
SECRET = "a-secret-of-the-webhook"

Json = dict[str, Any]


class ZaloOverHttp:
    """An emulated Zalo at an address, in whatever process it runs."""

    def __init__(self, emulator_url: str, session: aiohttp.ClientSession) -> None:
        self.url = emulator_url + PATH
        self._control = f"{emulator_url}/_ctl/zalo"
        self.session = session

    async def answer(self, method: str, *, token: str = TOKEN, **arguments: Any) -> tuple[int, Json]:
        """Call a method with a JSON body; return the HTTP status and the whole envelope."""
        async with self.session.post(f"{self.url}/bot{token}/{method}", json=arguments) as response:
            return response.status, await response.json()

    async def result(self, method: str, **arguments: Any) -> Any:
        _, body = await self.answer(method, **arguments)
        assert body["ok"], body
        return body.get("result")

    async def refusal(self, method: str, **arguments: Any) -> tuple[int, str]:
        _, body = await self.answer(method, **arguments)
        assert not body["ok"], body
        return body["error_code"], body["description"]

    async def control(self, path: str, **fields: Any) -> Any:
        async with self.session.post(f"{self._control}/{path}", json=fields) as response:
            content = await response.json()
            assert response.status == 200, content
            return content

    async def look(self, path: str, **query: Any) -> Any:
        async with self.session.get(f"{self._control}/{path}", params=query) as response:
            content = await response.json()
            assert response.status == 200, content
            return content

    async def says(self, text: str, *, person: str = "an", **more: Any) -> str:
        """Have a person write to the bot; return the id of the chat."""
        told = await self.control("messages", person=person, text=text, **more)
        chat: str = told["chat_id"]
        return chat

    async def mend(self) -> None:
        """Let nothing go wrong any more that was to go wrong."""
        async with self.session.delete(f"{self._control}/faults") as response:
            assert response.status == 200

    async def polled(self, timeout: float = 0) -> Json:  # noqa: ASYNC109 - the method's own argument
        update: Json = await self.result("getUpdates", timeout=str(timeout))
        return update


class ZaloClient(ZaloOverHttp):
    """One that runs in this process, with its *state*."""

    def __init__(self, emulator: Emulator, session: aiohttp.ClientSession) -> None:
        super().__init__(emulator.url, session)
        self.state: ZaloState = emulator.zalo


class Hook:
    """A bot's web server: it answers with *statuses*, one after the other, and then with 200."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.url = ""
        self.taken: asyncio.Queue[tuple[dict[str, str], bytes]] = asyncio.Queue()

    async def serve(self, request: web.Request) -> web.Response:
        await self.taken.put((dict(request.headers), await request.read()))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/hook", self.serve)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/hook"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()
