from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.e2e.browser import DESKTOP, open_page
from tests.e2e.demo import PATIENCE, publish, running_demo, subscribe_to_everything, write

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser) -> AsyncIterator[Page]:
    async with running_demo() as address:
        page = await open_page(browser, DESKTOP)
        page.set_default_timeout(PATIENCE)
        await page.goto(address)
        yield page
        await page.context.close()


async def test_a_subscriber_gets_what_the_agency_publishes_reads_more_and_leaves(page: Page) -> None:
    await subscribe_to_everything(page)

    title = await publish(page)
    card = page.locator(".message.with-photo").first
    await expect(card.locator(".text b")).to_have_text(title, timeout=PATIENCE)
    await expect(card.locator(".photo img")).to_have_js_property("naturalWidth", 1200)
    await expect(card.get_by_role("link", name="Xem trang web")).to_be_visible()

    await write(page, "moi nhat 3")
    await expect(page.locator(".message.with-photo")).to_have_count(4, timeout=PATIENCE)

    await write(page, "/huy")
    await expect(page.get_by_text("Đã hủy đăng ký").last).to_be_visible(timeout=PATIENCE)


async def test_whoever_plays_the_agency_corrects_an_article_and_takes_it_down(page: Page) -> None:
    await subscribe_to_everything(page)
    title = await publish(page)
    card = page.locator(".message.with-photo").first
    await expect(card.locator(".text b").first).to_have_text(title, timeout=PATIENCE)

    newest = page.locator(".latest li").first
    await newest.get_by_role("button", name="Sửa bài").click()
    await newest.get_by_label("Tiêu đề").fill("Tiêu đề đã được đính chính")
    await newest.get_by_role("button", name="Lưu bản sửa").click()
    await expect(card.locator(".text b").first).to_have_text("Tiêu đề đã được đính chính", timeout=PATIENCE)
    await expect(card.get_by_text("đã sửa")).to_be_visible()

    await page.locator(".latest li").first.get_by_role("button", name="Gỡ bài").click()
    await page.get_by_role("button", name="Thu hồi 1 tin đã gửi").click(timeout=2 * PATIENCE)
    await page.get_by_role("button", name="Đồng ý thu hồi 1 tin").click()
    await expect(page.locator(".message.with-photo")).to_have_count(0, timeout=PATIENCE)
