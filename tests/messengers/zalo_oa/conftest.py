from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.emulator.server import Emulator
from bot.store.engine.database import Database
from bot.store.runtime import accounts
from tests.emulator.zalo_oa.client import OaClient
from tests.messengers.zalo_oa.publishing import Publishing
from tests.served_zalo_oa import ACCOUNT


@pytest.fixture
async def publishing(db: Database) -> AsyncIterator[Publishing]:
    """An Official Account and a database of each kind in turn."""
    async with Emulator.start() as emulator, aiohttp.ClientSession() as session:
        oa = OaClient(emulator, session)
        await oa.authorised()
        world = Publishing(oa, db)
        async with db.write() as tx:
            await accounts.register(tx, ACCOUNT, platform="zalo_oa", name="", now=world.clock.now())
        yield world
        for messenger in world.made:
            await messenger.close()
