import pytest
from playwright.async_api import expect

from tests.e2e.browser import PHONE
from tests.e2e.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

PHOTOS = {
    "hoi-nghi": "Toàn cảnh hội nghị",
    "ky-ket": "Lễ ký kết",
    "thu-vien": "",
    "doi-che": "Đồi chè Thái Nguyên",
    "gac-co": "Gác cổ",
}


async def test_an_album_is_one_bubble_with_its_captions(stage: Stage) -> None:
    page = await stage.open()

    await stage.bot.send_album(stage.bot.world.person, PHOTOS)

    bubble = page.locator(".message .bubble")
    await expect(bubble).to_have_count(1)
    await expect(bubble.locator(".album button")).to_have_count(5)
    await expect(bubble.locator(".caption")).to_have_text(
        ["1Toàn cảnh hội nghị", "2Lễ ký kết", "4Đồi chè Thái Nguyên", "5Gác cổ"]
    )
    for image in await bubble.locator(".album img").all():
        await expect(image).not_to_have_js_property("naturalWidth", 0)


async def test_a_photo_of_an_album_opens_large_and_leads_to_the_others(stage: Stage) -> None:
    await stage.bot.send_album(stage.bot.world.person, PHOTOS)
    page = await stage.open()

    await page.get_by_role("button", name="Xem ảnh lớn 2/5").click()
    viewer = page.get_by_role("dialog")
    await expect(viewer).to_contain_text("Lễ ký kết")
    await viewer.get_by_role("button", name="Ảnh sau").click()
    await expect(viewer).to_contain_text("3 / 5")
    await page.keyboard.press("ArrowLeft")
    await page.keyboard.press("ArrowLeft")
    await expect(viewer).to_contain_text("Toàn cảnh hội nghị")
    await viewer.get_by_role("button", name="Đóng").click()

    await expect(viewer).to_have_count(0)


async def test_the_one_caption_of_an_album_stands_below_it(stage: Stage) -> None:
    page = await stage.open(f"#{stage.bot.world.channel}", PHONE)

    await stage.bot.send_album(stage.bot.world.channel, {"hoi-nghi": "", "ky-ket": "Lễ ký kết"})

    text = page.locator(".message:has(.album) .text")
    await expect(text).to_contain_text("Lễ ký kết")
    await expect(text.locator(".caption")).to_have_count(0)
    assert await page.evaluate("document.querySelector('.stream').scrollWidth <= innerWidth")
