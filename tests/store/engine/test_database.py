import asyncio
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.domain.chats.chat import Address, ChatKind
from bot.store.chats import chats
from bot.store.coordination import leases
from bot.store.engine.database import Database, DatabaseUnavailable, exists
from tests.full_disk import full_disk
from tests.store.world import ACCOUNT, MINUTE, register

HOLD = """
import asyncio, sys
from bot.store.engine.database import Database

async def hold():
    database = await Database.open(sys.argv[1], exclusive=True)
    print("held", flush=True)
    await asyncio.sleep(60)

asyncio.run(hold())
"""


async def count_chats(db: Database) -> int:
    async with db.read() as tx:
        return int((await tx.execute(text("SELECT count(*) FROM chats"))).scalar_one())


async def test_what_goes_wrong_names_nothing_that_was_bound(db: Database) -> None:
    with pytest.raises(DBAPIError) as caught:
        async with db.read() as tx:
            await tx.execute(text("SELECT nothing FROM chats WHERE chat = :chat"), {"chat": "555000111"})

    assert "555000111" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("postgresql://u:secret@127.0.0.1:1/bantin", "postgresql://127.0.0.1:1/bantin: "),
        ("postgresql://u:secret@no-such-host.invalid/bantin", "no-such-host.invalid:5432/bantin: "),
        ("mysql://u:secret@127.0.0.1/bantin", "its address must look like sqlite"),
        ("secret", "its address must look like sqlite"),
        ("postgresql://u:secret@127.0.0.1:port/bantin", "its address must look like sqlite"),
        ("sqlite+aiosqlite://", "must name a file"),
        ("sqlite:///:memory:", "must name a file"),
        ("sqlite+aiosqlite:////dev/null/secret/bantin.db", "Not a directory"),
        ("sqlite+aiosqlite:////proc/bantin.db", "No such file or directory: /proc/bantin.db"),
    ],
)
async def test_a_database_that_cannot_be_had_is_one_line_without_the_password(url: str, line: str) -> None:
    with pytest.raises(DatabaseUnavailable) as caught:
        await Database.open(url)

    message = str(caught.value)
    assert line in message
    assert "\n" not in message
    assert "u:secret" not in message


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:p@{}@127.0.0.1:1/bantin",
        "postgresql://u:p@127.0.0.1/{}@127.0.0.1:1/bantin",
        "postgresql://u:p@there:{}@127.0.0.1:1/bantin",
        "postgresql://u:p@there?{}@127.0.0.1:1/bantin",
        "postgresql://u:p@there?{}=1@127.0.0.1:1/bantin",
        "postgresql:/u:{}@127.0.0.1:1/bantin",
        "postgresql://u:{}/127.0.0.1:1/bantin",
    ],
)
async def test_no_part_of_a_password_that_was_not_encoded_is_said(url: str) -> None:
    with pytest.raises(DatabaseUnavailable) as caught:
        await Database.open(url.format("secret"))

    message = str(caught.value)
    assert message.startswith("cannot open the database: its address ")
    assert "secret" not in message


async def test_a_file_that_is_no_database_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("Xin chào, đây không phải là cơ sở dữ liệu. " * 50)

    with pytest.raises(DatabaseUnavailable, match=r"notes\.db: file is not a database$"):
        await Database.open(f"sqlite:///{tmp_path}/notes.db")


async def test_a_server_that_refuses_the_name_is_one_line(postgresql_url: str) -> None:
    with pytest.raises(DatabaseUnavailable, match=r'database "no_such_name" does not exist$'):
        await Database.open(f"{postgresql_url.rpartition('/')[0]}/no_such_name")


async def test_the_folder_of_an_sqlite_file_is_made(tmp_path: Path) -> None:
    db = await Database.open(f"sqlite:///{tmp_path}/var/data/bantin.db")
    await db.close()

    assert (tmp_path / "var/data/bantin.db").is_file()


async def test_a_file_exists_once_it_was_opened(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/bantin.db"
    before = exists(url)
    db = await Database.open(url)
    await db.close()

    assert (before, exists(url)) == (False, True)


async def test_what_a_transaction_wrote_is_there_when_it_ends(store: Database) -> None:
    async with store.write() as tx:
        await register(tx, "1")

    assert await count_chats(store) == 1


async def test_a_transaction_that_raises_leaves_nothing(store: Database) -> None:
    async def register_and_fail() -> None:
        async with store.write() as tx:
            await register(tx, "1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await register_and_fail()

    assert await count_chats(store) == 0


async def test_a_read_cannot_write(store: Database) -> None:
    async with store.read() as tx:
        with pytest.raises(DBAPIError, match=r"read-only|readonly"):
            await register(tx, "1")


async def test_a_bug_in_a_statement_is_not_called_an_outage(store: Database) -> None:
    async with store.read() as tx:
        with pytest.raises(DBAPIError, match="no_such_table"):
            await tx.execute(text("SELECT * FROM no_such_table"))


async def test_a_read_sees_one_state_and_does_not_wait_for_a_write(store: Database) -> None:
    async with store.write() as writing:
        await register(writing, "1")
        async with store.read() as reading:
            before = (await reading.execute(text("SELECT count(*) FROM chats"))).scalar_one()
            assert (before, await count_chats(store)) == (0, 0)


async def test_a_read_in_progress_does_not_hold_up_a_write(store: Database) -> None:
    async with store.read() as reading:
        counted = text("SELECT count(*) FROM chats")
        before = (await reading.execute(counted)).scalar_one()
        async with asyncio.timeout(5):
            async with store.write() as tx:
                await register(tx, "1")
        after = (await reading.execute(counted)).scalar_one()

    assert (before, after, await count_chats(store)) == (0, 0, 1)


async def test_twenty_writers_at_once_all_succeed(store: Database) -> None:
    async def write(number: int) -> None:
        async with store.write() as tx:
            await register(tx, str(number))
            await asyncio.sleep(0)
            await register(tx, f"-{number}", kind=ChatKind.GROUP)

    await asyncio.gather(*map(write, range(20)))

    assert await count_chats(store) == 40


@pytest.mark.parametrize("steps", range(8))
async def test_a_writer_that_is_cancelled_leaves_nothing_and_lets_the_next_one_in(
    store: Database, steps: int
) -> None:
    begun = asyncio.Event()

    async def write_for_ever() -> None:
        async with store.write() as tx:
            await register(tx, "1")
            begun.set()
            while True:
                await chats.find(tx, Address(ACCOUNT, "1"))

    writing = asyncio.create_task(write_for_ever())
    await begun.wait()
    for _ in range(steps):
        await asyncio.sleep(0)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    async with store.write() as tx:
        await register(tx, "2")

    assert await count_chats(store) == 1


async def test_sqlite_keeps_a_commit_through_a_power_cut(sqlite_db: Database) -> None:
    async with sqlite_db.write() as tx:
        found = [
            (await tx.execute(text(f"PRAGMA {name}"))).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]

    assert found == ["wal", 2, 1]


async def test_a_connection_that_the_server_has_closed_is_replaced(postgresql_url: str) -> None:
    db = await Database.open(postgresql_url)
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    with pytest.raises(DatabaseUnavailable, match=r"^cannot use the database postgresql://"):
        await _run(db, others)

    async with db.write() as tx:
        taken = await leases.acquire(tx, "sender", owner="one", lease=MINUTE)
    await db.close()

    assert taken


async def _run(db: Database, statement: str) -> None:
    async with db.write() as tx:
        await tx.execute(text(statement))


async def test_a_second_process_is_refused_on_sqlite_and_told_who_is_there(sqlite_url: str) -> None:
    holder = subprocess.Popen(  # noqa: ASYNC220 - it only has to be there
        [sys.executable, "-c", HOLD, sqlite_url], stdout=subprocess.PIPE, cwd=Path(__file__).parents[3]
    )
    try:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"

        with pytest.raises(DatabaseUnavailable, match=rf"process id {holder.pid}\)"):
            await Database.open(sqlite_url, exclusive=True)
        shared = await Database.open(sqlite_url)
        await shared.close()
    finally:
        holder.kill()
        holder.communicate()

    db = await Database.open(sqlite_url, exclusive=True)
    await db.close()


async def test_a_closed_database_can_be_opened_again_exclusively(sqlite_url: str) -> None:
    for _ in range(2):
        db = await Database.open(sqlite_url, exclusive=True)
        await db.close()


async def test_postgresql_is_shared_by_processes(postgresql_url: str) -> None:
    databases = [await Database.open(postgresql_url, exclusive=True) for _ in range(2)]
    for db in databases:
        await db.close()


async def test_what_is_made_for_a_database_is_for_its_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        db = await Database.open(f"sqlite:///{tmp_path}/var/data/bantin.db", exclusive=True)
        async with db.write() as tx:
            await tx.execute(text("CREATE TABLE t (n INTEGER)"))
        folder = tmp_path / "var" / "data"
        modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in [folder.parent, *folder.iterdir()]}
        await db.close()
    finally:
        os.umask(before)

    assert modes.pop("var") == stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {"bantin.db", "bantin.db-wal", "bantin.db.lock"} <= set(modes)
    assert set(modes.values()) == {0o600}


async def test_a_database_that_others_could_read_is_taken_from_them(sqlite_url: str) -> None:
    file = sqlite_url.removeprefix("sqlite+aiosqlite:///")
    os.chmod(file, 0o644)  # noqa: PTH101 - a matter of microseconds

    db = await Database.open(sqlite_url)
    await db.close()

    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600  # noqa: PTH116 - the same


async def _update_within(db: Database, setting: str) -> None:
    async with db.write() as tx:
        await tx.execute(text(setting))
        await tx.execute(text("UPDATE chats SET language = language"))


@pytest.mark.postgres
@pytest.mark.parametrize(
    "setting", ["SET LOCAL lock_timeout = '50ms'", "SET LOCAL statement_timeout = '50ms'"]
)
async def test_a_time_out_that_operators_have_set_is_an_outage(postgresql_url: str, setting: str) -> None:
    db = await Database.open(postgresql_url)
    async with db.write() as tx:
        await tx.execute(text("LOCK TABLE chats"))
        with pytest.raises(DatabaseUnavailable, match="canceling statement due to"):
            await _update_within(db, setting)
    failure = db.write_failure
    await db.probe()

    assert failure
    assert db.write_failure is None
    await db.close()


async def test_to_be_refused_a_write_is_an_outage_but_to_write_while_reading_is_a_bug(db: Database) -> None:
    with pytest.raises(DBAPIError):
        async with db.read() as tx:
            await tx.execute(text("UPDATE chats SET language = language"))

    assert db.write_failure is None


async def test_a_full_disk_is_noticed_and_its_end_too(sqlite_db: Database) -> None:
    async with full_disk(sqlite_db):
        with pytest.raises(DatabaseUnavailable):
            await sqlite_db.probe()
        failure = sqlite_db.write_failure
    await sqlite_db.probe()

    assert failure
    assert sqlite_db.write_failure is None


async def test_opening_it_again_drops_no_lock_of_the_first(tmp_path: Path) -> None:
    file, log = tmp_path / "a.db", tmp_path / "a.db-wal"
    first = await Database.open(f"sqlite:///{file}")
    async with first.write() as tx:
        await tx.execute(text("CREATE TABLE t (x)"))
    before = log.stat().st_ino
    await (await Database.open(f"sqlite:///{file}")).close()

    # A process that finds no lock takes itself for the last one, and removes the log that the first one has.
    write = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('INSERT INTO t VALUES (7)')"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", f"{write}; c.commit()", file)
    await process.wait()
    after = log.stat().st_ino if log.exists() else None
    await first.close()

    assert (process.returncode, after) == (0, before)
