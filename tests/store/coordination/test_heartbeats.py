"""A lease is as good as the heartbeat of the process that holds it."""

import pytest
from sqlalchemy import select, update

from bot.domain.news.feed import FeedId
from bot.store.coordination import heartbeats
from bot.store.engine.database import Database
from bot.store.feeds import poll_leases
from bot.store.schema import heartbeats as table
from tests.store.world import FEED, MINUTE, NOW, prepare


async def claim(db: Database, owner: str, *, polling: tuple[FeedId, ...] = ()) -> bool:
    async with db.write() as tx:
        return bool(
            await poll_leases.claim_due(tx, owner=owner, now=NOW, limit=1, lease=MINUTE, polling=polling)
        )


async def begin(db: Database, owner: str) -> None:
    async with db.write() as tx:
        await heartbeats.begin(tx, owner)


async def fall_silent(db: Database, owner: str) -> None:
    async with db.write() as tx:
        seen_at = (await tx.execute(select(table.c.seen_at).where(table.c.owner == owner))).scalar_one()
        silent = update(table).where(table.c.owner == owner)
        await tx.execute(silent.values(seen_at=seen_at - heartbeats.MISSING_AFTER))


async def test_a_lease_of_a_process_that_lives_stands(store: Database) -> None:
    await begin(store, "one")
    await claim(store, "one")

    assert not await claim(store, "two")


async def test_a_lease_of_a_process_that_ended_is_free(store: Database) -> None:
    await begin(store, "one")
    await claim(store, "one")
    async with store.write() as tx:
        await heartbeats.end(tx, "one")

    assert await claim(store, "two")


async def test_on_sqlite_every_lease_ends_when_a_process_starts(store: Database) -> None:
    await begin(store, "one")
    await claim(store, "one")
    await begin(store, "two")

    assert await claim(store, "two") is (store.dialect == "sqlite")


@pytest.mark.postgres
async def test_a_lease_of_a_process_that_fell_silent_is_free(postgresql_url: str) -> None:
    db = await Database.open(postgresql_url)
    await prepare(db)
    await begin(db, "one")
    await claim(db, "one")
    await fall_silent(db, "one")

    taken = await claim(db, "two")
    await begin(db, "two")
    async with db.read() as tx:
        left = (await tx.execute(select(table.c.owner))).scalars().all()
    await db.close()

    assert (taken, left) == (True, ["two"])


async def test_a_process_takes_a_lease_of_its_own_again_when_it_does_not_poll_the_feed(
    store: Database,
) -> None:
    await begin(store, "one")
    await claim(store, "one")

    assert not await claim(store, "one", polling=(FEED.id,))
    assert await claim(store, "one")
