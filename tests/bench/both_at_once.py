"""Telegram and Zalo served by one process: what trouble on one of them costs the other."""

import asyncio
import time
from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean, median
from typing import Any

import aiohttp
from sqlalchemy import update

from bot.domain.chats.chat import ChatStatus
from bot.domain.chats.preferences import AT_ONCE
from bot.domain.clock import SystemClock
from bot.store.engine.database import Database
from bot.store.schema import chats
from tests.bench.audience import FIRST_USER, owe, settle_in
from tests.bench.broadcasts import until_listening
from tests.bench.databases import new_database, opened
from tests.bench.replies import Asking
from tests.bench.row import Row
from tests.bench.service import service
from tests.bench.telegram import telegram
from tests.bench.zalo import ACCOUNT, received, subscribe_there, zalo
from tests.emulated import Emulated
from tests.emulator.zalo.client import TOKEN, ZaloOverHttp

Fault = dict[str, Any]

CHATS, RATE = 5_000, 1_000
PEOPLE = 50
OUTAGE = 60.0
"""Seconds for which Zalo answers with 502."""
TROUBLES: dict[str, Fault] = {
    "answers in 16 s": {"method": "sendMessage", "delay_answer": 16.0},
    "gives 502": {"html": True},
    "is refused": {"code": 401, "description": "Unauthorized"},
}
OFTEN = 10**6
ACCEPTED_WITHIN = 400.0
"""Seconds for what is owed to arrive: a refused account is asked for anew every three minutes."""
RATIO = 0.95
LOOK_EVERY = 1.0

ASKERS = 100
ASK_EVERY = 0.1
QUANTILE = 0.95
DELAY = 0.05
"""Seconds that trouble on the one may cost a message on the other."""
ON_TELEGRAM: dict[str, Fault] = {
    "slow": {"delay": 16.0},
    "blocked": {"drop": "before"},
    "refused": {"status": 401, "description": "Unauthorized"},
}
ON_ZALO: dict[str, Fault] = {
    "slow": {"delay": 16.0},
    "blocked": {"drop": "before"},
    "refused": {"code": 401, "description": "Unauthorized"},
}


async def telegram_beside_zalo() -> Row:
    return await beside_zalo(CHATS, rate=RATE, people=PEOPLE, outage=OUTAGE)


async def beside_zalo(chats: int, *, rate: int, people: int, outage: float) -> Row:
    """Broadcast to Telegram by itself, and beside each trouble on Zalo, in turns."""
    async with (
        new_database("sqlite") as url,
        opened(url) as database,
        telegram(users=chats, rate=rate) as emulated,
        zalo(people) as platform,
        service(api_url=emulated.url, database_url=url, rate=rate, more=settings_of(platform)),
    ):
        await settle_in(database, chats)
        await subscribe_there(database, platform, AT_ONCE, SystemClock().now())
        await until_listening(emulated)
        broadcasts = _Broadcasts(database, emulated, platform, chats)
        await broadcasts.alone()
        alone, beside = [await broadcasts.alone()], []
        for fault in TROUBLES.values():
            began_at = time.monotonic()
            await platform.control("faults", times=OFTEN, **fault)
            beside.append(await broadcasts.with_zalo())
            if fault.get("html"):
                await asyncio.sleep(max(0.0, began_at + outage - time.monotonic()))
            await platform.mend()
            await broadcasts.until_on_zalo()
            alone.append(await broadcasts.alone())
        missing = broadcasts.owed - len({(each, text) for each, text in await _texts(platform)})
        seen, on_zalo = await emulated.metrics(), await platform.look("metrics")
    lost = broadcasts.sent_on_telegram - seen["sent"]
    ratios = [each / fmean(alone[at : at + 2]) for at, each in enumerate(beside)]
    told = ", ".join(f"{name} {ratio:.3f} ×" for name, ratio in zip(TROUBLES, ratios, strict=True))
    return Row(
        f"broadcast to {chats:,} chats on Telegram at {rate}/s while Zalo answers in 16 s, gives 502 for a"
        f" minute, is refused",
        f"≥ {RATIO} × its rate alone; nothing lost on either; violations 0",
        f"{told} ({fmean(alone):.0f}/s alone); lost {lost} and {missing};"
        f" {on_zalo['second_copies']} second copies on Zalo; violations {seen['violations']}",
        ok=min(ratios) >= RATIO and lost == 0 and missing == 0 and not seen["violations"],
    )


class _Broadcasts:
    """Broadcasts to everybody on Telegram, with or without those on Zalo."""

    def __init__(self, database: Database, emulated: Emulated, platform: ZaloOverHttp, chats: int) -> None:
        self._database = database
        self._emulated = emulated
        self._platform = platform
        self._chats = chats
        self._number = 0
        self.owed = 0
        """How many messages are owed on Zalo."""

    @property
    def sent_on_telegram(self) -> int:
        return self._number * self._chats

    async def alone(self) -> float:
        await self._switch(ChatStatus.OFF)
        return await self._broadcast()

    async def with_zalo(self) -> float:
        await self._switch(ChatStatus.ACTIVE)
        self.owed += len(await self._platform.look("chats"))
        return await self._broadcast()

    async def until_on_zalo(self) -> None:
        """Wait until everybody there has got what is owed so far."""
        async with asyncio.timeout(ACCEPTED_WITHIN):
            while len(set(await _texts(self._platform))) < self.owed:  # noqa: ASYNC110 - elsewhere
                await asyncio.sleep(LOOK_EVERY)

    async def _switch(self, status: ChatStatus) -> None:
        async with self._database.write() as tx:
            await tx.execute(update(chats).where(chats.c.account_id == ACCOUNT).values(status=status))

    async def _broadcast(self) -> float:
        """Owe everybody an article; return at how many messages a second they arrive on Telegram."""
        before, self._number = self.sent_on_telegram, self._number + 1
        await owe(self._database, number=self._number)
        began_at = await self._until_sent(before + 1)
        ended_at = await self._until_sent(self.sent_on_telegram)
        return self._chats / (ended_at - began_at)

    async def _until_sent(self, count: int) -> float:
        async with asyncio.timeout(300):
            while (await self._emulated.metrics())["sent"] < count:  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.02)
        return time.monotonic()


async def _texts(platform: ZaloOverHttp) -> list[tuple[str, str]]:
    """Return who has got what on Zalo, as often as they have."""
    got = await received(platform)
    return [(person, message["text"]) for person, messages in got.items() for message in messages]


def settings_of(platform: ZaloOverHttp) -> dict[str, str]:
    """Return the settings of an account on Zalo."""
    return {"BANTIN_ZALO__TOKEN": TOKEN, "BANTIN_ZALO__API_URL": platform.url}


async def answers_beside_zalo() -> Row:
    return await answers_beside(ASKERS, people=PEOPLE)


async def answers_beside(askers: int, *, people: int) -> Row:
    """Ask on Telegram while nothing, and then while something, is wrong on Zalo, where news are due."""
    async with (
        new_database("sqlite") as url,
        opened(url) as database,
        telegram(users=askers * 4 + 1) as emulated,
        zalo(people) as platform,
        service(api_url=emulated.url, database_url=url, more=settings_of(platform)),
    ):
        await settle_in(database, 1, others=askers * 4)
        await subscribe_there(database, platform, AT_ONCE, SystemClock().now())
        await until_listening(emulated)
        usual = await _waits(emulated, range(FIRST_USER + 1, FIRST_USER + 1 + askers))
        later = {}
        for place, (name, fault) in enumerate(ON_ZALO.items(), 1):
            await platform.control("faults", times=OFTEN, **fault)
            await owe(database, number=place)
            first = FIRST_USER + 1 + askers * place
            later[name] = _later(usual, await _waits(emulated, range(first, first + askers)))
            await platform.mend()
    return _row("answers on Telegram while Zalo is slow, blocked, refused", usual, later)


async def _waits(emulated: Emulated, users: range) -> list[float]:
    """Return for how many seconds each of *users*, who ask one after the other, waits for an answer."""
    asking = Asking()
    timeout = aiohttp.ClientTimeout(total=None)
    async with (
        aiohttp.ClientSession(timeout=timeout) as session,
        session.get(f"{emulated.url}/_ctl/events") as events,
    ):
        watching = asyncio.create_task(asking.watch(events.content))
        for user in users:
            await asking.ask(emulated, user)
            await asyncio.sleep(ASK_EVERY)
        async with asyncio.timeout(30):
            while len(asking.waits) < len(users):  # noqa: ASYNC110 - in another process
                await asyncio.sleep(0.05)
        watching.cancel()
    return list(asking.waits.values())


async def news_beside_telegram() -> Row:
    return await news_beside(PEOPLE)


async def news_beside(people: int) -> Row:
    """Send news on Zalo while nothing, and then while something, is wrong on Telegram, where more are due."""
    async with (
        new_database("sqlite") as url,
        opened(url) as database,
        telegram(users=people) as emulated,
        zalo(people) as platform,
        service(api_url=emulated.url, database_url=url, more=settings_of(platform)),
    ):
        await settle_in(database, people)
        await subscribe_there(database, platform, AT_ONCE, SystemClock().now())
        await until_listening(emulated)
        usual = await _gaps(database, platform, number=1)
        later = {}
        for number, (name, fault) in enumerate(ON_TELEGRAM.items(), 2):
            await emulated.post("faults", times=OFTEN, **fault)
            later[name] = _later(usual, await _gaps(database, platform, number=number))
            await emulated.mend()
    return _row("news on Zalo at 5/s while Telegram is slow, blocked, refused", usual, later)


async def _gaps(database: Database, platform: ZaloOverHttp, *, number: int) -> list[float]:
    """Owe everybody an article; return the seconds between two messages on Zalo."""
    before = len(await _texts(platform))
    await owe(database, number=number)
    people = len(await platform.look("chats"))
    async with asyncio.timeout(120):
        while (await platform.look("metrics"))["sent"] < before + people:  # noqa: ASYNC110 - elsewhere
            await asyncio.sleep(0.2)
    got = await received(platform)
    moments = sorted(message["date"] / 1000 for messages in got.values() for message in messages)
    return [later - earlier for earlier, later in pairwise(moments[before:])]


def _later(usual: Sequence[float], beside: Sequence[float]) -> float:
    """Return how many seconds later messages come: half of them, or most of them, whichever is worse."""
    return max(median(beside) - median(usual), _most(beside) - _most(usual))


def _most(waits: Sequence[float]) -> float:
    return sorted(waits)[round((len(waits) - 1) * QUANTILE)]


def _row(name: str, usual: Sequence[float], later: dict[str, float]) -> Row:
    told = ", ".join(f"{trouble} {seconds * 1e3:+.0f} ms" for trouble, seconds in later.items())
    return Row(
        name,
        f"half and {QUANTILE:.0%} of the messages at most {DELAY * 1e3:.0f} ms later than without",
        f"{told} (without: half within {median(usual) * 1e3:.0f} ms, {QUANTILE:.0%} within"
        f" {_most(usual) * 1e3:.0f} ms)",
        ok=max(later.values()) <= DELAY,
    )


ROWS = (telegram_beside_zalo, answers_beside_zalo, news_beside_telegram)
