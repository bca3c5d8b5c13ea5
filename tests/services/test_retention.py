"""Retention takes out all that is old, in many small transactions."""

from datetime import timedelta

from sqlalchemy import func, select

from bot.domain.chat import AccountId
from bot.domain.delivery import DeliveryId
from bot.services.erasing import erase, erased_at
from bot.services.retention import BATCH, Retention, RetentionRules
from bot.store.database import Database
from bot.store.schema import deliveries
from tests.fakes import FakeClock
from tests.store.world import NOW, prepare, publish, settle_all, subscribe

RULES = RetentionRules(
    deliveries=timedelta(days=30), articles=timedelta(days=365), proofs=timedelta(days=730)
)


async def test_more_than_a_batch_goes_and_others_may_write_in_between(sqlite_db: Database) -> None:
    await prepare(sqlite_db)
    await subscribe(sqlite_db, *map(str, range(BATCH + 10)))
    await publish(sqlite_db)
    await settle_all(sqlite_db, now=NOW)
    clock = FakeClock(NOW + timedelta(days=40))
    before = clock.now()

    await Retention(sqlite_db, clock, RULES).prune()

    async with sqlite_db.read() as tx:
        left = (await tx.execute(select(func.count(deliveries.c.id)))).scalar_one()
    assert (left, clock.now() > before) == (0, True)


async def test_what_is_young_stays(sqlite_db: Database) -> None:
    await prepare(sqlite_db)
    await subscribe(sqlite_db, "1")
    await publish(sqlite_db)
    await settle_all(sqlite_db, now=NOW)

    await Retention(sqlite_db, FakeClock(NOW + timedelta(days=30)), RULES).prune()

    async with sqlite_db.read() as tx:
        assert (await tx.execute(select(deliveries.c.id))).scalars().all() == [DeliveryId(1)]


async def test_proofs_of_deletion_go_after_their_time(sqlite_db: Database) -> None:
    async with sqlite_db.write() as tx:
        await erase(tx, AccountId("fake:1"), "77", key=b"k", now=NOW)
        await erase(tx, AccountId("fake:1"), "77", key=b"k", now=NOW + timedelta(days=1))

    clock = FakeClock(NOW + timedelta(days=730, hours=1))
    await Retention(sqlite_db, clock, RULES).prune()

    found = await erased_at(sqlite_db, AccountId("fake:1"), "77", key=b"k")
    assert found == [NOW + timedelta(days=1)]
