from bot.domain.chats.chat import AccountId
from bot.store.engine.database import Database
from bot.store.outbox import monthly_quota
from tests.store.world import ACCOUNT

MONTH = "2026-11"


async def taken_one_by_one(store: Database, times: int, *, limit: int, month: str = MONTH) -> list[bool]:
    taken = []
    for _ in range(times):
        async with store.write() as tx:
            taken.append(await monthly_quota.take(tx, ACCOUNT, month, messages=1, limit=limit))
    return taken


async def test_no_more_is_taken_than_the_month_has(store: Database) -> None:
    assert await taken_one_by_one(store, 4, limit=3) == [True, True, True, False]
    assert await taken_one_by_one(store, 2, limit=4) == [True, False]
    assert await taken_one_by_one(store, 1, limit=3, month="2026-12") == [True]


async def test_what_was_not_sent_is_given_back(store: Database) -> None:
    await taken_one_by_one(store, 3, limit=3)
    async with store.write() as tx:
        await monthly_quota.give_back(tx, ACCOUNT, MONTH, messages=2)

    async with store.read() as tx:
        counts = [
            await monthly_quota.taken(tx, account, MONTH) for account in (ACCOUNT, AccountId("zalo:nobody"))
        ]
    assert counts == [1, 0]


async def test_several_messages_are_taken_together_or_not_at_all(store: Database) -> None:
    async with store.write() as tx:
        taken = [await monthly_quota.take(tx, ACCOUNT, MONTH, messages=2, limit=3) for _ in range(2)]

    assert taken == [True, False]


async def test_a_month_that_is_spent_is_counted_up_to_its_end(store: Database) -> None:
    counts = []
    for full in (3, 2):
        async with store.write() as tx:
            await monthly_quota.fill(tx, ACCOUNT, MONTH, messages=full)
            counts.append(await monthly_quota.taken(tx, ACCOUNT, MONTH))

    assert counts == [3, 3]
