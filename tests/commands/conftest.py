import pytest

from bot.store.engine.database import Database
from tests.commands.stage import Stage


@pytest.fixture
async def stage(sqlite_db: Database) -> Stage:
    """A bot that nobody has written to yet."""
    return await Stage.open(sqlite_db)
