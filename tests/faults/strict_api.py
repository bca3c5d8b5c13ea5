"""A small Bot API of its own, strict about windows, which answers as a test says: late, wrong, or not at all.

It shares no code with the product or its emulator, so that neither's mistakes can hide in it.
"""

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

MESSAGES = {"sendMessage", "sendPhoto", "editMessageText", "editMessageCaption"}


@dataclass(frozen=True, slots=True)
class Odd:
    """An answer in place of the right one; *delay* seconds late, and the request has taken effect if *done*.

    A *body* of None is the right one.
    """

    status: int = 200
    body: bytes | None = None
    delay: float = 0.0
    done: bool = False


@dataclass
class StrictApi:
    """Takes every message, and counts what exceeds *limit* in any second, or is for a chat twice.

    *script* is asked for each request, by method, and may return an odd answer. A message counts when it
    takes effect: a late one when its answer leaves. *said* is all that was asked of it, with its parameters.
    """

    limit: int = 30
    url: str = ""
    script: Callable[[str], Odd | None] = lambda _method: None
    queue: list[dict[str, Any]] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    taken: list[tuple[float, str]] = field(default_factory=list)
    asked: list[tuple[float, str]] = field(default_factory=list)
    said: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Self]:
        application = web.Application()
        application.router.add_post("/bot{token}/{method}", self._serve)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            yield self
        finally:
            await runner.cleanup()

    @property
    def fullest_second(self) -> int:
        """Return the most messages that took effect in any second."""
        moments = sorted(at for at, _ in self.taken)
        most, first = 0, 0
        for last, at in enumerate(moments):
            while moments[first] <= at - 1.0:
                first += 1
            most = max(most, last - first + 1)
        return most

    def copies(self) -> Counter[str]:
        """Return how many messages each chat has got."""
        return Counter(chat for _, chat in self.taken)

    def has_taken(self, messages: int) -> bool:
        return len(self.taken) >= messages

    async def write(self, number: int, user: int, text: str) -> None:
        """Have a person write to the bot."""
        person = {"id": user, "is_bot": False, "first_name": "Người"}
        chat = {"id": user, "type": "private", "first_name": "Người"}
        message = {"message_id": 5, "date": int(time.time()), "chat": chat, "from": person, "text": text}
        await self.push({"update_id": number, "message": message})

    async def push(self, update: dict[str, Any]) -> None:
        """Have the bot told of something, in the shape of the Bot API."""
        async with self._changed:
            self.queue.append(update)
            self._changed.notify_all()

    async def until(self, is_so: Callable[[], bool], *, within: float) -> float:
        """Wait until something is so, and return the seconds that it took."""
        began_at = time.monotonic()
        async with asyncio.timeout(within):
            while not is_so():  # noqa: ASYNC110 - it happens in another process
                await asyncio.sleep(0.02)
        return time.monotonic() - began_at

    async def _serve(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        given = await request.json() if request.can_read_body else {}
        self.calls[method] += 1
        self.asked.append((time.monotonic(), method))
        self.said.append((method, given))
        odd = self.script(method)
        if odd is None:
            return self._right(method, given) if method != "getUpdates" else await self._updates(given)
        await asyncio.sleep(odd.delay)
        if odd.body is None:
            return self._right(method, given)
        if odd.done:
            self._right(method, given)
        return web.Response(status=odd.status, body=odd.body, content_type="application/json")

    def _right(self, method: str, given: dict[str, Any]) -> web.Response:
        if method in MESSAGES:
            self.taken.append((time.monotonic(), str(given["chat_id"])))
            number = int(given.get("message_id") or len(self.taken))
            chat = {"id": int(given["chat_id"]), "type": "private"}
            return _ok({"message_id": number, "date": int(time.time()), "chat": chat})
        if method == "getMe":
            return _ok({"id": 123456, "is_bot": True, "first_name": "Bản Tin", "username": "bantin_bot"})
        if method == "getWebhookInfo":
            return _ok({"url": "", "has_custom_certificate": False, "pending_update_count": 0})
        return _ok(True)

    async def _updates(self, given: dict[str, Any]) -> web.Response:
        """Bot API: what lies before the offset is forgotten, all behind it is returned, oldest first."""
        offset = int(given.get("offset") or 0)
        self.queue = [update for update in self.queue if update["update_id"] >= offset]

        def behind() -> list[dict[str, Any]]:
            return [update for update in self.queue if update["update_id"] >= offset]

        async with self._changed:
            try:
                async with asyncio.timeout(min(float(given.get("timeout") or 0), 5.0)):
                    while not behind():
                        await self._changed.wait()
            except TimeoutError:
                pass
        return _ok(behind()[:100])


def _ok(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def refused(status: int, description: str, **parameters: Any) -> Odd:
    """Return an answer by which the Bot API refuses something."""
    body = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return Odd(status, json.dumps(body).encode())
