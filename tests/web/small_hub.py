"""A small WebSub hub: verifies what it is asked, and pings with a signature."""

import hashlib
import hmac
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

from tests.sources.site import DATA


class SmallHub:
    """Notes each request; *answers* is the status that a request gets.

    If *verifies* names a mode, that is verified before the answer, and *verified* says what came of it.
    """

    def __init__(self) -> None:
        self.requests: list[dict[str, str]] = []
        self.answers = 202
        self.verifies = ""
        self.verified: list[tuple[int, str]] = []

    @asynccontextmanager
    async def running(self, *, tls: bool = True) -> AsyncIterator[str]:
        """Serve it, and give its address; the certificate is of the tests' own authority."""
        context = None
        if tls:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(DATA / "tls" / "complete.pem")
        application = web.Application()
        application.add_routes([web.post("/hub", self.subscribe)])
        runner = web.AppRunner(application, shutdown_timeout=0.01)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
        try:
            yield f"http{'s' if tls else ''}://127.0.0.1:{runner.addresses[0][1]}/hub"
        finally:
            await runner.cleanup()

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
        """Tell of a change; unsigned where it was given no secret."""
        asked = self.requests[-1]
        headers = {}
        if secret := secret or asked.get("hub.secret", ""):
            digest = hmac.new(secret.encode(), body, getattr(hashlib, method)).hexdigest()
            headers = {"X-Hub-Signature": f"{method}={digest}"}
        async with (
            aiohttp.ClientSession() as session,
            session.post(asked["hub.callback"], data=body, headers=headers) as answer,
        ):
            return answer.status
