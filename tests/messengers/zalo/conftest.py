from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from bot.emulator.server import Emulator
from bot.messengers.zalo import ZaloMessenger
from bot.messengers.zalo.messenger import ZaloSettings
from bot.messengers.zalo.request import ZaloTimeouts
from tests.emulated import jpeg
from tests.emulator.zalo.client import TOKEN, ZaloClient

IMPATIENT = ZaloTimeouts(connect=5.0, answer=1.0, photo=2.0)


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloClient]:
    """An emulated Zalo with one bot, which nobody has written to."""
    async with Emulator.start() as emulator, aiohttp.ClientSession() as session:
        client = ZaloClient(emulator, session)
        await client.control("bots", token=TOKEN, display_name="Bot Tin", can_join_groups=True)
        yield client
        # What Zalo passes over in silence is a mistake of ours all the same.
        assert not emulator.zalo.metrics.lint


@pytest.fixture
def settings(zalo: ZaloClient) -> ZaloSettings:
    return ZaloSettings(TOKEN, api_url=zalo.url, timeouts=IMPATIENT, poll_for=0.0, poll_every=0.0)


@pytest.fixture
async def messenger(settings: ZaloSettings) -> AsyncIterator[ZaloMessenger]:
    messenger = await ZaloMessenger.connect(settings)
    yield messenger
    await messenger.close()


@pytest.fixture
async def photo_server() -> AsyncIterator[str]:
    """Return the address of a photo on a web server."""

    async def serve(_: web.Request) -> web.Response:
        return web.Response(body=jpeg(), content_type="image/jpeg")

    app = web.Application()
    app.router.add_get("/anh.jpg", serve)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/anh.jpg"
    await runner.cleanup()
