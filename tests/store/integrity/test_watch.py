"""An open database is watched: is it still the one that was opened?"""

import asyncio
import filecmp
import os
import shutil
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store.coordination import leases
from bot.store.engine.database import Database, DatabaseLost, DatabaseUnavailable
from bot.store.integrity import identity
from bot.store.integrity.migrate import require_current, upgrade
from bot.store.integrity.watch import Watch
from tests.store.world import MINUTE, prepare

WRITE = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('DELETE FROM leases'); c.commit()"


@pytest.fixture
async def file(tmp_path: Path) -> Path:
    file = tmp_path / "a.db"
    await upgrade(f"sqlite:///{file}")
    await upgrade(f"sqlite:///{tmp_path / 'b.db'}")
    return file


@pytest.fixture
async def open_db(file: Path) -> AsyncIterator[Database]:
    db = await Database.open(f"sqlite:///{file}")
    await prepare(db)
    yield db
    await db.close()


def replace(file: Path) -> None:
    shutil.copy(file, file.with_name("copy.db"))
    file.with_name("copy.db").replace(file)


def overwrite(file: Path) -> None:
    file.write_bytes(file.with_name("b.db").read_bytes())


def damage(file: Path) -> None:
    """Leave the first page as it is, and nothing else."""
    with file.open("r+b") as opened:
        opened.seek(4096)
        opened.write(b"\x55" * (size_of(file) - 4096))


def size_of(file: Path) -> int:
    return file.stat().st_size


HARM: dict[str, tuple[Callable[[Path], object], str]] = {
    "moved": (lambda file: file.rename(file.with_name("moved.db")), "its file was moved away or deleted"),
    "deleted": (lambda file: file.unlink(), "its file was moved away or deleted"),
    "replaced": (replace, "another file is in its place"),
    "emptied": (lambda file: file.write_bytes(b""), "its file was emptied"),
    "noise": (lambda file: file.write_bytes(b"\x55" * 99_000), "its file was overwritten"),
    "another": (overwrite, "another database is in its place"),
    "cut off": (lambda file: os.truncate(file, 8192), "its file is damaged"),
}


@pytest.mark.parametrize(("harm", "said"), HARM.values(), ids=list(HARM))
async def test_a_file_that_is_no_more_what_it_was_is_noticed_and_takes_nothing_new(
    file: Path, open_db: Database, harm: Callable[[Path], object], said: str
) -> None:
    await open_db.empty_log()
    watch = await Watch.begin(open_db)
    await watch.look()
    before = open_db.lost
    harm(file)
    await watch.look()

    assert (before, str(open_db.lost)) == (None, f"the database {file} is lost: {said}")
    with pytest.raises(DatabaseLost, match=said):
        await _acquire(open_db)


async def _acquire(db: Database) -> None:
    async with db.write() as tx:
        await leases.acquire(tx, "one", owner="p", lease=MINUTE)


async def test_damage_that_a_statement_meets_is_a_loss(file: Path, open_db: Database) -> None:
    await open_db.empty_log()
    await open_db.close()
    db = await Database.open(f"sqlite:///{file}")
    damage(file)

    with pytest.raises(DatabaseLost, match=r"database disk image is malformed; restore a backup$"):
        await require_every_row(db)

    assert db.lost
    await db.close()


async def require_every_row(db: Database) -> None:
    async with db.read() as tx:
        await tx.execute(text("SELECT * FROM topics"))


async def test_what_was_begun_can_be_ended_and_a_file_that_was_moved_has_it_all_when_it_is_put_back(
    file: Path, open_db: Database
) -> None:
    watch = await Watch.begin(open_db)
    moved = shutil.move(file, file.with_name("moved.db"))
    await watch.look()
    async with open_db.write(even_if_lost=True) as tx:
        await leases.acquire(tx, "one", owner="p", lease=MINUTE)
    await watch.part()
    await open_db.close()
    log = size_of(file.with_name("a.db-wal"))
    with closing(sqlite3.connect(moved)) as opened:
        stored = opened.execute("SELECT name FROM leases").fetchall()
    shutil.move(moved, file)

    await require_current(f"sqlite:///{file}")
    assert (log, stored) == (0, [("one",)])


@pytest.mark.parametrize(
    "met", [None, DatabaseLost("database disk image is malformed")], ids=["look", "statement"]
)
async def test_nothing_of_a_lost_database_comes_into_the_one_that_was_written_over_it(
    file: Path, open_db: Database, met: DatabaseLost | None
) -> None:
    watch = await Watch.begin(open_db)
    assert size_of(file.with_name("a.db-wal"))
    overwrite(file)
    # A statement may meet a page of the other database before anybody looks.
    open_db.lost = met
    await watch.look()
    await watch.part()
    await open_db.close()

    assert str(open_db.lost).endswith("another database is in its place")
    assert filecmp.cmp(file, file.with_name("b.db"), shallow=False)


async def test_a_file_that_is_gone_is_not_made_anew_by_who_has_it_open(file: Path, open_db: Database) -> None:
    os.remove(file)  # noqa: PTH107 - a matter of microseconds
    async with open_db.driver():
        # Its connection is thrown away afterwards: the next one has to be made.
        pass

    with pytest.raises(DatabaseUnavailable, match="unable to open database file"):
        await _acquire(open_db)

    assert os.listdir(file.parent).count("a.db") == 0  # noqa: PTH208 - the same


async def test_a_file_that_grows_and_a_log_that_is_written_out_are_no_loss(
    file: Path, open_db: Database
) -> None:
    watch = await Watch.begin(open_db)
    growing = asyncio.create_task(_grow(open_db))
    looks = 0
    while not growing.done():
        await watch.look()
        looks += 1
    await growing

    assert (open_db.lost, looks > 1, size_of(file) > 4_000_000) == (None, True, True)


async def _grow(db: Database) -> None:
    for number in range(40):
        async with db.write() as tx:
            await tx.execute(text(f"CREATE TABLE t{number} AS SELECT randomblob(200000) AS x"))


async def test_looking_drops_no_lock_of_the_process_and_leaves_no_file_open(
    file: Path, open_db: Database
) -> None:
    log = file.with_name("a.db-wal")
    watch = await Watch.begin(open_db)
    await watch.look()
    before, opened = log.stat().st_ino, len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - the links lead nowhere
    for _ in range(20):
        await watch.look()
    left = len(os.listdir("/proc/self/fd")) - opened  # noqa: PTH208 - the same
    # A process that finds no lock takes itself for the last one, and removes the log.
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", WRITE, file)
    await process.wait()
    after = log.stat().st_ino if log.exists() else None

    assert (process.returncode, after, left) == (0, before, 0)


@pytest.mark.postgres
async def test_another_database_in_the_place_of_one_on_postgresql_is_noticed(postgresql_url: str) -> None:
    db = await Database.open(postgresql_url)
    async with db.write() as tx:
        await identity.ensure(tx, wanted=None)
    watch = await Watch.begin(db)
    await watch.look()
    before = db.lost
    async with db.write() as tx:
        await tx.execute(text("UPDATE database_identity SET id = repeat('0', 32)"))
    await watch.look()
    await db.close()

    assert before is None
    assert str(db.lost).endswith("is lost: another database is in its place")


@pytest.mark.postgres
async def test_a_database_that_is_away_is_no_loss(postgresql_url: str) -> None:
    db = await Database.open(postgresql_url)
    watch = await Watch.begin(db)
    async with db.write() as tx:
        await tx.execute(text("ALTER TABLE database_identity RENAME TO away"))
    await watch.look()
    async with db.write() as tx:
        await tx.execute(text("ALTER TABLE away RENAME TO database_identity"))
    await db.close()

    assert db.lost is None
