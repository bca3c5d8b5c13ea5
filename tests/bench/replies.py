"""How long a person waits for the first message of a reply while a broadcast is under way."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import orjson

from tests.bench.audience import FIRST_USER, owe, settle_in
from tests.bench.broadcasts import photo, until_listening, until_sending
from tests.bench.databases import new_database, opened
from tests.bench.row import Row
from tests.bench.service import service
from tests.bench.telegram import telegram
from tests.emulated import Emulated

RATE = 30
CHATS = 2_000
ASKERS = 120
ASK_EVERY = 0.4
BAR = 0.3
QUANTILE = 0.99
GIVE_UP_AFTER = 10


class Asking:
    """Who has asked when, and how long each has waited for the first message."""

    def __init__(self) -> None:
        self.waits: dict[int, float] = {}
        self._asked_at: dict[int, float] = {}

    async def ask(self, emulated: Emulated, user: int) -> None:
        self._asked_at[user] = time.monotonic()
        await emulated.post("updates/message", chat=user, **{"from": user}, text="/moinhat")

    async def watch(self, events: aiohttp.StreamReader) -> None:
        async for line in events:
            if line.startswith(b"data: "):
                self._notice(orjson.loads(line[6:]), time.monotonic())

    def _notice(self, message: dict[str, object], now: float) -> None:
        user, sender = message.get("chat"), message.get("from")
        is_reply = isinstance(sender, dict) and sender.get("is_bot")
        if is_reply and isinstance(user, int) and user in self._asked_at:
            self.waits.setdefault(user, now - self._asked_at[user])


async def reply_during_broadcast() -> Row:
    askers = range(FIRST_USER + CHATS, FIRST_USER + CHATS + ASKERS)
    async with (
        new_database("sqlite") as url,
        opened(url) as database,
        telegram(users=CHATS + ASKERS, rate=RATE) as emulated,
        service(api_url=emulated.url, database_url=url, rate=RATE),
    ):
        await settle_in(database, CHATS, others=ASKERS)
        await until_listening(emulated)
        for number in (1, 2, 3):
            await owe(database, photo=photo(number), number=number)
        await until_sending(emulated)
        async with watching(emulated) as asking:
            for user in askers:
                await asking.ask(emulated, user)
                await asyncio.sleep(ASK_EVERY)
            await _until_answered(asking)
        seen = await emulated.metrics()
    waits = sorted(asking.waits.values()) + [float("inf")] * (ASKERS - len(asking.waits))
    wait = waits[int(QUANTILE * (ASKERS - 1))]
    return Row(
        f"first message of the reply to /moinhat during a broadcast at {RATE}/s",
        f"99 % within {BAR * 1000:.0f} ms",
        f"99 % within {wait * 1000:.0f} ms (half within {waits[ASKERS // 2] * 1000:.0f} ms);"
        f" {ASKERS} asked; violations {seen['violations']}",
        ok=wait <= BAR and not seen["violations"],
    )


@asynccontextmanager
async def watching(emulated: Emulated) -> AsyncIterator[Asking]:
    asking = Asking()
    async with aiohttp.ClientSession() as session, session.get(f"{emulated.url}/_ctl/events") as events:
        task = asyncio.create_task(asking.watch(events.content))
        try:
            yield asking
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def _until_answered(asking: Asking) -> None:
    patience = time.monotonic() + GIVE_UP_AFTER
    while len(asking.waits) < ASKERS and time.monotonic() < patience:  # noqa: ASYNC110 - another process
        await asyncio.sleep(0.1)


ROWS = (reply_during_broadcast,)
