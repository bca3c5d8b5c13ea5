"""A month on an emulated Zalo in minutes: fifty people, twenty articles a day, and people who ask.

All is in one process, whose clock is set; what was owed is sent before it goes on.
"""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import aiohttp

from bot.commands.base.article_buttons import ArticleButtons
from bot.domain.chats.chat import AccountId, Address, Chat, ChatKind
from bot.domain.chats.message import Message, plain
from bot.domain.chats.preferences import Schedule, Timing
from bot.domain.clock import VIETNAM
from bot.domain.delivery.delivery import Outcome, Receipt
from bot.domain.delivery.monthly_quota import MonthCount, MonthlyQuota, MonthlyUsage, month_of
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
from tests.bench.databases import new_database
from tests.bench.row import Row
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
URGENT_DAYS = (3, 13, 26)
LAST_WEEK = DAYS - 7


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
    """What became of a month: the *answers*, each day's usage, and what each person read.

    It may begin at a later day than the *first*, 0: the days before have taken what they should then.
    """

    first: int = 0
    answers: list[Outcome] = field(default_factory=list)
    usages: list[MonthlyUsage] = field(default_factory=list)
    read: list[list[str]] = field(default_factory=list)
    above_quota: int = 0

    @property
    def left_out(self) -> int:
        """Return how many people got an article never, or twice."""
        every = sorted(range(self.first * ARTICLES, DAYS * ARTICLES))
        got = (re.findall(r"Tin số (\d+):", "\n".join(texts)) for texts in self.read)
        return sum(sorted(map(int, numbers)) != every for numbers in got)

    @property
    def unanswered(self) -> int:
        return sum(not isinstance(answer, Receipt) for answer in self.answers)

    @property
    def digests(self) -> list[int]:
        """Return how many digests each person got."""
        return [sum(text.startswith("📰") for text in texts) for texts in self.read]

    async def live(self, world: OutboxWorld, zalo: ZaloClient, clock: SetClock) -> None:
        """Publish, deliver and answer day by day."""
        async with connected(zalo) as messenger:
            chats = await people(world, zalo, messenger)
            await self._use_days_before(world, messenger.account)
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
            for day in range(self.first, DAYS):
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
        self.above_quota = (await zalo.look("metrics"))["above_quota"]

    async def _use_days_before(self, world: OutboxWorld, account: AccountId) -> None:
        news = PLAN.for_news * self.first // DAYS
        digests = self.first * (PEOPLE - WEEKLY) + WEEKLY * (self.first // 7)
        count = MonthCount(news + self.first * ANSWERS, news, max(0, news - digests))
        async with world.database.write() as tx:
            await monthly_quota.locked(tx, account, month_of(BEGAN))
            await monthly_quota.save(tx, account, month_of(BEGAN), count)


URGENT = {(day, 0) for day in URGENT_DAYS}


async def lived(url: str, *, first: int = 0) -> Month:
    """Live through January 2027 from the day *first* on: at once, urgent, daily and weekly, and questions."""
    month = Month(first)
    async with (
        Emulated.start() as emulated,
        Emulator.start() as emulator,
        aiohttp.ClientSession() as session,
        OutboxWorld.make(emulated, url) as world,
    ):
        zalo = ZaloClient(emulator, session)
        await zalo.control("bots", token=TOKEN, display_name="Bot Tin")
        begins = BEGAN + timedelta(days=first)
        world.clock = clock = SetClock(begins)
        zalo.state.clock.advance(begins.timestamp() - zalo.state.clock.now())
        await month.live(world, zalo, clock)
    return month


async def month_sqlite() -> Row:
    return await _measured("sqlite")


async def month_postgresql() -> Row:
    return await _measured("postgresql")


async def _measured(dialect: str) -> Row:
    began = time.process_time()
    async with new_database(dialect) as url:
        month = await lived(url)
    took, last = time.process_time() - began, month.usages[-1]
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[dialect]
    daily = month.digests[AT_ONCE + WEEKLY :]
    return Row(
        f"a month on Zalo: {PEOPLE} people, {ARTICLES} articles a day, {ANSWERS} questions, {name}",
        "quota never exceeded; all answered; nobody left out; one message a digest",
        f"{last.count.messages} of {PLAN.messages} messages, {month.above_quota} above;"
        f" {month.unanswered} unanswered; {month.left_out} left out;"
        f" {min(daily)} to {max(daily)} messages for {DAYS} digests; {took:.0f} s of CPU",
        ok=not (month.above_quota or month.unanswered or month.left_out)
        and set(daily) == {DAYS}
        and last.count.messages <= PLAN.messages,
    )


ROWS = (month_sqlite, month_postgresql)
