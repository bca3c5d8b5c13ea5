from datetime import timedelta

from bot.store.engine.database import Database
from bot.store.quotas import rate_history
from bot.store.quotas.rate_history import RateEvent, RateEventKind
from tests.store.world import ACCOUNT, MINUTE, NOW, SECOND


async def test_traces_are_told_in_order_and_forgotten_when_they_no_longer_count(store: Database) -> None:
    old = RateEvent(RateEventKind.REPLIED, "77", NOW - MINUTE)
    reply = RateEvent(RateEventKind.REPLIED, "77", NOW)
    closure = RateEvent(RateEventKind.CLOSED, "", NOW + timedelta(hours=1))
    async with store.write() as tx:
        await rate_history.save(tx, ACCOUNT, [old], forget_before=NOW - 2 * MINUTE)
        await rate_history.save(tx, ACCOUNT, [closure, reply], forget_before=NOW - 30 * SECOND)

        assert await rate_history.since(tx, ACCOUNT, NOW - 2 * MINUTE) == (reply, closure)
        assert await rate_history.since(tx, ACCOUNT, NOW + SECOND) == (closure,)
