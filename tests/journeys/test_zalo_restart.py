"""Zalo may tell everything again, for ever: also to a process that has just begun."""

import asyncio

import aiohttp
import pytest

from bot.emulator.server import Emulator
from bot.store.engine.database import Database
from tests.emulator.zalo.client import TOKEN, ZaloClient
from tests.running import service
from tests.served_zalo import ServedZalo, variables


@pytest.mark.timeout(300)
async def test_what_was_answered_is_not_answered_again_after_a_restart(database_url: str) -> None:
    async with Emulator.start() as emulator, aiohttp.ClientSession() as session:
        platform = ZaloClient(emulator, session)
        await platform.control("knobs", local=True, replay=True)
        await platform.control("bots", token=TOKEN, display_name="Bot Bản Tin")
        environment = variables(platform, database_url)
        database = await Database.open(database_url)
        zalo = ServedZalo(platform, database)
        async with service(environment):
            await zalo.asks("xin chào")
        before = (await platform.look("metrics"))["polls"]
        async with service(environment) as again:
            await again.until_logged("the account is ours")
            async with asyncio.timeout(60):
                while (await platform.look("metrics"))["polls"] < before + 4:  # noqa: ASYNC110 - over HTTP
                    await asyncio.sleep(0.02)
        said = await zalo.read()
        await database.close()

    assert len(said) == 1
