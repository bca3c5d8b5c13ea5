"""Trying whether an SQLite file could be used: nothing is made, nothing is changed."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.engine.database import Database, DatabaseUnavailable
from bot.store.integrity.probe import served_by, try_file


def seen(folder: Path) -> dict[str, str]:
    """Return every file below *folder*, and what is in it."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def fill(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE t (a TEXT)")
        database.execute("CREATE INDEX i ON t (a)")
        database.executemany("INSERT INTO t VALUES (?)", [(str(number) * 50,) for number in range(2000)])


async def test_a_database_that_is_there_and_one_that_is_not_are_left_as_they_are(tmp_path: Path) -> None:
    fill(tmp_path / "a.db")
    before = seen(tmp_path)

    await try_file(f"sqlite:///{tmp_path / 'a.db'}", served=False)
    await try_file(f"sqlite:///{tmp_path / 'not' / 'yet' / 'b.db'}", served=False)

    assert (seen(tmp_path), (tmp_path / "not").exists()) == (before, False)


@pytest.mark.parametrize("place", ["/proc/x.db", "/proc/not/there/x.db", "{}/file/x.db", "{}/file/more/x.db"])
async def test_where_nothing_can_be_written_the_folder_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    file = place.format(tmp_path)

    with pytest.raises(DatabaseUnavailable, match=r"^cannot use the database \S+: \S+ cannot be written: "):
        await try_file(f"sqlite:///{file}", served=False)


async def test_a_folder_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "a.db").mkdir()

    with pytest.raises(DatabaseUnavailable, match=r"a\.db cannot be written: Is a directory$"):
        await try_file(f"sqlite:///{tmp_path / 'a.db'}", served=False)


async def test_garbage_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"no database at all " * 100)

    with pytest.raises(DatabaseUnavailable, match=r"a\.db: file is not a database$"):
        await try_file(f"sqlite:///{tmp_path / 'a.db'}", served=False)


@pytest.mark.parametrize("served", [False, True])
async def test_damage_is_found(tmp_path: Path, served: bool) -> None:  # noqa: FBT001 - pytest passes it so
    file = tmp_path / "a.db"
    fill(file)
    content = bytearray(file.read_bytes())
    content[-20_000:] = b"\x55" * 20_000
    file.write_bytes(content)

    with pytest.raises(DatabaseUnavailable, match=r"it is damaged \(.+\); restore a backup$"):
        await try_file(f"sqlite:///{file}", served=served)


async def test_who_serves_a_database_is_told_and_nobody_is_kept_from_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    never = await served_by(url)
    database = await Database.open(url, exclusive=True)
    served = await served_by(url)
    await database.close()
    after = await served_by(url)
    await (await Database.open(url, exclusive=True)).close()

    assert (never, served and served.isdecimal(), after) == (None, True, None)
