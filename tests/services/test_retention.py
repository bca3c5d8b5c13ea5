"""Retention takes out all that is old, in many small transactions."""

from datetime import timedelta

from sqlalchemy import func, select

from bot.domain.delivery import DeliveryId
from bot.services.retention import BATCH, Retention, RetentionRules
from bot.store.database import Database
from bot.store.schema import deliveries
from tests.fakes import FakeClock
from tests.store.world import NOW, prepare, publish, settle_all, subscribe


async def test_more_than_a_batch_goes_and_others_may_write_in_between(sqlite_db: Database) -> None:
    await prepare(sqlite_db)
    await subscribe(sqlite_db, *map(str, range(BATCH + 10)))
    await publish(sqlite_db)
    await settle_all(sqlite_db, now=NOW)
    clock = FakeClock(NOW + timedelta(days=40))
    before = clock.now()

    rules = RetentionRules(deliveries=timedelta(days=30), articles=timedelta(days=365))
    await Retention(sqlite_db, clock, rules).prune()

    async with sqlite_db.read() as tx:
        left = (await tx.execute(select(func.count(deliveries.c.id)))).scalar_one()
    assert (left, clock.now() > before) == (0, True)


async def test_what_is_young_stays(sqlite_db: Database) -> None:
    await prepare(sqlite_db)
    await subscribe(sqlite_db, "1")
    await publish(sqlite_db)
    await settle_all(sqlite_db, now=NOW)

    rules = RetentionRules(deliveries=timedelta(days=30), articles=timedelta(days=365))
    await Retention(sqlite_db, FakeClock(NOW + timedelta(days=30)), rules).prune()

    async with sqlite_db.read() as tx:
        assert (await tx.execute(select(deliveries.c.id))).scalars().all() == [DeliveryId(1)]
