"""A month in which fewer get news at once than want to: who does, and who has to wait for the digest."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.chats.chat import Address, ChatKind
from bot.domain.clock import VIETNAM
from bot.domain.delivery.monthly_quota import MonthlyQuota
from bot.domain.delivery.sliding_window import Window
from bot.services.delivery.sender import Sender
from bot.store.outbox import outbox
from bot.store.runtime import accounts
from tests.emulated import Emulated
from tests.fakes import FakeMessenger
from tests.outbox_world import FAST, QUICK, OutboxWorld
from tests.services.test_sending_digests import SetClock

BEGAN = datetime(2027, 1, 1, 5, tzinfo=VIETNAM)
DAYS = 31
PEOPLE = [f"{number}" for number in range(1, 13)]
PLAN = MonthlyQuota(600)
"""For twelve people: a digest each every day takes 372 of the 480 messages that are for news."""


async def at_once(world: OutboxWorld, clock: SetClock, messenger: FakeMessenger) -> list[list[str]]:
    """Publish an article each day at five; return who got each at once, and not at seven."""
    sender = world.sender(messenger, replace(QUICK, lease=7200))
    running = asyncio.create_task(sender.run())
    winners = []
    for day in range(DAYS):
        before = len(messenger.sent)
        clock.set(BEGAN + timedelta(days=day))
        await world.publish(day)
        await until_nothing_is_due(world, sender)
        winners.append([to.chat for to, _ in messenger.sent[before:]])
        clock.set(BEGAN + timedelta(days=day, hours=2, minutes=1))
        await until_nothing_is_due(world, sender)
    sender.stop()
    await running
    return winners


async def until_nothing_is_due(world: OutboxWorld, sender: Sender) -> None:
    async with asyncio.timeout(30):
        while True:
            async with world.database.read() as tx:
                if not (await outbox.backlog(tx, now=world.clock.now())).due:
                    return
            sender.wake()
            await asyncio.sleep(0.02)


def busiest(winners: Sequence[Sequence[str]]) -> list[int]:
    """Return how often each person won, the luckiest first."""
    times = Counter(person for day in winners for person in day)
    return sorted((times[person] for person in PEOPLE), reverse=True)


@pytest.mark.timeout(120)
async def test_over_a_month_everybody_gets_about_as_much_at_once(emulated: Emulated, sqlite_url: str) -> None:
    messenger = FakeMessenger(pacing=replace(FAST, private=Window(100, 0.1), monthly=PLAN))
    async with OutboxWorld.make(emulated, sqlite_url) as world:
        world.clock = clock = SetClock(BEGAN)
        async with world.database.write() as tx:
            await accounts.register(tx, messenger.account, platform="fake", name="bot", now=clock.now())
        await world.subscribe_at([Address(messenger.account, person) for person in PEOPLE], ChatKind.PRIVATE)

        winners = await at_once(world, clock, messenger)

    # Towards its end a month has something left for everybody.
    scarce = [day for day in winners if len(day) < len(PEOPLE)]
    times = busiest(scarce)
    assert len(scarce) > DAYS * 2 / 3, scarce
    assert times[0] - times[-1] <= 4, times
    assert len(messenger.sent) == DAYS * len(PEOPLE)
