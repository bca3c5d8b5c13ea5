from dataclasses import replace

import pytest

from bot.domain.chats.chat import Address, ChatKind, ChatStatus
from bot.domain.delivery.delivery import DeliveryStatus
from bot.store.chats import chats
from bot.store.engine.database import Database
from bot.store.outbox import fanout, outbox
from tests.store.world import (
    ACCOUNT,
    DOMESTIC,
    FOREIGN,
    NOW,
    claim,
    of,
    publish,
    register,
    rows,
    sent,
    settle,
    subscribe,
)

GROUP = Address(ACCOUNT, "-5")
SUPERGROUP = Address(ACCOUNT, "-100")


async def move(db: Database) -> None:
    async with db.write() as tx:
        await chats.move(tx, GROUP, SUPERGROUP, now=NOW)


async def test_a_group_keeps_all_that_is_its_own_under_its_new_address(store: Database) -> None:
    async with store.write() as tx:
        group = await register(tx, "-5", kind=ChatKind.GROUP)
        thread = await register(tx, "-5", kind=ChatKind.GROUP, thread="7")
        await chats.subscribe(tx, group.id, DOMESTIC.id, NOW)
    article = await publish(store)

    await move(store)

    async with store.read() as tx:
        assert await chats.find(tx, GROUP) is None
        moved = await chats.find(tx, SUPERGROUP)
        moved_thread = await chats.find(tx, Address(ACCOUNT, "-100", "7"))
    assert (moved and moved.id, moved_thread and moved_thread.id) == (group.id, thread.id)
    (delivery,) = await claim(store)
    assert (delivery.address, delivery.article) == (SUPERGROUP, article)


async def test_to_be_told_twice_of_a_move_does_no_harm(store: Database) -> None:
    async with store.write() as tx:
        group = await register(tx, "-5", kind=ChatKind.GROUP)

    await move(store)
    await move(store)

    async with store.read() as tx:
        moved = await chats.find(tx, SUPERGROUP)
    assert moved
    assert moved.id == group.id


async def test_a_thread_can_move_alone(store: Database) -> None:
    async with store.write() as tx:
        group = await register(tx, "-5", kind=ChatKind.GROUP)
        thread = await register(tx, "-5", kind=ChatKind.GROUP, thread="7")

        await chats.move(tx, thread.address, SUPERGROUP, now=NOW)

        assert await chats.find(tx, GROUP) == group
        assert await chats.find(tx, Address(ACCOUNT, "-100", "7")) == replace(
            thread, address=Address(ACCOUNT, "-100", "7")
        )


async def test_a_thread_that_moves_to_where_it_is_stays(store: Database) -> None:
    async with store.write() as tx:
        group = await register(tx, "-5", kind=ChatKind.GROUP)

        await chats.move(tx, GROUP, GROUP, now=NOW)

        assert await chats.find(tx, GROUP) == group


async def test_two_chats_that_become_one_are_owed_together_what_either_was(store: Database) -> None:
    async with store.write() as tx:
        group = await register(tx, "-5", kind=ChatKind.GROUP)
        supergroup = await register(tx, "-100", kind=ChatKind.SUPERGROUP)
        await chats.subscribe(tx, group.id, DOMESTIC.id, NOW)
    both = await publish(store, 1)
    async with store.write() as tx:
        await chats.subscribe(tx, supergroup.id, DOMESTIC.id, NOW)
        await chats.subscribe(tx, supergroup.id, FOREIGN.id, NOW)
    other = await publish(store, 2, topic=FOREIGN)
    await publish(store, 3)

    await move(store)

    async with store.read() as tx:
        assert await chats.find(tx, GROUP) is None
        merged = await chats.find(tx, SUPERGROUP)
        assert merged
        assert merged.kind is ChatKind.SUPERGROUP
        assert await chats.subscriptions(tx, merged.id) == (DOMESTIC.id, FOREIGN.id)
    owed = [await claim(store) for _ in range(4)]
    assert [len(batch) for batch in owed] == [1, 1, 1, 0]
    assert of(owed[0]) == [(merged.id, both)]
    assert of(owed[1]) == [(merged.id, other)]


async def test_what_one_of_the_two_has_received_does_not_come_again(store: Database) -> None:
    async with store.write() as tx:
        group = await register(tx, "-5", kind=ChatKind.GROUP)
        supergroup = await register(tx, "-100", kind=ChatKind.SUPERGROUP)
        for chat in (group, supergroup):
            await chats.subscribe(tx, chat.id, DOMESTIC.id, NOW)
    await publish(store)
    first, second = await claim(store)
    await settle(store, sent(first if first.chat == group.id else second))

    await move(store)

    assert await rows(store, "chat_id", "status") == [(group.id, DeliveryStatus.SENT)]


async def test_a_chat_that_was_switched_off_is_active_if_its_new_address_is(store: Database) -> None:
    async with store.write() as tx:
        group = await register(tx, "-5", kind=ChatKind.GROUP)
        await chats.set_status(tx, group.id, ChatStatus.OFF, "upgraded", now=NOW)
        await register(tx, "-100", kind=ChatKind.SUPERGROUP)

    await move(store)

    async with store.read() as tx:
        merged = await chats.find(tx, SUPERGROUP)
    assert merged
    assert merged.status is ChatStatus.ACTIVE


async def test_a_fan_out_that_is_past_one_of_the_two_still_reaches_them(
    store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fanout, "FANOUT_SLICE", 2)
    async with store.write() as tx:
        group = await register(tx, "-5", kind=ChatKind.GROUP)
    await subscribe(store, "1", "2")
    async with store.write() as tx:
        supergroup = await register(tx, "-100", kind=ChatKind.SUPERGROUP)
        await chats.subscribe(tx, supergroup.id, DOMESTIC.id, NOW)
    article = await publish(store)

    await move(store)
    async with store.write() as tx:
        while await outbox.continue_fanouts(tx, now=NOW):
            pass

    assert (group.id, article) in of(await claim(store))
    assert len(await rows(store, "id")) == 3
