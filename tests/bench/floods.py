"""News while people ask for all that they may: what a broadcast, a group and others wait for."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial
from typing import Any

from bot.domain.chats.chat import Address, ChatKind
from bot.domain.clock import SystemClock
from bot.store.chats import chats
from bot.store.engine.database import Database
from tests.bench.audience import FIRST_USER, TOPIC, owe, settle_in
from tests.bench.broadcasts import until_listening
from tests.bench.databases import new_database, opened
from tests.bench.row import Row
from tests.bench.service import service, until_settled
from tests.bench.telegram import telegram
from tests.emulated import ACCOUNT, TOKEN, Emulated

RATE = 30
CHATS = 900
CROWD = range(100, 160)
ASKERS = range(200, 310)
PACE = 1.0
"""Seconds between two things that one of the crowd asks for: more than is answered in the long run."""
FLOOD_FOR = 120.0
PUBLISHED_AFTER = 20.0
GROUP, CHANNEL, MEMBER = -500, -600, 99
NEWS_BAR, GROUP_BAR, REPLY_BAR = 1.5, 60.0, 1.0


async def news_during_floods() -> Row:
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(new_database("sqlite"))
        database = await stack.enter_async_context(opened(url))
        emulated = await stack.enter_async_context(telegram(users=CHATS, rate=RATE))
        await _settle_in(emulated, database)
        await stack.enter_async_context(service(api_url=emulated.url, database_url=url, rate=RATE))
        await until_listening(emulated)
        post, alone = await _first_post(emulated, database)
        flood = asyncio.gather(*_flood(emulated, post))
        await asyncio.sleep(PUBLISHED_AFTER)
        published_at = time.time()
        await owe(database, number=2)
        await flood
        await until_settled(database, within=300)
        news = await _arrivals(emulated, published_at)
        answers = [await _waited(emulated, user, asked_at) for user, asked_at in _asked.items()]
        seen = await emulated.metrics()
    took = max(news.values())
    wait = sorted(answers)[int(0.99 * (len(answers) - 1))]
    shared = max(news[GROUP], news[CHANNEL])
    return Row(
        f"news to {CHATS} chats while {len(CROWD)} people, a group's member and a channel's subscriber ask"
        f" once in {PACE:.0f} s each",
        f"≤ {NEWS_BAR} × its time alone; group and channel ≤ {GROUP_BAR:.0f} s; 99 % of others answered in"
        f" {REPLY_BAR:.0f} s; violations 0",
        f"{took / alone:.2f} × {alone:.0f} s; {shared:.1f} s; {wait:.2f} s; violations {seen['violations']}",
        ok=took <= NEWS_BAR * alone and shared <= GROUP_BAR and wait <= REPLY_BAR and not seen["violations"],
    )


_asked: dict[int, float] = {}
"""When each of those asked who ask but once (seconds since the epoch)."""


async def _settle_in(emulated: Emulated, database: Database) -> None:
    await settle_in(database, CHATS)
    for user in (*CROWD, *ASKERS, MEMBER):
        await emulated.post("users", id=user, first_name=f"Người {user}", started=True)
    now = SystemClock().now()
    async with database.write() as tx:
        for chat, kind in ((GROUP, ChatKind.SUPERGROUP), (CHANNEL, ChatKind.CHANNEL)):
            address = Address(ACCOUNT, str(chat))
            known = await chats.register(tx, address, kind=kind, language="vi", title="Chi bộ", now=now)
            await chats.subscribe(tx, known.id, TOPIC.id, now)
    await emulated.post("users", id=900, first_name="Chủ")
    for chat, called, status in ((GROUP, "supergroup", "member"), (CHANNEL, "channel", "administrator")):
        await emulated.post("chats", id=chat, type=called, title="Chi bộ", owner=900)
        await emulated.post(f"chats/{chat}/members", bot=TOKEN, status=status)
        await emulated.post(f"chats/{chat}/members", user=MEMBER, status="member")


async def _first_post(emulated: Emulated, database: Database) -> tuple[int, float]:
    """Let one article go to everybody; return its message in the channel and how long it all took."""
    published_at = time.time()
    await owe(database, number=1)
    await until_settled(database, within=120)
    (post,) = await emulated.outbox(CHANNEL)
    return post["message_id"], max((await _arrivals(emulated, published_at)).values())


def _flood(emulated: Emulated, post: int) -> list[Awaitable[None]]:
    async def says(chat: int, user: int, text: str) -> None:
        await emulated.post("updates/message", chat=chat, **{"from": user}, text=text)

    async def presses() -> None:
        fields: dict[str, Any] = {"chat": CHANNEL, "from": MEMBER, "message_id": post, "data": "1o.help"}
        await emulated.post("updates/callback", **fields, force=True)

    async def asks_once() -> None:
        for user in ASKERS:
            _asked[user] = time.time()
            await says(user, user, "/trogiup")
            await asyncio.sleep(FLOOD_FOR / len(ASKERS))

    crowd = [_again(partial(says, user, user, "/trogiup")) for user in CROWD]
    return [*crowd, _again(lambda: says(GROUP, MEMBER, "/trogiup@bantin_bot")), _again(presses), asks_once()]


async def _again(act: Callable[[], Awaitable[None]]) -> None:
    """Do it again and again, at the pace of a crowd."""
    ends_at = time.monotonic() + FLOOD_FOR
    while time.monotonic() < ends_at:
        next_at = time.monotonic() + PACE
        await act()
        await asyncio.sleep(next_at - time.monotonic())


async def _arrivals(emulated: Emulated, published_at: float) -> dict[int, float]:
    """Return after how many seconds each subscriber had the second article."""
    subscribers = {*range(FIRST_USER, FIRST_USER + CHATS), GROUP, CHANNEL}
    return {
        message["chat"]: message["taken_at"] - published_at
        for message in await emulated.outbox()
        if message["chat"] in subscribers
        and message["taken_at"] > published_at
        and "Hướng dẫn" not in message.get("text", "")
    }


async def _waited(emulated: Emulated, user: int, asked_at: float) -> float:
    answers = await emulated.outbox(user)
    return float(answers[0]["taken_at"]) - asked_at if answers else float("inf")


ROWS = (news_during_floods,)
