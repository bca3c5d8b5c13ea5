"""Retakes the pictures of the README from the running demo: `.venv/bin/python -m tests.e2e.screenshots`."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.e2e.browser import DESKTOP, PHONE, open_page, running_browser, take_screenshot
from tests.e2e.demo import PATIENCE, ZaloPhone, publish, running_demo, subscribe_to_everything, write

IMAGES = Path(__file__).parents[2] / "docs" / "images"


async def main() -> None:
    async with running_browser() as browser:
        async with _conversation(browser, DESKTOP) as page:
            await ZaloPhone(page).subscribes_to_everything()
            title = await publish(page)
            await expect(page.locator(".message.with-photo .photo img")).to_be_visible(timeout=PATIENCE)
            await _show_zalo_card(page, title)
            await _take(page, "chat-desktop")
            narrow = await open_page(browser, PHONE)
            await narrow.goto(page.url)
            await narrow.get_by_role("button", name="Zalo", exact=True).click()
            await _show_zalo_card(narrow, title)
            await _take(narrow, "zalo-phone")
            await narrow.context.close()
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


async def _show_zalo_card(page: Page, title: str) -> None:
    """Wait for the card of the article on the Zalo phone, and scroll its photo into view."""
    card = page.locator("#zalo .z-message", has_text=title).last
    await expect(card.locator(".z-photo img")).not_to_have_js_property("naturalWidth", 0, timeout=PATIENCE)
    await card.evaluate("(card) => card.scrollIntoView({block: 'start'})")


async def _card(page: Page, name: str) -> None:
    await expect(page.locator(".message.with-photo .photo img")).to_be_visible(timeout=30_000)
    await _take(page, name)


async def _take(page: Page, name: str) -> None:
    await expect(page.get_by_role("status")).not_to_contain_class("shown", timeout=30_000)
    await take_screenshot(page, IMAGES / f"{name}.png")


if __name__ == "__main__":
    asyncio.run(main())
