"""The service against a Bot API that fails as the real one, and what stands before it, may fail."""

import asyncio
import time
from functools import partial
from itertools import count

import pytest

from bot.store.engine.database import Database
from tests.bench.audience import FIRST_USER, owe, settle_in
from tests.bench.service import until_settled
from tests.faults.serving import service
from tests.faults.strict_api import MESSAGES, Odd, StrictApi, refused

pytestmark = pytest.mark.timeout(300)
STARTS_WITHIN = 60.0


async def until_listening(api: StrictApi) -> None:
    await api.until(lambda: api.calls["getUpdates"] > 0, within=STARTS_WITHIN)


async def test_an_outage_that_ends_is_noticed_soon(
    api: StrictApi, sqlite_url: str, sqlite_db: Database
) -> None:
    await settle_in(sqlite_db, 2)
    async with service(api_url=api.url, database_url=sqlite_url):
        await until_listening(api)
        api.script = lambda _method: refused(500, "Internal Server Error")
        await owe(sqlite_db)
        await asyncio.sleep(36)
        asked = [method for _, method in api.asked if method in MESSAGES]
        api.script = lambda _method: None
        await api.write(1, FIRST_USER, "/trogiup")
        card_took = await api.until(lambda: len(api.copies()) == 2, within=60)
        answer_took = card_took + await api.until(lambda: len(api.taken) == 3, within=60)

    assert (len(asked) <= 10, card_took <= 20, answer_took <= 20) == (True, True, True)


@pytest.mark.parametrize("method", sorted(["getUpdates", "sendMessage"]))
async def test_one_odd_refusal_does_not_end_an_account(
    api: StrictApi, sqlite_url: str, sqlite_db: Database, method: str
) -> None:
    await settle_in(sqlite_db, 90)
    odd = [refused(404, "Not Found")]
    async with service(api_url=api.url, database_url=sqlite_url):
        await until_listening(api)
        await owe(sqlite_db)
        await api.until(lambda: len(api.taken) > 20, within=30)
        api.script = lambda asked: odd.pop() if asked == method and odd else None
        await api.until(lambda: not odd, within=30)
        await api.write(1, FIRST_USER, "/trogiup")
        took = await api.until(lambda: api.copies()[str(FIRST_USER)] == 2, within=60)

    assert took < 20


async def test_slow_answers_break_no_window_and_make_no_second_copies(
    api: StrictApi, sqlite_url: str, sqlite_db: Database
) -> None:
    chats, number = 150, count()

    def script(method: str) -> Odd | None:
        return Odd(delay=50.0) if method in MESSAGES and next(number) % 15 == 3 else None

    await settle_in(sqlite_db, chats)
    api.script = script
    async with service(api_url=api.url, database_url=sqlite_url):
        await until_listening(api)
        await owe(sqlite_db)
        began_at = time.monotonic()
        await until_settled(sqlite_db, within=120)
        took = time.monotonic() - began_at

    assert set(api.copies().values()) == {1}
    assert (len(api.copies()), api.fullest_second <= api.limit, took < 80) == (chats, True, True)


async def test_one_update_id_beyond_all_others_hides_none_that_come_after_it(
    api: StrictApi, sqlite_url: str, sqlite_db: Database
) -> None:
    await settle_in(sqlite_db, 2)
    async with service(api_url=api.url, database_url=sqlite_url):
        await until_listening(api)
        for number in (7, 2**53 + 1, 8, 9):
            await api.write(number, FIRST_USER, "/trogiup")
            answered = len(api.taken) + 1
            await api.until(partial(api.has_taken, answered), within=30)

    assert api.copies() == {str(FIRST_USER): 4}
