import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy import text
from structlog.testing import capture_logs

from bot.domain.chats.chat import Address
from bot.domain.delivery.decision import settle
from bot.domain.delivery.delivery import ChatMoved, Delivery, DeliveryStatus, Receipt, RetryPolicy, Settled
from bot.services.delivery.receipt_writer import GROUP_FOR, LAST_TRIES, RETRY, ReceiptWriter
from bot.services.gateway.rate_history import RateHistory
from bot.store.chats import chats
from bot.store.outbox import outbox
from tests.emulated import ACCOUNT, Emulated
from tests.fakes import FakeClock, FakeMessenger
from tests.outbox_world import QUICK, OutboxWorld


async def owed(world: OutboxWorld, emulated: Emulated, *, owner: str) -> tuple[Delivery, ...]:
    await world.subscribe(await emulated.subscribers(3))
    await world.publish()
    async with world.database.write() as tx:
        batch = await outbox.claim(
            tx,
            outbox.Claimant(account=ACCOUNT, owner=owner, lease=timedelta(minutes=1)),
            now=world.clock.now(),
            limit=10,
            usual=QUICK.usual,
        )
    return batch.deliveries


class HandClock(FakeClock):
    """Time that goes on by hand alone: nothing is offered again, and in the end given up, before its time."""

    _waiting: tuple[asyncio.Future[None], ...] = ()

    async def sleep(self, seconds: float) -> None:
        ends_at = self.monotonic() + seconds
        while seconds > GROUP_FOR and self.monotonic() < ends_at:
            waiting = asyncio.get_running_loop().create_future()
            self._waiting += (waiting,)
            await waiting

    def advance(self, seconds: float) -> None:
        super().advance(seconds)
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)
        self._waiting = ()


def settler(
    world: OutboxWorld, *, owner: str, most: int = 100, hold: Callable[[bool], None] = lambda _: None
) -> ReceiptWriter:
    return ReceiptWriter(
        world.account(FakeMessenger(), owner),
        RateHistory(FakeMessenger(), world.clock),
        most=most,
        hold=hold,
    )


def add_receipts(settling: ReceiptWriter, world: OutboxWorld, deliveries: tuple[Delivery, ...]) -> None:
    for delivery in deliveries:
        settled = settle(delivery, Receipt("7"), now=world.clock.now(), policy=RetryPolicy())
        assert isinstance(settled, Settled)
        settling.add(delivery, settled)


def add_move(settling: ReceiptWriter, world: OutboxWorld, delivery: Delivery, *, to: str) -> None:
    settled = settle(delivery, ChatMoved(to), now=world.clock.now(), policy=RetryPolicy())
    assert isinstance(settled, Settled)
    settling.add(delivery, settled)


async def refuse_moves(world: OutboxWorld) -> None:
    async with world.database.write() as tx:
        refuse = "CREATE TRIGGER fault BEFORE UPDATE OF chat ON chats BEGIN SELECT RAISE(ABORT, 'a bug'); END"
        await tx.execute(text(refuse))


async def allow_moves(world: OutboxWorld) -> None:
    async with world.database.write() as tx:
        await tx.execute(text("DROP TRIGGER IF EXISTS fault"))


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


async def test_what_fails_by_itself_keeps_no_receipt_of_others_back(
    emulated: Emulated, world: OutboxWorld
) -> None:
    moving, *others = await owed(world, emulated, owner="me")
    settling = settler(world, owner="me")
    settling._clock = FakeClock()
    await refuse_moves(world)

    add_move(settling, world, moving, to="-100777")
    add_receipts(settling, world, tuple(others))
    with capture_logs() as logs:
        async with asyncio.timeout(10):
            await settling.finish()

    stands = {chat: status for chat, ((status, _),) in (await world.statuses()).items()}
    assert stands == {moving.chat: DeliveryStatus.PENDING} | {
        other.chat: DeliveryStatus.SENT for other in others
    }
    errors = [log["deliveries"] for log in logs if log["log_level"] == "error"]
    assert errors == [[moving.id]] * LAST_TRIES


async def test_what_failed_by_itself_is_offered_again_while_others_are_settled(
    emulated: Emulated, world: OutboxWorld
) -> None:
    moving, *others = await owed(world, emulated, owner="me")
    settling = settler(world, owner="me")
    settling._clock = clock = HandClock(world.clock.now())
    await refuse_moves(world)
    add_move(settling, world, moving, to="-100777")
    running = asyncio.create_task(settling.run())

    async def others_are_settled() -> bool:
        return await statuses(world) == {DeliveryStatus.PENDING, DeliveryStatus.SENT}

    async def it_has_moved() -> bool:
        async with world.database.read() as tx:
            return await chats.find(tx, Address(ACCOUNT, "-100777")) is not None

    async def it_has_failed() -> bool:
        return bool(settling._failed)

    await until(it_has_failed)
    add_receipts(settling, world, tuple(others))
    await until(others_are_settled)
    await allow_moves(world)
    clock.advance(RETRY.longest_wait.total_seconds())
    await until(it_has_moved)
    running.cancel()

    assert settling._failed == []


async def until(it_is_so: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(60):
        while not await it_is_so():  # noqa: ASYNC110 - nobody says so
            await asyncio.sleep(0.01)


async def test_nothing_more_is_sent_while_too_much_waits_to_be_written_down(
    emulated: Emulated, world: OutboxWorld
) -> None:
    first, second, third = await owed(world, emulated, owner="me")
    told: list[bool] = []
    settling = settler(world, owner="me", most=2, hold=told.append)

    add_receipts(settling, world, (first, second))
    before = tuple(told)
    add_receipts(settling, world, (third,))
    held = tuple(told)
    await settling.finish()

    assert (before, held, told) == ((), (True,), [True, False])


async def test_what_somebody_else_has_claimed_since_is_left_alone(
    emulated: Emulated, world: OutboxWorld
) -> None:
    deliveries = await owed(world, emulated, owner="somebody else")
    settling = settler(world, owner="me")

    add_receipts(settling, world, deliveries)
    await settling.finish()

    assert await statuses(world) == {DeliveryStatus.PENDING}
