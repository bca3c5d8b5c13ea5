"""The month's messages against the emulator: news wait when they are spent, answers still go."""

import asyncio
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.domain.chats.message import Message, plain
from bot.domain.delivery.delivery import DeliveryStatus, QuotaSpent, Receipt
from bot.domain.delivery.monthly_quota import MonthlyQuota, Purpose, month_after, month_of
from bot.domain.delivery.sliding_window import PacingRules
from bot.metrics import Metrics
from bot.services.gateway.account import ServedAccount
from bot.services.gateway.monthly_ledger import Counted, MonthlyLedger
from bot.store.engine.database import Database
from bot.store.quotas import monthly_quota
from bot.store.runtime import accounts
from bot.store.schema import deliveries
from tests.builders import RATION
from tests.emulated import ACCOUNT, Emulated, private
from tests.fakes import FakeClock, FakeMessenger
from tests.outbox_world import FAST, OutboxWorld
from tests.services.test_sending_digests import SetClock

MONTHLY = replace(FAST, monthly=MonthlyQuota(10))
NEWS = 8
NOON = datetime(2026, 11, 29, 5, tzinfo=UTC)
MORNING = datetime(2026, 11, 30, 0, 1, tzinfo=UTC)
"""A minute past seven in Viet Nam, when what could not come at once comes."""


def account(db: Database, clock: FakeClock, quota: MonthlyQuota) -> ServedAccount:
    messenger = FakeMessenger(ACCOUNT, pacing=replace(PacingRules(), monthly=quota))
    return ServedAccount(messenger=messenger, database=db, clock=clock, metrics=Metrics(), owner="one")


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


async def test_urgent_news_take_all_that_news_have_and_the_rest_waits_for_the_next_month(
    emulated: Emulated, sqlite_url: str
) -> None:
    users = await emulated.subscribers(NEWS // 2 + 1)
    async with OutboxWorld.make(emulated, sqlite_url) as world:
        world.clock = SetClock(NOON)
        await world.subscribe(users)
        for number in (1, 2):
            await world.publish(number, urgent=True)
        async with world.sending(MONTHLY):
            found = await until_parked(world, 2)
        sent = len(await emulated.outbox())
        turns_at = month_after(NOON)
        world.clock = SetClock(turns_at + timedelta(minutes=1))
        async with world.sending(MONTHLY):
            await world.until_settled(within=20)

    assert sent == NEWS
    assert {row.due_at for row in found} == {turns_at}
    assert all(row.expires_at == turns_at + timedelta(hours=72) for row in found)
    texts = "".join(message.get("text", "") for message in await emulated.outbox())
    assert (texts.count("Bài số 1"), texts.count("Bài số 2")) == (len(users), len(users))


async def test_urgent_news_take_what_is_left_before_other_news(emulated: Emulated, sqlite_url: str) -> None:
    users = await emulated.subscribers(NEWS - 2)
    async with OutboxWorld.make(emulated, sqlite_url) as world:
        world.clock = SetClock(NOON)
        await world.subscribe(users)
        await world.publish(1)
        await world.publish(2, urgent=True)
        async with world.sending(MONTHLY):
            await until_parked(world, len(users))

    texts = [message.get("text", "") for message in await emulated.outbox()]
    assert ["Bài số 2" in text for text in texts] == [True] * len(users)


async def test_what_may_not_come_at_once_comes_in_the_next_digest_which_says_so_once_a_month(
    emulated: Emulated, sqlite_url: str
) -> None:
    """On the last day but one of a month: of eight messages one is for a digest, so three come at once."""
    (user,) = await emulated.subscribers(1)
    async with OutboxWorld.make(emulated, sqlite_url) as world:
        world.clock = clock = SetClock(NOON)
        await world.subscribe([user])
        said = []
        for day, wait in enumerate((2, 1)):
            clock.set(NOON + timedelta(days=day))
            for number in range(5):
                await world.publish(5 * day + number)
            async with world.sending(MONTHLY):
                await asyncio.wait_for(until_the_rest_is_rationed(world, wait), 20)
                clock.set(MORNING + timedelta(days=day))
                await world.until_settled(within=20)
            said.append([message["text"] for message in await emulated.outbox(user)])

    numbers = re.findall(r"Bài số (\d)", "\n".join(said[1]))
    assert sorted(numbers) == [str(number) for number in range(10)]
    assert [len(each) for each in said] == [4, 9]
    assert [text for text in said[1] if RATION in text] == [said[0][-1]]


async def test_answers_have_what_is_left_and_are_not_sent_beyond_the_month(
    emulated: Emulated, sqlite_url: str
) -> None:
    users = await emulated.subscribers(NEWS + 1)
    async with OutboxWorld.make(emulated, sqlite_url) as world:
        await world.subscribe(users)
        await world.publish(urgent=True)
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
        await world.publish(urgent=True)
        async with world.sending(MONTHLY):
            await world.until_settled(within=20)
        count = await counted(world)

    assert count == 2


async def test_a_restart_goes_on_counting(emulated: Emulated, sqlite_url: str) -> None:
    users = await emulated.subscribers(5)
    async with OutboxWorld.make(emulated, sqlite_url) as world:
        await world.subscribe(users)
        for number in (1, 2):
            await world.publish(number, urgent=True)
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
    ledger = MonthlyLedger(account(db, clock, MonthlyQuota(2)))
    refused = await ledger.take(Purpose.ESSENTIAL, 1)
    assert isinstance(refused, Counted)
    clock.advance(2)
    await ledger.take(Purpose.ESSENTIAL, 1)

    await ledger.give_back(refused)

    taken = [await ledger.take(Purpose.ESSENTIAL, 1) for _ in range(2)]
    assert [type(each) for each in taken] == [Counted, QuotaSpent]


async def until_the_rest_is_rationed(world: OutboxWorld, count: int) -> None:
    """Wait until all is settled but *count* deliveries, which wait for a digest."""
    rationed = [(DeliveryStatus.PENDING, "the day's messages are spent")] * count
    while True:
        (stands,) = (await world.statuses()).values()
        if [each for each in stands if each[0] is not DeliveryStatus.SENT] == rationed:
            return
        await asyncio.sleep(0.02)


async def until_counted(world: OutboxWorld, count: int) -> None:
    while await counted(world) < count or len(await world.emulated.outbox()) < count:  # noqa: ASYNC110
        await asyncio.sleep(0.02)
