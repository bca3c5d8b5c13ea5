from datetime import timedelta

from bot.store import traces
from bot.store.database import Database
from bot.store.traces import Trace, TraceKind
from tests.store.world import ACCOUNT, MINUTE, NOW, SECOND


async def test_traces_are_told_in_order_and_forgotten_when_they_no_longer_count(store: Database) -> None:
    old = Trace(TraceKind.REPLIED, "77", NOW - MINUTE)
    reply = Trace(TraceKind.REPLIED, "77", NOW)
    closure = Trace(TraceKind.CLOSED, "", NOW + timedelta(hours=1))
    async with store.write() as tx:
        await traces.save(tx, ACCOUNT, [old], forget_before=NOW - 2 * MINUTE)
        await traces.save(tx, ACCOUNT, [closure, reply], forget_before=NOW - 30 * SECOND)

        assert await traces.since(tx, ACCOUNT, NOW - 2 * MINUTE) == (reply, closure)
        assert await traces.since(tx, ACCOUNT, NOW + SECOND) == (closure,)
