"""The console in Chromium: signed in by a link from the chat, used, and accessible to everybody."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, StorageState, ViewportSize, expect

from bot.web.console.table import MENU
from tests.e2e.browser import DESKTOP, PHONE, open_page
from tests.e2e.demo import PATIENCE, publish, running_demo, subscribe_to_everything, write
from tests.e2e.overflow import cut_off

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

NARROWEST = ViewportSize(width=360, height=740)
PAGES = [*(each.path for each in MENU), "/new-feed", "/new-topic", "/topics/trong-nuoc", "/feeds/trong-nuoc"]


@dataclass(frozen=True, slots=True)
class Office:
    """A demo in which something was published, and an owner who is signed in."""

    browser: Browser
    console: str
    cookies: StorageState

    async def open(
        self, path: str, size: ViewportSize = DESKTOP, *, dark: bool = False, script: bool = True
    ) -> Page:
        context = await self.browser.new_context(
            viewport=size,
            color_scheme="dark" if dark else "light",
            storage_state=self.cookies,
            java_script_enabled=script,
            locale="vi-VN",
        )
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        await page.goto(f"{self.console}{path}")
        return page

    async def article(self) -> str:
        """Return the path of the newest article."""
        page = await self.open("/articles")
        path = await page.locator("a.title").first.get_attribute("href")
        await page.context.close()
        assert path is not None
        return path.removeprefix("/console")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office(browser: Browser) -> AsyncIterator[Office]:
    async with running_demo() as address:
        page = await open_page(browser, DESKTOP)
        page.set_default_timeout(PATIENCE)
        await page.goto(address)
        await subscribe_to_everything(page)
        await publish(page)
        await expect(page.locator(".message.with-photo .photo img")).to_be_visible(timeout=PATIENCE)
        await write(page, "/bangdieukhien")
        link = page.locator('.message a[href*="/console/enter/"]').last
        href = await link.get_attribute("href", timeout=PATIENCE)
        assert href is not None
        await page.goto(href)
        await page.get_by_role("button", name="Đăng nhập").click()
        await expect(page.get_by_role("heading", name="Tình hình hiện nay", level=1)).to_be_visible()
        cookies = await page.context.storage_state()
        await page.context.close()
        yield Office(browser, href.partition("/enter/")[0], cookies)


async def violations(page: Page) -> list[str]:
    """Return what axe-core finds wrong on a page with everything on it unfolded."""
    for details in await page.locator("details").all():
        await details.evaluate("(details) => details.setAttribute('open', '')")
    found = await Axe().run(page)
    return [
        f"{each['id']}: {node['html']}" for each in found.response["violations"] for node in each["nodes"]
    ]


@pytest.mark.timeout(300)
async def test_nothing_is_inaccessible_or_cut_off(office: Office) -> None:
    """Each page is loaded once. Colours do not depend on the size, nor does the layout on the colours."""
    found: dict[tuple[str, int], list[str]] = {}
    for path in [*PAGES, await office.article()]:
        page = await office.open(path, DESKTOP)
        found[path, DESKTOP["width"]] = [*await violations(page), *await cut_off(page, "main")]
        await page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        await page.set_viewport_size(PHONE)
        found[path, PHONE["width"]] = [*await violations(page), *await cut_off(page, "main")]
        await page.set_viewport_size(NARROWEST)
        found[path, NARROWEST["width"]] = await cut_off(page, "main")
        await page.context.close()

    assert {where: each for where, each in found.items() if each} == {}


@pytest.mark.parametrize("path", ["", "/enter/none", "/nothing"])
async def test_the_pages_for_strangers_are_accessible_as_well(office: Office, path: str) -> None:
    page = await open_page(office.browser, PHONE)
    await page.goto(f"{office.console}{path}")

    assert [*await violations(page), *await cut_off(page, "main")] == []
    await page.context.close()


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without a script"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_an_owner_stops_an_article_and_lets_it_go_on(
    office: Office, size: ViewportSize, *, script: bool
) -> None:
    page = await office.open(await office.article(), size, script=script)

    await page.get_by_role("button", name="Dừng gửi").click()
    await expect(page.get_by_role("status")).to_have_text("Đã dừng gửi bài viết.")
    await page.get_by_role("button", name="Gửi tiếp").click()
    await expect(page.get_by_role("status")).to_have_text("Đã cho gửi tiếp bài viết.")
    await page.context.close()


async def test_an_owner_pauses_a_topic_and_sees_it_by_the_keyboard_alone(office: Office) -> None:
    page = await office.open("/now")
    button = page.get_by_role("button", name="Tạm dừng Chuyên mục “Hoạt động quốc tế”")

    await button.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_have_text("Đã tạm dừng gửi tin.")
    await expect(page.get_by_text("Tạm dừng từ")).to_be_visible()
    await page.get_by_role("button", name="Cho gửi tiếp").click()
    await expect(page.get_by_role("status")).to_have_text("Đã cho gửi tiếp.")
    await page.context.close()


async def test_the_page_of_now_follows_what_happens_without_being_loaded_anew(office: Office) -> None:
    page = await office.open("/now")
    await page.evaluate("document.title = 'not loaded anew'")

    async with page.expect_response("**/console/now/live") as answered:
        pass
    assert (await answered.value).status == 200
    assert await page.title() == "not loaded anew"
    await page.context.close()


async def test_a_phone_opens_the_menu_and_speaks_another_language(office: Office) -> None:
    page = await office.open("/sessions", PHONE)

    await page.get_by_text("Danh mục").click()
    await page.get_by_role("button", name="English").click()
    await expect(page.get_by_role("heading", name="Now", level=1)).to_be_visible()
    await page.get_by_text("Menu", exact=True).click()
    await page.get_by_role("link", name="Sessions").click()
    await expect(page.get_by_text("This session")).to_be_visible()
    await page.context.close()


async def test_an_owner_makes_an_invitation(office: Office) -> None:
    page = await office.open("/members", PHONE)

    await page.locator("summary", has_text="Tạo lời mời").first.click()
    await page.get_by_label("Dành cho").first.fill("anh Nam")
    await page.get_by_role("button", name="Tạo lời mời").first.click()
    await expect(page.get_by_text("Dành cho: anh Nam")).to_be_visible()
    await page.context.close()


@pytest.mark.parametrize(
    ("size", "script", "name"),
    [(DESKTOP, True, "Chuyển đổi số"), (PHONE, False, "Cải cách hành chính")],
    ids=["desktop", "phone without a script"],
)
async def test_an_owner_makes_a_topic_and_fills_it_from_an_address_that_was_tried(
    office: Office, size: ViewportSize, name: str, *, script: bool
) -> None:
    page = await office.open("/feeds/trong-nuoc", size, script=script)
    listed = await page.get_by_text("Địa chỉ: http").inner_text()
    await page.goto(f"{office.console}/new-topic")
    await page.get_by_label("Tên tiếng Việt").fill(name)
    await page.get_by_role("button", name="Tạo chuyên mục").click()
    await expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()

    await page.goto(f"{office.console}/new-feed")
    await page.get_by_label("Địa chỉ trang").fill(listed.partition(": ")[2])
    await page.get_by_role("button", name="Đọc thử").click()
    await expect(page.get_by_role("heading", name="Tin đầu tiên sẽ hiển thị như sau")).to_be_visible()
    if script:
        assert [*await violations(page), *await cut_off(page, "main")] == []
    await page.get_by_label("Tên nguồn tin").fill(f"Nguồn: {name}")
    await page.locator("select[name=topic]").select_option(label=name)
    await page.get_by_role("button", name="Lưu nguồn tin này").click()

    await expect(page.get_by_role("heading", name=f"Nguồn: {name}", level=1)).to_be_visible()
    await expect(page.get_by_text("Cơ sở dữ liệu")).to_be_visible()
    await expect(page.get_by_role("status")).to_contain_text("Đã thêm nguồn tin")
    await page.context.close()
