from bot.store.engine.database import Database
from bot.store.outbox import receipts
from tests.store.world import ACCOUNT, MINUTE, NOW, SECOND, claim, later, publish, sent, settle, subscribe


async def test_what_was_sent_lately_comes_oldest_first_and_what_may_have_been_comes_last(
    store: Database,
) -> None:
    names = ("long ago", "second", "first", "in flight", "put off", "waiting")
    await subscribe(store, *names)
    await publish(store)
    claimed = {delivery.address.chat: delivery for delivery in await claim(store, limit=5)}
    await settle(store, sent(claimed["long ago"]), now=NOW - MINUTE)
    await settle(store, sent(claimed["second"]), now=NOW + 2 * SECOND)
    await settle(store, sent(claimed["first"]), now=NOW + SECOND)
    await settle(store, later(claimed["put off"], NOW + MINUTE))

    async with store.read() as tx:
        found = await receipts.sent_since(tx, ACCOUNT, NOW)

    assert found == [("first", NOW + SECOND), ("second", NOW + 2 * SECOND), ("in flight", None)]
