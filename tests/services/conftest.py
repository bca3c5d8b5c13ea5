import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.emulated import Emulated
from tests.outbox_world import OutboxWorld


@pytest.fixture
async def emulated() -> AsyncIterator[Emulated]:
    async with Emulated.start() as emulated:
        yield emulated


@pytest.fixture
async def world(emulated: Emulated, tmp_path: Path) -> AsyncIterator[OutboxWorld]:
    async with OutboxWorld.make(emulated, f"sqlite:///{tmp_path / 'bantin.db'}") as world:
        yield world
