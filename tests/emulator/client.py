"""A bare client of the emulator: raw JSON, so that every word and number of an answer is seen."""

import io
from typing import Any

import aiohttp
from PIL import Image

from bot.emulator.server import Emulator
from bot.emulator.telegram.world.state import State

TOKEN = "4242:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"
BOT = 4242
AN, BINH, OWNER = 101, 102, 900
GROUP, SUPERGROUP, FORUM, CHANNEL = -5, -1001, -1002, -1003

Json = dict[str, Any]


class Client:
    def __init__(self, emulator: Emulator, session: aiohttp.ClientSession) -> None:
        self.url = emulator.url
        self.state: State = emulator.state
        self.session = session

    async def call(self, method: str, *, token: str = TOKEN, **arguments: Any) -> Json:
        """Call a method with a JSON body and return the whole envelope."""
        async with self.session.post(f"{self.url}/bot{token}/{method}", json=arguments) as response:
            body: Json = await response.json()
            assert response.status == body.get("error_code", 200)
            return body

    async def result(self, method: str, **arguments: Any) -> Any:
        body = await self.call(method, **arguments)
        assert body["ok"], body
        return body["result"]

    async def refusal(self, method: str, **arguments: Any) -> tuple[int, str]:
        body = await self.call(method, **arguments)
        assert not body["ok"], body
        return body["error_code"], body["description"]

    async def upload(self, method: str, files: dict[str, tuple[str, bytes]], **arguments: str) -> Json:
        form = aiohttp.FormData()
        for name, value in arguments.items():
            form.add_field(name, value)
        for name, (filename, content) in files.items():
            form.add_field(name, io.BytesIO(content), filename=filename)
        async with self.session.post(f"{self.url}/bot{TOKEN}/{method}", data=form) as response:
            body: Json = await response.json()
            return body

    async def control(self, path: str, body: Any = None, **fields: Any) -> Any:
        """Post to the control API; *sender* stands for its field `from`."""
        if "sender" in fields:
            fields["from"] = fields.pop("sender")
        async with self.session.post(
            f"{self.url}/_ctl/{path}", json=fields if body is None else body
        ) as response:
            content = await response.json()
            assert response.status == 200, content
            return content

    async def look(self, path: str, **query: Any) -> Any:
        async with self.session.get(f"{self.url}/_ctl/{path}", params=query) as response:
            content = await response.json()
            assert response.status == 200, content
            return content

    async def say(self, text: str, *, chat: int = AN, sender: int = AN) -> Any:
        return await self.control("updates/message", chat=chat, sender=sender, text=text)

    async def pass_time(self, seconds: float) -> None:
        await self.control("clock", advance=seconds)


async def furnish(client: Client) -> None:
    """Put a bot, three people and chats of each kind in place: An talks to the bot, Bình is in the group."""
    await client.control("clock", frozen=True)
    await client.control("bots", token=TOKEN, username="tin_bot", name="Bản Tin", inline=True)
    await client.control("users", id=AN, first_name="An", language_code="vi", started=True)
    await client.control("users", id=BINH, first_name="Bình")
    await client.control("users", id=OWNER, first_name="Chủ")
    kinds = {GROUP: "group", SUPERGROUP: "supergroup", FORUM: "supergroup", CHANNEL: "channel"}
    for chat, kind in kinds.items():
        more = {"username": "kenh_tin"} if kind == "channel" else {}
        await client.control(
            "chats", id=chat, type=kind, title=kind.title(), owner=OWNER, is_forum=chat == FORUM, **more
        )
        status = "administrator" if kind == "channel" else "member"
        await client.control(f"chats/{chat}/members", bot=BOT, status=status)
    await client.control(f"chats/{GROUP}/members", user=BINH, status="member")
    client.state.world.bots[BOT].updates.clear()


def picture(width: int = 64, height: int = 48, kind: str = "JPEG", color: str = "red") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), color).save(buffer, kind)
    return buffer.getvalue()
