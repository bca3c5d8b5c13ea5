"""The real `bantin demo` in a process of its own, and what a person does on its chat page."""

import asyncio
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Page, expect


@asynccontextmanager
async def running_demo() -> AsyncIterator[str]:
    """Start the demo on a free port, and end it as Ctrl+C does; the address is what it printed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--port", "0", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(60):
            line = (await process.stdout.readline()).decode()
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert found is not None, line
        yield found[0]
    finally:
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(20):
            await process.wait()


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
