from collections.abc import AsyncIterator

import pytest

from bot.store.engine.database import Database
from tests.web.api.world import ApiWorld


@pytest.fixture
async def api(db: Database) -> AsyncIterator[ApiWorld]:
    """The API, on each kind of database in turn."""
    async with ApiWorld.serve(db) as world:
        yield world


@pytest.fixture
async def sqlite_api(sqlite_db: Database) -> AsyncIterator[ApiWorld]:
    """The API on SQLite, for tests of what lies above the store."""
    async with ApiWorld.serve(sqlite_db) as world:
        yield world
