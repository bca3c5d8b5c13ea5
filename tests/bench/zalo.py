"""The emulated Zalo in a process of its own, and the people there who subscribe."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import aiohttp

from bot.domain.chats.chat import AccountId, Address, ChatKind
from bot.domain.chats.consent import VERSION
from bot.domain.chats.preferences import Preferences, Schedule
from bot.store.chats import chats, preferences
from bot.store.engine.database import Database
from bot.store.runtime import accounts
from tests.bench.audience import TOPIC
from tests.bench.processes import running
from tests.emulator.zalo.client import TOKEN, ZaloOverHttp

ACCOUNT = AccountId(f"zalo:{TOKEN.partition(':')[0]}")


@asynccontextmanager
async def zalo(people: int, **knobs: Any) -> AsyncIterator[ZaloOverHttp]:
    """Serve *people* who have written to the bot, which has not heard it; *knobs* are the platform's."""
    async with running("bot.emulator") as process, aiohttp.ClientSession() as session:
        assert process.stdout is not None
        platform = ZaloOverHttp((await process.stdout.readline()).decode().strip(), session)
        await platform.control("bots", token=TOKEN, display_name="Bot Bản Tin")
        await platform.control("knobs", keep_unheard=False, **knobs)
        for person in range(people):
            await platform.says("/start", person=str(person))
        await platform.control("knobs", keep_unheard=True)
        yield platform


async def subscribe_there(
    database: Database, platform: ZaloOverHttp, schedule: Schedule, now: datetime
) -> None:
    """Have everybody there subscribe to the topic, which is known."""
    usual = Preferences(quiet=None)
    async with database.write() as tx:
        await accounts.register(tx, ACCOUNT, platform="zalo", name="Bot Bản Tin", now=now)
        for each in await platform.look("chats"):
            address = Address(ACCOUNT, each["id"])
            chat = await chats.register(
                tx, address, kind=ChatKind.PRIVATE, language="vi", title=None, now=now
            )
            await chats.give_consent(tx, chat.id, VERSION, now)
            await chats.subscribe(tx, chat.id, TOPIC.id, now)
            await preferences.set_schedule(tx, chat.id, TOPIC.id, schedule, usual=usual, now=now)


async def received(platform: ZaloOverHttp) -> dict[str, list[dict[str, Any]]]:
    """Return what everybody has got from the bot, by their names."""
    got = {}
    for chat in await platform.look("chats"):
        messages = (await platform.look("chat", id=chat["id"]))["messages"]
        got[chat["name"]] = [each for each in messages if each["from_bot"]]
    return got
