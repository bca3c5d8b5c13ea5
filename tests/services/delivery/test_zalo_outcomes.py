"""What each answer of Zalo does to a delivery: sent over HTTP to the emulated platform."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.domain.chats.chat import Address, Chat, ChatKind
from bot.domain.chats.message import Message, bold, plain
from bot.domain.delivery.delivery import Ambiguous, DeliveryStatus, Receipt
from bot.domain.delivery.monthly_quota import MonthlyQuota, month_of
from bot.emulator.server import Emulator
from bot.messengers.zalo import ZaloMessenger
from bot.messengers.zalo.messenger import ZaloSettings
from bot.messengers.zalo.request import ZaloTimeouts
from bot.services.delivery.sender import Sender
from bot.store.quotas import monthly_quota
from bot.store.runtime import accounts
from bot.store.schema import chats, deliveries
from tests.emulator.zalo.client import TOKEN, ZaloClient
from tests.outbox_world import FAST, OutboxWorld

PACING = replace(FAST, monthly=MonthlyQuota(3000))
IMPATIENT = ZaloTimeouts(connect=5.0, answer=1.0, photo=2.0)


@dataclass
class Zalo:
    platform: ZaloClient
    world: OutboxWorld
    chat: Chat
    sender: Sender

    async def read(self) -> list[dict[str, Any]]:
        """Return what the one subscriber has got."""
        messages = (await self.platform.look("chat", person="an"))["messages"]
        return [each for each in messages if each["from_bot"]]

    async def attempts(self) -> int:
        async with self.world.database.read() as tx:
            return int((await tx.execute(select(deliveries.c.attempts))).scalar_one())

    async def counted(self) -> int:
        """Return how many messages of the month are counted."""
        month = month_of(self.world.clock.now())
        async with self.world.database.read() as tx:
            return (await monthly_quota.of(tx, self.chat.address.account, month)).messages


@asynccontextmanager
async def served(world: OutboxWorld) -> AsyncIterator[Zalo]:
    """Have one person on Zalo subscribe; what is published while the block runs is sent after it began."""
    async with Emulator.start() as emulator, aiohttp.ClientSession() as session:
        platform = ZaloClient(emulator, session)
        await platform.control("bots", token=TOKEN, display_name="Bot Tin")
        settings = ZaloSettings(TOKEN, api_url=platform.url, pacing=PACING, timeouts=IMPATIENT)
        messenger = await ZaloMessenger.connect(settings)
        async with world.database.write() as tx:
            now = world.clock.now()
            await accounts.register(tx, messenger.account, platform="zalo", name="bot", now=now)
        address = Address(messenger.account, await platform.says("/start"))
        (chat,) = await world.subscribe_at([address], ChatKind.PRIVATE)
        try:
            yield Zalo(platform, world, chat, world.sender(messenger))
        finally:
            await messenger.close()


@asynccontextmanager
async def sending(zalo: Zalo) -> AsyncIterator[None]:
    running = asyncio.create_task(zalo.sender.run())
    try:
        yield
    finally:
        zalo.sender.stop()
        await running


@pytest.mark.parametrize(
    "fault",
    [
        {"code": 408, "description": "Request timeout", "accepted": True},
        {"html": True, "status": 504, "accepted": True},
        {"drop": "after"},
    ],
    ids=["408", "504", "dropped"],
)
async def test_an_answer_of_which_nobody_knows_whether_it_arrived_comes_twice_at_most(
    world: OutboxWorld, fault: dict[str, Any]
) -> None:
    async with served(world) as zalo, sending(zalo):
        await zalo.platform.control("faults", method="sendMessage", times=9, **fault)
        outcome = await zalo.sender.reply(zalo.chat.address, Message((plain("Trả lời"),)))
        read, counted = await zalo.read(), await zalo.counted()

    assert isinstance(outcome, Ambiguous)
    assert ([each["text"] for each in read], counted) == (["Trả lời"] * 2, 2)


@pytest.mark.parametrize("style", ["always_200", "code"])
@pytest.mark.parametrize(
    ("fault", "copies", "attempts"),
    [
        ({"code": 403, "description": "Internal server error"}, 1, 1),
        ({"code": 500, "description": "Error"}, 1, 1),
        ({"html": True}, 1, 1),
        ({"code": 408, "description": "Request timeout", "accepted": True}, 2, 2),
        ({"html": True, "status": 504, "accepted": True}, 2, 2),
        ({"drop": "before"}, 1, 2),
        ({"drop": "after"}, 2, 2),
        ({"delay_answer": 1.5}, 2, 2),
    ],
)
async def test_what_is_transient_is_tried_again_and_counted_where_the_answer_was_lost(
    world: OutboxWorld, fault: dict[str, Any], *, style: str, copies: int, attempts: int
) -> None:
    async with served(world) as zalo:
        await zalo.platform.control("knobs", status_style=style)
        await zalo.platform.control("faults", method="sendMessage", **fault)
        await world.publish()
        async with sending(zalo):
            await world.until_settled(within=40)
        read, stands = await zalo.read(), await world.statuses()
        counted = (await zalo.attempts(), await zalo.counted())

    assert (len(read), stands) == (copies, {zalo.chat.id: [(DeliveryStatus.SENT, None)]})
    assert counted == (attempts, attempts)


async def test_a_chat_that_is_gone_gets_nothing_more(world: OutboxWorld) -> None:
    gone = {"code": 410, "description": "The chat_id is invaild"}
    async with served(world) as zalo:
        await zalo.platform.control("faults", method="sendMessage", **gone)
        await world.publish()
        async with sending(zalo):
            await world.until_settled(within=40)
        async with world.database.read() as tx:
            status = (await tx.execute(select(chats.c.status))).scalar_one()
        ((ended, reason),) = (await world.statuses())[zalo.chat.id]
        counted = await zalo.counted()

    assert (ended, status, counted) == (DeliveryStatus.REJECTED, "off", 0)
    assert "The chat_id is invaild" in str(reason)


async def test_what_zalo_cannot_read_goes_as_plain_text_and_is_an_error_of_ours(world: OutboxWorld) -> None:
    async with served(world) as zalo:
        await zalo.platform.control("faults", method="sendMessage", code=400, description="The text is wrong")
        await world.publish()
        with capture_logs() as logs:
            async with sending(zalo):
                await world.until_settled(within=40)
        (read,) = await zalo.read()

    assert read["text_styles"] == []
    assert "a card of ours was refused" in [each["event"] for each in logs if each["log_level"] == "error"]


async def test_a_refused_account_stops_and_keeps_what_it_owes(world: OutboxWorld) -> None:
    async with served(world) as zalo:
        await zalo.platform.control("faults", times=9, code=401, description="Unauthorized")
        await world.publish()
        await asyncio.wait_for(zalo.sender.run(), 20)
        read, stands = await zalo.read(), await world.statuses()
        asked = (await zalo.platform.look("metrics"))["calls"]["sendMessage"]

    assert (read, asked, zalo.sender.refused) == ([], 1, "Unauthorized")
    assert [status for status, _ in stands[zalo.chat.id]] == [DeliveryStatus.PENDING]


async def test_each_part_of_an_answer_takes_a_slot_and_is_counted(world: OutboxWorld) -> None:
    long = Message((bold("Toàn văn\n\n"), plain("Tin tức hôm nay. " * 300)))
    async with served(world) as zalo, sending(zalo):
        outcome = await zalo.sender.reply(zalo.chat.address, long)
        read, counted = await zalo.read(), await zalo.counted()

    assert isinstance(outcome, Receipt)
    assert (len(read), counted) == (3, 3)
    assert " ".join(each["text"] for each in read).split() == f"Toàn văn {'Tin tức hôm nay. ' * 300}".split()
