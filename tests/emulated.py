"""The emulator as tests use it: over HTTP, with its control API and a messenger connected to it."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any, Self

import aiohttp
from PIL import Image

from bot.domain.chats.chat import AccountId, Address
from bot.domain.chats.message import NewPhoto
from bot.domain.delivery.sliding_window import PacingRules
from bot.emulator.server import Emulator, Mount
from bot.messengers.telegram import TelegramMessenger
from bot.messengers.telegram.messenger import TelegramSettings
from bot.messengers.telegram.request import Timeouts

TOKEN = "123456:AAE-very-secret-token-of-the-tests-0"
ACCOUNT = AccountId("telegram:123456")
OWNER = 900
NAME = "telegram.example"
"""A name that the emulator answers to and that only a test's proxy knows."""
IMPATIENT = Timeouts(connect=5.0, answer=1.0, send=2.0)


class Emulated:
    """One running emulator and the control of it."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url = url
        self._session = session

    @classmethod
    @asynccontextmanager
    async def start(
        cls, mounts: Sequence[Mount] = (), *, token: str = TOKEN, username: str = "bantin_bot"
    ) -> AsyncIterator[Self]:
        starting = Emulator.start(port=0, mounts=mounts, names=[NAME])
        async with starting as emulator, aiohttp.ClientSession() as session:
            emulated = cls(emulator.url, session)
            await emulated.post("bots", token=token, username=username, name="Bản Tin", inline=True)
            await emulated.post("users", id=OWNER, first_name="Chủ")
            yield emulated
            # What Telegram passes over in silence is a mistake of ours all the same.
            assert not emulator.state.metrics.lint

    async def post(self, path: str, **body: Any) -> Any:
        async with self._session.post(f"{self.url}/_ctl/{path}", json=body) as answer:
            content = await answer.json()
            assert answer.status == 200, content
            return content

    async def hand_in(self, user: int, content: bytes, *, chat: int | None = None, **file: Any) -> None:
        """Have somebody send a photo or a document, which is called and described in *file*."""
        encoded = base64.b64encode(content).decode()
        body = {"chat": chat or user, "from": user, "content": encoded, **file}
        data = BytesIO(json.dumps(body).encode())
        async with self._session.post(f"{self.url}/_ctl/updates/file", data=data) as answer:
            assert answer.status == 200, await answer.text()

    async def mend(self) -> None:
        """Let nothing go wrong any more that was to go wrong."""
        async with self._session.delete(f"{self.url}/_ctl/faults") as answer:
            assert answer.status == 200

    async def said_by_the_bot(self, chat: int, text: str, data: str) -> dict[str, Any]:
        """Send a message with one button as the bot, as a notice comes; return it."""
        keyboard = {"inline_keyboard": [[{"text": "?", "callback_data": data}]]}
        body = {"chat_id": chat, "text": text, "reply_markup": keyboard}
        async with self._session.post(f"{self.url}/bot{TOKEN}/sendMessage", json=body) as answer:
            message: dict[str, Any] = (await answer.json())["result"]
            return message

    async def get(self, path: str, **query: Any) -> Any:
        async with self._session.get(f"{self.url}/_ctl/{path}", params=query) as answer:
            assert answer.status == 200
            return await answer.json()

    async def subscribers(self, count: int, *, first: int = 1000) -> list[int]:
        """Make people who already talk to the bot."""
        ids = list(range(first, first + count))
        people = [{"id": user, "first_name": f"Người {user}", "started": True} for user in ids]
        async with self._session.post(f"{self.url}/_ctl/users", json=people) as answer:
            assert answer.status == 200
        return ids

    async def group(self, chat: int, *, kind: str = "supergroup", status: str = "member", **more: Any) -> int:
        """Make a group or channel with the bot in it."""
        await self.post("chats", id=chat, type=kind, title=f"Nhóm {chat}", owner=OWNER, **more)
        if status != "left":
            await self.post(f"chats/{chat}/members", bot=TOKEN, status=status)
        return chat

    async def topic(self, forum: int, name: str = "Tin tức") -> int:
        """Open a topic in a forum that has some already, so that it is not the general one."""
        await self.post("topics", chat=forum, name="Chung")
        topic: int = (await self.post("topics", chat=forum, name=name))["id"]
        return topic

    async def outbox(self, chat: int | None = None) -> list[dict[str, Any]]:
        messages: list[dict[str, Any]] = await self.get("outbox", **({} if chat is None else {"chat": chat}))
        return messages

    async def metrics(self) -> dict[str, Any]:
        numbers: dict[str, Any] = await self.get("metrics")
        return numbers

    async def until(self, holds_true: Callable[[], Awaitable[bool]], *, within: float = 40.0) -> None:
        """Wait until something *holds_true*: it is asked anew whenever anything has happened in a chat."""
        events = self._session.get(f"{self.url}/_ctl/events")
        async with asyncio.timeout(within), events as stream:
            while not await holds_true():
                assert await stream.content.readany(), "the emulator has ended"

    async def until_sent(self, count: int) -> None:
        """Wait until so many messages have arrived."""
        async with asyncio.timeout(40):
            while (await self.metrics())["sent"] < count:  # noqa: ASYNC110 - it happens in another process
                await asyncio.sleep(0.02)

    def settings(
        self, *, token: str = TOKEN, pacing: PacingRules | None = None, timeouts: Timeouts = IMPATIENT
    ) -> TelegramSettings:
        return TelegramSettings(
            token=token, api_url=self.url, pacing=pacing or PacingRules(), timeouts=timeouts, poll_for=0
        )

    @asynccontextmanager
    async def messenger(self, settings: TelegramSettings | None = None) -> AsyncIterator[TelegramMessenger]:
        messenger = await TelegramMessenger.connect(settings or self.settings())
        try:
            yield messenger
        finally:
            await messenger.close()


def private(user: int) -> Address:
    return Address(ACCOUNT, str(user))


def jpeg(width: int = 64, height: int = 48, *, color: str = "red") -> bytes:
    content = BytesIO()
    Image.new("RGB", (width, height), color).save(content, "JPEG")
    return content.getvalue()


def taken(width: int = 640, height: int = 480) -> bytes:
    """Return a JPEG as a camera takes one: not blank."""
    content = BytesIO()
    Image.radial_gradient("L").resize((width, height)).save(content, "JPEG")
    return content.getvalue()


def photo(key: str = "k" * 64, content: bytes | None = None) -> NewPhoto:
    return NewPhoto(key, content or jpeg())
