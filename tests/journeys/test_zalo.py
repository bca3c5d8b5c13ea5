"""The product on Zalo, over HTTP: everything is typed."""

import asyncio

import aiohttp
from pydantic import SecretStr
from sqlalchemy import func, select
from structlog.testing import capture_logs

from bot.settings.accounts import TelegramSection
from bot.store.schema import chats, deliveries, metadata
from bot.store.schema import turned_away as counted
from tests.emulated import TOKEN, Emulated
from tests.emulator.zalo.client import SECRET
from tests.emulator.zalo.client import TOKEN as ZALO_TOKEN
from tests.outbox_world import TOPIC
from tests.served_zalo import ServedZalo
from tests.web.posting import free_port

HEADER = "X-Bot-Api-Secret-Token"


async def subscribe(zalo: ServedZalo, person: str = "an") -> None:
    await zalo.asks("/start", person=person)
    await zalo.asks("đồng ý", person=person)
    await zalo.asks("đăng ký tất cả", person=person)
    await zalo.asks("cài đặt ngay khi có tin", person=person)


async def stored(zalo: ServedZalo, words: str) -> list[str]:
    """Return the tables in which *words* stand somewhere."""
    async with zalo.database.read() as tx:
        rows = {table.name: (await tx.execute(select(table))).all() for table in metadata.tables.values()}
    return [name for name, found in rows.items() if words in str(found)]


async def until_nothing_is_stored(zalo: ServedZalo) -> None:
    """Wait until the one chat's id stands nowhere: an update holds it until it is dealt with."""
    (chat,) = await zalo.platform.look("chats")
    async with asyncio.timeout(40):
        while await stored(zalo, chat["id"]):  # noqa: ASYNC110 - the service says nothing
            await asyncio.sleep(0.02)


async def test_who_writes_agrees_subscribes_receives_and_stops(sqlite_url: str) -> None:
    async with ServedZalo.open(sqlite_url) as zalo:
        greeting = await zalo.asks("xin chào")
        await until_nothing_is_stored(zalo)
        agreed = await zalo.asks("1")
        subscribed = await zalo.asks("đăng ký trong nước")
        await zalo.asks("cài đặt ngay khi có tin")
        await zalo.publish("Họp báo 🎉 thường kỳ")
        news = await zalo.hears(containing="Họp báo")
        (styles,) = [
            message["text_styles"]
            for message in (await zalo.platform.look("chat", person="an"))["messages"]
            if message["text"] == news
        ]
        stopped = await zalo.asks("không nhận tin nữa")
        metrics = await zalo.platform.look("metrics")

    assert "Tin được chuyển qua Zalo." in greeting
    assert "1. ✅ Đồng ý nhận tin" in greeting
    assert agreed.startswith("Trân trọng cảm ơn Quý vị đã đồng ý nhận tin.")
    assert subscribed.startswith("✅ Đăng ký thành công.")
    assert "Tin được gộp thành một bản tin, gửi hằng ngày lúc 7 giờ." in subscribed
    assert news.startswith("Họp báo 🎉 thường kỳ\n\n")
    assert "https://agency.example/tin/1" in news.split("\n")
    assert styles == [{"start": 0, "len": 20, "st": ["b"]}]
    assert stopped.startswith("Đã hủy đăng ký")
    assert (metrics["polls_too_soon"], metrics["polls_at_once"], metrics["second_copies"]) == (0, 0, 0)


async def test_whoever_has_everything_erased_leaves_no_id(sqlite_url: str) -> None:
    async with ServedZalo.open(sqlite_url) as zalo:
        await subscribe(zalo)
        chat = (await zalo.platform.look("chats"))[0]["id"]
        known = await stored(zalo, chat)
        await zalo.asks("/xoadulieu")
        erased = await zalo.asks("1")
        await until_nothing_is_stored(zalo)

    assert "chats" in known
    assert "đã" in erased


async def test_what_is_told_again_and_again_is_answered_once(sqlite_url: str) -> None:
    async with ServedZalo.open(sqlite_url) as zalo:
        await zalo.platform.control("knobs", replay=True)
        await zalo.platform.says("xin chào")
        async with asyncio.timeout(40):
            while (await zalo.platform.look("metrics"))["polls"] < 5:  # noqa: ASYNC110 - over HTTP
                await asyncio.sleep(0.02)
        said = await zalo.read()
        metrics = await zalo.platform.look("metrics")

    assert (len(said), metrics["polls_too_soon"]) == (1, 0)


async def test_updates_are_posted_in_either_shape_and_more_than_once(sqlite_url: str) -> None:
    port = free_port()
    async with ServedZalo.open(sqlite_url, webhook=(SECRET, port)) as zalo:
        await zalo.platform.control("knobs", copies=3, content_type=False)
        bare = await zalo.asks("xin chào")
        await zalo.platform.control("knobs", wrapped=True, content_type=True)
        agreed = await zalo.asks("1")
        said = await zalo.read()
        metrics = await zalo.platform.look("metrics")
        address = f"http://127.0.0.1:{port}/webhook/zalo"
        async with aiohttp.ClientSession() as session:
            statuses = [
                (await session.post(address, data=body, headers={HEADER: secret})).status
                for body, secret in ((b"", SECRET), (b"{", SECRET), (b"", "another"), (b"", ""))
            ]

    assert (bare.partition("!")[0], agreed[:16], len(said)) == ("Xin chào Quý vị", "Trân trọng cảm ơ", 2)
    assert set(next(iter(metrics["webhook_answers"].values()))) == {200}
    assert (statuses, metrics["polls"]) == ([200, 200, 403, 403], 0)


async def test_one_article_reaches_both_platforms(sqlite_url: str) -> None:
    async with Emulated.start() as telegram:
        section = TelegramSection(token=SecretStr(TOKEN), api_url=telegram.url)
        async with ServedZalo.open(sqlite_url, telegram=section) as zalo:
            (user,) = await telegram.subscribers(1)
            for text in ("/start", "đồng ý", "đăng ký tất cả"):
                before = len(await telegram.outbox(user))
                await telegram.post("updates/message", chat=user, text=text, **{"from": user})
                async with asyncio.timeout(40):
                    while len(await telegram.outbox(user)) == before:  # noqa: ASYNC110 - over HTTP
                        await asyncio.sleep(0.02)
            await subscribe(zalo)
            await zalo.publish("Họp báo thường kỳ")
            on_zalo = await zalo.hears(containing="Họp báo")
            async with asyncio.timeout(40):
                while "Họp báo" not in str(await telegram.outbox(user)):  # noqa: ASYNC110 - over HTTP
                    await asyncio.sleep(0.02)

    assert on_zalo.startswith("Họp báo thường kỳ")


async def test_the_months_messages_are_never_exceeded_and_the_last_is_for_who_leaves(sqlite_url: str) -> None:
    async with ServedZalo.open(sqlite_url, messages_per_month=10) as zalo:
        await subscribe(zalo)
        for number in range(6):
            await zalo.publish(f"Bài số {number}", number=number, urgent=True)
        async with asyncio.timeout(40):
            while not await stored(zalo, "the month's messages are spent"):  # noqa: ASYNC110 - it is stored
                await asyncio.sleep(0.02)
        with capture_logs() as logs:
            await zalo.platform.says("/trogiup")
            async with asyncio.timeout(40):
                while not any(line["event"] == "an answer was not sent" for line in logs):  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
        stopped = await zalo.asks("/huy")
        metrics = await zalo.platform.look("metrics")

    assert stopped.startswith("Đã hủy đăng ký")
    assert (metrics["sent"], metrics["above_quota"]) == (10, 0)


async def test_when_the_month_is_spent_commands_still_take_effect(sqlite_url: str) -> None:
    """Zalo itself says that it is spent, though by our count there is room."""
    async with ServedZalo.open(sqlite_url) as zalo:
        await subscribe(zalo)
        (chat,) = await zalo.platform.look("chats")
        await zalo.platform.control("knobs", messages_per_month=0)
        with capture_logs() as logs:
            await zalo.platform.says("/huy")
            async with asyncio.timeout(40):
                while "subscriptions" in await stored(zalo, TOPIC.id):  # noqa: ASYNC110 - it says nothing
                    await asyncio.sleep(0.02)
            for text in ("/xoadulieu", "1"):
                await zalo.platform.says(text)
            async with asyncio.timeout(40):
                while await stored(zalo, chat["id"]):  # noqa: ASYNC110 - the service says nothing
                    await asyncio.sleep(0.02)
        metrics = await zalo.platform.look("metrics")

    lost = [(line["outcome"], line["account"]) for line in logs if line["event"] == "an answer was not sent"]
    assert lost == [("QuotaSpent", f"zalo:{ZALO_TOKEN.partition(':')[0]}")] * 3
    # Zalo is asked once, and not again until the month turns.
    assert metrics["above_quota"] == 1


async def turned_away(zalo: ServedZalo) -> int:
    """Return how often people who are not stored could not be answered."""
    async with zalo.database.read() as tx:
        return (await tx.execute(select(func.sum(counted.c.times)))).scalar() or 0


async def waiting_deliveries(zalo: ServedZalo) -> int:
    """Return how many deliveries wait for chats that are held."""
    held = select(func.count()).select_from(deliveries).join(chats, chats.c.id == deliveries.c.chat_id)
    put_off = deliveries.c.held_until == deliveries.c.expires_at
    async with zalo.database.read() as tx:
        return (await tx.execute(held.where(chats.c.status == "waiting", put_off))).scalar_one()


async def test_whoever_waits_for_a_place_gets_what_came_meanwhile_once_there_is_one(sqlite_url: str) -> None:
    """Zalo has a place for one person at first, then for two, for one, and for two again."""
    async with ServedZalo.open(sqlite_url) as zalo:
        await subscribe(zalo)
        await zalo.platform.control("knobs", users=1)
        stranger = await zalo.platform.says("xin chào", person="bình")
        async with asyncio.timeout(40):
            while await stored(zalo, stranger) or not await turned_away(zalo):  # noqa: ASYNC110 - it is stored
                await asyncio.sleep(0.02)
        await zalo.platform.control("knobs", users=2)
        await subscribe(zalo, person="bình")
        await zalo.platform.control("knobs", users=1)
        for number in (1, 2, 3):
            await zalo.publish(f"Bài số {number}", number=number)
            await zalo.hears(containing=f"Bài số {number}")
        async with asyncio.timeout(40):
            while await waiting_deliveries(zalo) < 3:  # noqa: ASYNC110 - it is stored
                await asyncio.sleep(0.02)
        heard = len(await zalo.read("bình"))

        await zalo.platform.control("knobs", users=2)
        await zalo.platform.says("xin chào", person="bình")
        digest = await zalo.hears(person="bình", after=heard, containing="3 bài mới")
        news = [text for text in await zalo.read() if "Bài số" in text]

    assert all(f"Bài số {number}" in digest for number in (1, 2, 3))
    assert len(news) == 3


async def test_nobody_agrees_by_a_number_of_a_list_that_never_arrived(sqlite_url: str) -> None:
    async with ServedZalo.open(sqlite_url) as zalo:
        await zalo.asks("xin chào")
        await zalo.platform.control("knobs", users=1)
        for number, text in enumerate(("/dangky", "1", "/dangky", "đồng ý"), start=1):
            binh = await zalo.platform.says(text, person="binh")
            await until_turned_away(zalo, number)
        before = [table for table in await stored(zalo, binh) if table != "updates"]
        await zalo.platform.control("knobs", users=2)
        asked = await zalo.asks("1", person="binh")
        shown = await zalo.asks("/dangky", person="binh")
        agreed = await zalo.asks("1", person="binh")

    assert before == []
    assert "đã đồng ý" not in asked
    assert "1. ✅ Đồng ý nhận tin" in shown
    assert "đã đồng ý nhận tin" in agreed


async def until_turned_away(zalo: ServedZalo, times: int) -> None:
    """Wait until so many answers to people who are not stored were refused."""
    async with asyncio.timeout(40):
        while True:
            async with zalo.database.read() as tx:
                if (await tx.execute(select(counted.c.times))).scalar() == times:
                    return
            await asyncio.sleep(0.02)
