"""What lies at an SQLite database's path is taken only if it is the database that belongs there."""

import asyncio
import os
import shutil
import signal
import sqlite3
import stat
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.store.engine.database import Database, DatabaseUnavailable, exists
from bot.store.files.marker import marker_of, read_marker
from bot.store.integrity import identity
from bot.store.integrity.migrate import require_current, upgrade
from tests.running import unconfigured
from tests.store.old_schema import upgraded_to

ROOT = Path(__file__).parents[3]
UPGRADE = (
    "import asyncio, sys; from bot.store.integrity.migrate import upgrade; asyncio.run(upgrade(sys.argv[1]))"
)


def url_of(file: Path) -> str:
    return f"sqlite:///{file}"


async def made(file: Path) -> Path:
    await upgrade(url_of(file))
    return file


@pytest.fixture
async def file(tmp_path: Path) -> Path:
    """A database with its marker."""
    return await made(tmp_path / "a.db")


async def complaints(file: Path) -> set[str]:
    """Return what is said by all that open a database: what migrates it, what changes it, what reads it."""
    said = set()
    for opening in (upgrade, Database.open, Database.open_read_only):
        with pytest.raises(DatabaseUnavailable) as refused:
            await opening(url_of(file))
        said.add(str(refused.value))
    return said


def contents(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def remove(*files: Path) -> None:
    for file in files:
        file.unlink()


def without_tables(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("PRAGMA journal_mode=WAL")
    assert file.stat().st_size


def other_program(file: Path) -> None:
    file.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("CREATE TABLE t (a)")
        opened.execute("PRAGMA application_id = 7")


async def test_a_new_database_is_marked_and_its_marker_is_for_its_owner_alone(file: Path) -> None:
    marker = marker_of(file)
    db = await Database.open(url_of(file))
    async with db.read() as tx:
        own = await identity.find(tx)
    await db.close()

    assert (marker.name, read_marker(file)) == ("a.db.id", own)
    assert stat.S_IMODE(marker.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (
            lambda file: file.unlink(),
            "it is gone, and a.db.id tells of it; put it back, restore a backup, or",
        ),
        (
            lambda file: file.write_bytes(b""),
            "it is empty, and a.db.id tells of a full one; restore a backup",
        ),
        (lambda file: file.write_bytes(b"\x55" * 9000), "it is no database of Bản Tin; restore a backup, or"),
        (other_program, "it is no database of Bản Tin; restore a backup, or move it away and remove a.db.id"),
    ],
    ids=["gone", "empty", "noise", "another program's"],
)
async def test_what_is_not_the_database_that_belongs_there_is_refused_and_left_as_it_is(
    file: Path, harm: Callable[[Path], object], said: str
) -> None:
    harm(file)
    # A log that lies there may be all that is left.
    file.with_name("a.db-wal").write_bytes(b"a log")
    before = contents(file.parent)

    (complaint,) = await complaints(file)

    assert complaint.startswith(f"cannot use the database {file}: {said}")
    assert contents(file.parent) == before


async def test_a_file_that_was_cut_off_is_refused(file: Path) -> None:
    os.truncate(file, 8192)

    (complaint,) = await complaints(file)

    assert complaint == f"cannot use the database {file}: database disk image is malformed; restore a backup"


async def test_another_database_is_refused(file: Path) -> None:
    other = await made(file.with_name("b.db"))
    shutil.copy(other, file)

    (complaint,) = await complaints(file)

    assert "it is not the database that a.db.id tells of; put that one back" in complaint


async def test_a_database_without_tables_in_the_place_of_a_full_one_is_refused(file: Path) -> None:
    without_tables(file)

    (complaint,) = await complaints(file)

    assert "it is not the database that a.db.id tells of" in complaint


async def test_where_there_should_be_a_database_commands_that_could_do_without_look_for_it(
    file: Path,
) -> None:
    remove(file)

    assert exists(url_of(file))


async def test_without_the_marker_one_begins_anew_or_goes_on_with_another_database(file: Path) -> None:
    other = await made(file.with_name("b.db"))
    remove(file, marker_of(file))
    await upgrade(url_of(file))
    anew = read_marker(file)
    marker_of(file).unlink()
    shutil.copy(other, file)
    await upgrade(url_of(file))

    assert anew != read_marker(file) == read_marker(other)


async def test_a_backup_can_be_put_in_place(file: Path) -> None:
    backup = file.with_name("backup.db")
    with closing(sqlite3.connect(file)) as opened, closing(sqlite3.connect(backup)) as copy:
        opened.backup(copy)
    shutil.copy(backup, file)

    await upgrade(url_of(file))
    await require_current(url_of(file))


async def test_a_database_may_be_moved_with_its_marker_or_without(file: Path, tmp_path: Path) -> None:
    own = read_marker(file)
    (tmp_path / "with").mkdir()
    (tmp_path / "without").mkdir()
    shutil.copy(file, tmp_path / "without" / "b.db")
    shutil.move(file, tmp_path / "with" / "c.db")
    marker_of(file).rename(tmp_path / "with" / "c.db.id")

    for moved in ("with/c.db", "without/b.db"):
        await upgrade(url_of(tmp_path / moved))
        assert read_marker(tmp_path / moved) == own


async def test_a_database_that_was_mended_by_sql_is_known_by_its_row(file: Path) -> None:
    own = read_marker(file)
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("PRAGMA application_id = 0")
        opened.execute("PRAGMA user_version = 0")

    await upgrade(url_of(file))

    with closing(sqlite3.connect(file)) as opened:
        mark = opened.execute("PRAGMA user_version").fetchone()[0]
    assert own
    assert (read_marker(file), mark) == (own, int(own[:8], 16) >> 1)


async def test_a_database_of_the_last_release_is_taken_and_given_the_identity_that_is_noted(
    file: Path,
) -> None:
    noted = read_marker(file)
    _made_by_the_last_release(file)

    await upgrade(url_of(file))
    first = read_marker(file)
    _made_by_the_last_release(file)
    marker_of(file).unlink()
    await upgrade(url_of(file))

    assert first == noted
    assert read_marker(file) not in {None, noted}
    await require_current(url_of(file))


def _made_by_the_last_release(file: Path) -> None:
    file.unlink()
    engine = create_engine(url_of(file))
    with engine.begin() as connection:
        upgraded_to("0004")(connection)
    engine.dispose()


async def test_a_database_of_another_program_is_not_built_into(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("CREATE TABLE t (a)")

    for refusing in (upgrade, require_current):
        with pytest.raises(DatabaseUnavailable, match="it belongs to another program; name another file"):
            await refusing(url_of(file))

    with closing(sqlite3.connect(file)) as opened:
        assert opened.execute("SELECT name FROM sqlite_master").fetchall() == [("t",)]
    assert not marker_of(file).exists()


@pytest.mark.parametrize("content", [b"", b"yes\n", b"\xff" * 99])
async def test_a_marker_that_names_nothing_is_refused_with_the_way_out(file: Path, content: bytes) -> None:
    marker_of(file).write_bytes(content)

    (complaint,) = await complaints(file)

    assert complaint.endswith("a.db.id names no database; if the right one is in its place, remove a.db.id")


async def test_a_marker_that_may_not_be_read_is_one_line(file: Path) -> None:
    marker_of(file).unlink()
    marker_of(file).mkdir()

    (complaint,) = await complaints(file)

    assert complaint.endswith("a.db.id: Is a directory")


@pytest.mark.parametrize("until", ["a.db", "a.db-wal", "a.db.id"])
async def test_a_process_that_is_killed_while_it_makes_a_database_locks_nobody_out(
    tmp_path: Path, until: str
) -> None:
    file = tmp_path / "a.db"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", UPGRADE, url_of(file)), cwd=ROOT, env=unconfigured()
    )
    async with asyncio.timeout(60):
        while not (tmp_path / until).exists():  # noqa: ASYNC110 - it happens in another process
            await asyncio.sleep(0)
    process.send_signal(signal.SIGKILL)
    await process.wait()

    await upgrade(url_of(file))

    await require_current(url_of(file))
    assert read_marker(file)


async def test_neither_an_empty_file_nor_a_finished_one_needs_a_marker(tmp_path: Path) -> None:
    nothing, finished = tmp_path / "a.db", await made(tmp_path / "b.db")
    nothing.touch()
    own = read_marker(finished)
    marker_of(finished).unlink()

    for file in (nothing, finished):
        await upgrade(url_of(file))

    assert read_marker(nothing)
    assert read_marker(finished) == own


async def test_no_marker_is_written_before_the_file_itself_shows_which_one_it_is(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    db = await Database.open(url_of(file))
    async with db.write() as tx:
        await tx.execute(text("CREATE TABLE alembic_version (version_num TEXT)"))
    async with db.read() as tx:
        await tx.execute(text("SELECT * FROM alembic_version"))
        # The log cannot be written out while somebody looks at an older state.
        await upgrade(url_of(file))
        while_read = read_marker(file)
    await upgrade(url_of(file))
    await db.close()

    assert while_read is None
    assert read_marker(file)


async def test_an_identity_is_given_once(empty_database_url: str) -> None:
    await upgrade(empty_database_url)
    db = await Database.open(empty_database_url)
    async with db.read() as tx:
        first = await identity.find(tx)
    await upgrade(empty_database_url)
    async with db.read() as tx:
        again = await identity.find(tx)
    await db.close()

    assert first
    assert first == again
