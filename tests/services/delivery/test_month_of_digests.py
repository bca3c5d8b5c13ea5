"""A month on an emulated Zalo in a minute: twenty-five people, six articles a day, and people who ask."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import aiohttp
import pytest

from bot.domain.chats.chat import Address, Chat, ChatKind
from bot.domain.chats.message import Message, plain
from bot.domain.chats.preferences import Schedule, Timing
from bot.domain.clock import VIETNAM
from bot.domain.delivery.delivery import Receipt
from bot.domain.delivery.monthly_quota import MonthlyQuota
from bot.emulator.server import Emulator
from bot.messengers.zalo import ZaloMessenger
from bot.messengers.zalo.messenger import ZaloSettings
from bot.services.delivery.sender import Sender
from bot.store.chats import preferences
from bot.store.outbox import outbox
from bot.store.runtime import accounts
from tests.emulated import Emulated
from tests.emulator.zalo.client import TOKEN, ZaloClient
from tests.outbox_world import FAST, QUICK, TOPIC, OutboxWorld
from tests.services.test_sending_digests import SetClock

PEOPLE, DAYS, ARTICLES = 25, 31, 6
MONTHLY = replace(FAST, monthly=MonthlyQuota(3000))
BEGAN = datetime(2027, 1, 1, tzinfo=VIETNAM)
AT_SEVEN = Schedule(Timing.DAILY, 7)


@asynccontextmanager
async def connected(zalo: ZaloClient) -> AsyncIterator[ZaloMessenger]:
    messenger = await ZaloMessenger.connect(ZaloSettings(TOKEN, api_url=zalo.url, pacing=MONTHLY))
    try:
        yield messenger
    finally:
        await messenger.close()


async def people(world: OutboxWorld, zalo: ZaloClient, messenger: ZaloMessenger) -> list[Chat]:
    """Have everybody write once, and subscribe to a digest at seven."""
    now, account = world.clock.now(), messenger.account
    async with world.database.write() as tx:
        await accounts.register(tx, account, platform="zalo", name="bot", now=now)
    addresses = [Address(account, await zalo.says("/start", person=f"{each}")) for each in range(PEOPLE)]
    subscribed = await world.subscribe_at(addresses, ChatKind.PRIVATE)
    async with world.database.write() as tx:
        for chat in subscribed:
            await preferences.set_schedule(tx, chat.id, TOPIC.id, AT_SEVEN, usual=QUICK.usual, now=now)
    return subscribed


async def until_nothing_is_due(world: OutboxWorld, sender: Sender) -> None:
    async with asyncio.timeout(30):
        while True:
            async with world.database.read() as tx:
                if not (await outbox.backlog(tx, now=world.clock.now())).due:
                    return
            sender.wake()
            await asyncio.sleep(0.02)


@pytest.mark.timeout(400)
async def test_in_a_whole_month_nobody_is_left_out_and_everybody_is_answered(
    emulated: Emulated, sqlite_url: str
) -> None:
    async with (
        Emulator.start() as emulator,
        aiohttp.ClientSession() as session,
        OutboxWorld.make(emulated, sqlite_url) as world,
    ):
        zalo = ZaloClient(emulator, session)
        await zalo.control("bots", token=TOKEN, display_name="Bot Tin")
        clock = SetClock(BEGAN)
        world.clock = clock
        zalo.state.clock.advance(BEGAN.timestamp() - zalo.state.clock.now())
        answers = []
        async with connected(zalo) as messenger:
            chats = await people(world, zalo, messenger)
            sender = world.sender(messenger, replace(QUICK, lease=7200))
            running = asyncio.create_task(sender.run())
            for day in range(DAYS):
                clock.set(BEGAN + timedelta(days=day, hours=5))
                for number in range(ARTICLES):
                    await world.publish(day * ARTICLES + number)
                clock.set(BEGAN + timedelta(days=day, hours=7, minutes=1))
                await until_nothing_is_due(world, sender)
                asking = chats[day % PEOPLE].address
                answers += [await sender.reply(asking, Message((plain(f"Trả lời ngày {day}"),)))]
            sender.stop()
            await running
        metrics = await zalo.look("metrics")
        read = [
            "\n".join(each["text"] for each in (await zalo.look("chat", person=f"{person}"))["messages"])
            for person in range(PEOPLE)
        ]

    assert all(isinstance(answer, Receipt) for answer in answers)
    assert (metrics["sent"], metrics["above_quota"]) == (PEOPLE * DAYS + DAYS, 0)
    every = {f"Bài số {number}" for number in range(DAYS * ARTICLES)}
    assert [every - set(re.findall(r"Bài số \d+", text)) for text in read] == [set()] * PEOPLE
