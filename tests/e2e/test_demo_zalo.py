"""The demo on both phones: one person, one article, and what each platform makes of it."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.e2e.browser import DESKTOP, open_page
from tests.e2e.demo import PATIENCE, ZaloPhone, publish, running_demo, subscribe_to_everything
from tests.e2e.overflow import cut_off

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

NARROWEST = ViewportSize(width=320, height=640)


@pytest_asyncio.fixture(loop_scope="module")
async def address() -> AsyncIterator[str]:
    async with running_demo() as address:
        yield address


async def opened(browser: Browser, address: str, size: ViewportSize) -> Page:
    page = await open_page(browser, size)
    page.set_default_timeout(PATIENCE)
    await page.goto(address)
    await expect(page.locator("#phones button")).to_have_count(2)
    return page


async def test_one_article_comes_to_both_phones_of_one_person_who_then_stops_on_zalo(
    browser: Browser, address: str
) -> None:
    page = await opened(browser, address, DESKTOP)
    zalo = ZaloPhone(page)

    await zalo.subscribes_to_everything()
    await subscribe_to_everything(page)

    title = await publish(page)
    await expect(page.locator(".message.with-photo .text b").first).to_have_text(title, timeout=PATIENCE)
    card = page.locator("#zalo .z-message", has_text=title).last
    await expect(card.locator(".z-text")).to_contain_text(title, timeout=PATIENCE)
    await expect(card.locator(".z-photo img")).not_to_have_js_property("naturalWidth", 0)
    await expect(card.get_by_role("link")).to_have_attribute("href", re.compile(f"^{address}agency/web/"))

    await zalo.hears_after("không nhận tin nữa", "Đã hủy đăng ký")
    again = await publish(page)
    await expect(page.locator(".message.with-photo .text b", has_text=again)).to_be_visible(timeout=PATIENCE)
    await expect(page.locator("#zalo .z-message", has_text=again)).to_have_count(0)
    await page.context.close()


async def test_no_menu_is_cut_off_on_the_narrowest_phone(browser: Browser, address: str) -> None:
    page = await opened(browser, address, NARROWEST)
    await page.get_by_role("button", name="Zalo", exact=True).click()
    zalo = ZaloPhone(page)
    await zalo.subscribes_to_everything()

    for typed, answer in (
        ("/caidat", "Múi giờ: Việt Nam"),
        ("múi giờ", "Hoa Kỳ, bờ Đông"),
        ("/trogiup", "Hướng dẫn sử dụng"),
        ("/moinhat 10", "Xem thêm tin cũ hơn"),
        ("/timkiem hội nghị", "Tìm thấy"),
        ("/toanvan hội nghị sơ kết", "Tin, bài: Cục Kiến tạo số"),
        ("/dulieu", "Mã số cuộc trò chuyện"),
        ("/nguon", "Tình trạng các nguồn tin"),
        ("/kenh", "Thêm kênh hoặc nhóm"),
        ("/admin", "Quản trị viên của bot"),
    ):
        await zalo.hears_after(typed, answer)
        assert await cut_off(page, "#zalo") == [], typed
    await page.context.close()
