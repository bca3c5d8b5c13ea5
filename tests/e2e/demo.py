"""The real `bantin demo` in a process of its own, and what a person does on its chat page."""

import asyncio
import os
import re
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import Page, expect

from tests.forked import start_module

PATIENCE = 30_000
"""Milliseconds: two polls of the demo take four seconds, a busy machine more."""


@asynccontextmanager
async def running_demo() -> AsyncIterator[str]:
    """Start the demo on a free port, and end it as Ctrl+C does; the address is what it printed."""
    process = await start_module("bot", "demo", "--port", "0", env=os.environ, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        async with asyncio.timeout(60):
            line = (await process.stdout.readline()).decode()
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert found is not None, line
        yield found[0]
    finally:
        process.send_signal(signal.SIGINT)
        try:
            async with asyncio.timeout(60):
                await process.wait()
        except TimeoutError:
            process.kill()
            raise


async def write(page: Page, text: str) -> None:
    await page.get_by_label("Nhắn tin…").fill(text)
    await page.keyboard.press("Enter")


async def subscribe_to_everything(page: Page) -> None:
    """Start the bot, agree, and take every topic: three taps."""
    await page.get_by_role("button", name="BẮT ĐẦU", exact=True).click()
    await page.get_by_role("button", name="Đồng ý nhận tin").click()
    await page.get_by_role("button", name="Đăng ký tất cả").click()
    await expect(page.get_by_role("button", name="Hủy đăng ký tất cả")).to_be_visible(timeout=20_000)


async def publish(page: Page) -> str:
    """Publish the agency's next article from the panel, and return its title."""
    title = await page.get_by_label("Tiêu đề").input_value()
    await page.get_by_role("button", name="Đăng bài", exact=True).click()
    return title


@dataclass(frozen=True, slots=True)
class ZaloPhone:
    """A person at the Zalo phone of *page*, who can only type."""

    page: Page

    async def subscribes_to_everything(self) -> None:
        """Greet the bot, agree, take every topic, and want news at once."""
        await self.hears_after("xin chào", "1. ✅ Đồng ý nhận tin")
        await self.hears_after("1", "Trân trọng cảm ơn Quý vị đã đồng ý nhận tin.")
        await self.hears_after("đăng ký tất cả", "gửi hằng ngày lúc 7 giờ")
        await self.hears_after("ngay khi có tin", "✅ Đã lưu")

    async def writes(self, text: str) -> None:
        await self.page.get_by_label("Soạn tin gửi qua Zalo").fill(text)
        await self.page.keyboard.press("Enter")

    async def hears_after(self, text: str, answer: str) -> None:
        """Write *text* and wait for another message that holds *answer*."""
        answers = self.page.locator("#zalo .z-message:not(.mine)", has_text=answer)
        before = await answers.count()
        await self.writes(text)
        await expect(answers.nth(before)).to_be_visible(timeout=PATIENCE)
