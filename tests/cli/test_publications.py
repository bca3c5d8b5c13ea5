"""Stopping, resuming, recalling and pausing at the command line."""

import asyncio
import json

import pytest
from sqlalchemy import select

from bot.domain.desk.audit import AuditAction, AuditPlace
from bot.domain.publication import confirmation
from bot.domain.publication.publication import Step
from bot.store.engine.database import Database
from bot.store.runtime import audit
from bot.store.schema import chats, deliveries
from bot.store.schema.types import EPOCH
from tests.cli.calling import Call
from tests.store.world import ACCOUNT, DOMESTIC, claim, prepare, publish, sent, settle, subscribe


@pytest.fixture
def published(call: Call, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Two articles, the newer one sent to one of its two subscribers."""
    monkeypatch.setattr(confirmation, "CONFIRMED_AFTER", 0.01)
    call.knows(database__url=sqlite_url)

    async def make() -> None:
        db = await Database.open(sqlite_url)
        await prepare(db)
        await publish(db, 1)
        await subscribe(db, "11", "12")
        await publish(db, 2)
        (delivery,) = await claim(db, limit=1)
        await settle(db, sent(delivery))
        await db.close()

    asyncio.run(make())
    return call


def actions(url: str) -> list[tuple[AuditPlace, AuditAction]]:
    async def read() -> list[tuple[AuditPlace, AuditAction]]:
        db = await Database.open_read_only(url)
        async with db.read() as tx:
            lines = await audit.since(tx, EPOCH)
        await db.close()
        return [(line.actor.place, line.act.action) for line in lines]

    return asyncio.run(read())


def test_publications_are_listed_with_their_state_and_fate(published: Call) -> None:
    rows = json.loads(published("publications", "--json").out)

    assert [row["article"] for row in rows] == [2, 1]
    first = {key: rows[0][key] for key in ("state", "sent", "waiting", "not_sent", "topics", "title")}
    assert first == {
        "state": "released",
        "sent": 1,
        "waiting": 1,
        "not_sent": 0,
        "topics": DOMESTIC.id,
        "title": "Bài số 2",
    }
    assert published("publications", "--limit", "1").out.count("Bài số") == 1


def test_an_article_is_stopped_resumed_and_recalled(published: Call, sqlite_url: str) -> None:
    said = [published(*words) for words in (("stop", "2"), ("resume", "2"), ("recall", "2", "--json"))]

    assert [each.status for each in said] == [0, 0, 0]
    assert said[0].out == "2 is stopped: nothing more of it goes out but what was in flight\n"
    assert said[1].out == "2 is resumed: what was held back goes out now\n"
    assert json.loads(said[2].out) == {"article": 2, "state": "recalled"}
    assert [action for _, action in actions(sqlite_url)] == [
        AuditAction.PUBLICATION_STOPPED,
        AuditAction.PUBLICATION_RESUMED,
        AuditAction.PUBLICATION_RECALLED,
    ]
    assert {place for place, _ in actions(sqlite_url)} == {AuditPlace.CLI}


@pytest.mark.parametrize("step", [Step.STOP, Step.RESUME, Step.RECALL])
def test_what_cannot_be_done_is_one_line(published: Call, sqlite_url: str, step: Step) -> None:
    assert published("recall", "2").status == 0

    assert "it is recalled since" in published(step.value, "2").complaint
    assert published(step.value, "77").complaint == (
        "bantin: there is no article 77 in any topic; `bantin publications` lists them"
    )
    assert len(actions(sqlite_url)) == 1


@pytest.mark.parametrize(
    "named", [("--topic", DOMESTIC.id), ("--account", str(ACCOUNT)), ("--all",)], ids=lambda named: named[0]
)
def test_each_is_paused_shown_and_goes_on(published: Call, sqlite_url: str, named: tuple[str, ...]) -> None:
    assert published("pause").out == "nothing yet\n"
    assert published("pause", *named).out.endswith("is paused: what is owed waits\n")
    (row,) = json.loads(published("pause", "--json").out)
    assert (row["id"], row["automatic"]) == (named[1] if named[1:] else None, False)
    assert published("pause", *named).complaint.endswith("is paused already")

    assert published("resume", *named).out.endswith("goes on\n")
    assert published("resume", *named).complaint.endswith("is not paused")
    assert [action for _, action in actions(sqlite_url)] == [AuditAction.PAUSED, AuditAction.UNPAUSED]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("pause", "--topic", "khong-co"), "bantin: there is no topic 'khong-co'"),
        (("pause", "--account", "telegram:9"), "bantin: there is no account 'telegram:9'"),
        (("pause", "--all", "--topic", "x"), "name one of --topic, --account and --all"),
        (("resume",), "name one article, or one of --topic, --account and --all"),
        (("resume", "2", "--all"), "name one article, or one of --topic, --account and --all"),
        (("stop", "x"), "should be a valid integer"),
        (("stop", "0"), "should be greater than or equal to 1"),
    ],
)
def test_bad_input_is_one_line(published: Call, words: tuple[str, ...], complaint: str) -> None:
    assert complaint in published(*words).complaint


def deliveries_of(url: str) -> list[tuple[str, int, str]]:
    """Return to whom which article is owed, and how that stands."""

    async def read() -> list[tuple[str, int, str]]:
        db = await Database.open_read_only(url)
        query = select(chats.c.chat, deliveries.c.article_id, deliveries.c.status).join_from(
            deliveries, chats, chats.c.id == deliveries.c.chat_id
        )
        async with db.read() as tx:
            found = sorted((row.chat, row.article_id, row.status) for row in await tx.execute(query))
        await db.close()
        return found

    return asyncio.run(read())


def test_an_article_of_before_is_sent_to_those_who_subscribe_now(published: Call, sqlite_url: str) -> None:
    answer = published("resend", "1", "--topic", DOMESTIC.id)

    assert answer.out == "1 is owed once more\n"
    assert deliveries_of(sqlite_url) == [
        ("11", 1, "pending"),
        ("11", 2, "sent"),
        ("12", 1, "pending"),
        ("12", 2, "pending"),
    ]
    assert actions(sqlite_url) == [(AuditPlace.CLI, AuditAction.PUBLICATION_RESENT)]


def test_a_chat_that_is_named_gets_it_once_more(published: Call, sqlite_url: str) -> None:
    twice = [published("resend", "2", "--chat", "11").status for _ in range(2)]

    assert twice == [0, 0]
    assert deliveries_of(sqlite_url) == [("11", 2, "pending"), ("11", 2, "sent"), ("12", 2, "pending")]


def test_to_whom_it_failed_it_is_owed_once_more(published: Call) -> None:
    assert json.loads(published("resend", "2", "--failed", "--json").out) == {"article": 2, "owed": 0}


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("9", "--failed"), "article 9 is not released"),
        (("1", "--topic", "quoc-te"), "article 1 is not released in quoc-te"),
        (("1", "--chat", "99"), "nothing is stored about 99"),
        (("1",), "say one of --topic, --chat and --failed"),
    ],
)
def test_what_cannot_be_sent_again_is_said(published: Call, arguments: tuple[str, ...], why: str) -> None:
    answer = published("resend", *arguments)

    assert answer.status != 0
    assert why in answer.err
