"""Groups on Zalo, over HTTP: one person decides, who agreed to, and nobody takes the group over."""

import asyncio

from sqlalchemy import select

from bot.store.schema import chats, group_keepers
from tests.emulated import jpeg
from tests.journeys.test_zalo import stored
from tests.served_zalo import Named, ServedZalo
from tests.web.posting import free_port

GROUP = "to-1"
BOT = "@Bot Bản Tin"
QUESTION = "Ai phụ trách tin của nhóm này?"
WAYS = "Cũng có thể trả lời tin này bằng: /moinhat · /chuyenmuc · /trogiup"
REFUSAL = f"Chỉ người phụ trách tin của nhóm và quản trị viên của bot mới thay đổi được mục này.\n\n{WAYS}"


async def in_group(zalo: ServedZalo, text: str, *, person: str = "an") -> str:
    """Have a member reply to the bot, and return what it says to the group."""
    return await zalo.asks(text, person=person, group=GROUP, reply=True)


async def keep(zalo: ServedZalo, person: str = "an") -> str:
    """Have a member agree to decide for the group."""
    await in_group(zalo, "/dangky", person=person)
    return await in_group(zalo, "1", person=person)


async def keeper_of(zalo: ServedZalo) -> str | None:
    async with zalo.database.read() as tx:
        return (await tx.execute(select(group_keepers.c.user_id))).scalar_one_or_none()


async def user_id(zalo: ServedZalo, person: str) -> str:
    return next(iter(zalo.platform.state.accounts.values())).id_of(person)


async def test_a_group_subscribes_by_mention_and_gets_each_article_once(database_url: str) -> None:
    async with ServedZalo.open(database_url, photos=free_port()) as zalo:
        asked = await zalo.asks(f"Nhờ {BOT} /dangky giúp nhóm", group=GROUP)
        before = await stored(zalo, await user_id(zalo, "an"))
        taken = await in_group(zalo, "1")
        subscribed = await zalo.asks(f"{BOT}: /dangky trong nước", group=GROUP)
        timed = await zalo.asks(f"/caidat ngay khi có tin {BOT}", group=GROUP)
        key = await zalo.publish("Họp báo thường kỳ", photo=jpeg())
        news = await zalo.hears(group=GROUP, containing="Họp báo")
        said = (await zalo.platform.look("chat", group=GROUP))["messages"]
        metrics = await zalo.platform.look("metrics")

    assert QUESTION in asked
    assert "Zalo không cho bot biết ai là quản trị viên của nhóm." in asked
    assert "Để chọn, vui lòng trả lời tin này bằng số tương ứng" in asked
    assert before == []
    assert taken.startswith("✅ Quý vị đã nhận phụ trách tin của nhóm này.")
    assert subscribed.startswith("✅ Đăng ký thành công. Nhóm sẽ nhận tin mới của: Tin trong nước.")
    assert "Ngay khi có tin" in timed
    assert [each["photo_sha256"] for each in said if each["text"] == news] == [key]
    assert "1. " not in news
    assert metrics["second_copies"] == 0


async def test_a_manager_is_told_how_a_group_gets_the_bot(sqlite_url: str) -> None:
    async with ServedZalo.open(sqlite_url, people=Named(owners=("an",))) as zalo:
        await zalo.asks("/kenh")
        told = await zalo.asks("1")
        named = await zalo.asks("/kenh @tenkenh")
        admins = await zalo.asks("/admin")
        refused = await zalo.asks("/admin 123456789")

    assert "trưởng nhóm mở https://bot.zaloplatforms.com/bots/" in told
    assert "kèm /dangky" in told
    assert named == told
    assert "@" not in told
    assert "quản trị 6ede9afa66b88fe6d6a9 Nguyễn Văn Nam" in admins
    assert "Mã số có dạng 6ede9afa66b88fe6d6a9;" in refused


async def test_nobody_takes_a_group_over_from_its_keeper(sqlite_url: str) -> None:
    async with ServedZalo.open(sqlite_url) as zalo:
        await keep(zalo)
        await in_group(zalo, "/dangky trong nước")
        refused = [
            await in_group(zalo, text, person="binh")
            for text in ("/huy", "/caidat ngay khi có tin", "/ngonngu en", "1")
        ]
        subscribed = await stored(zalo, "trong-nuoc")
        keeper = await keeper_of(zalo)
        help_text = await in_group(zalo, "/trogiup", person="binh")
        stopped = await in_group(zalo, "/huy")

    assert refused == [REFUSAL] * len(refused)
    assert "subscriptions" in subscribed
    assert keeper == await user_id(zalo, "an")
    assert "Chỉ người phụ trách tin của nhóm" in help_text
    assert stopped.startswith("Đã hủy đăng ký")


async def test_of_two_who_agree_the_first_one_decides(sqlite_url: str) -> None:
    async with ServedZalo.open(sqlite_url) as zalo:
        await in_group(zalo, "/dangky", person="binh")
        declined = await in_group(zalo, "2", person="binh")
        nobody = await keeper_of(zalo)
        await in_group(zalo, "/dangky", person="an")
        for person in ("an", "binh"):
            await zalo.platform.says("1", person=person, group=GROUP, reply=True)
        await zalo.hears(group=GROUP, containing="đã nhận phụ trách")
        await zalo.hears(group=GROUP, containing=REFUSAL)
        keeper = await keeper_of(zalo)

    assert declined.startswith("Vâng, bot không lưu gì.")
    assert (nobody, keeper) == (None, await user_id(zalo, "an"))


async def test_a_keeper_passes_the_group_on_to_whoever_agrees(sqlite_url: str) -> None:
    async with ServedZalo.open(sqlite_url) as zalo:
        await keep(zalo)
        offered = await in_group(zalo, await number(zalo, "/caidat", "Bàn giao người phụ trách"))
        still = await in_group(zalo, "/dangky trong nước")
        asked = await in_group(zalo, "/caidat", person="binh")
        taken = await in_group(zalo, "1", person="binh")
        refused = await in_group(zalo, "/huy", person="an")
        keeper = await keeper_of(zalo)

    assert offered.startswith("Trong 15 phút tới")
    assert still.startswith("✅ Đăng ký thành công.")
    assert QUESTION in asked
    assert "đã nhận phụ trách" in taken
    assert (refused, keeper) == (REFUSAL, await user_id(zalo, "binh"))


async def test_an_offer_can_be_taken_back(sqlite_url: str) -> None:
    async with ServedZalo.open(sqlite_url) as zalo:
        await keep(zalo)
        await in_group(zalo, await number(zalo, "/caidat", "Bàn giao người phụ trách"))
        kept = await in_group(zalo, "1")
        refused = await in_group(zalo, "/huy", person="binh")

    assert kept == f"Vâng, người phụ trách của nhóm vẫn như cũ.\n\n{WAYS}"
    assert refused == REFUSAL


async def test_a_keeper_who_gives_up_leaves_no_id_and_another_may_agree(sqlite_url: str) -> None:
    async with ServedZalo.open(sqlite_url) as zalo:
        await keep(zalo)
        await in_group(zalo, "/dangky trong nước")
        asked = await in_group(zalo, await number(zalo, "/caidat", "Thôi phụ trách"))
        released = await in_group(zalo, "1")
        traces = await stored(zalo, await user_id(zalo, "an"))
        question = await in_group(zalo, "/huy", person="binh")
        await in_group(zalo, "1", person="binh")
        stopped = await in_group(zalo, "/huy", person="binh")

    assert "có chắc chắn không?" in asked
    assert (released.partition(".")[0], traces) == ("Đã xóa mã số của người phụ trách", [])
    assert QUESTION in question
    assert stopped.startswith("Đã hủy đăng ký")


async def test_who_has_everything_erased_keeps_no_group(database_url: str) -> None:
    async with ServedZalo.open(database_url) as zalo:
        await keep(zalo)
        await in_group(zalo, "/dangky trong nước")
        shown = await zalo.asks("/dulieu")
        await zalo.asks("/xoadulieu")
        await zalo.asks("1")
        group = (await zalo.platform.look("chat", group=GROUP))["id"]
        async with asyncio.timeout(40):
            while await stored(zalo, await user_id(zalo, "an")):  # noqa: ASYNC110 - the service says nothing
                await asyncio.sleep(0.02)
        async with zalo.database.read() as tx:
            known = (await tx.execute(select(chats.c.chat))).scalars().all()

    assert f"Phụ trách tin của nhóm {group} từ" in shown
    assert known == [group]


async def test_an_owner_of_the_bot_decides_for_a_group_that_another_keeps(sqlite_url: str) -> None:
    async with ServedZalo.open(sqlite_url, people=Named(owners=("chu",))) as zalo:
        asked = await in_group(zalo, "/dangky trong nước", person="chu")
        await keep(zalo)
        subscribed = await in_group(zalo, "/dangky trong nước", person="chu")
        offered = await in_group(
            zalo, await number(zalo, "/caidat", "Bàn giao người phụ trách", person="chu"), person="chu"
        )
        await in_group(zalo, "/dangky", person="binh")
        await in_group(zalo, "1", person="binh")
        keeper = await keeper_of(zalo)

    assert QUESTION in asked
    assert subscribed.startswith("✅ Đăng ký thành công.")
    assert offered.startswith("Trong 15 phút tới")
    assert keeper == await user_id(zalo, "binh")


async def test_one_digest_comes_for_the_whole_group_and_what_is_urgent_ahead_of_it(sqlite_url: str) -> None:
    async with ServedZalo.open(sqlite_url) as zalo:
        await keep(zalo)
        daily = await in_group(zalo, "/dangky trong nước")
        for number_ in (1, 2):
            await zalo.publish(f"Bài số {number_}", number=number_)
        async with asyncio.timeout(40):
            while len(await stored(zalo, "Bài số 2")) == 0:  # noqa: ASYNC110 - the service says nothing
                await asyncio.sleep(0.02)
        await in_group(zalo, "/caidat tin khẩn")
        await zalo.publish("Cảnh báo khẩn", number=3, urgent=True)
        await zalo.hears(group=GROUP, containing="Cảnh báo khẩn")
        before = "\n".join(await zalo.read(group=GROUP))
        topic = await in_group(zalo, await number(zalo, "/caidat", "Tin trong nước"))
        await in_group(zalo, line_of(topic, "Nhận ngay các tin đang chờ"))
        digest = await zalo.hears(group=GROUP, containing="Bài số 2")

    assert "gửi hằng ngày lúc 7 giờ" in daily
    assert "Bài số" not in before
    assert ("Bài số 1" in digest, "Cảnh báo khẩn" in digest) == (True, False)


async def test_what_mentions_the_bot_in_a_caption_is_heard_and_a_bots_own_words_are_not(
    sqlite_url: str,
) -> None:
    photo = "https://photo-stal-1.zdn.vn/a.jpg"
    async with ServedZalo.open(sqlite_url) as zalo:
        write = {"person": "an", "group": GROUP, "photo": photo}
        await zalo.platform.control("messages", **write, caption=f"{BOT} /dangky", is_bot=True)
        await zalo.platform.control("messages", **write, caption="Ảnh đẹp")
        await zalo.platform.control("messages", **write, caption=f"Ảnh {BOT} /trogiup")
        help_text = await zalo.hears(group=GROUP)
        said = await zalo.read(group=GROUP)

    assert "Trong nhóm, bot chỉ nhận được tin nhắn có nhắc tên bot" in help_text
    assert len(said) == 1


async def test_a_group_that_was_held_is_written_to_again_once_it_writes(sqlite_url: str) -> None:
    async with ServedZalo.open(sqlite_url) as zalo:
        await keep(zalo)
        await in_group(zalo, "/dangky trong nước")
        await in_group(zalo, "/caidat ngay khi có tin")
        refusal = {"code": 422, "description": "You are not permitted to send messages to this chat_id"}
        await zalo.platform.control("faults", method="sendMessage", **refusal)
        await zalo.publish("Bài số một")
        async with asyncio.timeout(40):
            while not await stored(zalo, "not permitted"):  # noqa: ASYNC110 - it is stored
                await asyncio.sleep(0.02)
        await in_group(zalo, "/chuyenmuc", person="binh")
        await zalo.publish("Bài số hai", number=2)
        news = await zalo.hears(group=GROUP, containing="Bài số hai")

    assert news.startswith("Bài số hai")


async def test_who_only_mentions_the_bot_is_told_what_it_is(sqlite_url: str) -> None:
    async with ServedZalo.open(sqlite_url) as zalo:
        said = await zalo.asks(BOT, group=GROUP)
        read = await in_group(zalo, "/xemanh")
        kept = await stored(zalo, (await zalo.platform.look("chat", group=GROUP))["id"])

    assert said.startswith("Xin chào! Đây là hệ thống thông báo tự động (bot)")
    assert "vui lòng nhắc tên bot kèm /dangky" in said
    assert read
    assert "chats" not in kept


async def number(zalo: ServedZalo, command: str, label: str, *, person: str = "an") -> str:
    """Return the number that stands before *label* in what *command* shows."""
    return line_of(await in_group(zalo, command, person=person), label)


def line_of(said: str, label: str) -> str:
    """Return the number of the line that holds *label*."""
    return next(line for line in said.splitlines() if label in line and line[0].isdigit()).partition(".")[0]
