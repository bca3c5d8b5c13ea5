"""What happens in the chats, told live to whoever watches (server-sent events)."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import web

_ALIVE_EVERY = 15.0
_QUEUE = 10_000


@dataclass(eq=False, slots=True)
class _Watcher:
    chat: int | str | None
    queue: asyncio.Queue[bytes | None]


@dataclass(slots=True)
class Events:
    """A watcher that falls too far behind is cut off: it must read the outbox again."""

    watchers: set[_Watcher] = field(default_factory=set)

    def tell(self, kind: str, chat: int | str, content: dict[str, Any]) -> None:
        """Tell that something of that *kind* happened in *chat*: a number on Telegram, a text on Zalo."""
        if not self.watchers:
            return
        frame = b"event: " + kind.encode() + b"\ndata: " + orjson.dumps(content) + b"\n\n"
        for watcher in list(self.watchers):
            if watcher.chat not in (None, chat):
                continue
            try:
                watcher.queue.put_nowait(frame)
            except asyncio.QueueFull:
                self.watchers.discard(watcher)

    def close(self) -> None:
        for watcher in self.watchers:
            while not watcher.queue.empty():
                watcher.queue.get_nowait()
            watcher.queue.put_nowait(None)
        self.watchers.clear()

    async def stream(self, request: web.Request, chat: int | str | None) -> web.StreamResponse:
        """Serve one watcher until it leaves: of one *chat*, or of all."""
        watcher = _Watcher(chat, asyncio.Queue(_QUEUE))
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store"}
        )
        self.watchers.add(watcher)
        try:
            await response.prepare(request)
            await response.write(b"retry: 1000\n\n")
            await self._pump(watcher, response)
        except ConnectionError:
            return response
        finally:
            self.watchers.discard(watcher)
        return response

    async def _pump(self, watcher: _Watcher, response: web.StreamResponse) -> None:
        while watcher in self.watchers or not watcher.queue.empty():
            try:
                frame = await asyncio.wait_for(watcher.queue.get(), _ALIVE_EVERY)
            except TimeoutError:
                frame = b": alive\n\n"
            if frame is None:
                return
            await response.write(frame)
