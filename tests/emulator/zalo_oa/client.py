"""A bare client of an emulated Official Account: raw JSON, so that every word and number is seen."""

from typing import Any

import aiohttp

from bot.emulator.server import Emulator

APP, APP_SECRET, REFRESH = "4250001", "the-secret-key-of-the-application", "refresh-of-the-authorisation"
COVER = "https://agency.example/cover.jpg"

Json = dict[str, Any]


class OaClient:
    """Asks as the application that one Official Account has authorised, and controls the emulator."""

    def __init__(self, emulator: Emulator, session: aiohttp.ClientSession) -> None:
        self.url = emulator.oa_url
        self.oauth_url = f"{emulator.oa_url}/oauth"
        self._control = f"{emulator.url}/_ctl/zalo-oa"
        self.session = session

    async def exchange(self, refresh: str = REFRESH, *, secret: str = APP_SECRET, **more: str) -> Json:
        form = {"app_id": APP, "grant_type": "refresh_token", "refresh_token": refresh, **more}
        address = f"{self.oauth_url}/v4/oa/access_token"
        async with self.session.post(address, data=form, headers={"secret_key": secret}) as answer:
            assert answer.status == 200
            told: Json = await answer.json()
            return told

    async def post(self, path: str, access: str, **content: Any) -> Json:
        async with self.session.post(
            f"{self.url}/v2.0/{path}", json=content, headers={"access_token": access}
        ) as answer:
            assert answer.status == 200
            told: Json = await answer.json()
            return told

    async def get(self, path: str, access: str, **query: Any) -> Json:
        async with self.session.get(
            f"{self.url}/v2.0/{path}", params=query, headers={"access_token": access}
        ) as answer:
            assert answer.status == 200
            told: Json = await answer.json()
            return told

    async def control(self, path: str, **fields: Any) -> Any:
        async with self.session.post(f"{self._control}/{path}", json=fields) as answer:
            content = await answer.json()
            assert answer.status == 200, content
            return content

    async def mend(self) -> None:
        """Let nothing go wrong any more that was to go wrong."""
        async with self.session.delete(f"{self._control}/faults") as answer:
            assert answer.status == 200

    async def look(self, path: str) -> Any:
        async with self.session.get(f"{self._control}/{path}") as answer:
            content = await answer.json()
            assert answer.status == 200, content
            return content

    async def authorised(self, *, fetches: bool = False) -> None:
        """Make an Official Account that has authorised the application."""
        await self.control("accounts", app_id=APP, secret=APP_SECRET, name="Cục mẫu", refresh=REFRESH)
        await self.control("knobs", fetches=fetches, local=True)


def article(title: str = "Họp báo thường kỳ", **more: Any) -> Json:
    """Return an article as it is created."""
    return {
        "type": "normal",
        "title": title,
        "author": "Cục mẫu",
        "cover": {"cover_type": "photo", "photo_url": COVER, "status": "show"},
        "description": "Tóm tắt của bài.",
        "body": [{"type": "text", "content": "<p>Nội dung.</p>"}],
        "status": "show",
        "comment": "hide",
        **more,
    }
