"""“Nghe bài” on Zalo, end to end: an article is spoken, and the platform fetches it from our address."""

import asyncio
import hashlib
import io
from typing import Any

import aiohttp
import av

from bot.domain.clock import SystemClock
from bot.domain.news.article import Article
from bot.store.articles import articles
from bot.store.engine.database import Database
from tests.commands.stage import wording
from tests.journeys.test_zalo import subscribe
from tests.outbox_world import TOPIC
from tests.served_zalo import PATIENCE, ServedZalo
from tests.web.posting import free_port

ARTICLE = Article("https://agency.example/hop", "Họp báo", body=("Ngày 10/8/2017, Cục SHTT họp.",))


async def stored(database: Database) -> None:
    async with database.write() as tx:
        await articles.save(tx, ARTICLE, photo=None, topic=TOPIC.id, now=SystemClock().now())


async def recording(zalo: ServedZalo, person: str) -> dict[str, Any]:
    """Return the first recording that somebody got, once it is there."""
    async with asyncio.timeout(PATIENCE):
        while True:
            said = (await zalo.platform.look("chat", person=person))["messages"]
            if found := [dict(each) for each in said if each["event"] == "message.voice"]:
                return found[0]
            await asyncio.sleep(0.02)


async def test_an_article_is_heard_and_is_one_recording_for_all(sqlite_url: str) -> None:
    async with ServedZalo.open(sqlite_url, photos=free_port()) as zalo:
        await subscribe(zalo)
        await stored(zalo.database)
        await zalo.platform.says("nghe bài họp báo")
        first = await recording(zalo, "an")
        await zalo.platform.says("nghe bài họp báo", person="binh")
        second = await recording(zalo, "binh")
        async with aiohttp.ClientSession() as session:
            async with session.get(first["voice"]) as answer:
                content = await answer.read()
            async with session.get(first["voice"].replace(".aac", ".jpg")) as answer:
                disguised = answer.status

    assert first["voice_sha256"] == hashlib.sha256(content).hexdigest()
    assert (second["voice"], disguised) == (first["voice"], 404)
    with av.open(io.BytesIO(content), "r") as file:
        stream = file.streams.audio[0]
        assert (file.format.name, stream.codec_context.name, stream.rate, stream.channels) == (
            "aac",
            "aac",
            16_000,
            1,
        )


async def test_a_recording_that_zalo_does_not_fetch_is_said_to_have_failed(sqlite_url: str) -> None:
    async with ServedZalo.open(sqlite_url, photos=free_port()) as zalo:
        await subscribe(zalo)
        await stored(zalo.database)
        await zalo.platform.control(
            "faults", method="sendVoice", code=400, description="The voice is invalid"
        )
        await zalo.platform.says("nghe bài họp báo")

        await zalo.hears(containing=wording("voice-failed"))


async def test_without_an_address_of_ours_there_is_nothing_to_hear(sqlite_url: str) -> None:
    async with ServedZalo.open(sqlite_url) as zalo:
        await subscribe(zalo)
        await stored(zalo.database)

        assert wording("voice-none") in await zalo.asks("nghe bài họp báo")
