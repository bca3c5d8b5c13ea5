"""A service that is killed in the middle of whatever it does, and what is there afterwards."""

import asyncio
import random
from collections import Counter
from pathlib import Path

from sqlalchemy import select

from bot.domain.chats.chat import ChatId
from bot.domain.delivery.delivery import DeliveryStatus
from bot.store.engine.database import Database
from bot.store.feeds import seen_entries as listed
from bot.store.outbox import outbox
from bot.store.schema import deliveries, entries, fanouts
from tests.forked import start_module
from tests.running import unconfigured
from tests.store import crashing_process
from tests.store.world import DAYS, FEED, MINUTE, NOW, claim, prepare, rows, sent, settle, subscribe

KILLS = 2


async def serve_and_kill(url: str, turn: int, log: Path) -> list[str]:
    """Let a process serve, kill it at some moment, and return the articles that it said were committed."""
    process = await start_module(
        *(crashing_process.__name__, url, str(turn), str(log)),
        env=unconfigured(),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    for _ in range(random.randint(1, 12)):
        assert await process.stdout.readline()
    process.kill()
    rest, _ = await process.communicate()
    return rest.decode().split()


async def owed(db: Database) -> dict[int, set[ChatId]]:
    """Return to which chats each article is owed, or was, and check that the cursors cover the others."""
    async with db.read() as tx:
        cursors = {row.article_id: row.after_chat_id for row in await tx.execute(select(fanouts))}
        found: dict[int, set[ChatId]] = {
            article: set() for article in (await tx.execute(select(entries.c.article_id))).scalars()
        }
        for article, chat in await tx.execute(select(deliveries.c.article_id, deliveries.c.chat_id)):
            found[article].add(chat)
    assert cursors.keys() <= found.keys()
    return {
        article: chats | {ChatId(chat) for chat in range(cursors[article] + 1, cursors[article] + 99)}
        if article in cursors
        else chats
        for article, chats in found.items()
    }


async def finish(db: Database, log: Path) -> None:
    """Do what is left to do."""
    now = NOW + (KILLS + 1) * 2 * MINUTE
    async with db.write() as tx:
        while await outbox.continue_fanouts(tx, now=now):
            pass
    while claimed := await claim(db, owner="last", now=now):
        crashing_process.note(log, claimed)
        await settle(db, *map(sent, claimed), owner="last", now=now)


async def test_a_kill_at_any_moment_loses_nothing_that_was_committed(
    database_url: str, tmp_path: Path
) -> None:
    log = tmp_path / "sent.log"
    db = await Database.open(database_url)
    await prepare(db)
    subscribers = set(await subscribe(db, *map(str, range(8))))

    for turn in range(KILLS):
        committed = await serve_and_kill(database_url, turn, log)
        async with db.read() as tx:
            assert await listed.known(tx, FEED.id, committed) == set(committed)
        assert all(chats >= subscribers for chats in (await owed(db)).values())
    await finish(db, log)

    copies = Counter(int(line) for line in log.read_text().split())
    settled = await rows(db, "id", "status", "expires_at")
    async with db.read() as tx:
        backlog = await outbox.backlog(tx, now=NOW + DAYS)
    await db.close()
    assert {status for _, status, _ in settled} == {DeliveryStatus.SENT}
    assert {number for number, *_ in settled} == copies.keys()
    assert copies.total() - len(copies) <= KILLS * crashing_process.BATCH
    assert backlog == outbox.Backlog(0, 0, None, 0)
