import pytest
from playwright.async_api import expect

from tests.e2e.browser import PHONE
from tests.e2e.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

LINK = {"text": "Đọc toàn văn", "url": "https://t.me/bantin_mau_bot?start=doc_1"}


def article(number: int) -> dict[str, object]:
    return {
        "type": "article",
        "id": str(number),
        "title": f"Bài số {number}",
        "description": "Thứ Hai · Trong nước",
        "input_message_content": {"message_text": f"<b>Bài số {number}</b>", "parse_mode": "HTML"},
        "reply_markup": {"inline_keyboard": [[LINK]]},
    }


async def test_an_article_is_found_by_the_name_of_the_bot_and_shared_in_a_group(stage: Stage) -> None:
    world = stage.bot.world
    page = await stage.open(f"#{world.group}")
    field = page.get_by_label("Nhắn tin…")

    await field.fill("@bantin_mau_bot sáng chế")
    asked = await stage.bot.hears("inline_query")
    await stage.bot.call("answerInlineQuery", inline_query_id=asked["id"], results=[article(1), article(2)])
    await page.get_by_role("option", name="Bài số 2").click()

    assert (asked["query"], asked["offset"]) == ("sáng chế", "")
    shared = page.locator(".message.mine", has_text="Bài số 2")
    await expect(shared.locator(".via")).to_have_text("qua @bantin_mau_bot")
    await expect(shared.get_by_role("link", name="Đọc toàn văn")).to_be_visible()
    await expect(field).to_have_value("")
    await expect(page.get_by_role("listbox")).to_have_count(0)


async def test_more_is_asked_for_at_the_end_of_the_list(stage: Stage) -> None:
    await stage.bot.say("Xin chào")
    page = await stage.open(size=PHONE)
    await page.locator(".chat-row").first.click()

    await page.get_by_label("Nhắn tin…").fill("@Bantin_Mau_Bot ")
    asked = await stage.bot.hears("inline_query")
    results = [article(number) for number in range(12)]
    await stage.bot.call("answerInlineQuery", inline_query_id=asked["id"], results=results, next_offset="12")
    await page.get_by_role("option", name="Bài số 11").scroll_into_view_if_needed()
    more = await stage.bot.hears("inline_query")
    await stage.bot.call("answerInlineQuery", inline_query_id=more["id"], results=[article(12)])

    await expect(page.get_by_role("option")).to_have_count(13)
    assert (asked["query"], more["offset"]) == ("", "12")


async def test_where_nothing_is_found_the_list_says_so(stage: Stage) -> None:
    page = await stage.open(f"#{stage.bot.world.group}")

    await page.get_by_label("Nhắn tin…").fill("@bantin_mau_bot không có")
    asked = await stage.bot.hears("inline_query")
    await stage.bot.call("answerInlineQuery", inline_query_id=asked["id"], results=[])

    await expect(page.get_by_role("listbox")).to_contain_text("Không tìm thấy bài viết nào")
