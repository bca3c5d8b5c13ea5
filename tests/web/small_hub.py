"""A small WebSub hub: verifies what it is asked, and pings with a signature."""

import hashlib
import hmac

import aiohttp
from aiohttp import web


class SmallHub:
    """Notes each request; *answers* is the status that a request gets.

    If *verifies* names a mode, that is verified before the answer, and *verified* says what came of it.
    """

    def __init__(self) -> None:
        self.requests: list[dict[str, str]] = []
        self.answers = 202
        self.verifies = ""
        self.verified: list[tuple[int, str]] = []

    async def subscribe(self, request: web.Request) -> web.Response:
        self.requests.append({name: str(value) for name, value in (await request.post()).items()})
        if self.verifies:
            self.verified.append(await self.verify(mode=self.verifies))
        return web.Response(status=self.answers)

    async def verify(
        self, *, mode: str = "subscribe", topic: str = "", lease: str = "1000"
    ) -> tuple[int, str]:
        asked = self.requests[-1]
        query = {
            "hub.mode": mode,
            "hub.topic": topic or asked["hub.topic"],
            "hub.challenge": "thử thách",
            "hub.lease_seconds": lease,
        }
        async with (
            aiohttp.ClientSession() as session,
            session.get(asked["hub.callback"], params=query) as answer,
        ):
            return answer.status, await answer.text()

    async def ping(self, *, method: str = "sha256", secret: str = "", body: bytes = b"<feed/>") -> int:
        asked = self.requests[-1]
        digest = hmac.new(
            (secret or asked["hub.secret"]).encode(), body, getattr(hashlib, method)
        ).hexdigest()
        headers = {"X-Hub-Signature": f"{method}={digest}"}
        async with (
            aiohttp.ClientSession() as session,
            session.post(asked["hub.callback"], data=body, headers=headers) as answer,
        ):
            return answer.status
