from collections.abc import AsyncIterator

import pytest

from bot.store.engine.database import Database
from tests.web.console.stage import ConsoleStage


@pytest.fixture
async def stage(sqlite_db: Database) -> AsyncIterator[ConsoleStage]:
    async with ConsoleStage.open(sqlite_db) as stage:
        yield stage
