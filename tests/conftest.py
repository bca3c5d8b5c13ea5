"""Databases for tests: each test has one of its own, and the store's tests run on every kind."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from bot.store import migrate
from bot.store.database import Database

SERVER = "TEST_DATABASE_URL"


@pytest.fixture
def sqlite_url(tmp_path: Path, _sqlite_template: Path) -> str:
    """A migrated SQLite database."""
    file = tmp_path / "bantin.db"
    shutil.copy(_sqlite_template, file)
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture
def postgresql_url(_postgresql_template: str) -> Iterator[str]:
    """A migrated PostgreSQL database on the server that TEST_DATABASE_URL names."""
    name = _new_name()
    asyncio.run(_on_server(f"CREATE DATABASE {name} TEMPLATE {_postgresql_template}"))
    yield _url_of(name)
    asyncio.run(_on_server(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def dialect(request: pytest.FixtureRequest) -> str:
    """The kinds of database, in turn."""
    name: str = request.param
    return name


@pytest.fixture
def database_url(dialect: str, request: pytest.FixtureRequest) -> str:
    """A migrated database, of each kind in turn."""
    url: str = request.getfixturevalue(f"{dialect}_url")
    return url


@pytest.fixture
def empty_database_url(dialect: str, tmp_path: Path) -> Iterator[str]:
    """A database without tables, of each kind in turn."""
    if dialect == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
        return
    _require_server()
    name = _new_name()
    asyncio.run(_on_server(f"CREATE DATABASE {name}"))
    yield _url_of(name)
    asyncio.run(_on_server(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    """An open database, of each kind in turn."""
    database = await Database.open(database_url)
    yield database
    await database.close()


@pytest.fixture
async def sqlite_db(sqlite_url: str) -> AsyncIterator[Database]:
    """An open SQLite database, for tests of what lies above the store."""
    database = await Database.open(sqlite_url)
    yield database
    await database.close()


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "bantin.db"
    asyncio.run(migrate.upgrade(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def _postgresql_template() -> Iterator[str]:
    _require_server()
    name = _new_name()
    asyncio.run(_on_server(f"CREATE DATABASE {name}"))
    asyncio.run(migrate.upgrade(_url_of(name)))
    yield name
    asyncio.run(_on_server(f"DROP DATABASE {name} WITH (FORCE)"))


def _require_server() -> None:
    if os.environ.get(SERVER):
        return
    reason = f"{SERVER} names no PostgreSQL server, for example postgresql://postgres@127.0.0.1:5432/test"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _new_name() -> str:
    return f"bantin_test_{uuid4().hex}"


def _url_of(name: str) -> str:
    return f"{os.environ[SERVER].rpartition('/')[0]}/{name}"


async def _on_server(statement: str) -> None:
    connection = await asyncpg.connect(os.environ[SERVER])
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
