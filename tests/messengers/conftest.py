from collections.abc import AsyncIterator

import pytest

from bot.messengers.telegram import TelegramMessenger
from tests.emulated import Emulated


@pytest.fixture
async def emulated() -> AsyncIterator[Emulated]:
    async with Emulated.start() as emulated:
        yield emulated


@pytest.fixture
async def messenger(emulated: Emulated) -> AsyncIterator[TelegramMessenger]:
    async with emulated.messenger() as messenger:
        yield messenger
