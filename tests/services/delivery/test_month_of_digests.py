"""A month on an emulated Zalo in minutes: fifty people, twenty articles a day, and people who ask."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import aiohttp
import pytest

from bot.commands.base.article_buttons import ArticleButtons
from bot.domain.chats.chat import AccountId, Address, Chat, ChatKind
from bot.domain.chats.message import Message, plain
from bot.domain.chats.preferences import Schedule, Timing
from bot.domain.clock import VIETNAM
from bot.domain.delivery.delivery import Outcome, Receipt
from bot.domain.delivery.monthly_quota import MonthlyQuota, MonthlyUsage, month_after, month_of
from bot.domain.delivery.sliding_window import Window
from bot.emulator.server import Emulator
from bot.i18n import FormOfAddress, Translator
from bot.messengers.zalo import ZaloMessenger
from bot.messengers.zalo.messenger import ZaloSettings
from bot.services.delivery.sender import Sender
from bot.services.rendering.digest import digest_composer
from bot.services.text_menus.messenger import spelling_out
from bot.store.chats import preferences
from bot.store.outbox import outbox
from bot.store.quotas import monthly_quota
from bot.store.runtime import accounts
from tests.emulated import Emulated
from tests.emulator.zalo.client import TOKEN, ZaloClient
from tests.outbox_world import FAST, QUICK, TOPIC, OutboxWorld
from tests.services.test_sending_digests import SetClock
from tests.titles import long_title

TEXTS = Translator.load(FormOfAddress.YOU, {"vi": "Cục Sở hữu trí tuệ"})
RATION = TEXTS.text("vi", "digest-ration")
PEOPLE, DAYS, ARTICLES, ANSWERS = 50, 31, 20, 15
AT_ONCE, WEEKLY = 4, 2
"""So many people get news at once, and so many by the week; the others every day at seven."""

LOOK_EVERY = 0.1
"""Seconds: to look more often takes more of the processor than to send."""

PLAN = MonthlyQuota(3000)
MONTHLY = replace(FAST, private=Window(100, 0.1), monthly=PLAN, users=PEOPLE)
BEGAN = datetime(2027, 1, 1, tzinfo=VIETNAM)
AT_SEVEN = Schedule(Timing.DAILY, 7)
MONDAYS = Schedule(Timing.WEEKLY, 7, 1)
URGENT_DAYS = (3, 13, 23)


@asynccontextmanager
async def connected(zalo: ZaloClient) -> AsyncIterator[ZaloMessenger]:
    messenger = await ZaloMessenger.connect(ZaloSettings(TOKEN, api_url=zalo.url, pacing=MONTHLY))
    try:
        yield messenger
    finally:
        await messenger.close()


async def people(world: OutboxWorld, zalo: ZaloClient, messenger: ZaloMessenger) -> list[Chat]:
    """Have everybody write once, and subscribe: at once, by the week, or to a digest at seven."""
    now, account = world.clock.now(), messenger.account
    async with world.database.write() as tx:
        await accounts.register(tx, account, platform="zalo", name="bot", now=now)
    addresses = [Address(account, await zalo.says("/start", person=f"{each}")) for each in range(PEOPLE)]
    subscribed = await world.subscribe_at(addresses, ChatKind.PRIVATE)
    async with world.database.write() as tx:
        for number, chat in enumerate(subscribed[AT_ONCE:]):
            schedule = MONDAYS if number < WEEKLY else AT_SEVEN
            await preferences.set_schedule(tx, chat.id, TOPIC.id, schedule, usual=QUICK.usual, now=now)
    return subscribed


async def until_nothing_is_due(world: OutboxWorld, sender: Sender) -> None:
    async with asyncio.timeout(60):
        while True:
            async with world.database.read() as tx:
                if not (await outbox.backlog(tx, now=world.clock.now())).due:
                    return
            sender.wake()
            await asyncio.sleep(LOOK_EVERY)


async def used(world: OutboxWorld, account: AccountId) -> MonthlyUsage:
    now = world.clock.now()
    async with world.database.read() as tx:
        count = await monthly_quota.of(tx, account, month_of(now))
    return MonthlyUsage(PLAN, count, now)


@dataclass
class Month:
    """What became of a month: the *answers*, each day's usage, and what each person read."""

    answers: list[Outcome] = field(default_factory=list)
    usages: list[MonthlyUsage] = field(default_factory=list)
    read: list[list[str]] = field(default_factory=list)

    async def live(self, world: OutboxWorld, zalo: ZaloClient, clock: SetClock) -> None:
        """Publish, deliver and answer day by day."""
        async with connected(zalo) as messenger:
            chats = await people(world, zalo, messenger)
            sender = world.sender(
                spelling_out(messenger, world.database, clock, TEXTS),
                replace(QUICK, lease=7200),
                digests=digest_composer(
                    TEXTS,
                    messenger.capabilities,
                    ArticleButtons(TEXTS, messenger.link_to_us).opening,
                    saves_messages=True,
                ),
            )
            running = asyncio.create_task(sender.run())
            for day in range(DAYS):
                clock.set(BEGAN + timedelta(days=day, hours=5))
                for number in range(ARTICLES):
                    article, urgent = day * ARTICLES + number, (day, number) in URGENT
                    await world.publish(article, urgent=urgent, title=long_title(article))
                await until_nothing_is_due(world, sender)
                clock.set(BEGAN + timedelta(days=day, hours=7, minutes=1))
                await until_nothing_is_due(world, sender)
                for number in range(ANSWERS):
                    asking = chats[(day * ANSWERS + number) % PEOPLE].address
                    said = Message((plain(f"Trả lời {number} ngày {day}"),))
                    self.answers.append(await sender.reply(asking, said))
                self.usages.append(await used(world, messenger.account))
            # What could not come at once on the last day, and what is for the Monday after it.
            clock.set(BEGAN + timedelta(days=DAYS, hours=7, minutes=1))
            await until_nothing_is_due(world, sender)
            sender.stop()
            await running
        for person in range(PEOPLE):
            messages = (await zalo.look("chat", person=f"{person}"))["messages"]
            self.read.append([each["text"] for each in messages if each["from_bot"]])


URGENT = {(day, 0) for day in URGENT_DAYS}


@pytest.mark.timeout(900)
async def test_in_a_whole_month_nobody_is_left_out_and_everybody_is_answered(
    emulated: Emulated, database_url: str
) -> None:
    """In January 2027: at once, urgent, daily and weekly, and fifteen questions a day."""
    month = Month()
    async with (
        Emulator.start() as emulator,
        aiohttp.ClientSession() as session,
        OutboxWorld.make(emulated, database_url) as world,
    ):
        zalo = ZaloClient(emulator, session)
        await zalo.control("bots", token=TOKEN, display_name="Bot Tin")
        world.clock = clock = SetClock(BEGAN)
        zalo.state.clock.advance(BEGAN.timestamp() - zalo.state.clock.now())
        await month.live(world, zalo, clock)
        metrics = await zalo.look("metrics")

    last = month.usages[-1]
    assert all(isinstance(answer, Receipt) for answer in month.answers)
    assert metrics["above_quota"] == 0
    assert last.count.messages <= last.quota.messages
    # Each article reached everybody once, by whatever way.
    every = sorted(range(DAYS * ARTICLES))
    assert [sorted(map(int, re.findall(r"Tin số (\d+)", "\n".join(texts)))) for texts in month.read] == [
        every
    ] * PEOPLE
    # A digest of every day went, to each of those who get one.
    digests = [sum(text.startswith("📰") for text in texts) for texts in month.read]
    assert digests[AT_ONCE + WEEKLY :] == [DAYS] * (PEOPLE - AT_ONCE - WEEKLY)
    # Some thirty titles go into one message: 80 by the first Monday, three times 140, and 120 by the last.
    assert all(count <= 3 + 3 * 5 + 4 for count in digests[AT_ONCE : AT_ONCE + WEEKLY])
    # What news may take is used nearly to the end, and what comes at once has its share of each day.
    assert 0.95 <= last.count.news / last.quota.for_news <= 1.0
    # The owners are warned when it lasts to the last day, or the one before; it lasts to the last one.
    low = next(usage for usage in month.usages if usage.is_low)
    assert (low.lasts_until() or month_after(low.moment)) >= month_after(low.moment) - timedelta(days=2)
    assert not last.is_spent or last.moment.astimezone(VIETNAM).day == DAYS
    assert sum(RATION in text for texts in month.read for text in texts) == AT_ONCE
