"""The owners and the month's messages: told once when few are left, and once when none is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.delivery.monthly_quota import MonthCount, MonthlyQuota, month_after, month_of
from bot.domain.delivery.sliding_window import PacingRules
from bot.domain.desk.figures import EndReason
from bot.i18n import FormOfAddress
from bot.services.operations.alerts import Alerts
from bot.store.chats import chats, waiting
from bot.store.engine.database import Database
from bot.store.quotas import monthly_quota
from tests.commands.stage import OWNER, texts, words
from tests.fakes import FakeClock, FakeMessenger
from tests.managed import FakeAccount
from tests.services.operations.test_alerts import RULES
from tests.store.world import ACCOUNT, NOW, prepare, subscribe

MONTHLY = replace(PacingRules(), monthly=MonthlyQuota(1000))
DAY = timedelta(days=1)


class Owners:
    """What the owners are told of an account that has 1000 messages a month, 800 of them for news."""

    def __init__(self, database: Database, *, users: int | None = None) -> None:
        self.clock = FakeClock(NOW)
        self._pacing = replace(MONTHLY, users=users)
        self._database = database
        self.restart()

    def restart(self) -> None:
        messenger = FakeMessenger(pacing=self._pacing)
        self._account = FakeAccount(ACCOUNT, owners=frozenset({OWNER}), messenger=messenger)
        translator = texts(FormOfAddress.YOU)
        self._alerts = Alerts(self._database, self.clock, translator, RULES, [self._account])

    async def after(self, span: timedelta, *, used: int) -> str:
        """Return what they are told when so much time has gone by and so many messages are used."""
        self.clock.advance(span.total_seconds())
        self._account.said.clear()
        month = month_of(self.clock.now())
        async with self._database.write() as tx:
            await monthly_quota.locked(tx, ACCOUNT, month)
            await monthly_quota.save(tx, ACCOUNT, month, MonthCount(used, used))
        await self._alerts.check()
        return "\n".join(words(message) for _, message in self._account.said)


@pytest.fixture
async def owners(db: Database) -> Owners:
    await prepare(db)
    return Owners(db)


async def test_they_are_told_once_that_few_are_left_and_once_that_none_is(owners: Owners) -> None:
    quiet = await owners.after(DAY / 24, used=639)
    low = await owners.after(DAY / 24, used=640)
    again = [await owners.after(2 * DAY, used=used) for used in (639, 790)]
    spent = await owners.after(DAY, used=800)
    owners.restart()
    later = [await owners.after(2 * DAY, used=used) for used in (799, 1000)]

    assert (quiet, again, later) == ("", ["", ""], ["", ""])
    assert "640 trong số 800 tin nhắn của tháng này" in low
    assert "Với tốc độ hiện nay, số tin nhắn của tháng đủ đến ngày " in low
    assert "đã dùng hết 800 tin nhắn của tháng này" in spent


async def test_a_month_that_turns_is_told_anew_and_no_end_is_told(owners: Owners) -> None:
    await owners.after(DAY, used=700)
    turned = await owners.after(month_after(owners.clock.now()) - owners.clock.now(), used=0)
    spent = await owners.after(DAY, used=800)

    assert turned == ""
    assert "đã dùng hết" in spent
    assert "trong số" not in spent


async def test_they_are_told_once_a_month_that_somebody_may_not_be_written_to(db: Database) -> None:
    await prepare(db)
    owners = Owners(db, users=1)
    first, second = await subscribe(db, "1", "2")
    quiet = await owners.after(DAY / 24, used=0)
    async with db.write() as tx:
        await waiting.hold(tx, second, "not permitted")
        await waiting.turn_away(tx, ACCOUNT, month_of(owners.clock.now()))
    told = await owners.after(DAY / 24, used=0)
    async with db.write() as tx:
        await chats.unsubscribe(tx, first, None, why=EndReason.UNSUBSCRIBED, now=NOW)
        await waiting.turn_away(tx, ACCOUNT, month_of(owners.clock.now()))
    later = [await owners.after(days * DAY, used=0) for days in (1, 2)]

    assert (quiet, later) == ("", ["", ""])
    assert "1 trong số 1 chỗ của gói đã được dùng. Số người đang chờ: 1. Trong tháng này, có 1 lần" in told
