"""Retakes the pictures of the README from the running demo: `.venv/bin/python -m tests.e2e.screenshots`."""

import asyncio
from pathlib import Path

from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.e2e.browser import DESKTOP, PHONE, open_page, running_browser, take_screenshot
from tests.e2e.demo import publish, running_demo, subscribe_to_everything

IMAGES = Path(__file__).parents[2] / "docs" / "images"


async def main() -> None:
    async with running_browser() as browser:
        await _conversation(browser, DESKTOP, IMAGES / "chat-desktop.png")
        await _conversation(browser, PHONE, IMAGES / "chat-phone.png")


async def _conversation(browser: Browser, size: ViewportSize, file: Path) -> None:
    async with running_demo() as address:
        page = await open_page(browser, size)
        await page.goto(address)
        if size == PHONE:
            await page.locator(".chat-row").first.click()
        await subscribe_to_everything(page)
        await _publish(page, phone=size == PHONE)
        await expect(page.locator(".message.with-photo .photo img")).to_be_visible(timeout=30_000)
        await expect(page.get_by_role("status")).not_to_contain_class("shown", timeout=30_000)
        await take_screenshot(page, file)
        await page.context.close()


async def _publish(page: Page, *, phone: bool) -> None:
    if phone:
        await page.get_by_role("button", name="Đăng bài mới").last.click()
    await publish(page)


if __name__ == "__main__":
    asyncio.run(main())
