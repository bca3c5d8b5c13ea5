from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.emulator.server import Emulator
from tests.emulator.zalo_oa.client import OaClient


@pytest.fixture
async def oa() -> AsyncIterator[OaClient]:
    """An emulated Official Account that has authorised an application."""
    async with Emulator.start() as emulator, aiohttp.ClientSession() as session:
        client = OaClient(emulator, session)
        await client.authorised()
        yield client
