"""Chromium for the tests of pages, and the screenshots that the documentation shows."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Browser, Page, ViewportSize, async_playwright

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)
DESKTOP = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=390, height=844)
LARGEST = (1920, 1920)


def chromium() -> str:
    """Return the path of Chromium; where there is none, skip the test, or fail it in CI."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is not None:
        return path
    reason = "Chromium is not installed (Debian: apt-get install chromium fonts-noto-color-emoji)"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@asynccontextmanager
async def running_browser() -> AsyncIterator[Browser]:
    path = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            await browser.close()


async def open_page(browser: Browser, size: ViewportSize, *, dark: bool = False) -> Page:
    """Open a blank page of that size, as sharp as the screens that people have."""
    context = await browser.new_context(
        viewport=size,
        device_scale_factor=2,
        has_touch=size == PHONE,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    return await context.new_page()


async def take_screenshot(page: Page, path: Path) -> None:
    """Save what *page* shows as a PNG of 256 colours, dithered: a third of the size, as good to see."""
    await page.evaluate("document.fonts.ready")
    await page.wait_for_function("[...document.images].every((image) => image.complete)")
    picture = Image.open(BytesIO(await page.screenshot())).convert("RGB")
    picture.thumbnail(LARGEST)
    palette = picture.quantize(256, kmeans=2)
    # Averages are never quite white, and a page is mostly that.
    palette.putpalette([255 if level > 248 else level for level in palette.getpalette() or []])
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG).save(path, optimize=True)
