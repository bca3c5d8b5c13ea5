import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from bot.store.coordination import leases
from bot.store.engine.database import Database
from bot.store.schema import leases as table
from tests.store.world import MINUTE, SECOND


async def take(db: Database, owner: str) -> bool:
    async with db.write() as tx:
        return await leases.acquire(tx, "sender", owner=owner, lease=MINUTE)


async def holder(db: Database) -> str | None:
    async with db.read() as tx:
        return await leases.holder(tx, "sender")


async def left(db: Database) -> timedelta:
    async with db.read() as tx:
        until: datetime = (await tx.execute(table.select())).one().until
        return until - await leases.time(tx)


async def let_pass(db: Database, span: timedelta) -> None:
    """Make the lease so much older."""
    async with db.write() as tx:
        until = (await tx.execute(table.select())).one().until
        await tx.execute(update(table).values(until=until - span))


async def test_a_lease_has_one_owner_until_it_lapses(db: Database) -> None:
    first = [await take(db, "one"), await take(db, "two")]
    await let_pass(db, MINUTE)
    lapsed = await holder(db)

    assert (first, lapsed, await take(db, "two"), await holder(db)) == ([True, False], None, True, "two")


async def test_an_owner_renews_a_lease(db: Database) -> None:
    await take(db, "one")
    await let_pass(db, 30 * SECOND)
    before = await left(db)

    assert await take(db, "one")
    assert before <= 30 * SECOND < await left(db) <= MINUTE


async def test_only_its_owner_gives_a_lease_up(db: Database) -> None:
    await take(db, "one")
    async with db.write() as tx:
        await leases.release(tx, "sender", owner="two")
    kept = await holder(db)
    async with db.write() as tx:
        await leases.release(tx, "sender", owner="one")

    assert (kept, await holder(db)) == ("one", None)


async def test_of_many_that_ask_at_once_one_gets_the_lease(db: Database) -> None:
    taken = await asyncio.gather(*(take(db, str(owner)) for owner in range(8)))

    assert sorted(taken) == [False] * 7 + [True]


async def test_the_database_tells_the_time(db: Database) -> None:
    async with db.read() as tx:
        told = await leases.time(tx)

    assert abs(told - datetime.now(UTC)) < 5 * SECOND
