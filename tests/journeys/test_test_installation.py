"""A test installation on Telegram and on Zalo: who is listed is served, and nobody else gets anything."""

import asyncio
import functools

from pydantic import SecretStr
from sqlalchemy import select
from structlog.testing import capture_logs

from bot import app
from bot.app import TEST_ONLY
from bot.domain.chats.chat import ChatKind
from bot.settings.accounts import TelegramSection
from bot.settings.roles import ProcessRole
from bot.settings.settings import AccessSection, DatabaseSection, DeliverySection, Settings
from bot.store.schema import deliveries
from tests.emulated import TOKEN, Emulated
from tests.outbox_world import TOPIC, OutboxWorld
from tests.served_zalo import Named, ServedZalo

LISTED, OTHER, OWNER = 1000, 1001, 1002
GROUP = -1_000_500


async def test_on_telegram_nobody_gets_anything_who_is_not_listed(database_url: str) -> None:
    async with Emulated.start() as emulated, OutboxWorld.make(emulated, database_url) as world:
        await emulated.subscribers(3, first=LISTED)
        await emulated.group(GROUP)
        await world.subscribe([LISTED, OTHER, OWNER])
        await world.subscribe([GROUP], kind=ChatKind.SUPERGROUP)
        settings = Settings.model_construct(
            database=DatabaseSection(url=database_url),
            telegram=TelegramSection(token=SecretStr(TOKEN), api_url=emulated.url),
            access=AccessSection(owners=(f"telegram:{OWNER}",)),
            delivery=DeliverySection(only_chats=(f"telegram:{LISTED}",)),
        )
        stop, roles = asyncio.Event(), frozenset({ProcessRole.POLL, ProcessRole.SEND})
        with capture_logs() as logs:
            running = asyncio.create_task(app.run(settings, [TOPIC], [], stop=stop, roles=roles))
            await world.publish(photo=True)
            await world.until_settled(within=40)
            for person in (OTHER, OWNER):
                said = {"chat": person, "from": person, "text": "/dulieu"}
                await emulated.post("updates/message", **said)
                await emulated.until(functools.partial(_has_heard, emulated, person))
            stop.set()
            await running

        got = {chat: await emulated.outbox(chat) for chat in (LISTED, OTHER, OWNER, GROUP)}
        async with world.database.read() as tx:
            ends = (await tx.execute(select(deliveries.c.status, deliveries.c.reason))).all()

    assert [len(got[chat]) for chat in (LISTED, OTHER, OWNER, GROUP)] == [1, 1, 1, 0]
    assert got[OTHER][0]["text"] == (
        f"Đây là hệ thống chạy thử nên chưa phục vụ telegram:{OTHER}; đề nghị người phụ trách bot bổ "
        "sung mã số này vào danh sách chạy thử nếu cần."
    )
    assert "Bài số 1" not in got[OWNER][0]["text"]
    assert sorted(status for status, _ in ends) == ["cancelled", "cancelled", "cancelled", "sent"]
    assert TEST_ONLY in {line["event"] for line in logs}


async def _has_heard(emulated: Emulated, person: int) -> bool:
    return bool(await emulated.outbox(person))


async def test_on_zalo_whoever_is_listed_is_served_and_others_are_not(database_url: str) -> None:
    async with ServedZalo.open(database_url, people=Named(only=("an",))) as zalo:
        refused = await zalo.asks("/start", person="binh")
        for text in ("/start", "đồng ý", "đăng ký tất cả", "cài đặt ngay khi có tin"):
            await zalo.asks(text)
        await zalo.publish("Họp báo thường kỳ")
        news = await zalo.hears(containing="Họp báo")
        again = await zalo.asks("1", person="binh")
        of_others = await zalo.read("binh")

    assert refused.startswith("Đây là hệ thống chạy thử nên chưa phục vụ zalo:")
    assert again == refused
    assert of_others == [refused, refused]
    assert news.startswith("Họp báo thường kỳ")
