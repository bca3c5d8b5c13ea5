"""A topic ends: its subscribers are told good-bye, and take what is offered by a button or by a number."""

import asyncio
import re
from typing import Any

from pydantic import SecretStr

from bot import app
from bot.domain.chats.chat import TopicId
from bot.domain.clock import SystemClock
from bot.domain.desk.audit import CONFIGURATION
from bot.domain.news.feed import Topic
from bot.i18n import FormOfAddress
from bot.services.administration import topic_life
from bot.services.administration.topic_life import Notices
from bot.settings.accounts import TelegramSection
from bot.settings.roles import ProcessRole
from bot.settings.settings import DatabaseSection, Settings, SubscribersSection
from bot.store.chats import chats
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from tests.commands.stage import texts
from tests.emulated import TOKEN, Emulated
from tests.outbox_world import TOPIC, OutboxWorld
from tests.served_zalo import ServedZalo
from tests.store.world import DAYS

OFFERED = Topic(TopicId("quoc-te"), {"vi": "Tin quốc tế", "en": "World news"}, {}, "QuocTe")
PERSON = 1000


async def end_the_topic(database: Database) -> None:
    """Take the topic out, offer another one instead, and owe the farewell."""
    now, notices = SystemClock().now(), Notices(texts(FormOfAddress.YOU), DAYS)
    async with database.write() as tx:
        await feeds.sync_definitions(tx, [OFFERED], [], now)
        await topic_life.end(tx, TOPIC.id, OFFERED.id, CONFIGURATION, farewell=(notices, ""), now=now)


async def test_on_telegram_the_offered_topic_is_one_button_away(database_url: str) -> None:
    async with Emulated.start() as emulated, OutboxWorld.make(emulated, database_url) as world:
        await emulated.subscribers(1, first=PERSON)
        (chat,) = await world.subscribe([PERSON])
        settings = Settings.model_construct(
            database=DatabaseSection(url=database_url),
            telegram=TelegramSection(token=SecretStr(TOKEN), api_url=emulated.url),
            subscribers=SubscribersSection(quiet_hours=""),
        )
        stop, roles = asyncio.Event(), frozenset({ProcessRole.SEND})
        running = asyncio.create_task(app.run(settings, [TOPIC, OFFERED], [], stop=stop, roles=roles))

        async def is_configured() -> bool:
            async with world.database.read() as tx:
                return OFFERED.id in {topic.id for topic in await feeds.topics(tx)}

        await emulated.until(is_configured, within=40)
        await end_the_topic(world.database)

        (told,) = await _until_told(emulated)
        ((button,),) = told["reply_markup"]["inline_keyboard"]
        pressed = {"chat": PERSON, "from": PERSON, "message_id": told["message_id"]}
        await emulated.post("updates/callback", **pressed, data=button["callback_data"])

        async def is_subscribed() -> bool:
            async with world.database.read() as tx:
                return OFFERED.id in await chats.subscriptions(tx, chat.id)

        await emulated.until(is_subscribed)
        stop.set()
        await running

    assert told["text"].startswith("Chuyên mục “Tin trong nước” của Cục Sở hữu trí tuệ đã kết thúc")
    assert button["text"] == "✅ Đăng ký chuyên mục này"


async def _until_told(emulated: Emulated) -> list[dict[str, Any]]:
    async def is_told() -> bool:
        return bool(await emulated.outbox(PERSON))

    await emulated.until(is_told, within=40)
    return list(await emulated.outbox(PERSON))


async def test_on_zalo_it_is_one_number_away(sqlite_url: str) -> None:
    async with ServedZalo.open(sqlite_url) as zalo:
        for text in ("/start", "đồng ý", "đăng ký tất cả"):
            await zalo.asks(text)
        await end_the_topic(zalo.database)
        farewell = await zalo.hears(containing="đã kết thúc")
        offer = re.search(r"(\d+)\. ✅ Đăng ký chuyên mục này", farewell)
        assert offer
        subscribed = await zalo.asks(offer[1])
        listed = await zalo.asks("/dulieu")

    assert "vui lòng gửi “/dangky Tin quốc tế”" in farewell
    assert "Tin quốc tế" in subscribed
    assert "• Tin quốc tế" in listed
