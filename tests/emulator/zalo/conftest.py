from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.emulator.server import Emulator
from tests.emulator.zalo.client import TOKEN, ZaloClient


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloClient]:
    """An emulated Zalo with one bot, which nobody has written to."""
    async with Emulator.start() as emulator, aiohttp.ClientSession() as session:
        client = ZaloClient(emulator, session)
        await client.control("bots", token=TOKEN, display_name="Bot Tin", can_join_groups=True)
        yield client
