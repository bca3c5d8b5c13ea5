"""Everything from one database to another, and every way in which a file can be wrong."""

import gzip
import json
import os
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, func, insert, select

from bot.domain.chats.alert import Alert, AlertKind, AlertSubject
from bot.domain.chats.chat import ChatKind
from bot.domain.desk.audit import Actor, AuditPlace
from bot.domain.desk.figures import EndReason
from bot.domain.news.article import Article, ArticleId, DatePrecision, Photo, PreparedPhoto, Published
from bot.domain.news.feed import Validators
from bot.services.operations.export import TransferError, export_to, import_from
from bot.store.articles import articles, references
from bot.store.chats import chats
from bot.store.chats.erasure import forget
from bot.store.coordination import leases
from bot.store.engine.database import Database, Transaction
from bot.store.feeds import feeds, poll_leases, seen_entries
from bot.store.outbox import outbox
from bot.store.quotas import rate_history
from bot.store.quotas.rate_history import RateEvent, RateEventKind
from bot.store.runtime import admins, alerts, updates
from bot.store.runtime.dump import CHOICES, LARGEST_ID
from bot.store.schema import article_words, metadata
from bot.store.schema.types import Json, Moment
from tests.commands.stage import FULLY
from tests.store.world import (
    ACCOUNT,
    DAYS,
    DOMESTIC,
    FEED,
    MINUTE,
    NOW,
    claim,
    later,
    prepare,
    publish,
    register,
    save,
    sent,
    settle,
    subscribe,
)

Lines = list[Any]
SOMEBODY = Actor(AuditPlace.CLI, "lan")


async def fill(db: Database) -> None:
    """Put something into every table."""
    await prepare(db)
    _, second, _, gone = await subscribe(db, "1", "2", "3", "4")
    await publish(db, 1)
    one, two, *_ = await claim(db)
    await settle(db, sent(one), later(two, NOW + MINUTE))
    article = Article(
        "https://agency.example/tin/2",
        'Đảng ủy "họp"\t🙂',
        body=("Một.", "Hai."),
        photos=(Photo("https://agency.example/a.jpg", "Ảnh"),),
        published=Published(NOW, DatePrecision.DAY),
    )
    photo = PreparedPhoto("k" * 64, "https://agency.example/a.jpg", bytes(range(256)), 16, 16)
    async with db.write() as tx:
        saved = await articles.save(tx, article, photo=photo, topic=DOMESTIC.id, now=NOW)
        await references.PHOTOS.save(tx, ACCOUNT, photo.key, "AgAC", NOW)
        await seen_entries.remember(tx, FEED.id, {"một": saved.id, "hai": None}, NOW)
        await poll_leases.claim_due(tx, owner="p", now=NOW, limit=1, lease=MINUTE)
        await poll_leases.save_poll(
            tx,
            FEED.id,
            poll_leases.PollOutcome(
                validators=Validators('"e"', "Mon"), next_poll_at=NOW + MINUTE, took_article=True
            ),
            owner="p",
            now=NOW,
        )
        await register(tx, "-100", kind=ChatKind.SUPERGROUP, thread="7")
        await chats.await_input(tx, second, "channel", NOW)
        await admins.appoint(tx, ACCOUNT, "5", FULLY, appointed_by="9", now=NOW)
        await updates.save(tx, ACCOUNT, [(3, "{}")], now=NOW)
        await leases.acquire(tx, "sender", owner="p", lease=MINUTE)
        await alerts.save(tx, [Alert(AlertSubject(AlertKind.FEED, FEED.id), NOW)])
        await rate_history.save(tx, ACCOUNT, [RateEvent(RateEventKind.REPLIED, "2", NOW)], forget_before=NOW)
        await forget(tx, gone, why=EndReason.DORMANT, now=NOW)
        for table in metadata.sorted_tables:
            if (await tx.execute(select(table).limit(1))).first() is None:
                await tx.execute(insert(table).values(await made_up(tx, table)))


async def made_up(tx: Transaction, table: Table) -> dict[str, Any]:
    """Return some row for a table that has none, which refers to what is there."""
    row: dict[str, Any] = {}
    for column in table.columns:
        referred = [key.column for key in column.foreign_keys]
        if referred:
            row[column.name] = (await tx.execute(select(referred[0]).limit(1))).scalar_one()
        elif isinstance(column.type, Moment):
            row[column.name] = NOW
        elif choices := CHOICES.get((table.name, column.name)):
            row[column.name] = min(choices, key=str)
        else:
            row[column.name] = {
                "JSON": {},
                "INTEGER": 1,
                "BIGINT": 1,
                "BOOLEAN": True,
                "BLOB": b"x",
                "DOUBLE": 1.5,
            }.get("JSON" if isinstance(column.type, Json) else str(column.type), "x")
    return row


@pytest.fixture
async def full(sqlite_db: Database) -> Database:
    await fill(sqlite_db)
    return sqlite_db


@pytest.fixture
async def exported(full: Database, tmp_path: Path) -> Path:
    file = tmp_path / "all.jsonl"
    await export_to(full, file, now=NOW)
    return file


@pytest.fixture
async def empty(tmp_path: Path, _sqlite_template: Path) -> AsyncIterator[Database]:
    shutil.copy(_sqlite_template, tmp_path / "empty.db")
    database = await Database.open(f"sqlite:///{tmp_path / 'empty.db'}")
    yield database
    await database.close()


def tables(file: Path) -> dict[str, Lines]:
    """Return the rows of a file by table, and how many lines it says there are."""
    packed = file.name.endswith(".gz")
    text = gzip.decompress(file.read_bytes()) if packed else file.read_bytes()
    found: dict[str, Lines] = {}
    rows: Lines = []
    for line in map(json.loads, text.splitlines()[1:]):
        if isinstance(line, list):
            rows.append(line)
        elif "table" in line:
            rows = found.setdefault(line["table"], [])
        else:
            assert line == {"end": True, "rows": sum(map(len, found.values()))}
    return found


async def test_every_table_but_those_of_live_processes_is_carried(exported: Path) -> None:
    found = tables(exported)

    left_out = {"leases", "heartbeats", "article_words", "database_identity", "account_tokens"}
    left_out |= {"console_links", "console_sessions", "released_articles"}
    left_out |= {"recordings", "recording_references", "owner_names"}
    assert set(found) == set(metadata.tables) - left_out
    assert [name for name, rows in found.items() if not rows] == []


@pytest.mark.postgres
@pytest.mark.parametrize("name", ["all.jsonl", "all.jsonl.gz"])
async def test_there_and_back_again_nothing_changes(
    full: Database, empty: Database, postgresql_url: str, tmp_path: Path, name: str
) -> None:
    one, two, three = (tmp_path / f"{number}-{name}" for number in range(3))
    there = await Database.open(postgresql_url)

    carried = await export_to(full, one, now=NOW)
    assert await import_from(there, one, actor=SOMEBODY, now=NOW) == carried
    await export_to(there, two, now=NOW)
    await import_from(empty, two, actor=SOMEBODY, now=NOW)
    await export_to(empty, three, now=NOW)

    first, second, third = (tables(file) for file in (one, two, three))
    logs = [each.pop("audit_log") for each in (first, second, third)]
    assert first == second == third
    # Behind what each brings stands that it was brought.
    assert [len(log) for log in logs] == [1, 2, 3]
    assert logs[2][:2] == logs[1]
    assert logs[1][:1] == logs[0]
    for database in (there, empty):
        assert await first_free_ids(database) == await first_free_ids(full)
    await there.close()


async def first_free_ids(db: Database) -> tuple[ArticleId, int]:
    """Return the ids that a new article and a new chat get: none is ever given out twice."""
    async with db.write() as tx:
        return await save(tx, 99), (await register(tx, "99")).id


@pytest.mark.postgres
async def test_what_is_owed_is_sent_from_the_new_place(exported: Path, postgresql_url: str) -> None:
    there = await Database.open(postgresql_url)
    await import_from(there, exported, actor=SOMEBODY, now=NOW)

    claimed = await claim(there, owner="two", now=NOW + MINUTE)
    await publish(there, 5)
    async with there.read() as tx:
        backlog = await outbox.backlog(tx, now=NOW + DAYS)

    assert ([delivery.address.chat for delivery in claimed], backlog.pending) == (["3", "2"], 5)
    await there.close()


async def test_only_an_empty_database_takes_an_import(full: Database, exported: Path) -> None:
    with pytest.raises(TransferError, match=r"is not empty \(.*\): import into an empty one"):
        await import_from(full, exported, actor=SOMEBODY, now=NOW)


async def test_an_export_that_fails_leaves_no_file(full: Database, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()

    with pytest.raises(TransferError, match="it cannot be written: Is a directory"):
        await export_to(full, tmp_path / "folder", now=NOW)

    assert names(tmp_path) == {"bantin.db", "folder"}


async def test_a_device_or_a_pipe_is_not_replaced_by_an_export(full: Database, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    with pytest.raises(TransferError, match="it cannot be written: it is no ordinary file"):
        await export_to(full, pipe, now=NOW)

    assert pipe.is_fifo()


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir() if not file.name.endswith(("-wal", "-shm"))}


def rewrite(file: Path, wrong: Callable[[Lines], Lines]) -> None:
    lines = [json.loads(line) for line in file.read_bytes().splitlines()]
    file.write_bytes(b"".join(json.dumps(line).encode() + b"\n" for line in wrong(lines)))


def change(**changes: object) -> Callable[[Lines], Lines]:
    return lambda lines: [{**lines[0], **changes}, *lines[1:]]


def _begins(line: object, table: str) -> bool:
    return isinstance(line, dict) and line.get("table") == table


def row_of(table: str, new: Callable[[list[Any]], object]) -> Callable[[Lines], Lines]:
    """Change the first row of *table*."""

    def changed(lines: Lines) -> Lines:
        place = next(
            n for n, line in enumerate(lines) if isinstance(line, dict) and line.get("table") == table
        )
        return [*lines[: place + 1], new(lines[place + 1]), *lines[place + 2 :]]

    return changed


def instead(table: str, old: str, new: str) -> Callable[[Lines], Lines]:
    """Write *new* where *old* stands in the first row of *table*."""
    return row_of(table, lambda row: [new if value == old else value for value in row])


def next_id_of(table: str, number: int) -> Callable[[Lines], Lines]:
    """Change the number that *table* goes on with."""
    return lambda lines: [{**line, "next_id": number} if _begins(line, table) else line for line in lines]


def test_every_column_that_is_read_as_one_of_a_few_values_has_them_on_the_list() -> None:
    columns = {(table.name, column.name) for table in metadata.sorted_tables for column in table.columns}
    enumerated = {"kind", "status", "lane", "state", "origin", "decision", "timing", "quiet_mode"}
    # What a chat is asked is named by its commands, which answer a name that they do not know.
    free = {("pending_inputs", "kind")}

    assert {place for place in columns if place[1] in enumerated} - free <= set(CHOICES) <= columns


async def test_a_file_that_somebody_has_put_in_the_way_of_an_export_is_left_alone(
    full: Database, tmp_path: Path
) -> None:
    theirs = tmp_path / "theirs"
    theirs.write_text("theirs")
    (tmp_path / ".all.jsonl.unfinished").symlink_to(theirs)

    await export_to(full, tmp_path / "all.jsonl", now=NOW)

    assert theirs.read_text() == "theirs"
    assert not (tmp_path / "all.jsonl").is_symlink()
    assert (tmp_path / "all.jsonl").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda _: [], r"it ends after line 0"),
        (lambda _: [{"hello": 1}], "this is no export of Bản Tin"),
        (lambda _: [7], "this is no export of Bản Tin"),
        (change(version=2), "line 1: it is of version 2, and we read version 1"),
        (change(schema="0000"), "line 1: it has the schema 0000, and this program the schema 0"),
        (lambda lines: lines[:-1], r"it ends after line \d+, before its end: cut off\?"),
        (lambda lines: [*lines, 1], "there is more after the end"),
        (lambda lines: [*lines[:-1], {"end": True, "rows": 5}], "there should be 5 rows, and there are"),
        (lambda lines: [lines[0], lines[-1]], "the table '.*' is missing"),
        (lambda lines: [lines[0], [1]], "line 2: neither a table nor a row of one"),
        (
            lambda lines: [lines[0], {"table": "secrets", "columns": [], "next_id": None}],
            "line 2: the table 'secrets' is unknown",
        ),
        (lambda lines: [*lines[:2], lines[1]], "line 3: the table '.*' comes twice"),
        (
            lambda lines: [lines[0], {**lines[1], "columns": ["id"]}],
            "line 2: the table '.*' has other columns here",
        ),
        (row_of("topics", lambda row: row[1:]), "in the rows of topics before it: a row of 8 values"),
        (row_of("topics", lambda row: [None, *row[1:]]), "id has no value"),
        (row_of("topics", lambda row: [5, *row[1:]]), "id: a int, where a str belongs"),
        (row_of("topics", lambda row: [row[0], 1 << 40, *row[2:]]), "position: 1099511627776 is too large"),
        (row_of("topics", lambda row: [*row[:-1], 1]), "retired: a int, where a bool belongs"),
        (row_of("photos", lambda row: [*row[:2], "no base64!", *row[3:]]), "content: "),
        (row_of("subscriptions", lambda row: [12345, *row[1:]]), "FOREIGN KEY constraint failed"),
        (instead("chats", "private", "kênh"), "kind: 'kênh' is none of"),
        (instead("chats", "active", "hm"), "status: 'hm' is none of active, off, paused"),
        (instead("feeds", "configured", "x"), "origin: 'x' is none of added, configured"),
        (row_of("chats", lambda row: [0, *row[1:]]), "id: 0 is no id"),
        (row_of("chats", lambda row: [LARGEST_ID + 1, *row[1:]]), f"id: {LARGEST_ID + 1} is no id"),
        (next_id_of("chats", (1 << 63) - 1), f"the next id of chats cannot be {(1 << 63) - 1}"),
        (next_id_of("chats", -5), "the next id of chats cannot be -5"),
    ],
)
async def test_a_file_that_is_wrong_is_refused_in_one_line_and_nothing_of_it_stays(
    exported: Path, empty: Database, wrong: Callable[[Lines], Lines], said: str
) -> None:
    rewrite(exported, wrong)

    with pytest.raises(TransferError, match=said) as error:
        await import_from(empty, exported, actor=SOMEBODY, now=NOW)

    assert "\n" not in str(error.value)
    async with empty.read() as tx:
        assert await feeds.topics(tx) == ()


@pytest.mark.postgres
async def test_the_other_database_refuses_in_one_line_too(exported: Path, postgresql_url: str) -> None:
    rewrite(exported, row_of("subscriptions", lambda row: [12345, *row[1:]]))
    there = await Database.open(postgresql_url)

    with pytest.raises(TransferError, match="violates foreign key constraint") as error:
        await import_from(there, exported, actor=SOMEBODY, now=NOW)

    assert "\n" not in str(error.value)
    await there.close()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jsonl", b"\x00\xff", "this is no export of Bản Tin"),
        ("a.jsonl", b'{"format": "bantin-export"', "this is no export of Bản Tin"),
        ("a.gz", b"{}", "this is not gzip, or it is damaged"),
        ("a.gz", gzip.compress(b"x" * 1000, mtime=0)[:20], "it ends too early: cut off?"),
        ("a.gz", b"\x1f\x8b\x08\x00" + b"\x00" * 6 + b"\xff" * 30, "this is not gzip, or it is damaged"),
    ],
)
async def test_what_is_no_export_at_all_is_refused(
    tmp_path: Path, empty: Database, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(TransferError) as error:
        await import_from(empty, tmp_path / name, actor=SOMEBODY, now=NOW)

    assert str(error.value) == f"{tmp_path / name}: {said}"


async def test_what_was_imported_is_found_by_its_words(exported: Path, empty: Database) -> None:
    await import_from(empty, exported, actor=SOMEBODY, now=NOW)

    async with empty.read() as tx:
        indexed = (await tx.execute(select(func.count()).select_from(article_words))).scalar_one()
        assert (
            indexed
            == (await tx.execute(select(func.count()).select_from(metadata.tables["articles"]))).scalar()
        )
    assert indexed
