"""What the chat page asks of the emulated Zalo: one person's chat, what happens there, and the photos."""

import orjson
from aiohttp import ClientSession, web

from bot.emulator.server import Emulator
from tests.emulator.client import picture
from tests.emulator.zalo.client import ZaloClient


async def test_a_world_without_a_bot_says_so() -> None:
    async with Emulator.start() as emulator, ClientSession() as session:
        empty = await ZaloClient(emulator, session).look("world", person="an")

    assert empty == {"bot": None}


async def test_a_person_sees_the_bot_before_writing_and_their_own_chat_after(zalo: ZaloClient) -> None:
    before = await zalo.look("world", person="an")
    chat = await zalo.says("xin chào", person="an")
    await zalo.says("một người khác", person="binh")
    await zalo.result("sendMessage", chat_id=chat, text="Chào Quý vị")

    after = await zalo.look("world", person="an")

    assert (before["chat"], before["bot"]["id"]) == ({"id": chat, "messages": []}, after["bot"]["id"])
    assert [(each["from_bot"], each["text"]) for each in after["chat"]["messages"]] == [
        (False, "xin chào"),
        (True, "Chào Quý vị"),
    ]


async def test_both_sides_of_a_chat_are_told_live_also_after_a_reset(zalo: ZaloClient) -> None:
    watched = await zalo.session.get(zalo.url.removesuffix("/zalo") + "/_ctl/events")
    await watched.content.readuntil(b"\n\n")
    await zalo.control("reset")
    await zalo.control("bots", token="1:a-new-bot")
    chat = await zalo.says("xin chào")
    _, body = await zalo.answer("sendMessage", token="1:a-new-bot", chat_id=chat, text="Chào")

    frames = [(await watched.content.readuntil(b"\n\n")).decode().strip().split("\n") for _ in range(2)]

    watched.close()
    told = [orjson.loads(data.removeprefix("data: ")) for _, data in frames]
    assert {kind for kind, _ in frames} == {"event: zalo"}
    assert [(each["chat"], each["from_bot"], each["text"]) for each in told] == [
        (chat, False, "xin chào"),
        (chat, True, "Chào"),
    ]
    assert told[1]["message_id"] == body["result"]["message_id"]


async def test_a_photo_is_shown_as_it_was_fetched_whatever_becomes_of_its_address(zalo: ZaloClient) -> None:
    app = web.Application()

    async def photo(_request: web.Request) -> web.Response:
        return web.Response(body=picture(), content_type="image/jpeg")

    app.router.add_get("/anh.jpg", photo)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await zalo.control("knobs", local=True)
    chat = await zalo.says("/start")
    await zalo.result(
        "sendPhoto", chat_id=chat, photo=f"http://127.0.0.1:{runner.addresses[0][1]}/anh.jpg", caption="Ảnh"
    )
    await runner.cleanup()

    message = (await zalo.look("world", person="an"))["chat"]["messages"][-1]
    base = zalo.url.removesuffix("/zalo")
    async with zalo.session.get(f"{base}/_ctl/zalo/file/{message['photo_sha256']}") as shown:
        answer = (shown.status, shown.content_type, await shown.read())
    async with zalo.session.get(f"{base}/_ctl/zalo/file/nothing") as unknown:
        assert unknown.status == 404

    assert answer == (200, "image/jpeg", picture())
