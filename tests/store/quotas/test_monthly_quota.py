import asyncio
from datetime import date

from bot.domain.chats.chat import AccountId
from bot.domain.delivery.monthly_quota import MonthCount, MonthlyQuota, Purpose
from bot.store.engine.database import Database
from bot.store.quotas import monthly_quota
from tests.store.world import ACCOUNT

MONTH, TODAY = "2026-11", date(2026, 11, 20)


async def test_a_count_is_kept_for_each_month_and_nothing_is_counted_at_first(store: Database) -> None:
    count = MonthCount(7, 5, 3, 2, TODAY)
    async with store.write() as tx:
        first = await monthly_quota.locked(tx, ACCOUNT, MONTH)
        await monthly_quota.save(tx, ACCOUNT, MONTH, count)

    async with store.read() as tx:
        found = [
            await monthly_quota.of(tx, account, month)
            for account, month in ((ACCOUNT, MONTH), (ACCOUNT, "2026-12"), (AccountId("zalo:nobody"), MONTH))
        ]
        used = await monthly_quota.used(tx, MONTH)
    assert (first, found, used) == (MonthCount(), [count, MonthCount(), MonthCount()], {ACCOUNT: count})


async def test_of_many_who_take_the_last_message_at_once_one_has_it(store: Database) -> None:
    quota = MonthlyQuota(10)

    async def take() -> bool:
        async with store.write() as tx:
            count = (await monthly_quota.locked(tx, ACCOUNT, MONTH)).plus(1, Purpose.DIGEST, TODAY)
            if fits := count.fits(quota, Purpose.DIGEST):
                await monthly_quota.save(tx, ACCOUNT, MONTH, count)
            return fits

    taken = await asyncio.gather(*(take() for _ in range(12)))

    async with store.read() as tx:
        count = await monthly_quota.of(tx, ACCOUNT, MONTH)
    assert (sum(taken), count.messages, count.news) == (8, 8, 8)
