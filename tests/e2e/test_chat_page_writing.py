import asyncio

import pytest
from playwright.async_api import FilePayload, Page, Route, expect

from tests.e2e.browser import PHONE
from tests.e2e.stage import Stage
from tests.emulated import jpeg

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

WRITING = "Nhắn tin…"


async def opened(stage: Stage) -> Page:
    """Open the private chat, in which something was said, at a server that is in no hurry to refuse."""
    await stage.bot.control("limits", enforce=False)
    await stage.bot.say("Xin chào")
    return await stage.open()


async def said(page: Page) -> list[str]:
    texts = await page.locator(".message.mine .text").all_inner_texts()
    return [text.splitlines()[0] for text in texts]


async def test_what_is_typed_quickly_arrives_in_its_order(stage: Stage) -> None:
    page = await opened(stage)

    for number in range(10):
        await page.get_by_label(WRITING).fill(f"Tin {number}")
        await page.keyboard.press("Enter")

    await expect(page.locator(".message.mine")).to_have_count(10)
    assert await said(page) == [f"Tin {number}" for number in range(10)]


async def test_a_text_too_long_for_one_message_goes_as_several_and_none_of_it_is_lost(stage: Stage) -> None:
    page = await opened(stage)
    text = " ".join(f"từ{number}" for number in range(1500))

    await page.get_by_label(WRITING).fill(text)
    await page.keyboard.press("Enter")

    heard = [(await stage.bot.hears("message"))["text"] for _ in range(3)]
    assert (" ".join(heard), max(map(len, heard)) <= 4096) == (text, True)


async def test_no_menu_opens_over_a_command_that_was_sent_already(stage: Stage) -> None:
    await stage.bot.call("setMyCommands", commands=[{"command": "dangky", "description": "Đăng ký"}])
    page = await opened(stage)
    sent = asyncio.Event()

    async def hold(route: Route) -> None:
        await sent.wait()
        await route.continue_()

    await page.route("**/_ctl/commands**", hold)
    await page.get_by_label(WRITING).fill("/dangky")
    await page.keyboard.press("Enter")
    await stage.bot.hears("message")
    async with page.expect_response("**/_ctl/commands**"):
        sent.set()

    await expect(page.get_by_role("menuitem")).to_have_count(0)


async def test_without_a_connection_what_one_wrote_is_kept_and_can_be_sent_later(stage: Stage) -> None:
    page = await opened(stage)

    async def refuse(route: Route) -> None:
        await route.abort()

    await page.route("**/_ctl/**", refuse)
    stage.emulator.state.events.close()
    connection = page.locator("#connection")
    await expect(connection).to_have_text("Đang kết nối lại…")

    await page.get_by_label(WRITING).fill("Không mất")
    await page.keyboard.press("Enter")
    await expect(page.locator("#toast")).to_have_text("Không thực hiện được: máy chủ không trả lời")
    await expect(page.get_by_label(WRITING)).to_have_value("Không mất")
    # The browser itself complains of every request that fails.
    stage.complaints.clear()
    await page.unroute("**/_ctl/**", refuse)
    await expect(connection).to_be_empty()
    await page.get_by_label(WRITING).press("Enter")

    assert (await stage.bot.hears("message"))["text"] == "Không mất"
    stage.complaints.clear()


async def test_whoever_presses_a_button_by_keyboard_stays_on_it_when_its_message_changes(
    stage: Stage,
) -> None:
    keys = [{"text": "Tắt", "callback_data": "a"}, {"text": "Hai", "callback_data": "b"}]
    number = await stage.bot.say("Chuyên mục", reply_markup={"inline_keyboard": [keys]})
    page = await stage.open()
    await page.get_by_role("button", name="Tắt", exact=True).focus()
    await page.keyboard.press("Enter")
    query = await stage.bot.hears("callback_query")
    await stage.bot.call("answerCallbackQuery", callback_query_id=query["id"])

    keys[0]["text"] = "Bật"
    await stage.bot.call(
        "editMessageReplyMarkup",
        chat_id=stage.bot.world.person,
        message_id=number,
        reply_markup={"inline_keyboard": [keys]},
    )

    await expect(page.get_by_role("button", name="Bật", exact=True)).to_be_focused()


async def test_whoever_listens_hears_who_speaks(stage: Stage) -> None:
    page = await opened(stage)
    await page.get_by_label(WRITING).fill("Tôi đây")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("article").last).to_contain_text("Tôi: Tôi đây")
    await expect(page.get_by_role("article").first).to_contain_text("Bản Tin: Xin chào")


async def test_the_arrows_lead_along_the_topics(stage: Stage) -> None:
    page = await stage.open(f"#{stage.bot.world.forum}")
    await page.get_by_role("tab", name="Tất cả").focus()

    for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
        await page.keyboard.press(key)

    await expect(page.get_by_role("tab", name="Chung")).to_be_focused()


async def test_hidden_text_is_shown_by_keyboard_too(stage: Stage) -> None:
    await stage.bot.say("<tg-spoiler>bí mật</tg-spoiler>", parse_mode="HTML")
    page = await stage.open()
    hidden = page.get_by_role("button", name="Nội dung ẩn, bấm để xem")

    await hidden.press("Enter")

    await expect(hidden).to_have_count(0)
    await expect(page.locator(".spoiler.seen")).to_have_text("bí mật")


async def test_what_is_written_from_right_to_left_is_read_so(stage: Stage) -> None:
    page = await opened(stage)

    await stage.bot.say("مرحبا بكم في النشرة")

    text = page.locator(".message .text").last
    await expect(text).to_contain_text("مرحبا")
    right = await text.evaluate(
        """(element) => {
            const range = document.createRange();
            range.selectNodeContents(element.firstChild);
            const words = range.getBoundingClientRect(), box = element.getBoundingClientRect();
            return words.left - box.left > 0 || words.right > box.right - 60;
        }"""
    )
    assert right


async def test_a_hundred_messages_at_once_are_drawn_and_counted(stage: Stage) -> None:
    page = await opened(stage)
    for number in range(30):
        await stage.bot.say(f"Trước {number}\nhai dòng")
    await expect(page.locator(".message")).to_have_count(31)
    # Who has not been at the end yet cannot leave it.
    await expect(page.locator(".message").last).to_be_in_viewport()
    await page.locator(".stream").hover()
    await page.mouse.wheel(0, -100_000)
    down = page.get_by_role("button", name="Xuống tin mới nhất")
    await expect(down).to_be_visible()

    for number in range(100):
        await stage.bot.say(f"Tin {number}")

    await expect(down).to_have_text("100")
    await expect(page.locator(".message")).to_have_count(131)


async def test_on_a_phone_both_ways_back_lead_to_the_list(stage: Stage) -> None:
    page = await stage.open(size=PHONE)
    chats = page.locator(".chat-list")
    before = await page.evaluate("history.length")

    await page.locator(".chat-row", has_text="Cộng đồng Sáng tạo").click()
    await page.get_by_role("tab", name="Hỏi đáp").click()
    await page.get_by_role("button", name="Quay lại danh sách").click()
    await expect(chats).to_be_visible()
    await page.locator(".chat-row", has_text="Cộng đồng Sáng tạo").click()
    await page.get_by_role("tab", name="Hỏi đáp").click()
    await page.go_back()

    await expect(chats).to_be_visible()
    assert await page.evaluate("history.length") == before + 1


async def test_a_file_comes_with_its_name_and_its_styled_caption(stage: Stage) -> None:
    form = {"chat_id": str(stage.bot.world.person), "caption": "<b>Nghị định</b>", "parse_mode": "HTML"}
    await stage.bot.upload("sendDocument", "document", "nghi-dinh.pdf", b"%PDF", **form)
    page = await stage.open()
    message = page.locator(".message").last

    await expect(message.get_by_role("link", name="nghi-dinh.pdf")).to_be_visible()
    await expect(message.locator("b")).to_have_text("Nghị định")


async def test_on_a_phone_the_desk_takes_the_keyboard_and_gives_it_back(stage: Stage) -> None:
    page = await stage.open(f"#{stage.bot.world.person}", size=PHONE)
    button = page.locator(".head .desk-button")

    await button.press("Enter")
    await expect(page.locator("#agency").get_by_role("button", name="Đóng")).to_be_focused()
    await page.keyboard.press("Escape")

    await expect(button).to_be_focused()


async def test_a_file_goes_with_what_stands_in_the_field_as_its_caption(stage: Stage) -> None:
    page = await opened(stage)
    await page.get_by_label(WRITING).fill("Công văn số 12")

    document: FilePayload = {"name": "cong-van.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    await page.locator("input[type=file]").set_input_files(document)
    heard = await stage.bot.hears("message")

    assert (heard["caption"], heard["document"]["file_name"]) == ("Công văn số 12", "cong-van.pdf")
    await expect(page.locator(".message.mine .file")).to_have_text("📎 cong-van.pdf")
    await expect(page.get_by_label(WRITING)).to_have_value("")


async def test_pictures_go_as_photos_and_together_as_an_album(stage: Stage) -> None:
    page = await opened(stage)
    photos: list[FilePayload] = [
        {"name": f"{color}.jpg", "mimeType": "image/jpeg", "buffer": jpeg(320, 240, color=color)}
        for color in ("red", "blue")
    ]

    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Gửi ảnh hoặc tệp").click()
    await (await chooser.value).set_files(photos)
    heard = [await stage.bot.hears("message") for _ in photos]

    assert all(each["photo"] for each in heard)
    assert len({each["media_group_id"] for each in heard}) == 1
    await expect(page.locator(".message.mine .album img")).to_have_count(2)
