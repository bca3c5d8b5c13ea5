from collections.abc import AsyncIterator

import pytest

from tests.emulated import Emulated
from tests.outbox_world import OutboxWorld


@pytest.fixture
async def emulated() -> AsyncIterator[Emulated]:
    async with Emulated.start() as emulated:
        yield emulated


@pytest.fixture
async def world(emulated: Emulated, sqlite_url: str) -> AsyncIterator[OutboxWorld]:
    await emulated.post("limits", global_count=500)
    async with OutboxWorld.make(emulated, sqlite_url) as world:
        yield world
