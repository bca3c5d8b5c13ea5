"""Retakes the pictures of the README from the running demo: `.venv/bin/python -m tests.e2e.screenshots`."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.e2e.browser import DESKTOP, PHONE, open_page, running_browser, take_screenshot
from tests.e2e.demo import publish, running_demo, subscribe_to_everything, write

IMAGES = Path(__file__).parents[2] / "docs" / "images"


async def main() -> None:
    async with running_browser() as browser:
        async with _conversation(browser, DESKTOP) as page:
            await publish(page)
            await _card(page, "chat-desktop")
        async with _conversation(browser, PHONE) as page:
            await page.get_by_role("button", name="Đăng bài mới").last.click()
            await publish(page)
            await _card(page, "chat-phone")
            await write(page, "/toanvan hội nghị sơ kết")
            await expect(page.locator(".message .album img").last).to_be_visible(timeout=30_000)
            await _take(page, "reading-phone")
            await write(page, "/caidat")
            await expect(page.get_by_role("button", name="Áp dụng cho mọi chuyên mục")).to_be_visible()
            await _take(page, "settings-phone")


@asynccontextmanager
async def _conversation(browser: Browser, size: ViewportSize) -> AsyncIterator[Page]:
    """Begin a conversation in a demo of its own, with every topic subscribed to."""
    async with running_demo() as address:
        page = await open_page(browser, size)
        await page.goto(address)
        if size == PHONE:
            await page.locator(".chat-row").first.click()
        await subscribe_to_everything(page)
        yield page
        await page.context.close()


async def _card(page: Page, name: str) -> None:
    await expect(page.locator(".message.with-photo .photo img")).to_be_visible(timeout=30_000)
    await _take(page, name)


async def _take(page: Page, name: str) -> None:
    await expect(page.get_by_role("status")).not_to_contain_class("shown", timeout=30_000)
    await take_screenshot(page, IMAGES / f"{name}.png")


if __name__ == "__main__":
    asyncio.run(main())
