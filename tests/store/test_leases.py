import asyncio

from bot.store import leases
from bot.store.database import Database
from tests.store.world import MINUTE, NOW, SECOND


async def take(db: Database, owner: str, after: int = 0) -> bool:
    async with db.write() as tx:
        return await leases.acquire(tx, "sender", owner=owner, now=NOW + after * SECOND, lease=MINUTE)


async def holder(db: Database, after: int = 0) -> str | None:
    async with db.read() as tx:
        return await leases.holder(tx, "sender", now=NOW + after * SECOND)


async def test_a_lease_has_one_owner_until_it_lapses(db: Database) -> None:
    taken = [await take(db, "one"), await take(db, "two", 59), await take(db, "two", 60)]

    assert taken == [True, False, True]
    assert await holder(db, 61) == "two"


async def test_an_owner_renews_a_lease(db: Database) -> None:
    await take(db, "one")

    assert await take(db, "one", 30)
    assert await holder(db, 89) == "one"
    assert await holder(db, 90) is None


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
