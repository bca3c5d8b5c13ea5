from bot.domain.chats.chat import ChatStatus
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.desk.figures import EndReason
from bot.store.chats import chats, erasure
from bot.store.engine.database import Database
from tests.store.world import DOMESTIC, NOW, claim, publish, rows, sent, settle, subscribe


async def test_what_is_stored_of_a_chat_can_be_counted_and_forgotten(store: Database) -> None:
    chat, other = await subscribe(store, "1", "2")
    await publish(store, 1)
    first, _second = await claim(store)
    await settle(store, sent(first))
    await publish(store, 2)

    async with store.write() as tx:
        await chats.await_input(tx, chat, "channel", NOW)
        stored = await erasure.deliveries(tx, chat)
        await erasure.forget(tx, chat, why=EndReason.ERASED, now=NOW)
        found = await chats.get(tx, chat)
        subscribers = await chats.subscribers(tx)

    assert (stored, found, subscribers) == (2, None, {DOMESTIC.id: {ChatStatus.ACTIVE: 1}})
    assert await rows(store, "chat_id", "status") == [(other, DeliveryStatus.PENDING)] * 2


async def test_a_delivery_to_a_chat_that_was_forgotten_meanwhile_settles_nothing(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    await publish(store)
    (delivery,) = await claim(store)
    async with store.write() as tx:
        await erasure.forget(tx, chat, why=EndReason.ERASED, now=NOW)

    assert await settle(store, sent(delivery)) == 0
