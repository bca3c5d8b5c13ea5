"""Databases for tests: each test finds an empty one, and the store's tests run on every kind."""

import asyncio
import gc
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
import structlog
from hypothesis import settings
from sqlalchemy import Connection, Engine, event

from bot.runtime.logs import Redacted
from bot.store.engine.database import Database
from bot.store.integrity import migrate
from bot.store.schema import audit_log, database_identity, metadata
from tests import forked

SERVER = "TEST_DATABASE_URL"
RAM_DISK = Path("/dev/shm")
RAM_NEEDED = 4 * 2**30
LONG = 180
"""Seconds: a test that asks for so many may take long."""

# SQLite waits for the disk at each commit, and nothing that a test does cuts the power: what survives a
# kill -9 survives it in memory too, in half the time. pytest reads this when it makes its first folder.
if RAM_DISK.is_dir() and shutil.disk_usage(RAM_DISK).free >= RAM_NEEDED:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(RAM_DISK))

# Where Python is told to keep no compiled code, every process of the tests would spend seconds on compiling.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / "bantin-tests-compiled")
sys.dont_write_bytecode = False
sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"]

# Thousands of tests are collected, and stay: looking through all of them again and again for what has become
# garbage takes seconds in each process.
gc.disable()

# How long one example takes says nothing where other tests run beside it.
settings.register_profile("bantin", deadline=None)
settings.load_profile("bantin")


class _Statements(dict[tuple[Any, ...], Any]):
    """Compiled statements by what SQLAlchemy knows them by, but for which object the dialect is."""

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return super().get((type(key[0]), *key[1:]), default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        super().__setitem__((type(key[0]), *key[1:]), compiled)


_STATEMENTS = _Statements()


@event.listens_for(Engine, "engine_connect")
def _compile_once(connection: Connection) -> None:
    """Have the tests share what is compiled: each has a database, and so an engine, of its own."""
    connection.execution_options(compiled_cache=_STATEMENTS)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Spread what may take long over the first half of what each process begins with.

    Several such tests wait for others most of the time: one after another, or the last of all, they would
    leave nothing to do meanwhile.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    long = [each for each in items if _may_take_long(each)]
    short = [each for each in items if not _may_take_long(each)]
    items.clear()
    for worker in range(workers):
        begun = short[worker * len(short) // workers : (worker + 1) * len(short) // workers]
        spread = long[worker::workers]
        for number, each in reversed(list(enumerate(spread))):
            begun.insert(number * len(begun) // (2 * len(spread)), each)
        items += begun


def _may_take_long(item: pytest.Item) -> bool:
    allowed = item.get_closest_marker("timeout")
    return allowed is not None and allowed.args[0] >= LONG


_PLAIN: list[Any] = [
    structlog.processors.add_log_level,
    structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
]


def pytest_collection_finish() -> None:
    """Collect garbage from now on, but none of what was imported and collected."""
    gc.freeze()
    gc.enable()


@pytest.fixture(autouse=True)
def _logs_of_its_own() -> None:
    """Log as if no test before had set up logging in this process, and draw no locals of every frame.

    A command that runs in this process sends its log to a stream that is closed afterwards, and has loggers
    keep the way there; what is drawn takes seconds of computing for each exception.
    """
    if structlog.get_config()["processors"] is _PLAIN:
        return
    root = logging.getLogger()
    for handler in [each for each in root.handlers if isinstance(each.formatter, Redacted)]:
        root.removeHandler(handler)
    for name, module in list(sys.modules.items()):
        if name.startswith("bot.") and (log := vars(module).get("log")) is not None:
            vars(log).pop("bind", None)
    structlog.reset_defaults()
    structlog.configure(processors=_PLAIN)


@pytest.fixture(scope="session", autouse=True)
def _fork_server() -> Iterator[None]:
    yield
    forked.end_server()


@pytest.fixture
def sqlite_url(tmp_path: Path, _sqlite_template: Path) -> str:
    """A migrated SQLite database."""
    file = tmp_path / "bantin.db"
    shutil.copy(_sqlite_template, file)
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture
def postgresql_url(_postgresql_database: "_Reused") -> str:
    """A migrated PostgreSQL database on the server that TEST_DATABASE_URL names, emptied for this test."""
    _postgresql_database.empty()
    return _postgresql_database.url


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
    with _new_database() as url:
        yield url


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
def _postgresql_database() -> Iterator["_Reused"]:
    """One database for each process that runs tests: making one takes longer than most of them."""
    _require_server()
    with _new_database() as url, asyncio.Runner() as runner:
        runner.run(migrate.upgrade(url))
        runner.run(_execute(url, _NUMBER_FROM_AFAR))
        reused = _Reused(url, runner)
        yield reused
        reused.close()


# What a test that was killed has left open would otherwise keep its locks.
_DISCONNECT_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_EMPTY = "; ".join(
    [
        _DISCONNECT_OTHERS,
        # Its triggers refuse to forget what is not old.
        f"ALTER TABLE {audit_log.name} DISABLE TRIGGER USER",
        *(f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables)),
        f"ALTER TABLE {audit_log.name} ENABLE TRIGGER USER",
        # As a migration leaves it, but another one for each test: some exchange it.
        f"INSERT INTO {database_identity.name} VALUES (md5(random()::text))",
    ]
)


# Ids go on from test to test. No test may guess one, and no code take that of one table for that of another:
# either fails always, and not now and then.
_NUMBER_FROM_AFAR = """
    SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1000 * row_number() OVER ())
    FROM pg_sequences WHERE schemaname = current_schema()
"""


@dataclass
class _Reused:
    """A database that many tests use. What empties it stays connected: a new connection would first have to
    learn about every table.
    """

    url: str
    runner: asyncio.Runner
    connection: asyncpg.Connection | None = None

    def empty(self) -> None:
        try:
            self.runner.run(self._empty())
        except (asyncpg.InterfaceError, asyncpg.PostgresConnectionError, OSError):
            # The test before has cut all connections.
            self.connection = None
            self.runner.run(self._empty())

    def close(self) -> None:
        if self.connection:
            self.runner.run(self.connection.close())

    async def _empty(self) -> None:
        self.connection = self.connection or await asyncpg.connect(self.url)
        await self.connection.execute(_EMPTY)


def _require_server() -> None:
    if os.environ.get(SERVER):
        return
    reason = f"{SERVER} names no PostgreSQL server, for example postgresql://postgres@127.0.0.1:5432/test"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def _new_database() -> Iterator[str]:
    server = os.environ[SERVER]
    name = f"bantin_test_{uuid4().hex}"
    asyncio.run(_execute(server, f"CREATE DATABASE {name}"))
    # As above: the server is not killed, and what it has committed is there.
    asyncio.run(_execute(server, f"ALTER DATABASE {name} SET synchronous_commit = off"))
    try:
        yield f"{server.rpartition('/')[0]}/{name}"
    finally:
        asyncio.run(_execute(server, f"DROP DATABASE {name} WITH (FORCE)"))


async def _execute(url: str, statements: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statements)
    finally:
        await connection.close()
