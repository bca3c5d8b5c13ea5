"""The month's messages against the emulator: news wait when they are spent, answers still go."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.domain.chats.message import Message, plain
from bot.domain.clock import SystemClock
from bot.domain.delivery.delivery import QuotaSpent, Receipt
from bot.domain.delivery.monthly_quota import MonthlyQuota, Purpose, month_after, month_of
from bot.services.delivery.monthly_ledger import Counted, MonthlyLedger
from bot.store.engine.database import Database
from bot.store.outbox import monthly_quota
from bot.store.runtime import accounts
from bot.store.schema import deliveries
from tests.emulated import ACCOUNT, Emulated, private
from tests.fakes import FakeClock
from tests.outbox_world import FAST, OutboxWorld

MONTHLY = replace(FAST, monthly=MonthlyQuota(10))
NEWS = 8


class NextMonth(SystemClock):
    """The machine's clock, set to the first day of the next month."""

    def __init__(self) -> None:
        now = super().now()
        self._ahead = month_after(now) - now + timedelta(minutes=1)

    def now(self) -> datetime:
        return super().now() + self._ahead


async def parked(world: OutboxWorld) -> list[Any]:
    query = select(deliveries).where(deliveries.c.status == "pending", deliveries.c.reason.is_not(None))
    async with world.database.read() as tx:
        return list((await tx.execute(query)).all())


async def until_parked(world: OutboxWorld, count: int) -> list[Any]:
    async with asyncio.timeout(20):
        while len(found := await parked(world)) < count:  # noqa: ASYNC110 - the database does not say so
            await asyncio.sleep(0.02)
    return found


async def counted(world: OutboxWorld) -> int:
    async with world.database.read() as tx:
        return (await monthly_quota.of(tx, ACCOUNT, month_of(world.clock.now()))).messages


async def test_news_wait_for_the_next_month_and_come_in_a_digest_then(
    emulated: Emulated, sqlite_url: str
) -> None:
    users = await emulated.subscribers(NEWS // 2 + 1)
    async with OutboxWorld.make(emulated, sqlite_url) as world:
        await world.subscribe(users)
        for number in (1, 2):
            await world.publish(number)
        async with world.sending(MONTHLY):
            found = await until_parked(world, 2)
        sent = len(await emulated.outbox())
        turns_at = month_after(world.clock.now())
        world.clock = NextMonth()
        async with world.sending(MONTHLY):
            await world.until_settled(within=20)

    assert sent == NEWS
    assert all((row.due_at, row.digest) == (turns_at, True) for row in found)
    assert all(row.expires_at == turns_at + timedelta(hours=72) for row in found)
    texts = "".join(message.get("text", "") for message in await emulated.outbox())
    assert (texts.count("Bài số 1"), texts.count("Bài số 2")) == (len(users), len(users))


async def test_urgent_news_take_what_is_left_before_other_news(emulated: Emulated, sqlite_url: str) -> None:
    users = await emulated.subscribers(NEWS - 2)
    async with OutboxWorld.make(emulated, sqlite_url) as world:
        await world.subscribe(users)
        await world.publish(1)
        await world.publish(2, urgent=True)
        async with world.sending(MONTHLY):
            await until_parked(world, len(users) - 2)

    texts = [message.get("text", "") for message in await emulated.outbox()]
    assert ["Bài số 2" in text for text in texts].count(True) == len(users)
    assert ["Bài số 1" in text for text in texts].count(True) == 2


async def test_answers_have_what_is_left_and_are_not_sent_beyond_the_month(
    emulated: Emulated, sqlite_url: str
) -> None:
    users = await emulated.subscribers(NEWS + 1)
    async with OutboxWorld.make(emulated, sqlite_url) as world:
        await world.subscribe(users)
        await world.publish()
        async with world.sending(MONTHLY) as sender:
            await until_parked(world, 1)
            answers = [
                await sender.reply(
                    private(users[0]), Message((plain(f"Trả lời {number}"),), essential=essential)
                )
                for number, essential in enumerate((False, False, True, True))
            ]
        count = await counted(world)

    assert [type(each) for each in answers] == [Receipt, QuotaSpent, Receipt, QuotaSpent]
    assert (count, len(await emulated.outbox())) == (10, 10)


async def test_what_is_refused_is_not_counted(emulated: Emulated, sqlite_url: str) -> None:
    users = await emulated.subscribers(3)
    await emulated.post("faults", method="sendMessage", chat=users[0], status=403, times=9)
    async with OutboxWorld.make(emulated, sqlite_url) as world:
        await world.subscribe(users)
        await world.publish()
        async with world.sending(MONTHLY):
            await world.until_settled(within=20)
        count = await counted(world)

    assert count == 2


async def test_a_restart_goes_on_counting(emulated: Emulated, sqlite_url: str) -> None:
    users = await emulated.subscribers(5)
    async with OutboxWorld.make(emulated, sqlite_url) as world:
        await world.subscribe(users)
        for number in (1, 2):
            await world.publish(number)
            async with world.sending(MONTHLY):
                await asyncio.wait_for(until_counted(world, min(5 * number, NEWS)), 20)
        count = await counted(world)

    assert (count, len(await emulated.outbox())) == (NEWS, NEWS)


async def test_an_answer_that_takes_several_messages_is_counted_as_so_many(
    emulated: Emulated, sqlite_url: str
) -> None:
    (user,) = await emulated.subscribers(1)
    long = "\n\n".join(f"Đoạn {number}. " + "chữ " * 100 for number in range(12))
    async with OutboxWorld.make(emulated, sqlite_url) as world:
        async with world.sending(MONTHLY) as sender:
            outcome = await sender.reply(private(user), Message((plain(long),)))
        count = await counted(world)

    said = [message["text"] for message in await emulated.outbox(user)]
    assert isinstance(outcome, Receipt)
    assert (count, [text[:7] for text in said]) == (2, ["Đoạn 0.", "Đoạn 9."])


async def test_what_is_refused_when_the_month_has_turned_is_taken_off_the_old_month(db: Database) -> None:
    clock = FakeClock(datetime(2026, 11, 30, 16, 59, 59, tzinfo=UTC))
    async with db.write() as tx:
        await accounts.register(tx, ACCOUNT, platform="zalo", name="", now=clock.now())
    ledger = MonthlyLedger(MonthlyQuota(2), ACCOUNT, database=db, clock=clock)
    refused = await ledger.take(Purpose.ESSENTIAL, 1)
    assert isinstance(refused, Counted)
    clock.advance(2)
    await ledger.take(Purpose.ESSENTIAL, 1)

    await ledger.give_back(refused)

    taken = [await ledger.take(Purpose.ESSENTIAL, 1) for _ in range(2)]
    assert [type(each) for each in taken] == [Counted, QuotaSpent]


async def until_counted(world: OutboxWorld, count: int) -> None:
    while await counted(world) < count or len(await world.emulated.outbox()) < count:  # noqa: ASYNC110
        await asyncio.sleep(0.02)
