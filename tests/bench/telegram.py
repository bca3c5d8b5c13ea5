"""The emulated Telegram in a process of its own, with strict windows, and the audience in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from tests.bench.audience import FIRST_USER
from tests.bench.processes import running
from tests.emulated import TOKEN, Emulated


@asynccontextmanager
async def telegram(*, users: int, rate: int = 30) -> AsyncIterator[Emulated]:
    """Serve *users* who talk to the bot; more than *rate* messages in any second are refused."""
    async with running("bot.emulator", "--token", TOKEN) as process, aiohttp.ClientSession() as session:
        assert process.stdout is not None
        url = (await process.stdout.readline()).decode().strip()
        emulated = Emulated(url, session)
        await emulated.post("limits", global_count=rate)
        await emulated.subscribers(users, first=FIRST_USER)
        yield emulated
