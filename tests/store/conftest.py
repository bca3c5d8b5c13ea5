import pytest

from bot.store.engine.database import Database
from tests.store.world import prepare


@pytest.fixture
async def store(db: Database) -> Database:
    """A database with an account, two topics and a feed."""
    await prepare(db)
    return db
