"""What the agency does to its articles, from its site to the chats: it corrects, takes down, rebuilds."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr

from bot import app
from bot.domain.chats.chat import TopicId
from bot.domain.news.feed import Feed, FeedId, FeedKind
from bot.emulator.agency import Site
from bot.emulator.agency.newsroom import SECTIONS
from bot.emulator.agency.views import listing_path
from bot.settings.accounts import TelegramSection
from bot.settings.settings import (
    AccessSection,
    CorrectionsSection,
    DatabaseSection,
    HttpSection,
    PollingSection,
    Settings,
    WebSection,
)
from bot.store.feeds import feeds
from tests.emulated import OWNER, TOKEN, Emulated
from tests.outbox_world import TOPIC, OutboxWorld

READER = 1000
SECTION = SECTIONS[0]
TITLE = "Cục tổ chức hội nghị tổng kết năm"
PUBLISHED = 6
GONE = "có thể đã được cơ quan gỡ bỏ"
HELD = "đang được giữ lại"
PATIENCE = 60
FEED = Feed(
    FeedId("tin"),
    TopicId("trong-nuoc"),
    "Trang của Cục",
    listing_path(SECTION),
    kind=FeedKind.LISTING,
    interval=timedelta(seconds=1),
    preset="liferay-vgov",
)
SOON = tuple(timedelta(seconds=seconds) for seconds in range(2, 600, 2))

Message = dict[str, Any]


@dataclass
class Stage:
    """The sample site, the emulated Telegram, and the service between them."""

    emulated: Emulated
    site: aiohttp.ClientSession

    async def desk(self, action: str, **body: Any) -> Any:
        async with self.site.post(f"/agency/_{action}", json=body) as answer:
            assert answer.status < 300, await answer.text()
            return await answer.json()

    async def until(self, chat: int, right: Callable[[list[Message]], bool]) -> list[Message]:
        """Wait until the messages in *chat* are right."""
        messages: list[Message] = []
        try:
            async with asyncio.timeout(PATIENCE):
                while not right(messages := await self.emulated.outbox(chat)):  # noqa: ASYNC110 - a server's state
                    await asyncio.sleep(0.1)
        except TimeoutError:
            pytest.fail(f"the messages never were right: {texts(messages)}")
        return messages

    async def press(self, chat: int, message: Message, label: str) -> None:
        rows = message["reply_markup"]["inline_keyboard"]
        (data,) = [key["callback_data"] for row in rows for key in row if key["text"].startswith(label)]
        place = {"chat": chat, "from": chat, "message_id": message["message_id"]}
        await self.emulated.post("updates/callback", **place, data=data)


def texts(messages: list[Message]) -> list[str]:
    return [str(message["text"]) for message in messages]


def says(words: str, times: int = 1) -> Callable[[list[Message]], bool]:
    return lambda messages: sum(words in text for text in texts(messages)) == times


def named(messages: list[Message], words: str) -> Message:
    return next(message for message in messages if words in message["text"])


@asynccontextmanager
async def running(emulated: Emulated, database_url: str) -> AsyncIterator[None]:
    settings = Settings.model_construct(
        database=DatabaseSection(url=database_url),
        access=AccessSection(owners=(f"telegram:{OWNER}",)),
        telegram=TelegramSection(token=SecretStr(TOKEN), api_url=emulated.url),
        polling=PollingSection(interval=timedelta(seconds=1)),
        http=HttpSection(allow_private=("127.0.0.1",)),
        corrections=CorrectionsSection(read_again_after=SOON),
        web=WebSection(listen="127.0.0.1:0"),
    )
    stop = asyncio.Event()
    feed = replace(FEED, url=emulated.url + FEED.url)
    service = asyncio.create_task(app.run(settings, [TOPIC], [feed], stop=stop))
    try:
        yield
    finally:
        stop.set()
        await service


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with (
        Emulated.start(mounts=(Site().mount,)) as emulated,
        aiohttp.ClientSession(emulated.url) as client,
        OutboxWorld.make(emulated, sqlite_url) as world,
    ):
        await emulated.subscribers(1, first=READER)
        await emulated.post("updates/message", chat=OWNER, **{"from": OWNER}, text="/trogiup")
        await world.subscribe([READER, OWNER])
        async with running(emulated, sqlite_url):
            # The first poll pushes nothing: what is published before it would never arrive.
            await until_polled(world)
            yield Stage(emulated, client)


async def until_polled(world: OutboxWorld) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            async with world.database.read() as tx:
                if any(status.last_polled_at for status in await feeds.statuses(tx)):
                    return
            await asyncio.sleep(0.1)


async def test_a_correction_on_the_site_edits_the_messages_that_were_sent(stage: Stage) -> None:
    article = await stage.desk("publish", title=TITLE, section=SECTION.id, photo="hoi-nghi")
    (sent,) = await stage.until(READER, says(TITLE))

    await stage.desk("correct", id=article["id"], title=f"{TITLE} 2026", sapo="Hội nghị diễn ra hôm nay.")

    (edited,) = await stage.until(READER, says(f"{TITLE} 2026"))
    assert (edited["message_id"], edited["edited"], "photo" in edited) == (sent["message_id"], True, True)
    assert "Hội nghị diễn ra hôm nay." in edited["text"]
    assert "✏️ Đính chính" in edited["text"]
    assert "đổi tiêu đề" in edited["text"]


async def test_another_lead_photo_on_the_site_takes_the_place_of_the_old_one(stage: Stage) -> None:
    article = await stage.desk("publish", title=TITLE, section=SECTION.id, photo="hoi-nghi")
    (sent,) = await stage.until(READER, says(TITLE))

    await stage.desk("correct", id=article["id"], photo="thu-vien")

    (edited,) = await stage.until(READER, lambda found: found[0]["edited"])
    assert edited["message_id"] == sent["message_id"]
    assert edited["photo"]["file_unique_id"] != sent["photo"]["file_unique_id"]


async def test_what_the_site_takes_down_is_withdrawn_when_the_owner_says_so(stage: Stage) -> None:
    article = await stage.desk("publish", title=TITLE, section=SECTION.id)
    await stage.until(READER, says(TITLE))

    await stage.desk("take_down", id=article["id"])
    question = named(await stage.until(OWNER, says(GONE)), GONE)
    assert says(TITLE)(await stage.emulated.outbox(READER))
    await stage.press(OWNER, question, "Thu hồi 2 tin")
    sure = "Thu hồi các tin về bài"
    await stage.press(OWNER, named(await stage.until(OWNER, says(sure)), sure), "Đồng ý thu hồi 2 tin")

    await stage.until(READER, lambda messages: not messages)


@pytest.mark.parametrize(("label", "sure", "copies"), [("Gửi cả", "Đồng ý gửi", 2), ("Chỉ lưu", "", 1)])
async def test_a_site_that_was_rebuilt_is_held_until_the_owner_decides(
    stage: Stage, label: str, sure: str, copies: int
) -> None:
    for number in range(PUBLISHED):
        await stage.desk("publish", title=f"{TITLE} {number}", section=SECTION.id)
    await stage.until(READER, says(TITLE, PUBLISHED))

    await stage.desk("rebuild", redate=True)
    question = named(await stage.until(OWNER, says(HELD)), HELD)
    assert len(await stage.emulated.outbox(READER)) == PUBLISHED
    await stage.press(OWNER, question, label)
    if sure:
        reaches = "nơi đang nhận tin"
        await stage.press(OWNER, named(await stage.until(OWNER, says(reaches)), reaches), sure)

    await stage.until(OWNER, says(HELD, 0))
    await stage.until(READER, says(TITLE, copies * PUBLISHED))
