"""Broadcasts by the service itself: how fast, how strictly paced, and at what cost."""

import asyncio
import time
from io import BytesIO

import orjson
from PIL import Image

from bot.domain.chats.message import KnownPhoto
from bot.domain.news.article import ArticleId, PreparedPhoto
from bot.messengers.telegram.calls import call_for
from bot.messengers.telegram.messenger import CAPABILITIES
from bot.runtime import from_settings
from bot.services.rendering.card import CardFormat, card
from bot.settings.settings import Settings
from bot.store.articles import articles, references
from bot.store.engine.database import Database
from tests.bench.audience import FIRST_USER, TOPIC, owe, settle_in
from tests.bench.databases import new_database, opened
from tests.bench.processes import cpu_seconds, output_of
from tests.bench.row import Row
from tests.bench.service import service, until_settled
from tests.bench.telegram import telegram
from tests.emulated import ACCOUNT, TOKEN, Emulated, private

LOOK_EVERY = 0.01


async def broadcast_30() -> Row:
    chats, rate = 1_500, 30
    async with (
        new_database("sqlite") as url,
        opened(url) as database,
        telegram(users=chats, rate=rate) as emulated,
        service(api_url=emulated.url, database_url=url, rate=rate),
    ):
        await settle_in(database, chats)
        await until_listening(emulated)
        await owe(database)
        started_at = await until_sending(emulated)
        took = await until_settled(database, within=120) - started_at
        seen = await emulated.metrics()
    bar = 1.03 * chats / rate
    return Row(
        f"broadcast to {chats:,} chats at {rate}/s",
        f"≤ {bar:.1f} s; no 429; violations 0",
        f"{took:.1f} s; {seen['refused_429']} 429s; violations {seen['violations']}",
        ok=took <= bar and seen["sent"] == chats and not seen["refused_429"] and not seen["violations"],
    )


async def broadcast_1000() -> Row:
    chats, rate = 20_000, 1_000
    async with (
        new_database("sqlite") as url,
        opened(url) as database,
        telegram(users=chats, rate=rate) as emulated,
        service(api_url=emulated.url, database_url=url, rate=rate) as process,
    ):
        await settle_in(database, chats)
        await until_listening(emulated)
        article = await owe(database, photo=photo())
        cpu_before = cpu_seconds(process.pid)
        started_at = await until_sending(emulated)
        took = await until_settled(database, within=120) - started_at
        cpu = cpu_seconds(process.pid) - cpu_before
        seen = await emulated.metrics()
        bare = await _bare_cpu(emulated, await _request(database, article), chats)
    ratio, speed = cpu / bare, chats / took
    return Row(
        f"broadcast to {chats:,} chats at {rate}/s, photo by file_id, durable receipts",
        "≥ 950/s; CPU ≤ 4 × a bare aiohttp client's; violations 0",
        f"{speed:.0f}/s; {ratio:.2f} × ({cpu / chats * 1e6:.0f} µs : {bare / chats * 1e6:.0f} µs);"
        f" violations {seen['violations']}",
        ok=speed >= 950 and ratio <= 4 and seen["sent"] == chats and not seen["violations"],
    )


async def one_upload() -> Row:
    chats, rate = 5_000, 1_000
    async with (
        new_database("sqlite") as url,
        opened(url) as database,
        telegram(users=chats, rate=rate) as emulated,
        service(api_url=emulated.url, database_url=url, rate=rate),
    ):
        await settle_in(database, chats)
        await owe(database, photo=photo())
        await until_settled(database, within=60)
        seen = await emulated.metrics()
    return Row(
        f"one photo, {chats:,} chats",
        "one upload",
        f"{seen['uploads']} upload, {seen['sent']:,} messages",
        ok=seen["uploads"] == 1 and seen["sent"] == chats,
    )


def photo(number: int = 1) -> PreparedPhoto:
    """Return a photo as large as those of real articles."""
    content = BytesIO()
    Image.effect_noise((1280, 853), 30 + number).convert("RGB").save(content, "JPEG", quality=70)
    return PreparedPhoto(
        f"{number:064}", f"https://agency.example/{number}.jpg", content.getvalue(), 1280, 853
    )


async def until_listening(emulated: Emulated) -> None:
    """Wait until the service has come up: it then asks for updates."""
    async with asyncio.timeout(60):
        while not (await emulated.metrics())["calls"].get("getUpdates"):  # noqa: ASYNC110 - another process
            await asyncio.sleep(LOOK_EVERY)


async def until_sending(emulated: Emulated) -> float:
    """Wait for the first message, and return a moment (monotonic) just before it."""
    async with asyncio.timeout(60):
        while True:
            asked_at = time.monotonic()
            if (await emulated.metrics())["sent"]:
                return asked_at - LOOK_EVERY
            await asyncio.sleep(LOOK_EVERY)


async def _request(database: Database, article: ArticleId) -> bytes:
    """Return what the service has posted to each chat."""
    async with database.read() as tx:
        stored = await articles.get(tx, article)
        assert stored is not None
        assert stored.photo_key is not None
        reference = await references.PHOTOS.find(tx, ACCOUNT, stored.photo_key)
    assert reference is not None
    message = card(
        stored.article,
        TOPIC,
        CardFormat(from_settings.translator(Settings()), "vi", CAPABILITIES),
        photo=KnownPhoto(reference),
    )
    return orjson.dumps(call_for(private(FIRST_USER), message).parameters)


async def _bare_cpu(emulated: Emulated, request: bytes, chats: int) -> float:
    """Return the CPU seconds of a bare client for as many messages, at its own pace."""
    await emulated.post("limits", enforce=False)
    address = f"{emulated.url}/bot{TOKEN}/sendPhoto"
    printed = await output_of("tests.bench.bare_client", address, str(FIRST_USER), str(chats), given=request)
    return float(printed)


ROWS = (broadcast_30, broadcast_1000, one_upload)
