"""One service on Telegram and Zalo: what a person or an outage does on the one leaves the other alone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from pydantic import SecretStr

from bot import app
from bot.settings.accounts import TelegramSection
from tests.emulated import ACCOUNT, TOKEN, Emulated
from tests.emulator.zalo.client import TOKEN as ZALO_TOKEN
from tests.served_zalo import Named, ServedZalo
from tests.two_accounts import QuickService

USER = 1000
ZALO_ACCOUNT = f"zalo:{ZALO_TOKEN.partition(':')[0]}"
REFUSED_THERE = {"status": 401, "description": "Unauthorized", "times": 9999}
REFUSED_HERE = {"code": 401, "description": "Unauthorized", "times": 9999}


@dataclass
class Both:
    """The same person on both platforms."""

    telegram: Emulated
    zalo: ServedZalo

    async def types(self, text: str) -> str:
        """Have the person write on Telegram, and return what is answered first."""
        before = len(await self.telegram.outbox(USER))
        await self.telegram.post("updates/message", chat=USER, text=text, **{"from": USER})
        return await self.reads(after=before)

    async def reads(self, containing: str = "", *, after: int = 0) -> str:
        """Return what the person gets on Telegram *after* so many messages, and that holds what it is to."""
        said: list[str] = []

        async def is_said() -> bool:
            messages = (await self.telegram.outbox(USER))[after:]
            texts = [str(each.get("text") or each.get("caption")) for each in messages]
            said[:] = [text for text in texts if containing in text]
            return bool(said)

        await self.telegram.until(is_said)
        return said[0]

    async def subscribe(self) -> None:
        for text in ("/start", "đồng ý", "đăng ký tất cả"):
            await self.types(text)
        for text in ("/start", "đồng ý", "đăng ký tất cả", "cài đặt ngay khi có tin"):
            await self.zalo.asks(text)


@asynccontextmanager
async def served(url: str, *, owned: bool = False) -> AsyncIterator[Both]:
    """Serve one person, who owns the service if it is *owned*."""
    async with Emulated.start() as telegram:
        await telegram.subscribers(1, first=USER)
        owners = (str(USER),) if owned else ()
        section = TelegramSection(token=SecretStr(TOKEN), api_url=telegram.url, owners=owners)
        async with ServedZalo.open(
            url, telegram=section, people=Named(owners=("an",) if owned else ())
        ) as zalo:
            yield Both(telegram, zalo)


async def test_data_is_shown_and_erased_in_the_one_chat_only(sqlite_url: str) -> None:
    async with served(sqlite_url) as both:
        await both.subscribe()
        shown = [await both.types("/dulieu"), await both.zalo.asks("/dulieu")]
        await both.zalo.asks("/xoadulieu")
        erased = await both.zalo.asks("1")
        await both.zalo.publish("Họp báo thường kỳ")
        still = await both.reads("Họp báo")
        on_zalo = await both.zalo.read()
        (chat,) = await both.zalo.platform.look("chats")

    assert [str(USER) in shown[0], chat["id"] in shown[0]] == [True, False]
    assert [str(USER) in shown[1], chat["id"] in shown[1]] == [False, True]
    assert "đã" in erased
    assert "Họp báo" in still
    assert not any("Họp báo" in text for text in on_zalo)


@pytest.mark.parametrize("refused", ["zalo", "telegram"])
async def test_who_owns_the_service_hears_on_the_one_that_the_other_is_refused(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, *, refused: str
) -> None:
    monkeypatch.setattr(app, "Service", QuickService)
    async with served(sqlite_url, owned=True) as both:
        await both.subscribe()
        if refused == "zalo":
            await both.zalo.platform.control("faults", **REFUSED_HERE)
            told, account = await both.reads("Cảnh báo"), ZALO_ACCOUNT
        else:
            await both.telegram.post("faults", **REFUSED_THERE)
            told, account = await both.zalo.hears(containing="Cảnh báo"), ACCOUNT

    assert account in told
    assert "bị ứng dụng nhắn tin từ chối" in told


@pytest.mark.parametrize(
    "fault",
    [
        {"method": "sendMessage", "delay": 16.0},
        {"html": True},
        {"drop": "before"},
        {"code": 401, "description": "Unauthorized"},
    ],
    ids=["slow", "502", "blocked", "refused"],
)
async def test_whatever_is_wrong_on_zalo_news_arrive_on_telegram_and_are_kept_for_zalo(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, *, fault: dict[str, Any]
) -> None:
    monkeypatch.setattr("bot.runtime.account_worker.ASK_AGAIN_EVERY", 1.0)
    async with served(sqlite_url) as both:
        await both.subscribe()
        await both.zalo.platform.control("faults", times=9999, **fault)
        await both.zalo.publish("Họp báo thường kỳ")
        on_telegram = await asyncio.wait_for(both.reads("Họp báo"), 15)
        meanwhile = await both.zalo.read()
        await both.zalo.platform.mend()
        on_zalo = await both.zalo.hears(containing="Họp báo")
        metrics = await both.zalo.platform.look("metrics")

    assert "Họp báo" in on_telegram
    assert not any("Họp báo" in text for text in meanwhile)
    assert on_zalo.startswith("Họp báo")
    assert metrics["second_copies"] == 0
