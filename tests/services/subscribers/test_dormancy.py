"""Dormant chats are erased after a while, with all that hangs on them, and nobody else's."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.domain.chats.chat import Address, ChatId, ChatKind, ChatStatus, TopicId
from bot.domain.desk.figures import EndReason
from bot.services.subscribers.dormancy import DormancyRules, DormantChats
from bot.services.subscribers.erasure import erased_at
from bot.store.chats import chats, reading_list
from bot.store.engine.database import Database
from bot.store.runtime import admins
from bot.store.schema import chats as table
from bot.store.schema import dormant_chats
from tests.commands.stage import FULLY
from tests.fakes import FakeClock
from tests.personal import traces
from tests.store.world import ACCOUNT, DOMESTIC, NOW, prepare, publish, subscribe

DAY = timedelta(days=1)
RULES = DormancyRules(unsubscribed=28 * DAY, unreachable=90 * DAY)
KEY = b"the key of the proofs"
OWNER = "900"


@pytest.fixture
async def world(db: Database) -> Database:
    await prepare(db)
    return db


def dormant(db: Database, *, days: float) -> DormantChats:
    return DormantChats(db, FakeClock(NOW + days * DAY), RULES, owners={ACCOUNT: [OWNER]}, proof_key=KEY)


async def stop(db: Database, chat: int, topic: TopicId | None = None) -> None:
    async with db.write() as tx:
        await chats.unsubscribe(tx, ChatId(chat), topic, why=EndReason.UNSUBSCRIBED, now=NOW)


async def left(db: Database) -> set[str]:
    async with db.read() as tx:
        return set((await tx.execute(select(table.c.chat))).scalars())


async def test_a_chat_goes_28_days_after_its_last_subscription_has_ended(world: Database) -> None:
    number, _ = await subscribe(world, "7755331199", "2")
    article = await publish(world)
    async with world.write() as tx:
        await reading_list.add(tx, ChatId(number), article, NOW)
    await dormant(world, days=100).erase()
    await stop(world, number)
    await dormant(world, days=100).erase()

    await dormant(world, days=127).erase()
    before = await left(world)
    await dormant(world, days=129).erase()

    assert (before, await left(world)) == ({"7755331199", "2"}, {"2"})
    async with world.read() as tx:
        assert await traces(tx, chat=number, user="7755331199") == []
    proved = await erased_at(world, ACCOUNT, "7755331199", key=KEY)
    assert proved == [NOW + 129 * DAY]


async def test_a_chat_that_subscribes_again_counts_from_the_beginning(world: Database) -> None:
    (number,) = await subscribe(world, "1")
    await stop(world, number)
    await dormant(world, days=0).erase()
    async with world.write() as tx:
        await chats.subscribe(tx, ChatId(number), DOMESTIC.id, NOW)

    await dormant(world, days=30).erase()
    await stop(world, number)
    await dormant(world, days=31).erase()

    assert await left(world) == {"1"}


async def test_a_chat_that_cannot_be_reached_goes_after_90_days(world: Database) -> None:
    numbers = await subscribe(world, "1", "2")
    async with world.write() as tx:
        await chats.set_status(tx, ChatId(numbers[0]), ChatStatus.OFF, "blocked", now=NOW)
    await dormant(world, days=0).erase()
    await dormant(world, days=89).erase()
    before = await left(world)

    await dormant(world, days=91).erase()

    assert (before, await left(world)) == ({"1", "2"}, {"2"})


async def test_a_chat_that_can_be_reached_again_stays(world: Database) -> None:
    (number,) = await subscribe(world, "1")
    async with world.write() as tx:
        await chats.set_status(tx, ChatId(number), ChatStatus.OFF, "blocked", now=NOW)
    await dormant(world, days=0).erase()
    async with world.write() as tx:
        await chats.set_status(tx, ChatId(number), ChatStatus.ACTIVE, now=NOW)

    await dormant(world, days=91).erase()

    assert await left(world) == {"1"}


async def test_managers_and_what_an_admin_has_paused_stay(world: Database) -> None:
    numbers = await subscribe(world, OWNER, "44", "-5")
    async with world.write() as tx:
        await admins.appoint(tx, ACCOUNT, "44", FULLY, appointed_by=OWNER, now=NOW)
        await tx.execute(update(table).where(table.c.chat == "-5").values(kind=ChatKind.SUPERGROUP))
        await chats.set_status(tx, ChatId(numbers[2]), ChatStatus.PAUSED, now=NOW)
    for number in numbers:
        await stop(world, number)
    await dormant(world, days=0).erase()

    await dormant(world, days=1000).erase()

    assert await left(world) == {OWNER, "44", "-5"}


async def test_a_forum_whose_topic_subscribes_is_not_dormant(world: Database) -> None:
    async with world.write() as tx:
        for thread in (None, "9"):
            chat = await chats.register(
                tx,
                Address(ACCOUNT, "-5", thread),
                kind=ChatKind.SUPERGROUP,
                language="vi",
                title="Diễn đàn",
                now=NOW,
            )
        await chats.subscribe(tx, chat.id, DOMESTIC.id, NOW)
    await dormant(world, days=0).erase()

    await dormant(world, days=100).erase()

    async with world.read() as tx:
        assert len((await tx.execute(select(table.c.id))).all()) == 2
        assert (await tx.execute(select(dormant_chats))).all() == []
