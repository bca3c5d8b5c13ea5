import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession, FormData
from playwright.async_api import Browser, Page, ViewportSize, expect

from bot.emulator import page as chat_page
from bot.emulator.demo_world import BINH, DemoWorld, create_demo_world
from bot.emulator.server import Emulator
from bot.emulator.site import Site
from bot.emulator.site.newsroom import FOLDER
from tests.e2e.browser import DESKTOP, PHONE, open_page, running_browser

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

TOKEN = "123456:sample"
KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Trong nước", "callback_data": "topic:1"}],
        [{"text": "Đọc toàn văn", "url": "https://example.org/bai"}],
    ]
}


@dataclass(frozen=True, slots=True)
class RawBot:
    """The bot's side, played by hand: bare requests to the Bot API and the control API."""

    session: ClientSession
    world: DemoWorld

    async def call(self, method: str, **arguments: Any) -> Any:
        async with self.session.post(f"/bot{TOKEN}/{method}", json=arguments) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def say(self, text: str, **more: Any) -> int:
        sent = await self.call("sendMessage", **{"chat_id": self.world.person, "text": text, **more})
        return int(sent["message_id"])

    async def send_photo(self, chat: int, caption: str) -> None:
        form = FormData(
            {
                "chat_id": str(chat),
                "caption": caption,
                "parse_mode": "HTML",
                "reply_markup": json.dumps(KEYBOARD),
            }
        )
        form.add_field("photo", (FOLDER / "photos" / "hoi-nghi.jpg").read_bytes(), filename="photo.jpg")
        async with self.session.post(f"/bot{TOKEN}/sendPhoto", data=form) as response:
            assert (await response.json())["ok"]

    async def control(self, path: str, **body: Any) -> None:
        async with self.session.post(f"/_ctl/{path}", json=body) as response:
            assert response.status == 200, await response.text()

    async def hears(self, kind: str) -> Any:
        """Wait for the next update of that kind and return its content."""
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=5, limit=1):
                offset = update["update_id"] + 1
                if kind in update:
                    await self.call("getUpdates", offset=offset, timeout=0)
                    return update[kind]


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything that one test plays on."""

    emulator: Emulator
    site: Site
    bot: RawBot
    browser: Browser
    complaints: list[str]

    async def open(self, fragment: str = "", size: ViewportSize = DESKTOP) -> Page:
        page = await open_page(self.browser, size)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                self.complaints.append(message.text) if message.type in ("error", "warning") else None
            ),
        )
        await page.goto(f"{self.emulator.url}/{fragment}")
        await page.locator(".chat-row").first.wait_for(state="attached")
        return page


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with running_browser() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def stage(browser: Browser) -> AsyncIterator[Stage]:
    site = Site()
    complaints: list[str] = []
    async with Emulator.start(mounts=(site.mount, chat_page.mount)) as emulator:
        world = await create_demo_world(emulator.url, TOKEN)
        async with ClientSession(emulator.url) as session:
            bot = RawBot(session, world)
            # A person who has talked to the bot before: it may write first.
            await bot.control("users", id=world.person, started=True)
            yield Stage(emulator, site, bot, browser, complaints)
        for context in browser.contexts:
            await context.close()
    assert complaints == []


async def test_a_bot_that_was_never_started_offers_to_start_it(stage: Stage) -> None:
    page = await stage.open()
    await expect(page.get_by_role("heading", name="Bot này làm được gì?")).to_be_visible()

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


async def test_what_arrives_elsewhere_is_counted_until_it_is_read(stage: Stage) -> None:
    page = await stage.open()
    row = page.locator(".chat-row", has_text="Tin Kiến tạo số")

    for text in ("Một", "Hai"):
        await stage.bot.say(text, chat_id=stage.bot.world.channel)

    await expect(row.locator(".badge")).to_have_text("2")
    await expect(page).to_have_title("(2) Bản Tin")
    await row.click()
    await expect(page.locator(".message")).to_have_count(3)
    await expect(row.locator(".badge")).to_have_count(0)
    await expect(page.get_by_role("button", name="Tắt thông báo")).to_be_visible()


async def test_a_reader_of_older_messages_is_not_torn_away(stage: Stage) -> None:
    await stage.bot.control("limits", global_count=1000, private_count=1000)
    for number in range(40):
        await stage.bot.say(f"Tin số {number}\nhai dòng")
    page = await stage.open()
    await expect(page.locator(".message", has_text="Tin số 39")).to_be_in_viewport()
    stream = page.locator(".stream")
    await stream.evaluate("(element) => { element.scrollTop = 100; }")
    down = page.get_by_role("button", name="Xuống tin mới nhất")
    await expect(down).to_be_visible()

    await stage.bot.say("Tin mới")

    await expect(down).to_have_text("1")
    assert await stream.evaluate("(element) => element.scrollTop") == 100
    await down.click()
    await expect(page.locator(".message", has_text="Tin mới")).to_be_in_viewport()
    await expect(down).to_be_hidden()


async def test_in_a_forum_one_writes_into_the_topic_that_is_open(stage: Stage) -> None:
    name, topic = stage.bot.world.topics[1]
    page = await stage.open(f"#{stage.bot.world.forum}")
    await page.get_by_role("tab", name=name).click()

    await page.get_by_label(f"Nhắn vào “{name}”…").fill("/dangky")
    await page.keyboard.press("Enter")

    heard = await stage.bot.hears("message")
    assert (heard["text"], heard["message_thread_id"]) == ("/dangky", topic)
    await page.get_by_role("tab", name="Hỏi đáp").click()
    await expect(page.locator(".message.mine")).to_have_count(0)


async def test_in_a_group_it_shows_who_writes(stage: Stage) -> None:
    page = await stage.open(f"#{stage.bot.world.group}")

    await stage.bot.control("updates/message", chat=stage.bot.world.group, text="Đã nhận", **{"from": BINH})

    await expect(page.locator(".message").last.locator(".sender")).to_have_text("Thanh Bình")


async def test_a_blocked_bot_can_be_let_in_again(stage: Stage) -> None:
    await stage.bot.say("Xin chào")
    page = await stage.open()
    await page.get_by_role("button", name="Thêm").click()
    await page.get_by_role("menuitem", name="Chặn bot").click()
    blocked = (await stage.bot.hears("my_chat_member"))["new_chat_member"]["status"]

    while blocked != "kicked":
        blocked = (await stage.bot.hears("my_chat_member"))["new_chat_member"]["status"]
    await page.get_by_role("button", name="Bỏ chặn").click()

    await expect(page.get_by_label("Nhắn tin…")).to_be_visible()


async def test_publishing_through_the_desk_puts_the_article_on_the_site(stage: Stage) -> None:
    page = await stage.open()
    desk = page.get_by_role("complementary", name="Cơ quan mẫu")
    await expect(desk.get_by_label("Tiêu đề")).to_have_value(stage.site.newsroom.draft.title)

    await desk.get_by_label("Tiêu đề").fill("Thông báo & lịch tiếp công dân")
    await desk.get_by_label("Nội dung").fill("Đoạn một.\n\nĐoạn hai./.")
    await desk.get_by_label("Mục").select_option("Hoạt động quốc tế")
    await desk.get_by_label("Thư viện").check()
    await desk.get_by_role("button", name="Đăng bài").click()

    await expect(desk.get_by_role("link").first).to_contain_text("Thông báo & lịch tiếp công dân")
    article = stage.site.newsroom.articles()[0]
    assert (article.title, article.paragraphs) == (
        "Thông báo & lịch tiếp công dân",
        ("Đoạn một.", "Đoạn hai./."),
    )
    assert (article.section.id, article.photos[0].name) == ("quoc-te", "thu-vien")


async def test_a_link_preview_shows_the_page_it_leads_to(stage: Stage) -> None:
    page = await stage.open()
    path = "/agency/web/guest/hoat-ong-trong-nuoc/-/asset_publisher/kTn4sVmQ2bXd/content/"
    article = stage.site.newsroom.articles()[0]

    await stage.bot.say(
        "Tin mới",
        link_preview_options={"url": f"{stage.emulator.url}{path}{article.slug}", "prefer_large_media": True},
    )

    preview = page.locator(".preview")
    await expect(preview.locator("b")).to_have_text(article.title)
    await expect(preview.locator("img")).to_have_js_property("naturalWidth", 1200)


async def test_the_page_speaks_english_too(stage: Stage) -> None:
    page = await stage.open()

    await page.get_by_role("button", name="EN", exact=True).click()

    await expect(page.get_by_role("button", name="START", exact=True)).to_be_visible()
    await expect(page.get_by_placeholder("Search")).to_be_visible()
    assert await page.evaluate("document.documentElement.lang") == "en"


async def test_what_was_missed_while_the_connection_was_lost_is_fetched(stage: Stage) -> None:
    page = await stage.open()

    stage.emulator.state.events.close()
    await stage.bot.say("Trong lúc vắng mặt")

    await expect(page.locator(".message .text")).to_contain_text("Trong lúc vắng mặt")


async def test_on_a_phone_the_list_leads_to_a_chat_and_back(stage: Stage) -> None:
    page = await stage.open(size=PHONE)
    conversation = page.get_by_role("main")
    await expect(conversation).to_be_hidden()

    await page.locator(".chat-row", has_text="Chi bộ Văn phòng").click()
    await expect(page.get_by_role("heading", name="Chi bộ Văn phòng")).to_be_visible()
    await expect(page.locator(".chat-list")).to_be_hidden()
    await page.get_by_role("button", name="Quay lại danh sách").click()

    await expect(conversation).to_be_hidden()
    await expect(page.locator(".chat-list")).to_be_visible()


async def test_nothing_is_wider_than_a_phone(stage: Stage) -> None:
    world = stage.bot.world
    for chat in (world.person, world.group, world.channel):
        await stage.bot.send_photo(chat, "<b>Một tiêu đề dài</b> https://example.org/" + "rat-dai-" * 30)
    page = await stage.open(size=PHONE)

    for fragment in ("", f"#{world.person}", f"#{world.group}", f"#{world.forum}", f"#{world.channel}"):
        await page.goto(f"{stage.emulator.url}/{fragment}")
        await page.locator(".chat-row").first.wait_for(state="attached")
        assert await page.evaluate(
            "[document.documentElement, document.querySelector('.stream')].filter(Boolean)"
            ".every((element) => element.scrollWidth <= element.clientWidth)"
        ), fragment
    await page.locator(".head .desk-button").click()
    await expect(page.get_by_role("button", name="Đăng bài", exact=True)).to_be_visible()
    assert await page.evaluate("document.querySelector('.desk').scrollWidth <= innerWidth")
