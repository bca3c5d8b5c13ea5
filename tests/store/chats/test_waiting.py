"""Chats that are held until they write again, and the places of a plan."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.domain.chats.chat import AccountId, ChatId, ChatStatus
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.delivery.places import Places
from bot.domain.desk.figures import EndReason
from bot.store.chats import chats, waiting
from bot.store.engine.database import Database
from bot.store.outbox import outbox
from bot.store.schema import deliveries
from bot.store.schema import turned_away as counted
from tests.store.world import ACCOUNT, DAYS, FOREIGN, NOW, claim, publish, subscribe

HOUR = timedelta(hours=1)
MONTH = "2026-03"


async def hold(store: Database, *ids: ChatId) -> None:
    async with store.write() as tx:
        for chat in ids:
            await waiting.hold(tx, chat, "not permitted")


async def rows(store: Database) -> list[Any]:
    async with store.read() as tx:
        return list(await tx.execute(select(deliveries).order_by(deliveries.c.article_id)))


async def test_what_a_held_chat_is_owed_waits_and_comes_in_one_digest_when_it_writes(store: Database) -> None:
    held, other = await subscribe(store, "1", "2")
    await publish(store, 1)
    await hold(store, held)
    await publish(store, 2)
    await publish(store, 3, urgent=True)

    before = await claim(store)
    async with store.read() as tx:
        backlog = await outbox.backlog(tx, now=NOW)
    async with store.write() as tx:
        await waiting.come_back(tx, held, NOW + HOUR)
        back = await chats.get(tx, held)
    after, later = [
        [delivery.digest for delivery in await claim(store, now=NOW + HOUR) if delivery.chat == held]
        for _ in range(2)
    ]

    assert {delivery.chat for delivery in before} == {other}
    # Nobody is behind with what waits for somebody to write.
    assert backlog.due == 3
    assert back
    assert back.status is ChatStatus.ACTIVE
    # What is urgent comes by itself, as ever, and the rest together.
    assert (after, later) == ([False], [True, True])


async def test_what_a_held_chat_is_owed_ends_by_its_age(store: Database) -> None:
    (held,) = await subscribe(store, "1")
    await hold(store, held)
    await publish(store)
    await claim(store)

    assert await claim(store, now=NOW + DAYS) == ()
    assert [row.status for row in await rows(store)] == [DeliveryStatus.EXPIRED]


async def test_a_chat_that_was_paused_meanwhile_is_not_held_and_one_that_writes_is_not_brought_twice(
    store: Database,
) -> None:
    paused, active = await subscribe(store, "1", "2")
    async with store.write() as tx:
        await chats.set_status(tx, paused, ChatStatus.PAUSED, now=NOW)
    await hold(store, paused)
    async with store.write() as tx:
        await waiting.come_back(tx, paused, NOW)
        await waiting.come_back(tx, active, NOW)
        found = [await chats.get(tx, chat) for chat in (paused, active)]

    assert [each and each.status for each in found] == [ChatStatus.PAUSED, ChatStatus.ACTIVE]


async def test_places_are_counted_and_become_free_by_whoever_leaves(store: Database) -> None:
    first, second, third, fourth = await subscribe(store, *"1234")
    await subscribe(store, "1", topic=FOREIGN)
    await hold(store, third, fourth)
    async with store.write() as tx:
        for _ in range(2):
            await waiting.turn_away(tx, ACCOUNT, MONTH)
        full = await waiting.places(tx, ACCOUNT, MONTH, users=2)
        await chats.unsubscribe(tx, second, None, why=EndReason.UNSUBSCRIBED, now=NOW)
        free = await waiting.places(tx, ACCOUNT, MONTH, users=2)
        await waiting.come_back(tx, third, NOW)
        again = await waiting.places(tx, ACCOUNT, MONTH, users=2)
        elsewhere = await waiting.places(tx, AccountId("zalo:2"), "2026-04", users=2)
        stored = (await tx.execute(select(counted))).all()

    assert first
    assert full == Places(2, used=2, held=2, turned_away=2)
    assert (full.waiting, free.used, free.waiting) == (2, 1, 0)
    assert (again.used, again.waiting) == (2, 1)
    assert elsewhere == Places(2)
    # Of strangers there is but a number.
    assert [tuple(row) for row in stored] == [(ACCOUNT, MONTH, 2)]
