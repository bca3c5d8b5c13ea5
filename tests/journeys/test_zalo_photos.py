"""Photos on Zalo, end to end: the service serves them, and the platform fetches them during the call."""

from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.emulator.server import Emulator
from bot.store.engine.database import Database
from tests.emulated import jpeg
from tests.emulator.zalo.client import TOKEN, ZaloClient
from tests.journeys.test_zalo import subscribe
from tests.running import service
from tests.served_zalo import ServedZalo, variables
from tests.web.posting import free_port

PHOTO = jpeg(320, 240, color="green")


async def news(zalo: ServedZalo, title: str) -> dict[str, Any]:
    """Return the message that brought an article."""
    await zalo.hears(containing=title)
    said = (await zalo.platform.look("chat", person="an"))["messages"]
    (found,) = [message for message in said if message["from_bot"] and title in message["text"]]
    return dict(found)


async def test_news_come_with_the_very_photo_and_its_words_below_it(database_url: str) -> None:
    async with ServedZalo.open(database_url, photos=free_port()) as zalo:
        await subscribe(zalo)
        key = await zalo.publish("Họp báo 🎉 thường kỳ", photo=PHOTO)
        sent = await news(zalo, "Họp báo")
        async with aiohttp.ClientSession() as session, session.get(sent["photo"]) as answer:
            served = (answer.status, await answer.read())

    assert (sent["event"], sent["photo_sha256"], sent["text_styles"]) == ("message.image", key, [])
    assert sent["text"].startswith("Họp báo 🎉 thường kỳ\n\n")
    assert "https://agency.example/tin/1" in sent["text"].split("\n")
    assert served == (200, PHOTO)


async def test_without_an_address_of_ours_news_are_text(sqlite_url: str) -> None:
    async with ServedZalo.open(sqlite_url) as zalo:
        await subscribe(zalo)
        await zalo.publish("Họp báo thường kỳ", photo=PHOTO)
        sent = await news(zalo, "Họp báo")

    assert (sent["event"], sent["photo"]) == ("message.text", "")
    assert sent["text_styles"] == [{"start": 0, "len": 17, "st": ["b"]}]


@pytest.mark.parametrize(
    "refusal",
    [
        {"code": 400, "description": "The photo is invalid"},
        # Zalo could not fetch it in time, and does not say so in a way that is known.
        {"code": 408, "description": "Request timeout", "times": 2},
        {"html": True, "status": 504, "times": 2},
    ],
)
async def test_a_photo_that_zalo_does_not_take_leaves_its_text(
    sqlite_url: str, refusal: dict[str, Any]
) -> None:
    async with ServedZalo.open(sqlite_url, photos=free_port()) as zalo:
        await subscribe(zalo)
        await zalo.platform.control("faults", method="sendPhoto", **refusal)
        with capture_logs() as logs:
            await zalo.publish("Họp báo thường kỳ", photo=PHOTO)
            sent = await news(zalo, "Họp báo")
            await zalo.publish("Bài có ảnh khác", number=2, photo=jpeg(color="blue"))
            other = await news(zalo, "Bài có ảnh khác")

    assert (sent["event"], other["event"]) == ("message.text", "message.image")
    assert sent["text"].startswith("Họp báo thường kỳ")
    assert "/p/" not in str(logs)


@pytest.mark.postgres
@pytest.mark.timeout(300)
async def test_one_process_sends_and_another_one_serves_the_photo(postgresql_url: str) -> None:
    port = free_port()
    async with Emulator.start() as emulator, aiohttp.ClientSession() as session:
        platform = ZaloClient(emulator, session)
        await platform.control("knobs", local=True)
        await platform.control("bots", token=TOKEN, display_name="Bot Bản Tin")
        web = {
            "BANTIN_WEB__LISTEN": f"127.0.0.1:{port}",
            "BANTIN_WEB__PUBLIC_URL": f"http://127.0.0.1:{port}/",
        }
        environment = variables(platform, postgresql_url, **web)
        async with service(environment, "poll,send") as sender, service(environment, "web") as server:
            await server.until_logged("health")
            database = await Database.open(postgresql_url)
            zalo = ServedZalo(platform, database)
            await subscribe(zalo)
            key = await zalo.publish("Họp báo thường kỳ", photo=PHOTO)
            sent = await news(zalo, "Họp báo")
            await database.close()

    assert (sent["event"], sent["photo_sha256"]) == ("message.image", key)
    assert "health" not in {line["event"] for line in sender.logs}
    assert "/p/" not in str([*sender.logs, *server.logs])
