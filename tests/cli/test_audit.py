"""`bantin audit`: what commands change leaves a line in the name of the login."""

import csv
import io
import json
import os
import pwd
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.desk.audit import Act, Actor, AuditAction, AuditPlace, Subject, SubjectKind
from bot.store.engine.database import Database
from bot.store.runtime import audit
from tests.cli.bantin import TOKEN, TOPIC, Bantin, feed
from tests.cli.calling import Call

HEADS = ["id", "at", "place", "account", "user", "name", "action", "about", "before", "after"]


@pytest.fixture
def told(call: Call) -> Call:
    call.configure(feeds=TOPIC + feed("https://a.example/rss", "mot"))
    call.knows(telegram__token=TOKEN)
    return call


def listed(call: Call, *options: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(call("audit", "--days", "900", "--json", *options).out)
    return rows


def test_every_command_that_changes_something_leaves_its_line(told: Call) -> None:
    file = told.folder / "in.opml"
    file.write_text("<opml><body><outline text='B' xmlUrl='https://b.example/rss'/></body></opml>")
    for arguments in (
        ("feeds", "sync"),
        ("feeds", "add", "https://c.example/rss", "--topic", "trong-nuoc", "--id", "c", "--unchecked"),
        ("feeds", "import-opml", str(file), "--topic", "trong-nuoc"),
        ("feeds", "pause", "mot"),
        ("feeds", "resume", "mot"),
        ("feeds", "remove", "c"),
    ):
        assert told(*arguments).status == 0, arguments
    told.configure(feeds=TOPIC + feed("https://a.example/rss2", "mot"))
    told("feeds", "sync")
    told("feeds", "sync")

    rows = listed(told)

    assert [(row["action"], row["about"]) for row in rows] == [
        ("topic-added", "topic:trong-nuoc"),
        ("feed-added", "feed:mot"),
        ("feed-added", "feed:c"),
        ("feed-added", "feed:b-example-rss"),
        ("feed-paused", "feed:mot"),
        ("feed-resumed", "feed:mot"),
        ("feed-removed", "feed:c"),
        ("feed-changed", "feed:mot"),
    ]
    assert {(row["place"], row["user"]) for row in rows} == {("cli", pwd.getpwuid(os.getuid()).pw_name)}
    assert (rows[-1]["before"], rows[-1]["after"]) == (
        {"url": "https://a.example/rss"},
        {"url": "https://a.example/rss2"},
    )
    assert rows[-2]["before"]["url"] == "https://c.example/rss"


def test_the_log_is_printed_for_people_and_for_spreadsheets(told: Call) -> None:
    told("feeds", "sync")

    table = told("audit", "--days", "1").out.splitlines()
    found = list(csv.reader(io.StringIO(told("audit", "--days", "1", "--csv").out)))

    assert table[0].split() == HEADS
    assert 'url="https://a.example/rss"' in table[2]
    assert found[0] == HEADS
    assert [row[6:8] for row in found[1:]] == [
        ["topic-added", "topic:trong-nuoc"],
        ["feed-added", "feed:mot"],
    ]
    assert json.loads(found[2][9])["url"] == "https://a.example/rss"
    assert told("audit", "--json", "--csv").complaint.endswith("say --json or --csv")


async def recorded(folder: Path, actor: Actor, *acts: tuple[Act, timedelta]) -> None:
    database = await Database.open(f"sqlite:///{folder / 'var' / 'bantin.db'}")
    async with database.write() as tx:
        for act, age in acts:
            await audit.record(tx, actor, act, now=datetime.now(UTC) - age)
    await database.close()


async def test_days_leave_out_what_is_older_and_no_cell_is_a_formula(bantin: Bantin) -> None:
    bantin.configure(feeds=TOPIC)
    bantin.knows(telegram__token=TOKEN)
    await bantin("migrate")
    old = Act(AuditAction.FEED_PAUSED, Subject(SubjectKind.FEED, "cu"))
    new = Act(AuditAction.PUBLICATION_RECALLED, Subject(SubjectKind.ARTICLE, "7"), {"title": "Tin 1\x1b[31m"})
    actor = Actor(AuditPlace.CLI, "=1+1\x1b[31m")
    await recorded(bantin.folder, actor, (old, timedelta(days=8)), (new, timedelta(days=6)))

    every = json.loads((await bantin("audit", "--days", "900", "--json")).out)
    week = await bantin("audit", "--days", "7", "--csv")

    newest = json.loads((await bantin("audit", "--limit", "1", "--json")).out)

    assert [row["about"] for row in every] == ["feed:cu", "article:7"]
    assert [row["about"] for row in newest] == ["article:7"]
    (row,) = csv.DictReader(io.StringIO(week.out))
    assert (row["user"], row["about"], row["before"]) == (
        "'=1+1?[31m",
        "article:7",
        '{"title": "Tin 1[31m"}',
    )


async def test_retries_polls_and_imports_leave_their_lines(failed: Bantin) -> None:
    (failed.folder / "config" / "feeds.toml").write_text(TOPIC, encoding="utf-8")
    await failed("retry", "1")
    await failed("retry", "--all")
    await failed("retry", "--all")
    await failed("poll")
    await failed("export", "all.jsonl")
    failed.knows(database__url="sqlite:///there.db")
    await failed("migrate")

    await failed("import", "all.jsonl")

    rows = json.loads((await failed("audit", "--days", "900", "--json")).out)
    retried = [row for row in rows if row["action"] == "deliveries-retried"]
    assert [(row["about"], row["after"]) for row in retried] == [
        ("deliveries:1", {"deliveries": 1}),
        ("deliveries:*", {"deliveries": 1}),
    ]
    assert {row["place"] for row in rows if row["action"] in ("topic-removed", "feed-removed")} == {
        "configuration"
    }
    assert [(row["action"], row["about"]) for row in rows[-2:]] == [
        ("feed-polled", "feed:*"),
        ("data-imported", "database:*"),
    ]
    assert rows[-1]["after"]["file"] == "all.jsonl"
