"""The public page in Chromium: accessible to everybody, nothing cut off, nothing refused by its policy."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ViewportSize

from bot.domain.news.article import PreparedPhoto
from bot.store.engine.database import Database
from tests.commands.stage import ABROAD
from tests.e2e.browser import DESKTOP, PHONE
from tests.e2e.overflow import cut_off
from tests.e2e.test_console import violations
from tests.emulated import jpeg
from tests.web.public.stage import PublicStage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

NARROWEST = ViewportSize(width=360, height=740)
TITLE = "Hội nghị sơ kết công tác quý và triển khai nhiệm vụ trọng tâm những tháng tiếp theo"


@dataclass(frozen=True, slots=True)
class Newsstand:
    """A public page with some articles, and a browser to read it in."""

    stage: PublicStage
    browser: Browser

    @property
    def paths(self) -> list[str]:
        article = self.stage.path_of(TITLE)
        return [
            "/tin",
            "/tin/en",
            "/tin/chuyen-muc/trong-nuoc",
            "/tin/tim?q=h%E1%BB%99i",
            article,
            f"{article}/in",
            "/tin/dang-ky",
            "/tin/en/dang-ky/quoc-te/zalo",
            "/tin/khong-co",
        ]


@pytest_asyncio.fixture(loop_scope="module")
async def newsstand(browser: Browser, sqlite_db: Database) -> AsyncIterator[Newsstand]:
    photo = jpeg()
    prepared = PreparedPhoto(hashlib.sha256(photo).hexdigest(), "https://agency.example/a.jpg", photo, 8, 8)
    async with PublicStage.open(sqlite_db) as stage:
        await stage.publish(TITLE, photo=prepared)
        for number in range(4):
            await stage.publish(f"Tin số {number} của hội nghị", ABROAD, age=number + 1)
        for number in range(21):
            await stage.publish(f"Bài số {number}", age=number + 1)
        yield Newsstand(stage, browser)


@pytest.mark.timeout(300)
async def test_nothing_is_inaccessible_cut_off_or_refused(newsstand: Newsstand) -> None:
    """Each page is loaded once. Colours do not depend on the size, nor does the layout on the colours."""
    found: dict[tuple[str, int], list[str]] = {}
    said: list[str] = []
    context = await newsstand.browser.new_context(viewport=DESKTOP, color_scheme="light")
    page = await context.new_page()
    page.on("console", lambda message: said.append(message.text))
    for path in newsstand.paths:
        await page.set_viewport_size(DESKTOP)
        await page.emulate_media(color_scheme="light")
        await page.goto(newsstand.stage.site.url(path))
        found[path, DESKTOP["width"]] = [*await violations(page), *await cut_off(page, "main")]
        await page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        await page.set_viewport_size(PHONE)
        found[path, PHONE["width"]] = [*await violations(page), *await cut_off(page, "main")]
        await page.set_viewport_size(NARROWEST)
        found[path, NARROWEST["width"]] = await cut_off(page, "main")
    await context.close()

    assert {where: each for where, each in found.items() if each} == {}
    assert [each for each in said if "404" not in each] == []


async def test_somebody_finds_and_reads_an_article_by_the_keyboard_alone(newsstand: Newsstand) -> None:
    context = await newsstand.browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = await context.new_page()
    await page.goto(newsstand.stage.site.url("/tin"))
    await page.keyboard.press("Tab")
    skips = await page.evaluate("document.activeElement.getAttribute('href')")
    await page.get_by_role("searchbox").focus()
    await page.keyboard.type("trọng tâm")
    await page.keyboard.press("Enter")
    await page.get_by_role("link", name=TITLE).focus()
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/bai/**")
    heading = await page.get_by_role("heading", level=1).text_content()
    await context.close()

    assert (skips, heading) == ("#content", TITLE)
