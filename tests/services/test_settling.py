from datetime import timedelta

from sqlalchemy import text

from bot.domain.delivery import Delivery, DeliveryStatus, Receipt, RetryPolicy, Settled, settle
from bot.services.recollection import Recollection
from bot.services.settling import Settler
from bot.store import outbox
from tests.emulated import ACCOUNT, Emulated
from tests.fakes import FakeMessenger
from tests.outbox_world import OutboxWorld


async def owed(world: OutboxWorld, emulated: Emulated, *, owner: str) -> tuple[Delivery, ...]:
    await world.subscribe(await emulated.subscribers(3))
    await world.publish()
    async with world.database.write() as tx:
        return await outbox.claim(
            tx,
            account=ACCOUNT,
            owner=owner,
            now=world.clock.now(),
            lease=timedelta(minutes=1),
            limit=10,
        )


def settler(world: OutboxWorld, *, owner: str) -> Settler:
    return Settler(
        database=world.database,
        owner=owner,
        clock=world.clock,
        metrics=world.metrics,
        recollection=Recollection(FakeMessenger(), world.clock),
    )


def add_receipts(settling: Settler, world: OutboxWorld, deliveries: tuple[Delivery, ...]) -> None:
    for delivery in deliveries:
        settled = settle(delivery, Receipt("7"), now=world.clock.now(), policy=RetryPolicy())
        assert isinstance(settled, Settled)
        settling.add(delivery, settled)


async def statuses(world: OutboxWorld) -> set[DeliveryStatus]:
    return {status for rows in (await world.statuses()).values() for status, _ in rows}


async def test_receipts_that_the_database_did_not_take_are_offered_again(
    emulated: Emulated, world: OutboxWorld
) -> None:
    deliveries = await owed(world, emulated, owner="me")
    settling = settler(world, owner="me")
    async with world.database.write() as tx:
        refuse = "CREATE TRIGGER busy BEFORE UPDATE ON deliveries BEGIN SELECT RAISE(ABORT, 'busy'); END"
        await tx.execute(text(refuse))
    clock = world.clock

    class Repairing(type(clock)):  # type: ignore[misc] # a clock during whose first wait the database recovers
        async def sleep(self, _: float) -> None:
            async with world.database.write() as tx:
                await tx.execute(text("DROP TRIGGER IF EXISTS busy"))

    settling._clock = Repairing()
    add_receipts(settling, world, deliveries)
    await settling.finish()

    assert await statuses(world) == {DeliveryStatus.SENT}


async def test_what_somebody_else_has_claimed_since_is_left_alone(
    emulated: Emulated, world: OutboxWorld
) -> None:
    deliveries = await owed(world, emulated, owner="somebody else")
    settling = settler(world, owner="me")

    add_receipts(settling, world, deliveries)
    await settling.finish()

    assert await statuses(world) == {DeliveryStatus.PENDING}
