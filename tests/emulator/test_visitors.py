"""What other web sites may do with a demo that runs on a person's machine: nothing."""

import asyncio
from collections.abc import AsyncIterator, Mapping

import aiohttp
import pytest

from bot.emulator import page
from bot.emulator.agency import Site
from bot.emulator.server import Emulator
from bot.emulator.telegram.world.world import Bot

TOKEN = "70000000:demo-token-of-the-emulated-telegram"
POSTS = ["/_ctl/reset", "/_ctl/updates/message", f"/bot{TOKEN}/getMe", "/agency/_rebuild"]


@pytest.fixture
async def demo() -> AsyncIterator[Emulator]:
    async with Emulator.start(mounts=(Site().mount, page.mount)) as emulator:
        emulator.state.world.bots[70000000] = Bot(70000000, TOKEN, "demo_bot", "Bản Tin")
        yield emulator


async def status(demo: Emulator, method: str, path: str, headers: Mapping[str, str]) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.request(
            method, demo.url + path, headers=headers, data=b"{}" if method == "POST" else None
        ) as answer,
    ):
        return answer.status


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://localhost:1", "https://127.0.0.1"]
)
@pytest.mark.parametrize("path", POSTS)
async def test_another_site_cannot_post_to_it(demo: Emulator, path: str, origin: str) -> None:
    headers = {"Origin": origin, "Content-Type": "text/plain"}

    assert await status(demo, "POST", path, headers) == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "a b", "[::1"]
)
@pytest.mark.parametrize("path", ["/", "/_ctl/outbox", f"/bot{TOKEN}/getMe"])
async def test_a_name_that_was_rebound_to_this_machine_is_refused(
    demo: Emulator, host: str, path: str
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(demo.url.rpartition(":")[2]))
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())

    answer = await reader.read()
    writer.close()
    await writer.wait_closed()

    assert answer.startswith((b"HTTP/1.1 403 ", b"HTTP/1.1 400 "))


async def test_its_own_page_and_programs_are_served(demo: Emulator) -> None:
    port = demo.url.rpartition(":")[2]
    local = demo.url.replace("127.0.0.1", "localhost")

    served = [
        await status(demo, "GET", "/", {}),
        await status(demo, "GET", "/", {"Host": f"localhost:{port}"}),
        await status(demo, "GET", "/", {"Host": "192.168.1.7:8080"}),
        await status(demo, "GET", "/", {"Host": f"[::1]:{port}"}),
        await status(demo, "POST", f"/bot{TOKEN}/getMe", {}),
        await status(demo, "POST", f"/bot{TOKEN}/getMe", {"Origin": demo.url}),
        await status(demo, "POST", f"/bot{TOKEN}/getMe", {"Origin": local, "Host": f"localhost:{port}"}),
    ]

    assert served == [200] * 7
