"""Migrated databases of their own for each measurement."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import asyncpg

from bot.store.engine.database import Database
from bot.store.integrity import migrate

SERVER = "TEST_DATABASE_URL"


class NoServerError(Exception):
    """A row asks for PostgreSQL, and no server is named."""

    def __init__(self) -> None:
        super().__init__(f"{SERVER} names no PostgreSQL server")


def has_server() -> bool:
    return bool(os.environ.get(SERVER))


def server() -> str:
    """Return the address of the server's maintenance database."""
    if not has_server():
        raise NoServerError
    return os.environ[SERVER]


@asynccontextmanager
async def new_database(dialect: str) -> AsyncIterator[str]:
    """Make a database with the current schema, and yield its address."""
    making = _sqlite_file() if dialect == "sqlite" else _on_postgresql("")
    async with making as url:
        await migrate.upgrade(url)
        yield url


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    database = await Database.open(url)
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def copied(template: str) -> AsyncIterator[str]:
    """Make a copy of a database that nobody has open, and yield its address."""
    if template.startswith("sqlite"):
        async with _sqlite_file() as url:
            shutil.copy(_file(template), _file(url))
            yield url
    else:
        async with _on_postgresql(f"TEMPLATE {template.rpartition('/')[2]}") as url:
            yield url


@asynccontextmanager
async def _sqlite_file() -> AsyncIterator[str]:
    with tempfile.TemporaryDirectory(prefix="bantin-bench-") as folder:
        yield f"sqlite:///{folder}/bantin.db"


def _file(url: str) -> str:
    return url.removeprefix("sqlite:///")


@asynccontextmanager
async def _on_postgresql(template: str) -> AsyncIterator[str]:
    name = f"bantin_bench_{uuid4().hex}"
    await _on_server(f"CREATE DATABASE {name} {template}")
    try:
        # What was written so far must not be flushed to the disk while something is being measured.
        await _on_server("CHECKPOINT")
        yield f"{server().rpartition('/')[0]}/{name}"
    finally:
        await _on_server(f"DROP DATABASE {name} WITH (FORCE)")


async def _on_server(statement: str) -> None:
    connection = await asyncpg.connect(server())
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
