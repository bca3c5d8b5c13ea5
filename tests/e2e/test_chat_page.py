import pytest
from playwright.async_api import expect

from tests.e2e.stage import KEYBOARD, Stage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_a_bot_that_was_never_started_offers_to_start_it(stage: Stage) -> None:
    page = await stage.open()
    await expect(page.get_by_role("heading", name="Bot này có thể làm gì?")).to_be_visible()

    await stage.bot.call("setMyDescription", description="Hệ thống thông báo của Cục.")
    await expect(page.get_by_text("Hệ thống thông báo của Cục.")).to_be_visible()

    await page.get_by_role("button", name="BẮT ĐẦU", exact=True).click()

    heard = await stage.bot.hears("message")
    assert (heard["text"], heard["from"]["first_name"]) == ("/start", "Nguyễn Văn An")
    await expect(page.locator(".message.mine .text")).to_contain_text("/start")
    await expect(page.get_by_label("Nhắn tin…")).to_be_visible()


async def test_what_one_types_reaches_the_bot_and_the_conversation(stage: Stage) -> None:
    await stage.bot.say("Xin chào")
    page = await stage.open()

    await page.get_by_label("Nhắn tin…").fill("đăng ký")
    await page.keyboard.press("Enter")

    assert (await stage.bot.hears("message"))["text"] == "đăng ký"
    await expect(page.locator(".message.mine .text")).to_contain_text("đăng ký")
    await expect(page.get_by_label("Nhắn tin…")).to_have_value("")


async def test_a_card_arrives_live_with_its_photo_its_caption_and_its_buttons(stage: Stage) -> None:
    page = await stage.open()

    await stage.bot.send_photo(stage.bot.world.person, "<b>Tiêu đề &amp; tin</b>\n\nTóm tắt. #TrongNuoc")

    card = page.locator(".message.with-photo")
    await expect(card.locator(".text b")).to_have_text("Tiêu đề & tin")
    await expect(card.locator(".text .command")).to_have_text("#TrongNuoc")
    await expect(card.get_by_role("button", name="Trong nước")).to_be_visible()
    link = card.get_by_role("link", name="Đọc toàn văn")
    await expect(link).to_have_attribute("href", "https://example.org/bai")
    await expect(link).to_have_attribute("target", "_blank")
    await expect(card.locator(".photo img")).to_have_js_property("naturalWidth", 1200)


async def test_a_tap_reaches_the_bot_and_its_answer_is_shown(stage: Stage) -> None:
    message_id = await stage.bot.say("Chọn chuyên mục", reply_markup=KEYBOARD)
    page = await stage.open()
    key = page.get_by_role("button", name="Trong nước")

    await key.click()
    query = await stage.bot.hears("callback_query")
    await expect(key).to_contain_class("waiting")
    await stage.bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Đã đăng ký")

    assert (query["data"], query["message"]["message_id"]) == ("topic:1", message_id)
    await expect(page.get_by_role("status")).to_have_text("Đã đăng ký")
    await expect(key).not_to_contain_class("waiting")


async def test_an_alert_waits_until_it_is_closed(stage: Stage) -> None:
    await stage.bot.say("Chọn", reply_markup=KEYBOARD)
    page = await stage.open()
    await page.get_by_role("button", name="Trong nước").click()
    query = await stage.bot.hears("callback_query")

    await stage.bot.call(
        "answerCallbackQuery", callback_query_id=query["id"], text="Không có quyền", show_alert=True
    )

    await expect(page.get_by_role("dialog")).to_contain_text("Không có quyền")
    await page.get_by_role("button", name="Đồng ý").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_an_edited_message_changes_in_place_and_a_deleted_one_goes(stage: Stage) -> None:
    page = await stage.open()
    message_id = await stage.bot.say("Bản đầu")
    await expect(page.locator(".message .text")).to_contain_text("Bản đầu")

    place = {"chat_id": stage.bot.world.person, "message_id": message_id}
    await stage.bot.call("editMessageText", text="Bản sau", **place)
    await expect(page.locator(".message .text")).to_contain_text("Bản sau")
    await expect(page.locator(".message .meta")).to_contain_text("đã sửa")
    await stage.bot.call("deleteMessage", **place)

    await expect(page.locator(".message")).to_have_count(0)


async def test_nothing_foreign_is_read_as_markup(stage: Stage) -> None:
    hostile = '<img src=x onerror="window.broken=1"><script>window.broken=1</script> "&lt;b&gt;"'
    page = await stage.open()

    await stage.bot.say(
        hostile, reply_markup={"inline_keyboard": [[{"text": hostile, "callback_data": "x"}]]}
    )
    await stage.bot.control(f"chats/{stage.bot.world.group}", title=hostile)
    await page.reload()

    await expect(page.locator(".message .text")).to_contain_text(hostile)
    await expect(page.locator(".key")).to_have_text(hostile)
    await expect(page.locator(".chat-row .name", has_text=hostile)).to_be_visible()
    assert await page.evaluate("window.broken") is None


async def test_entities_are_counted_in_utf_16_units(stage: Stage) -> None:
    page = await stage.open()

    await stage.bot.say("😀👩‍👩‍👧 <b>Đậm <i>và nghiêng</i></b> 😀 <u>gạch</u>", parse_mode="HTML")

    text = page.locator(".message .text")
    await expect(text.locator("b")).to_have_text("Đậm và nghiêng")
    await expect(text.locator("b i")).to_have_text("và nghiêng")
    await expect(text.locator("u")).to_have_text("gạch")


async def test_the_commands_are_offered_while_one_types_a_slash(stage: Stage) -> None:
    await stage.bot.call(
        "setMyCommands",
        commands=[
            {"command": "dangky", "description": "Đăng ký chuyên mục"},
            {"command": "huy", "description": "Hủy đăng ký"},
        ],
    )
    await stage.bot.say("Xin chào")
    page = await stage.open()
    await page.get_by_label("Nhắn tin…").press_sequentially("/h")
    await expect(page.get_by_role("menuitem")).to_have_text(["/huyHủy đăng ký"])

    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")

    assert (await stage.bot.hears("message"))["text"] == "/huy"
    await expect(page.get_by_role("menuitem")).to_have_count(0)


async def test_the_menu_button_lists_all_commands(stage: Stage) -> None:
    commands = [{"command": name, "description": f"Lệnh {name}"} for name in ("start", "dangky", "trogiup")]
    await stage.bot.call("setMyCommands", commands=commands)
    await stage.bot.say("Xin chào")
    page = await stage.open()

    await page.get_by_role("button", name="Các lệnh của bot").click()

    await expect(page.get_by_role("menuitem")).to_have_count(3)
    await page.keyboard.press("Escape")
    await expect(page.get_by_label("Nhắn tin…")).to_be_visible()
