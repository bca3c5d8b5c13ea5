"""What the tests of the chat page play on: an emulator, a site, a bot played by hand, and a browser."""

import json
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientSession, FormData
from playwright.async_api import Browser, Page, ViewportSize

from bot.emulator.agency import Site
from bot.emulator.agency.newsroom import FOLDER
from bot.emulator.demo_world import DemoWorld
from bot.emulator.server import Emulator
from tests.e2e.browser import DESKTOP, open_page

TOKEN = "123456:sample"
ZALO_TOKEN = "654321:sample-of-zalo"
KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Trong nước", "callback_data": "topic:1"}],
        [{"text": "Đọc toàn văn", "url": "https://example.org/bai"}],
    ]
}


@dataclass(frozen=True, slots=True)
class RawBot:
    """The bot's side, played by hand: bare requests to the Bot API and the control API."""

    session: ClientSession
    world: DemoWorld

    async def call(self, method: str, **arguments: Any) -> Any:
        async with self.session.post(f"/bot{TOKEN}/{method}", json=arguments) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def say(self, text: str, **more: Any) -> int:
        sent = await self.call("sendMessage", **{"chat_id": self.world.person, "text": text, **more})
        return int(sent["message_id"])

    async def send_photo(self, chat: int, caption: str) -> None:
        form = FormData(
            {
                "chat_id": str(chat),
                "caption": caption,
                "parse_mode": "HTML",
                "reply_markup": json.dumps(KEYBOARD),
            }
        )
        form.add_field("photo", (FOLDER / "photos" / "hoi-nghi.jpg").read_bytes(), filename="photo.jpg")
        async with self.session.post(f"/bot{TOKEN}/sendPhoto", data=form) as response:
            assert (await response.json())["ok"]

    async def send_album(self, chat: int, photos: dict[str, str]) -> None:
        """Send photos of the sample agency, by the names of their files, with their captions."""
        media = [
            {"type": "photo", "media": f"attach://{name}", "caption": caption}
            for name, caption in photos.items()
        ]
        form = FormData({"chat_id": str(chat), "media": json.dumps(media)})
        for name in photos:
            form.add_field(name, (FOLDER / "photos" / f"{name}.jpg").read_bytes(), filename=f"{name}.jpg")
        async with self.session.post(f"/bot{TOKEN}/sendMediaGroup", data=form) as response:
            assert (await response.json())["ok"]

    async def upload(self, method: str, part: str, name: str, content: bytes, **arguments: str) -> None:
        form = FormData(arguments)
        form.add_field(part, content, filename=name)
        async with self.session.post(f"/bot{TOKEN}/{method}", data=form) as response:
            assert (await response.json())["ok"]

    async def control(self, path: str, **body: Any) -> None:
        async with self.session.post(f"/_ctl/{path}", json=body) as response:
            assert response.status == 200, await response.text()

    async def hears(self, kind: str) -> Any:
        """Wait for the next update of that kind and return its content."""
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=5, limit=1):
                offset = update["update_id"] + 1
                if kind in update:
                    await self.call("getUpdates", offset=offset, timeout=0)
                    return update[kind]


@dataclass(frozen=True, slots=True)
class RawZaloBot:
    """The side of a bot on Zalo, played by hand."""

    session: ClientSession

    async def call(self, method: str, **arguments: Any) -> Any:
        async with self.session.post(f"/zalo/bot{ZALO_TOKEN}/{method}", json=arguments) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer.get("result")

    async def hears(self) -> Any:
        """Wait for the next message of a person."""
        update = await self.call("getUpdates", timeout="20")
        return update["message"]


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything that one test plays on."""

    emulator: Emulator
    site: Site
    bot: RawBot
    browser: Browser
    complaints: list[str]

    async def with_zalo(self) -> RawZaloBot:
        """Have a bot on Zalo as well."""
        await self.bot.control("zalo/knobs", local=True)
        await self.bot.control("zalo/bots", token=ZALO_TOKEN, display_name="Bot Bản Tin")
        return RawZaloBot(self.bot.session)

    async def open(self, fragment: str = "", size: ViewportSize = DESKTOP) -> Page:
        page = await open_page(self.browser, size)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                self.complaints.append(message.text) if message.type in ("error", "warning") else None
            ),
        )
        await page.goto(f"{self.emulator.url}/{fragment}")
        await page.locator(".chat-row").first.wait_for(state="attached")
        return page
