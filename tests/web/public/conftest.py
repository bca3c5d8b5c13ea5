from collections.abc import AsyncIterator

import pytest

from bot.store.engine.database import Database
from tests.web.public.stage import PublicStage


@pytest.fixture
async def stage(sqlite_db: Database) -> AsyncIterator[PublicStage]:
    async with PublicStage.open(sqlite_db) as stage:
        yield stage
