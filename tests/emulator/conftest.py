from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.emulator.server import Emulator
from tests.emulator.client import Client, furnish


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    """A furnished emulator with a frozen clock."""
    async with Emulator.start() as emulator, aiohttp.ClientSession() as session:
        client = Client(emulator, session)
        await furnish(client)
        yield client
