"""The paid tier against the emulator: faster while the day's budget lasts, and never a message beyond it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.delivery.sliding_window import PacingRules, PaidTier, Window
from tests.emulated import TOKEN, Emulated
from tests.outbox_world import OutboxWorld

FREE, PAID, PERIOD, CHATS = 4, 60, 0.2, 60


def pacing(messages_per_day: int) -> PacingRules:
    return PacingRules(account=Window(FREE, PERIOD), paid=PaidTier(Window(PAID, PERIOD), messages_per_day))


@pytest.fixture
async def tier(emulated: Emulated) -> Emulated:
    """An emulator whose windows are as short as ours, and a bot with Stars."""
    await emulated.post("bots", token=TOKEN, username="bantin_bot", stars=20_000, paid_broadcast=True)
    windows = {"global_seconds": PERIOD, "paid_seconds": PERIOD}
    await emulated.post("limits", global_count=FREE, paid_count=PAID, **windows)
    return emulated


async def test_the_budget_is_spent_on_speed_and_no_message_beyond_it(tier: Emulated, sqlite_url: str) -> None:
    users = await tier.subscribers(CHATS)
    async with OutboxWorld.make(tier, sqlite_url) as world:
        await world.subscribe(users)
        await world.publish()

        async with world.sending(pacing(30)):
            await world.until_settled(within=20)

    metrics = await tier.metrics()
    assert (metrics["sent"], metrics["violations"]) == (CHATS, 0)
    assert 0 < metrics["stars_spent"] <= 3.0


async def test_a_restart_does_not_renew_the_budget(tier: Emulated, sqlite_url: str) -> None:
    users = await tier.subscribers(CHATS)
    async with OutboxWorld.make(tier, sqlite_url) as world:
        await world.subscribe(users)
        # Just before midnight the day that the budget is for would change in between.
        now = datetime.now(UTC) + timedelta(hours=7)
        if now.hour == 23 and now.minute == 59:
            pytest.skip("the day ends while this would run")
        await world.publish(1)
        async with world.sending(pacing(30)):
            await world.until_settled(within=20)
        spent = (await tier.metrics())["stars_spent"]

        await world.publish(2)
        async with world.sending(pacing(30)):
            await world.until_settled(within=30)

    metrics = await tier.metrics()
    assert (metrics["sent"], metrics["violations"]) == (2 * CHATS, 0)
    assert spent <= metrics["stars_spent"] <= 3.0


async def test_without_a_budget_nothing_is_paid_for(tier: Emulated, sqlite_url: str) -> None:
    users = await tier.subscribers(20)
    async with OutboxWorld.make(tier, sqlite_url) as world:
        await world.subscribe(users)
        await world.publish()

        async with world.sending(pacing(0)):
            await world.until_settled(within=20)

    metrics = await tier.metrics()
    assert (metrics["sent"], metrics["violations"], metrics["stars_spent"]) == (20, 0, 0)
