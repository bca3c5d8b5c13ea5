"""What one process announces wakes the others when it commits."""

import asyncio

import pytest

from bot.store.engine import notify
from bot.store.engine.database import Database, DatabaseUnavailable
from bot.store.engine.notify import Signal
from tests.postgres import cut_connections


@pytest.mark.postgres
async def test_what_is_announced_is_heard_once_it_is_committed(postgresql_url: str) -> None:
    database = await Database.open(postgresql_url)
    heard: asyncio.Queue[Signal] = asyncio.Queue()
    listening = asyncio.create_task(notify.listen(database, heard.put_nowait))
    at_first = [await heard.get() for _ in Signal]
    async with database.write() as tx:
        await notify.announce(tx, Signal.UPDATES)
        too_early = heard.qsize()

    assert (at_first, too_early, await heard.get()) == (list(Signal), 0, Signal.UPDATES)
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    await database.close()


@pytest.mark.postgres
async def test_a_connection_that_breaks_is_told(postgresql_url: str) -> None:
    database = await Database.open(postgresql_url)
    heard: asyncio.Queue[Signal] = asyncio.Queue()
    listening = asyncio.create_task(notify.listen(database, heard.put_nowait))
    for _ in Signal:
        await heard.get()
    await cut_connections(postgresql_url)

    with pytest.raises(DatabaseUnavailable, match="the connection was lost"):
        await asyncio.wait_for(listening, 10)
    await database.close()


async def test_on_sqlite_there_is_nobody_to_hear(sqlite_db: Database) -> None:
    async with sqlite_db.write() as tx:
        await notify.announce(tx, Signal.UPDATES)
    listening = asyncio.create_task(notify.listen(sqlite_db, lambda _: None))

    _, waiting = await asyncio.wait({listening}, timeout=0.05)

    assert waiting == {listening}
    listening.cancel()
