from collections.abc import AsyncIterator

import pytest_asyncio
from aiohttp import ClientSession
from playwright.async_api import Browser

from bot.emulator import page as chat_page
from bot.emulator.agency import Site
from bot.emulator.demo_world import create_demo_world
from bot.emulator.server import Emulator
from tests.e2e.browser import running_browser
from tests.e2e.stage import TOKEN, RawBot, Stage


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with running_browser() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def stage(browser: Browser) -> AsyncIterator[Stage]:
    site = Site()
    complaints: list[str] = []
    async with Emulator.start(mounts=(site.mount, chat_page.mount)) as emulator:
        world = await create_demo_world(emulator.url, TOKEN)
        async with ClientSession(emulator.url) as session:
            bot = RawBot(session, world)
            # A person who has talked to the bot before: it may write first.
            await bot.control("users", id=world.person, started=True)
            yield Stage(emulator, site, bot, browser, complaints)
        for context in browser.contexts:
            await context.close()
    assert complaints == []
