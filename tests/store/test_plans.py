"""What runs often finds its rows by an index, however many there are beside them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, text

from bot.domain.chats.chat import AccountId, ChatStatus
from bot.domain.chats.preferences import Schedule, Timing
from bot.domain.delivery.delivery import DeliveryStatus
from bot.store.chats import chats
from bot.store.engine.database import Database
from bot.store.outbox import digest_times, outbox, receipts
from bot.store.publications import pauses, publications
from tests.store.world import (
    ACCOUNT,
    DOMESTIC,
    MINUTE,
    NOW,
    choose,
    claim,
    publish,
    rows,
    sent,
    settle,
    subscribe,
)

ROWS = 10_000
RECURSION = "WITH RECURSIVE g(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM g LIMIT {rows}) SELECT i FROM g"
NUMBERS = {
    "sqlite": RECURSION.format(rows=ROWS),
    "postgresql": f"SELECT generate_series(1, {ROWS}) AS i",
}
CROWD = (
    """
    INSERT INTO chats (account_id, chat, thread, kind, language, status, consent_at, created_at)
    SELECT '{account}', 'crowd' || i, '', 'private', 'vi', 'active', 1, 1 FROM ({numbers}) AS n
    """,
    """
    INSERT INTO subscriptions (chat_id, topic_id, created_at)
    SELECT id, 'quoc-te', 1 FROM chats WHERE chat LIKE 'crowd%'
    """,
    """
    INSERT INTO articles (key, url, title, summary, body, photos, attachments, author, source, revision,
        ranked_at, created_at)
    SELECT 'crowd' || i, '', '', '', '[]', '[]', '[]', '', '', 0, 1, 1 FROM ({numbers}) AS n
    """,
    """
    INSERT INTO publications (article_id, topic_id, state, created_at, changed_at)
    SELECT id, 'trong-nuoc', 'released', 1, 1 FROM articles WHERE key LIKE 'crowd%'
    """,
    """
    INSERT INTO deliveries (account_id, chat_id, article_id, topic_id, revision, status, lane, digest,
        due_at, expires_at, held_until, settled_at, claims, attempts, created_at)
    SELECT '{account}', id, {article}, 'quoc-te', 0, '{status}', 2, false, 1,
        9000000000000, {held_until}, {settled_at}, 0, 0, 1
    FROM chats WHERE chat LIKE 'crowd%'
    """,
)
LARGE = {"deliveries", "chats", "subscriptions", "articles", "publications"}
# PostgreSQL: 'Seq Scan on chats'; SQLite: 'SCAN chats', where 'SCAN chats USING INDEX' reads in its order.
SCAN = re.compile(r"Seq Scan on (\w+)|SCAN (\w+)$")


@pytest.fixture
async def crowded(store: Database) -> Database:
    """A database in which thousands of deliveries wait for closed chats, and as many were sent long ago."""
    waiting = {"status": "pending", "held_until": 8_000_000_000_000, "settled_at": "NULL"}
    done = {"status": "sent", "held_until": "NULL", "settled_at": 1}
    async with store.write() as tx:
        for number, kind in enumerate((waiting, done)):
            for statement in CROWD[0 if number == 0 else -1 :]:
                values = {
                    "account": ACCOUNT,
                    "numbers": NUMBERS[store.dialect],
                    "article": 900 + number,
                    **kind,
                }
                await tx.execute(text(statement.format(**values)))
    if store.dialect == "postgresql":
        # Its plans follow from statistics, which it gathers by itself at a moment of its choice.
        async with store.write() as tx:
            await tx.execute(text("ANALYZE"))
    return store


@contextmanager
def listening(db: Database) -> Iterator[list[tuple[str, Any]]]:
    """Collect the statements that are executed meanwhile."""
    heard: list[tuple[str, Any]] = []

    def hear(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")):
            heard.append((statement, parameters[0] if isinstance(parameters, list) else parameters))

    engines = {id(engine): engine.sync_engine for engine in (db._reader, db._writer)}.values()
    for engine in engines:
        event.listen(engine, "before_cursor_execute", hear)
    yield heard
    for engine in engines:
        event.remove(engine, "before_cursor_execute", hear)


async def planned(db: Database, statement: str, parameters: Any) -> list[str]:
    """Return the lines of the plan by which the database carries out the *statement*."""
    explain = "EXPLAIN QUERY PLAN" if db.dialect == "sqlite" else "EXPLAIN"
    async with db.write() as tx:
        plan = await tx.exec_driver_sql(f"{explain} {statement}", parameters)
        return [row[-1] for row in plan.all()]


async def scanned(db: Database, heard: list[tuple[str, Any]]) -> set[str]:
    """Return the large tables that any of the statements would read from end to end."""
    tables: set[str] = set()
    for statement, parameters in heard:
        for line in await planned(db, statement, parameters):
            if found := SCAN.search(line):
                tables.add(found[1] or found[2])
    return tables & LARGE


async def test_claiming_and_settling_read_no_more_than_they_need(crowded: Database) -> None:
    chat, other = await subscribe(crowded, "1", "2")
    await publish(crowded)

    with listening(crowded) as heard:
        first, _second = await claim(crowded)
        await claim(crowded, closed={chat: NOW + MINUTE, other: NOW + MINUTE})
        await settle(crowded, sent(first))
        async with crowded.write() as tx:
            await outbox.release(tx, [first.id], owner="one")

    assert len(heard) >= 8
    assert await scanned(crowded, heard) == set()


async def test_claiming_reads_no_more_while_something_is_paused_and_after_it(crowded: Database) -> None:
    await subscribe(crowded, "1", "2")
    first, _second = await publish(crowded, 1), await publish(crowded, 2)

    with listening(crowded) as heard:
        async with crowded.write() as tx:
            await pauses.begin(tx, pauses.stops(first), NOW)
        assert await claim(crowded)
        async with crowded.write() as tx:
            await pauses.end(tx, pauses.stops(first), NOW)
            await outbox.continue_fanouts(tx, now=NOW)
        assert await claim(crowded)
        async with crowded.write() as tx:
            await pauses.prune(tx, over_before=NOW + MINUTE, limit=9)
            await publications.fates(tx, [first])

    assert await scanned(crowded, heard) == set()


async def test_a_fan_out_reads_the_subscriptions_to_its_topic_alone(crowded: Database) -> None:
    await subscribe(crowded, "1", "2")

    with listening(crowded) as heard:
        await publish(crowded)

    assert await scanned(crowded, heard) == set()
    assert len([topic for (topic,) in await rows(crowded, "topic_id") if topic == DOMESTIC.id]) == 2


async def test_choosing_anew_reads_only_what_waits_for_the_chat(crowded: Database) -> None:
    (chat,) = await subscribe(crowded, "1")
    await publish(crowded)

    with listening(crowded) as heard:
        await choose(crowded, chat, schedule=Schedule(Timing.DAILY, 18))
        await choose(crowded, chat, words="không có")
        await choose(crowded, chat, words="")

    assert await scanned(crowded, heard) == set()
    assert (await rows(crowded, "digest", "topic_id"))[-1] == (True, DOMESTIC.id)


async def test_a_chat_that_leaves_or_moves_does_not_read_the_outbox(crowded: Database) -> None:
    (chat,) = await subscribe(crowded, "1")

    with listening(crowded) as heard:
        async with crowded.write() as tx:
            await chats.set_status(tx, chat, ChatStatus.OFF, "blocked", now=NOW)
            await receipts.sent_since(tx, ACCOUNT, NOW - MINUTE)
            await outbox.failures(tx, limit=5)

    assert await scanned(crowded, heard) == set()


async def test_what_one_account_has_left_for_a_day_does_not_hang_on_what_others_are_owed(
    crowded: Database,
) -> None:
    other = AccountId("another")
    with listening(crowded) as heard:
        async with crowded.read() as tx:
            await digest_times.digest_times(tx, other, time_zone="Asia/Ho_Chi_Minh")
            await digest_times.served_at_once(tx, other)
            await digest_times.digests_due(tx, other, NOW)

    assert await scanned(crowded, heard) == set()
    plan = "\n".join(await planned(crowded, *heard[-1]))
    assert ("ix_deliveries_waiting" in plan, "ix_deliveries_held" in plan) == (True, True)


async def test_what_waits_for_closed_chats_does_not_hide_what_can_go(crowded: Database) -> None:
    (chat,) = await subscribe(crowded, "1")
    await publish(crowded)

    (delivery,) = await claim(crowded, limit=1)

    assert delivery.chat == chat
    assert (await rows(crowded, "status")).count((DeliveryStatus.SENT,)) == ROWS
