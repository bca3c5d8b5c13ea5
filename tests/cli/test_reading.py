"""Commands that read: they make nothing, change nothing, and say so where there is nothing to read."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import select, text

from bot.store.engine.database import Database
from bot.store.schema import metadata
from tests.cli.bantin import TOKEN, TOPIC, Bantin, feed
from tests.cli.calling import Call
from tests.store.world import claim, later, prepare, publish, settle, subscribe

READING: list[list[str]] = [
    ["feeds"],
    ["feeds", "--json"],
    ["feeds", "export-opml"],
    ["chats"],
    ["chats", "--list"],
    ["stats"],
    ["stats", "--days", "7"],
    ["stats", "--days", "7", "--csv"],
    ["publications"],
    ["publications", "--json"],
    ["pause"],
    ["deliveries"],
    ["deliveries", "--failed"],
    ["erased", "77"],
    ["admins"],
    ["audit"],
    ["audit", "--csv"],
    ["export", "all.jsonl"],
]
CHANGING: list[list[str]] = [
    ["retry", "--all"],
    ["stop", "1"],
    ["pause", "--all"],
    ["feeds", "pause", "x"],
    ["feeds", "remove", "x"],
]
OTHERS = '[[topic]]\nid = "khac"\nname = {vi = "Khác"}\nhashtag = "Khac"\n'


@pytest.fixture
async def live(bantin: Bantin, db: Database, database_url: str) -> Database:
    """The database of a service, with another configuration than the one in the command's folder."""
    bantin.configure(feeds=OTHERS)
    bantin.knows(database__url=database_url, telegram__token=TOKEN)
    await prepare(db)
    await subscribe(db, "11")
    await publish(db)
    (only,) = await claim(db)
    await settle(db, later(only, only.due_at))
    return db


async def everything(db: Database) -> dict[str, list[Any]]:
    async with db.read() as tx:
        return {
            table.name: sorted(map(repr, (await tx.execute(select(table))).all()))
            for table in metadata.sorted_tables
        }


async def test_commands_that_read_change_nothing_whatever_the_configuration_beside_them_says(
    bantin: Bantin, live: Database
) -> None:
    before = await everything(live)

    for arguments in READING:
        assert (await bantin(*arguments)).status == 0, arguments
        assert await everything(live) == before, arguments


async def test_what_is_listed_is_what_the_service_has_and_not_what_the_folder_defines(
    bantin: Bantin, live: Database
) -> None:
    assert "baochinh" in (await bantin("feeds")).out
    assert "trong-nuoc" in (await bantin("stats")).out


async def test_a_feed_is_added_and_paused_without_retiring_what_another_configuration_defines(
    bantin: Bantin, live: Database
) -> None:
    before = await everything(live)
    to_theirs = ("feeds", "add", "https://a.vn/rss", "--topic", "quoc-te", "--id", "a", "--unchecked")
    to_ours = ("feeds", "add", "https://b.vn/rss", "--topic", "khac", "--id", "b", "--unchecked")

    assert [(await bantin(*add)).status for add in (to_theirs, to_ours)] == [0, 0]
    assert (await bantin("feeds", "pause", "baochinh")).out == "paused baochinh\n"

    after = await everything(live)
    assert [row for row in before["topics"] if row not in after["topics"]] == []
    assert (len(after["topics"]), len(after["feeds"])) == (
        len(before["topics"]) + 1,
        len(before["feeds"]) + 2,
    )
    assert after["subscriptions"] == before["subscriptions"]


async def test_a_configuration_is_taken_over_when_that_is_asked_for_and_what_it_retires_is_named(
    bantin: Bantin, live: Database
) -> None:
    said = await bantin("feeds", "sync")

    assert said.out.splitlines() == [
        "1 topics and 0 feeds are as feeds.toml defines them",
        "retired, since it does not: topic trong-nuoc, topic quoc-te, feed baochinh",
    ]


@pytest.mark.parametrize("arguments", READING + CHANGING, ids=" ".join)
def test_where_there_is_no_database_none_is_made(call: Call, arguments: list[str]) -> None:
    call.configure(feeds=TOPIC + feed("https://a.vn/rss"))
    call.knows(telegram__token=TOKEN)

    said = call(*arguments)

    assert said.complaint == (
        f"bantin: there is no database at {call.folder}/var/bantin.db: start `bantin run` once,"
        " or name another one with BANTIN_DATABASE__URL or [database] url"
    )
    assert [path.name for path in call.folder.iterdir()] == ["config"]


@pytest.mark.parametrize("arguments", READING + CHANGING, ids=" ".join)
@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("DELETE FROM alembic_version", "is empty; run 'bantin migrate'"),
        (
            "UPDATE alembic_version SET version_num = '9999'",
            "is newer than this program; install the newer version",
        ),
    ],
)
def test_a_schema_of_another_version_is_refused_with_the_way_out_and_stays_as_it_is(
    call: Call, sqlite_url: str, arguments: list[str], revision: str, said: str
) -> None:
    file = call.folder / "bantin.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute(revision)
    before = file.read_bytes()
    call.knows(database__url=sqlite_url, telegram__token=TOKEN)

    assert call(*arguments).complaint.endswith(f"its schema {said}")
    assert file.read_bytes() == before
    assert [path.name for path in call.folder.iterdir()] == ["bantin.db"]


async def test_a_database_that_is_open_for_reading_takes_no_writes(live: Database, database_url: str) -> None:
    reading = await Database.open_read_only(database_url)
    try:
        if reading.dialect == "sqlite":
            with pytest.raises(Exception, match="readonly database"):
                async with reading.write() as tx:
                    await tx.execute(text("DELETE FROM feeds"))
        async with reading.read() as tx:
            assert (await tx.execute(text("SELECT count(*) FROM feeds"))).scalar_one() == 1
    finally:
        await reading.close()


async def test_a_database_is_read_while_another_process_writes_it(bantin: Bantin, live: Database) -> None:
    async with live.write() as tx:
        await tx.execute(text("UPDATE feeds SET name = 'x'"))

        said = await bantin("feeds")

    assert "Báo Chính" in said.out
