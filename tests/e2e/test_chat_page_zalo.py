"""The Zalo phone of the chat page, with a bot that is played by hand."""

import hashlib

import pytest
from aiohttp import web
from playwright.async_api import Page, Route, ViewportSize, expect

from bot.domain.speech.recording import AudioFormat
from bot.emulator.agency.views import photo_path
from bot.speech.encoding import encoded
from bot.speech.engines import Samples
from tests.e2e.browser import PHONE
from tests.e2e.overflow import cut_off
from tests.e2e.stage import Stage
from tests.web.test_server import running

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

WRITING = "Soạn tin gửi qua Zalo"
NARROWEST = ViewportSize(width=320, height=640)
MENU = "\n".join(
    [
        "Cài đặt của Quý vị",
        "Để chọn, vui lòng gửi số tương ứng:",
        *(f"{number}. ⚙️ Hoạt động hợp tác quốc tế về sở hữu trí tuệ" for number in range(1, 25)),
        "25. NghịquyếtvềviệcthựchiệncácnhiệmvụtrọngtâmcủaNgànhtrongnăm",
        "https://agency.example/web/guest/hoat-ong-trong-nuoc/-/asset_publisher/kTn4sVmQ2bXd/content/"
        + "a" * 90,
    ]
)


async def write(page: Page, text: str) -> None:
    await page.get_by_label(WRITING).fill(text)
    await page.keyboard.press("Enter")


async def test_the_same_person_writes_there_and_the_answer_comes_live_with_its_styles(stage: Stage) -> None:
    zalo = await stage.with_zalo()
    page = await stage.open()
    await expect(page.locator("#zalo .z-welcome")).to_contain_text("Zalo không có nút bấm")

    await write(page, "xin chào")
    heard = await zalo.hears()
    text = "🎉 Họp báo thường kỳ\n\nMời xem https://example.org/bai."
    styles = [{"start": 3, "len": 17, "st": ["b"]}]
    await zalo.call("sendMessage", chat_id=heard["chat"]["id"], text=text, text_styles=styles)

    answer = page.locator("#zalo .z-message:not(.mine)")
    assert (heard["text"], heard["from"]["display_name"]) == ("xin chào", "Nguyễn Văn An")
    await expect(answer.locator(".st-b")).to_have_text("Họp báo thường kỳ")
    await expect(answer.get_by_role("link")).to_have_attribute("href", "https://example.org/bai")
    await expect(page.locator("#zalo").get_by_role("article")).to_contain_text(
        ["Tôi: xin chào", "Bot Bản Tin: 🎉 Họp báo"]
    )
    await expect(page.locator("#zalo .z-messages button")).to_have_count(0)


async def test_a_recording_is_played_where_it_stands(stage: Stage) -> None:
    zalo = await stage.with_zalo()
    page = await stage.open()
    await write(page, "nghe bài")
    chat = (await zalo.hears())["chat"]["id"]
    recording = encoded(Samples(bytes(32_000), 16_000), AudioFormat.AAC)

    async def serve(_: web.Request) -> web.Response:
        return web.Response(body=recording, content_type="audio/aac")

    async with running(web.get("/bai.aac", serve)) as port:
        await zalo.call("sendVoice", chat_id=chat, voice_url=f"http://127.0.0.1:{port}/bai.aac")

    player = page.locator("#zalo .z-message:not(.mine) audio")
    key = hashlib.sha256(recording).hexdigest()
    await expect(player).to_have_attribute("src", f"/_ctl/zalo/file/{key}")
    await expect(player).to_have_accessible_name("Tin nhắn thoại")


async def test_a_photo_is_shown_with_its_caption_and_at_full_size(stage: Stage) -> None:
    zalo = await stage.with_zalo()
    page = await stage.open()
    await write(page, "xin chào")
    chat = (await zalo.hears())["chat"]["id"]

    photo = stage.emulator.url + photo_path("hoi-nghi")
    await zalo.call("sendPhoto", chat_id=chat, photo=photo, caption="Toàn cảnh hội nghị")

    message = page.locator("#zalo .z-message", has_text="Toàn cảnh hội nghị")
    await expect(message.locator("img").last).to_have_js_property("naturalWidth", 1200)
    await message.get_by_role("button", name="Xem ảnh lớn").click()
    await expect(page.get_by_role("dialog").locator("img")).to_have_js_property("naturalWidth", 1200)


async def test_without_a_bot_on_zalo_there_is_one_phone_and_nothing_to_choose(stage: Stage) -> None:
    page = await stage.open(size=PHONE)

    await expect(page.get_by_role("navigation", name="Danh sách cuộc trò chuyện")).to_be_visible()
    await expect(page.locator("#phones")).to_be_hidden()
    await expect(page.locator("#zalo")).to_be_hidden()


async def test_on_a_phone_there_is_one_at_a_time_and_the_other_counts_what_came(stage: Stage) -> None:
    zalo = await stage.with_zalo()
    page = await stage.open(size=PHONE)
    switch = page.get_by_role("group", name="Ứng dụng nhắn tin")
    of_zalo = switch.get_by_role("button", name="Zalo")

    await of_zalo.click()
    await write(page, "xin chào")
    chat = (await zalo.hears())["chat"]["id"]
    await expect(page.locator(".chat-list")).to_be_hidden()
    await switch.get_by_role("button", name="Telegram").click()
    await expect(page.locator("#zalo")).to_be_hidden()
    await expect(page.locator(".chat-list")).to_be_visible()
    await zalo.call("sendMessage", chat_id=chat, text="Tin mới")

    await expect(of_zalo.locator(".badge")).to_contain_text("1")
    await expect(page).to_have_title("(1) Bản Tin")
    await of_zalo.click()
    await expect(of_zalo).to_have_attribute("aria-pressed", "true")
    await expect(of_zalo.locator(".badge")).to_have_count(0)
    await expect(page.locator("#zalo .z-message").last).to_be_in_viewport()
    await stage.bot.say("Trên Telegram")
    await expect(switch.get_by_role("button", name="Telegram").locator(".badge")).to_contain_text("1")
    await page.reload()
    await expect(page.locator("#zalo")).to_be_visible()


async def test_on_a_phone_one_publishes_from_there_and_finds_the_conversation_as_it_was(stage: Stage) -> None:
    zalo = await stage.with_zalo()
    page = await stage.open(size=PHONE)
    await page.get_by_role("button", name="Zalo", exact=True).click()
    await write(page, "xin chào")
    chat = (await zalo.hears())["chat"]["id"]
    await zalo.call("sendMessage", chat_id=chat, text="\n".join(map(str, range(60))))
    stream = page.get_by_role("region", name="Cuộc trò chuyện trên Zalo")
    before = await stream.bounding_box()

    await page.locator(".z-head .desk-button").click()
    await page.get_by_role("button", name="Đăng bài", exact=True).click()
    await expect(page.locator("#agency")).to_be_hidden()
    await page.locator(".z-message").last.evaluate("(message) => message.scrollIntoView({block: 'start'})")

    assert await stream.bounding_box() == before
    assert await page.evaluate("document.querySelector('#zalo').scrollTop") == 0


@pytest.mark.parametrize("size", [NARROWEST, PHONE])
async def test_nothing_of_the_longest_menu_is_cut_off_on_a_narrow_phone(
    stage: Stage, size: ViewportSize
) -> None:
    zalo = await stage.with_zalo()
    page = await stage.open(size=size)
    await page.get_by_role("button", name="Zalo", exact=True).click()
    await write(page, "cài đặt " + "x" * 200)
    chat = (await zalo.hears())["chat"]["id"]
    await zalo.call(
        "sendMessage", chat_id=chat, text=MENU, text_styles=[{"start": 0, "len": 18, "st": ["b"]}]
    )
    await expect(page.locator("#zalo .z-message").last).to_contain_text("25. Nghịquyết")

    assert await cut_off(page, "#zalo") == []
    assert await cut_off(page, "#phones") == []


async def test_by_keyboard_a_line_is_added_with_shift_and_the_switch_keeps_the_focus(stage: Stage) -> None:
    zalo = await stage.with_zalo()
    page = await stage.open(size=PHONE)
    of_zalo = page.get_by_role("button", name="Zalo", exact=True)
    await of_zalo.press("Enter")
    await expect(of_zalo).to_be_focused()

    await page.get_by_label(WRITING).press_sequentially("một")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("hai")
    await page.keyboard.press("Enter")

    assert (await zalo.hears())["text"] == "một\nhai"
    await expect(page.get_by_label(WRITING)).to_have_value("")


async def test_whoever_writes_there_keeps_writing_whatever_happens_on_telegram(stage: Stage) -> None:
    await stage.with_zalo()
    page = await stage.open()
    field = page.get_by_label(WRITING)
    await field.press_sequentially("xin ")

    await stage.bot.call("setMyDescription", description="Hệ thống thông báo của Cục.")
    await expect(page.get_by_text("Hệ thống thông báo của Cục.")).to_be_visible()
    await stage.bot.say("Xin chào")
    await expect(page.get_by_label("Nhắn tin…")).to_be_visible()
    await page.keyboard.type("chào")

    await expect(field).to_be_focused()
    await expect(field).to_have_value("xin chào")


async def test_what_is_typed_quickly_arrives_in_its_order(stage: Stage) -> None:
    zalo = await stage.with_zalo()
    page = await stage.open()

    for number in range(8):
        await write(page, f"Tin {number}")

    assert [(await zalo.hears())["text"] for _ in range(8)] == [f"Tin {number}" for number in range(8)]
    await expect(page.locator("#zalo .mine .z-text")).to_have_text([f"Tin {number}" for number in range(8)])


async def test_without_a_connection_nothing_written_or_received_is_lost(stage: Stage) -> None:
    zalo = await stage.with_zalo()
    page = await stage.open()
    await write(page, "xin chào")
    chat = (await zalo.hears())["chat"]["id"]

    async def refuse(route: Route) -> None:
        await route.abort()

    await page.route("**/_ctl/**", refuse)
    stage.emulator.state.events.close()
    await expect(page.locator("#connection")).to_have_text("Đang kết nối lại…")
    await zalo.call("sendMessage", chat_id=chat, text="Trong lúc vắng mặt")
    await write(page, "Không mất")
    await expect(page.locator("#toast")).to_have_text("Không thực hiện được: máy chủ không trả lời")
    await expect(page.get_by_label(WRITING)).to_have_value("Không mất")
    await page.unroute("**/_ctl/**", refuse)

    await expect(page.locator("#zalo .z-message").last).to_contain_text("Trong lúc vắng mặt")
    await page.get_by_label(WRITING).press("Enter")
    assert (await zalo.hears())["text"] == "Không mất"
    # The browser itself complains of every request that fails.
    stage.complaints.clear()


async def test_the_phone_speaks_english_too(stage: Stage) -> None:
    await stage.with_zalo()
    page = await stage.open()

    await page.get_by_role("button", name="EN", exact=True).click()

    await expect(page.get_by_label("Write a message on Zalo")).to_be_visible()
    await expect(page.locator("#zalo .z-welcome")).to_contain_text("Zalo has no buttons")
