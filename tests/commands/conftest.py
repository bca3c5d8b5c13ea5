import asyncio
import shutil
from pathlib import Path

import pytest

from bot.store.engine.database import Database
from tests.commands.stage import Stage


@pytest.fixture(scope="session")
def _staged_template(tmp_path_factory: pytest.TempPathFactory, _sqlite_template: Path) -> Path:
    file = tmp_path_factory.mktemp("staged") / "bantin.db"
    shutil.copy(_sqlite_template, file)
    asyncio.run(_prepare(f"sqlite+aiosqlite:///{file}"))
    return file


async def _prepare(url: str) -> None:
    database = await Database.open(url)
    await Stage.open(database)
    await database.close()


@pytest.fixture
def sqlite_url(tmp_path: Path, _staged_template: Path) -> str:
    """A SQLite database with the account and the topics of the stage."""
    file = tmp_path / "bantin.db"
    shutil.copy(_staged_template, file)
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture
async def stage(sqlite_db: Database) -> Stage:
    """A bot that nobody has written to yet."""
    return Stage(sqlite_db)
