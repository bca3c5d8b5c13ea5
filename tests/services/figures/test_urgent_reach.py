"""The owners are told of urgent contents that have reached nobody on an account."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.delivery.delivery import DeliveryStatus, Settlement
from bot.domain.publication.pauses import Paused, PauseScope
from bot.domain.reason import Reason, ReasonCode
from bot.i18n import FormOfAddress
from bot.services.operations.alerts import AlertRules, Alerts
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.publications import pauses
from tests.commands.stage import OWNER, texts, words
from tests.fakes import FakeClock
from tests.managed import FakeAccount
from tests.store.world import (
    ACCOUNT,
    DOMESTIC,
    FEED,
    FOREIGN,
    NOW,
    claim,
    prepare,
    publish,
    sent,
    settle,
    subscribe,
)

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
FAR = timedelta(days=365)
RULES = AlertRules(feed_after=FAR, silent_after=FAR, account_after=FAR, backlog_after=FAR, remind_every=DAY)
REFUSED = Reason(ReasonCode.MESSAGE_REFUSED, "Bad Request: chat not found").stored()


class Watch:
    """Alerts of one account, and what its owner was told."""

    def __init__(self, database: Database) -> None:
        self.database, self.clock = database, FakeClock(NOW)
        self.account = FakeAccount(ACCOUNT, owners=frozenset({OWNER}))
        self.restart()

    def restart(self) -> None:
        self._alerts = Alerts(self.database, self.clock, texts(FormOfAddress.YOU), RULES, [self.account])

    async def after(self, span: timedelta) -> list[str]:
        """Return what the owner is told when so much time has gone by."""
        self.clock.advance(span.total_seconds())
        self.account.said.clear()
        await self._alerts.check()
        return [words(message) for _, message in self.account.said]


@pytest.fixture
async def watch(db: Database) -> Watch:
    """An urgent article is owed to two chats."""
    await prepare(db)
    async with db.write() as tx:
        await feeds.sync_definitions(tx, [replace(DOMESTIC, urgent=True), FOREIGN], [FEED], NOW)
    await subscribe(db, "1", "2")
    await publish(db, urgent=True)
    return Watch(db)


async def end(watch: Watch, status: DeliveryStatus) -> None:
    for delivery in await claim(watch.database):
        await settle(watch.database, Settlement(delivery.id, status, 1, reason=REFUSED))


async def test_what_was_refused_everywhere_is_told_once(watch: Watch) -> None:
    await end(watch, DeliveryStatus.REJECTED)

    assert await watch.after(timedelta(minutes=29)) == []
    (said,) = await watch.after(HOUR)
    assert "Bài khẩn “Bài số 1”, phát hành lúc 08:30 ngày 02/03/2026" in said
    assert f"trên tài khoản {ACCOUNT}" in said
    watch.restart()
    assert await watch.after(HOUR) == []
    assert await watch.after(2 * DAY) == []


async def test_what_was_due_long_ago_and_is_not_sent_is_told(watch: Watch) -> None:
    assert len(await watch.after(HOUR)) == 1


async def test_what_somebody_has_is_not_told(watch: Watch) -> None:
    first, second = await claim(watch.database)
    await settle(
        watch.database, sent(first), Settlement(second.id, DeliveryStatus.REJECTED, 1, reason=REFUSED)
    )

    assert await watch.after(HOUR) == []


async def test_what_nobody_wants_is_not_told(watch: Watch) -> None:
    await end(watch, DeliveryStatus.CANCELLED)

    assert await watch.after(HOUR) == []


async def test_what_a_pause_holds_is_not_told(watch: Watch) -> None:
    async with watch.database.write() as tx:
        await pauses.begin(tx, Paused(PauseScope.ACCOUNT, ACCOUNT), NOW)

    assert await watch.after(HOUR) == []


async def test_what_is_not_urgent_is_not_told(watch: Watch) -> None:
    async with watch.database.write() as tx:
        await feeds.sync_definitions(tx, [DOMESTIC, FOREIGN], [FEED], NOW)

    assert await watch.after(HOUR) == []


async def test_what_was_released_long_ago_is_not_told(watch: Watch) -> None:
    await end(watch, DeliveryStatus.REJECTED)

    assert await watch.after(2 * DAY + HOUR) == []
