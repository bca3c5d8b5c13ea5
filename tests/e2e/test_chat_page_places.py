import pytest
from playwright.async_api import ViewportSize, expect

from bot.emulator.demo_world import BINH
from tests.e2e.browser import PHONE
from tests.e2e.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


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


async def test_one_plays_the_owner_a_member_of_a_group_or_somebody_who_is_in_none(stage: Stage) -> None:
    page = await stage.open()
    playing = page.get_by_label("Đang đóng vai")
    assert await playing.locator("optgroup").evaluate_all("(groups) => groups.map(({ label }) => label)") == [
        "Phụ trách bot, lập các nhóm",
        "Thành viên nhóm",
        "Người đăng ký",
    ]

    await playing.select_option(label="Lê Thị Hoa")

    await expect(page.locator(".chat-row")).to_have_count(1)
    await page.get_by_role("button", name="BẮT ĐẦU", exact=True).click()
    assert (await stage.bot.hears("message"))["from"]["first_name"] == "Lê Thị Hoa"
    await playing.select_option(label="Thanh Bình")
    await expect(page.locator(".chat-row", has_text="Chi bộ Văn phòng")).to_be_visible()


@pytest.mark.parametrize("size", [ViewportSize(width=640, height=400), ViewportSize(width=1280, height=800)])
async def test_a_photo_never_fills_more_than_the_window(stage: Stage, size: ViewportSize) -> None:
    await stage.bot.send_photo(stage.bot.world.person, "Ảnh")
    page = await stage.open(f"#{stage.bot.world.person}", size=size)

    photo = page.locator(".photo").last
    await expect(photo).to_be_visible()
    box = await photo.bounding_box()

    assert box is not None
    assert box["height"] <= 0.6 * size["height"]


async def test_on_the_narrowest_phone_no_name_is_cut(stage: Stage) -> None:
    narrow = ViewportSize(width=320, height=640)
    page = await stage.open(f"?user={stage.bot.world.person}", size=narrow)
    names = page.locator(".chat-row .name, .list-foot select")
    await expect(names.first).to_be_visible()

    cut = "(found) => found.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length"
    assert await names.evaluate_all(cut) == 0


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


async def test_a_link_to_the_bot_starts_it_in_its_own_chat(stage: Stage) -> None:
    world = stage.bot.world
    button = {"text": "Đọc toàn văn", "url": "https://t.me/bantin_mau_bot?start=doc_7"}
    await stage.bot.call(
        "sendMessage", chat_id=world.channel, text="Tin", reply_markup={"inline_keyboard": [[button]]}
    )
    page = await stage.open(f"#{world.channel}")

    await page.get_by_role("link", name="Đọc toàn văn").click()

    heard = await stage.bot.hears("message")
    assert (heard["text"], heard["chat"]["id"]) == ("/start doc_7", world.person)
    await expect(page.locator(".message.mine .text")).to_contain_text("/start doc_7")


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
