"""Wide tables in the full text, end to end: drawn by the real process, shown by the platform."""

import asyncio
import hashlib
import io
from collections.abc import Callable, Sequence
from typing import Any

import aiohttp
from PIL import Image

from bot.domain.chats.chat import TopicId
from bot.domain.clock import SystemClock
from bot.domain.news.article import Article
from bot.store.articles import articles
from bot.store.engine.database import Database
from tests.commands.stage import HOME, wording
from tests.journeys.stage import PATIENCE, PERSONS, Player, Theatre
from tests.journeys.steps import Says, Seen
from tests.journeys.test_zalo import subscribe
from tests.outbox_world import TOPIC
from tests.served_zalo import ServedZalo
from tests.services.rendering.tables.made import FEES
from tests.web.posting import free_port

NAME = "Bảng 1. Mức thu phí, lệ phí sở hữu công nghiệp"
ARTICLE = Article("https://agency.example/phi", "Biểu phí năm nay", blocks=(FEES,), body=("Mức thu phí.",))


async def stored(database: Database, topic: TopicId) -> None:
    async with database.write() as tx:
        await articles.save(tx, ARTICLE, photo=None, topic=topic, now=SystemClock().now())


async def test_on_telegram_two_people_get_one_and_the_same_picture(sqlite_url: str) -> None:
    async with Theatre.open(sqlite_url) as theatre:
        database = await Database.open(sqlite_url)
        await stored(database, HOME)
        await database.close()
        said = [await reads(theatre, PERSONS + number) for number in (7_001, 7_002)]

    assert [["photo" in each for each in messages] for messages in said] == [[False, True]] * 2
    assert [messages[1]["text"] for messages in said] == [NAME] * 2
    assert wording("table-below", name=NAME) in said[0][0]["text"]
    assert said[0][1]["photo"] == said[1][1]["photo"]


async def reads(theatre: Theatre, user: int) -> Sequence[dict[str, Any]]:
    """Have somebody read the article in full; return what came."""
    await theatre.emulated.post("users", id=user, first_name="Người", language_code="vi")
    player = Player(theatre.emulated, chat=user, user=user, language="vi")
    await player.takes(Says(None, "/toanvan biểu phí năm nay", Seen(words=(NAME, "📊"))), {})

    async def has_picture() -> bool:
        return len(await theatre.emulated.outbox(user)) == 2

    await player.until(has_picture)
    return await theatre.emulated.outbox(user)


async def test_on_zalo_the_picture_is_fetched_from_our_address(sqlite_url: str) -> None:
    async with ServedZalo.open(sqlite_url, photos=free_port()) as zalo:
        await subscribe(zalo)
        await stored(zalo.database, TOPIC.id)
        await zalo.asks("toàn văn biểu phí năm nay")
        picture = await message(zalo, lambda each: each["event"] == "message.image")
        async with aiohttp.ClientSession() as session, session.get(picture["photo"]) as answer:
            content = await answer.read()

    assert picture["text"].startswith(NAME)
    assert picture["photo_sha256"] == hashlib.sha256(content).hexdigest()
    with Image.open(io.BytesIO(content)) as image:
        assert (image.format, image.width) == ("JPEG", 1080)


async def test_on_zalo_a_table_whose_picture_is_refused_is_said_in_rows(sqlite_url: str) -> None:
    async with ServedZalo.open(sqlite_url, photos=free_port()) as zalo:
        await subscribe(zalo)
        await stored(zalo.database, TOPIC.id)
        refusal = {"code": 400, "description": "The photo is invalid"}
        await zalo.platform.control("faults", method="sendPhoto", **refusal)
        await zalo.asks("toàn văn biểu phí năm nay")
        said = await zalo.hears(containing="Phí công bố thông tin về đơn")

    assert "120.000" in said


async def message(zalo: ServedZalo, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Return the first message of the bot that is *wanted*, once it is there."""
    async with asyncio.timeout(PATIENCE):
        while True:
            said = (await zalo.platform.look("chat", person="an"))["messages"]
            if found := next((dict(each) for each in said if each["from_bot"] and wanted(each)), None):
                return found
            await asyncio.sleep(0.02)
