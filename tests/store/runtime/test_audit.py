"""The audit log: what is written in it stays as it is, for two years."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.domain.chats.chat import AccountId, Address
from bot.domain.desk.audit import (
    KEPT_AT_LEAST,
    LONGEST_VALUE,
    SERVICE,
    Act,
    Actor,
    AuditAction,
    AuditPlace,
    Subject,
    SubjectKind,
    of_admin,
    of_channel,
)
from bot.store.engine.database import Database
from bot.store.runtime import audit
from tests.store.old_schema import upgraded_to

ACCOUNT = AccountId("telegram:1")
LAN = Actor(AuditPlace.CHAT, "42", ACCOUNT)
PAUSED = Act(
    AuditAction.FEED_PAUSED, Subject(SubjectKind.FEED, "bao"), {"paused": False}, {"paused": True, "by": None}
)
YOUNG, OLD = KEPT_AT_LEAST - timedelta(hours=1), KEPT_AT_LEAST + timedelta(hours=1)
FORBIDDEN = (
    "UPDATE audit_log SET user_id = '43'",
    "DELETE FROM audit_log",
    (
        "INSERT INTO audit_log (id, at, place, user_id, action, about_kind, about_id)"
        " SELECT id, at, place, '43', action, about_kind, about_id FROM audit_log WHERE true"
        " ON CONFLICT (id) DO UPDATE SET user_id = '43'"
    ),
)
OF_DIALECT = {
    "sqlite": (
        (
            "REPLACE INTO audit_log (id, at, place, user_id, action, about_kind, about_id)"
            " SELECT id, at, place, '43', action, about_kind, about_id FROM audit_log"
        ),
        "UPDATE OR REPLACE audit_log SET id = id + 1",
    ),
    "postgresql": ("TRUNCATE audit_log", "UPDATE audit_log SET id = id + 100"),
}


@pytest.fixture
async def database(db: Database) -> Database:
    """A database with a line of now."""
    async with db.write() as tx:
        await audit.record(tx, LAN, PAUSED, now=datetime.now(UTC))
    return db


async def test_a_line_says_who_did_what_to_what_and_how_it_was_before_and_after(db: Database) -> None:
    now = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
    dismissed = Act(AuditAction.ADMIN_DISMISSED, of_admin(ACCOUNT, "7"))

    async with db.write() as tx:
        await audit.record(tx, LAN, PAUSED, now=now)
        await audit.record(tx, SERVICE, dismissed, now=now + timedelta(minutes=1))
        newest = await audit.newest(tx, limit=10)
        (later,) = await audit.since(tx, now + timedelta(minutes=1))
        (second,) = await audit.newest(tx, limit=1, offset=1)

    assert [(each.at, each.actor, each.act) for each in newest] == [
        (now + timedelta(minutes=1), SERVICE, dismissed),
        (now, LAN, PAUSED),
    ]
    assert (later, second) == newest


async def test_what_an_act_changed_is_kept_in_short(db: Database) -> None:
    renamed = replace(PAUSED, after={"name": "Tin " * 1_000})

    async with db.write() as tx:
        await audit.record(tx, LAN, renamed, now=datetime.now(UTC))
        (line,) = await audit.newest(tx, limit=1)

    assert line.act.after is not None
    assert 0 < len(str(line.act.after["name"])) <= LONGEST_VALUE


def test_a_channel_is_named_with_its_account_and_its_thread() -> None:
    assert of_channel(Address(ACCOUNT, "-1001")).id == "telegram:1/-1001"
    assert of_channel(Address(ACCOUNT, "-1001", "7")).id == "telegram:1/-1001/7"


async def test_a_line_cannot_be_changed_replaced_or_deleted(database: Database) -> None:
    for statement in (*FORBIDDEN, *OF_DIALECT[database.dialect]):
        with pytest.raises(DBAPIError, match="audit_log is"):
            async with database.write() as tx:
                await tx.execute(text(statement))

    async with database.read() as tx:
        (line,) = await audit.newest(tx, limit=10)
    assert (line.actor, line.act) == (LAN, PAUSED)


async def test_a_line_goes_after_two_years_and_not_a_moment_before(database: Database) -> None:
    now = datetime.now(UTC)
    async with database.write() as tx:
        for age in (OLD, YOUNG):
            await audit.record(tx, SERVICE, PAUSED, now=now - age)

    async with database.write() as tx:
        # Even where the clock of this machine is wrong by years.
        pruned = await audit.prune(tx, done_before=now + timedelta(days=9_999), limit=10)
        none = await audit.prune(tx, done_before=now + timedelta(days=9_999), limit=10)
        left = await audit.newest(tx, limit=10)

    assert (pruned, none) == (1, 0)
    assert [now - each.at > YOUNG for each in left] == [True, False]


async def test_old_lines_go_bit_by_bit_and_not_before_the_rule_says_so(database: Database) -> None:
    now = datetime.now(UTC)
    async with database.write() as tx:
        for days in (800, 900, 1_000):
            await audit.record(tx, SERVICE, PAUSED, now=now - timedelta(days=days))

        pruned = await audit.prune(tx, done_before=now - timedelta(days=850), limit=1)
        more = await audit.prune(tx, done_before=now - timedelta(days=850), limit=10)
        count = await audit.count(tx)

    assert (pruned, more, count) == (1, 1, 2)


async def test_a_database_of_before_gets_a_log_that_cannot_be_changed(empty_database_url: str) -> None:
    database = await Database.open(empty_database_url)
    try:
        async with database.write() as tx:
            await tx.run_sync(upgraded_to("0016"))
            await tx.execute(
                text(
                    "INSERT INTO accounts (id, platform, name, created_at)"
                    " VALUES ('telegram:1', 'telegram', 'bot', 1000)"
                )
            )
            await tx.run_sync(upgraded_to("0017"))
            await audit.record(tx, LAN, PAUSED, now=datetime.now(UTC))
        with pytest.raises(DBAPIError, match="append-only"):
            async with database.write() as tx:
                await tx.execute(text(FORBIDDEN[0]))
        async with database.read() as tx:
            assert await audit.count(tx) == 1
    finally:
        await database.close()
