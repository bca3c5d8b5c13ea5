import hashlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.emulator.zalo.fetching import PHOTOS, fetch
from tests.emulator.client import picture
from tests.emulator.zalo.client import TOKEN, ZaloClient

UNKNOWN = (410, "The chat_id is invaild")
FORBIDDEN = (422, "You are not permitted to send messages to this chat_id")
SPENT = (429, "Quota exceeded")
RECORDING = b"\xff\xf1" + bytes(98)


@pytest.fixture
async def photos() -> AsyncIterator[str]:
    """Return the address of a web server that has one photo and some other things."""
    whole = picture()
    served: dict[str, dict[str, Any]] = {
        "/anh.jpg": {"body": whole, "content_type": "image/jpeg"},
        "/none": {"text": "Không có", "status": 404},
        "/trang.html": {"text": "Không có"},
        "/unnamed": {"body": whole},
        "/misnamed": {"body": b"GIF89a", "content_type": "image/jpeg"},
        "/elsewhere": {"status": 302, "headers": {"Location": "/anh.jpg"}},
        "/large": {"body": whole + bytes(5 << 20), "content_type": "image/jpeg"},
        "/empty": {"content_type": "image/jpeg"},
        "/bai.aac": {"body": RECORDING, "content_type": "audio/aac"},
        "/page.aac": {"text": "Không có"},
        "/photo.aac": {"body": whole, "content_type": "audio/aac"},
        "/none.aac": {"text": "Không có", "status": 404},
    }

    async def serve(request: web.Request) -> web.Response:
        return web.Response(**served[request.path])

    app = web.Application()
    app.router.add_get("/{name:.*}", serve)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_a_chat_is_known_once_it_wrote_to_this_bot(zalo: ZaloClient) -> None:
    other = "111:another-bot"
    await zalo.control("bots", token=other)
    strange = await zalo.refusal("sendMessage", chat_id="f" * 20, text="Chào")
    chat = await zalo.says("/start", bot=TOKEN)

    sent = await zalo.result("sendMessage", chat_id=chat, text="Chào")

    assert (strange, await zalo.refusal("sendMessage", token=other, chat_id=chat, text="Chào")) == (
        UNKNOWN,
        UNKNOWN,
    )
    assert (len(sent["message_id"]), sent["date"] > 10**12) == (20, True)


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        ({"text": ""}, (400, "The text must not be empty")),
        ({"message": "Chào"}, (400, "The text must not be empty")),
        ({"text": "😀" * 1001}, (400, "The text must not exceed 2000 characters")),
        ({"text": "x", "chat_id": ""}, (400, "The chat_id must not be empty")),
    ],
)
async def test_a_text_has_bounds_in_utf16_units(
    zalo: ZaloClient, arguments: dict[str, Any], refusal: tuple[int, str]
) -> None:
    chat = await zalo.says("/start")

    refused = await zalo.refusal("sendMessage", **{"chat_id": chat, **arguments})
    longest = await zalo.result("sendMessage", chat_id=chat, text="😀" * 1000)

    assert (refused, len(longest["message_id"])) == (refusal, 20)


async def test_beyond_the_plans_users_nobody_may_be_written_to(zalo: ZaloClient) -> None:
    await zalo.control("knobs", users=2)
    chats = [await zalo.says("/start", person=person) for person in ("an", "binh", "chau")]

    answers = [(await zalo.answer("sendMessage", chat_id=chat, text="x"))[1] for chat in chats]

    assert [each["error_code"] for each in answers] == [0, 0, FORBIDDEN[0]]
    assert answers[2]["description"] == FORBIDDEN[1]


async def test_beyond_the_months_messages_nothing_goes_until_the_month_turns(zalo: ZaloClient) -> None:
    await zalo.control("clock", frozen=True)
    await zalo.control("knobs", messages_per_month=2)
    chat = await zalo.says("/start")
    for text in ("a", "b"):
        await zalo.result("sendMessage", chat_id=chat, text=text)
    typing = await zalo.result("sendChatAction", chat_id=chat, action="typing")

    refused = await zalo.refusal("sendMessage", chat_id=chat, text="c")
    await zalo.control("clock", advance=31 * 86_400)
    await zalo.result("sendMessage", chat_id=chat, text="c")

    metrics = await zalo.look("metrics")
    assert (refused, typing, metrics["sent"], metrics["above_quota"]) == (SPENT, None, 3, 1)


async def test_what_people_write_may_count_as_well(zalo: ZaloClient) -> None:
    await zalo.control("knobs", messages_per_month=1, incoming_counts=True)
    chat = await zalo.says("/start")

    assert await zalo.refusal("sendMessage", chat_id=chat, text="Chào") == SPENT


async def test_a_second_copy_is_counted_unless_somebody_asked_again(zalo: ZaloClient) -> None:
    chat = await zalo.says("/moinhat")
    await zalo.result("sendMessage", chat_id=chat, text="Tin")
    await zalo.says("/moinhat")
    await zalo.result("sendMessage", chat_id=chat, text="Tin")
    before = (await zalo.look("metrics"))["second_copies"]
    await zalo.result("sendMessage", chat_id=chat, text="Tin")

    assert (before, (await zalo.look("metrics"))["second_copies"]) == (0, 1)


@pytest.mark.parametrize(
    "path", ["/none", "/trang.html", "/unnamed", "/misnamed", "/elsewhere", "/large", "/empty"]
)
async def test_a_photo_is_fetched_during_the_call(zalo: ZaloClient, photos: str, path: str) -> None:
    chat = await zalo.says("/start")
    private = await zalo.refusal("sendPhoto", chat_id=chat, photo=f"{photos}/anh.jpg")
    await zalo.control("knobs", local=True)

    wrong = await zalo.refusal("sendPhoto", chat_id=chat, photo=photos + path)
    await zalo.result("sendPhoto", chat_id=chat, photo=f"{photos}/anh.jpg", caption="Ảnh")

    (_, sent) = (await zalo.look("chat", person="an"))["messages"]
    assert (private[0], wrong) == (400, (400, "The photo could not be fetched"))
    assert (sent["photo"], sent["text"]) == (f"{photos}/anh.jpg", "Ảnh")
    assert sent["photo_sha256"] == hashlib.sha256(picture()).hexdigest()


async def test_no_photo_is_fetched_from_a_private_network_by_any_name(zalo: ZaloClient, photos: str) -> None:
    chat = await zalo.says("/start")
    refused = [
        await zalo.refusal("sendPhoto", chat_id=chat, photo=photo)
        for photo in ("http://10.0.0.1/a.jpg", "http://localhost/a.jpg", "http://a.localhost/a.jpg")
    ]
    by_name = photos.replace("127.0.0.1", "localhost") + "/anh.jpg"
    assert refused == [(400, "The photo is invalid")] * 3
    assert await fetch(by_name, PHOTOS, 5.0, local=False) is None
    found = await fetch(by_name, PHOTOS, 5.0, local=True)
    assert found
    assert found.content == picture()


async def test_a_caption_has_no_styles(zalo: ZaloClient, photos: str) -> None:
    await zalo.control("knobs", local=True)
    chat = await zalo.says("/start")
    styles = [{"start": 0, "len": 3, "st": ["b"]}]

    await zalo.result("sendPhoto", chat_id=chat, photo=f"{photos}/anh.jpg", caption="Ảnh", text_styles=styles)

    assert (await zalo.look("metrics"))["lint"] == ["a caption with styles, which nothing documents"]


@pytest.mark.parametrize(
    ("method", "arguments", "refusal"),
    [
        ("sendPhoto", {"photo": "ftp://a.vn/x.jpg"}, (400, "The photo is invalid")),
        (
            "sendPhoto",
            {"photo": "https://a.vn/x.jpg", "caption": "x" * 2001},
            (400, "The caption must not exceed 2000 characters"),
        ),
        ("sendVoice", {}, (400, "The voice url must not be empty")),
        ("sendVoice", {"voice_url": "https://a.vn/x.mp3"}, (400, "The voice url is invalid")),
        ("sendVoice", {"voice_url": "https://a.vn/x.aac"}, FORBIDDEN),
        ("sendSticker", {}, (400, "The sticker must not be empty")),
        ("sendChatAction", {"action": "upload_photo"}, (400, "The action is invalid")),
    ],
)
async def test_what_cannot_be_sent_to_a_group_is_refused(
    zalo: ZaloClient, method: str, arguments: dict[str, Any], refusal: tuple[int, str]
) -> None:
    group = await zalo.says("@Bot Tin /start", group="to-1")

    assert await zalo.refusal(method, chat_id=group, **arguments) == refusal


async def test_a_sticker_and_a_voice_go_to_a_person(zalo: ZaloClient, photos: str) -> None:
    await zalo.control("knobs", local=True)
    chat = await zalo.says("/start")

    await zalo.result("sendSticker", chat_id=chat, sticker="e51a")
    await zalo.result("sendVoice", chat_id=chat, voice_url=f"{photos}/bai.aac")

    said = (await zalo.look("chat", person="an"))["messages"][-1]
    assert (said["event"], said["voice"]) == ("message.voice", f"{photos}/bai.aac")
    assert said["voice_sha256"] == hashlib.sha256(RECORDING).hexdigest()
    assert (await zalo.look("metrics"))["sent"] == 2


@pytest.mark.parametrize("path", ["/page.aac", "/photo.aac", "/none.aac"])
async def test_a_voice_is_aac_in_frames(zalo: ZaloClient, photos: str, path: str) -> None:
    private = await zalo.refusal("sendVoice", chat_id=await zalo.says("/start"), voice_url=photos + path)
    await zalo.control("knobs", local=True)

    refusal = await zalo.refusal("sendVoice", chat_id=await zalo.says("/start"), voice_url=photos + path)

    assert (private, refusal) == (
        (400, "The voice url is invalid"),
        (400, "The voice could not be fetched"),
    )


@pytest.mark.parametrize("keep", [False, True])
async def test_a_new_token_ends_the_old_one_and_the_chats(zalo: ZaloClient, *, keep: bool) -> None:
    chat, new = await zalo.says("/start"), "987654321:a-new-token"
    await zalo.control("reset_token", token=new, keep_chats=keep)

    old = await zalo.refusal("getMe")
    _, sent = await zalo.answer("sendMessage", token=new, chat_id=chat, text="Tin")
    await zalo.says("Xin chào")
    _, again = await zalo.answer("sendMessage", token=new, chat_id=chat, text="Tin mới")

    assert (old, sent["error_code"], again["error_code"]) == ((401, "Unauthorized"), 0 if keep else 410, 0)


async def test_what_means_nothing_is_noted(zalo: ZaloClient) -> None:
    chat = await zalo.says("/start")
    styles = [{"start": 0, "len": 4, "st": ["b"]}]

    await zalo.result("sendMessage", chat_id=chat, text="Tiền", text_styles=styles)
    before = (await zalo.look("metrics"))["lint"]
    await zalo.result("sendMessage", chat_id=chat, text="Tie\u0302\u0300n", text_styles=styles)
    await zalo.result("sendMessage", chat_id=chat, text="Tin", text_styles=styles)
    await zalo.result("sendMessage", chat_id=chat, text="Tin tức", parse_mode="html", text_styles=styles)

    assert (before, len((await zalo.look("metrics"))["lint"])) == ([], 3)
