import base64
from typing import Any

import orjson
import pytest
from aiohttp import web

from tests.emulator.client import AN, BINH, BOT, GROUP, SUPERGROUP, TOKEN, Client, picture


async def uploaded(client: Client, content: bytes, *, name: str = "a.jpg", **more: str) -> dict[str, Any]:
    return await client.upload("sendPhoto", {"photo": (name, content)}, chat_id=str(AN), **more)


async def file_id(client: Client) -> str:
    body = await uploaded(client, picture())
    found: str = body["result"]["photo"][-1]["file_id"]
    return found


async def test_a_photo_comes_in_all_its_sizes_and_its_largest_is_kept_as_it_came(client: Client) -> None:
    content = picture(1000, 500)

    body = await uploaded(client, content, caption="<i>x</i>", parse_mode="HTML")

    sizes = [(size["width"], size["height"]) for size in body["result"]["photo"]]
    async with client.session.get(
        f"{client.url}/_ctl/file/{body['result']['photo'][-1]['file_id']}"
    ) as response:
        kept = await response.read()
    assert (sizes, body["result"]["caption"], kept == content) == (
        [(90, 45), (320, 160), (800, 400), (1000, 500)],
        "x",
        True,
    )


async def test_a_photo_is_uploaded_once_and_then_known(client: Client) -> None:
    known = await file_id(client)

    again = await client.result("sendPhoto", chat_id=GROUP, photo=known)

    assert (again["photo"][-1]["file_id"], (await client.look("metrics"))["uploads"]) == (known, 1)


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("a.jpg", b"not a picture", "IMAGE_PROCESS_FAILED"),
        ("a.jpg", picture(kind="WEBP"), "IMAGE_PROCESS_FAILED"),
        ("a.jpg", picture(64, 64)[:300], "IMAGE_PROCESS_FAILED"),
        ("a.png", picture(9000, 1001, "PNG"), "PHOTO_INVALID_DIMENSIONS"),
        ("a.png", picture(210, 10, "PNG"), "PHOTO_INVALID_DIMENSIONS"),
        (
            "a.webp",
            picture(kind="WEBP"),
            "photo has unsupported extension. Use one of .jpg, .jpeg, .gif, .png, .tif or .bmp",
        ),
        ("a.jpg", b"", "file must be non-empty"),
        ("a.jpg", b"x" * (10 * 1024 * 1024 + 1), "file is too big"),
    ],
    ids=["text", "webp", "cut off", "too large", "too narrow", "name", "empty", "too big"],
)
async def test_what_is_no_good_photo_is_refused(
    client: Client, name: str, content: bytes, refusal: str
) -> None:
    body = await uploaded(client, content, name=name)

    assert (body["error_code"], body["description"]) == (400, f"Bad Request: {refusal}")


async def test_a_photo_must_be_there(client: Client) -> None:
    refused = [
        await client.refusal("sendPhoto", chat_id=AN),
        await client.refusal("sendPhoto", chat_id=AN, photo="attach://nothing"),
    ]

    assert refused == [(400, "Bad Request: there is no photo in the request")] * 2


async def test_garbage_is_no_file(client: Client) -> None:
    descriptions = [
        (await client.refusal("sendPhoto", chat_id=AN, photo=garbage))[1]
        for garbage in ("x", "AAAA", "http://localhost:8000/x", "đ")
    ]

    start = "Bad Request: wrong remote file identifier specified: "
    assert all(description.startswith(start) for description in descriptions)


async def test_another_bots_file_is_unknown(client: Client) -> None:
    await client.control("bots", token="77:AAother", username="other_bot")
    await client.control("users", id=AN, started="other_bot")
    known = await file_id(client)

    body = await client.call("sendPhoto", token="77:AAother", chat_id=AN, photo=known)

    assert body["description"] == "Bad Request: wrong file identifier/HTTP URL specified"


async def test_a_document_is_no_photo(client: Client) -> None:
    sent = await client.upload("sendDocument", {"document": ("a.pdf", b"%PDF")}, chat_id=str(AN))
    document = sent["result"]["document"]

    refused = await client.refusal("sendPhoto", chat_id=AN, photo=document["file_id"])

    assert (document["file_name"], refused) == (
        "a.pdf",
        (400, "Bad Request: can't use file of type Document as Photo"),
    )


async def test_photos_may_be_forbidden_where_texts_are_not(client: Client) -> None:
    known = await file_id(client)
    await client.control(f"chats/{SUPERGROUP}", permissions={"can_send_photos": False})

    refused = await client.refusal("sendPhoto", chat_id=SUPERGROUP, photo=known)

    assert refused == (400, "Bad Request: not enough rights to send photos to the chat")


async def test_a_caption_is_too_long_at_1025(client: Client) -> None:
    refused = await client.refusal("sendPhoto", chat_id=AN, photo=await file_id(client), caption="đ" * 1025)

    assert refused == (400, "Bad Request: message caption is too long")


class Pictures:
    """A web server of pictures that counts its visitors."""

    def __init__(self) -> None:
        self.visits = 0
        self.url = ""

    async def serve(self, request: web.Request) -> web.Response:
        self.visits += 1
        match request.path:
            case "/good.jpg":
                return web.Response(body=picture(), content_type="image/jpeg")
            case "/page.jpg":
                return web.Response(text="<html>", content_type="text/html")
            case "/broken.jpg":
                return web.Response(body=b"x", content_type="image/jpeg")
            case "/huge.jpg":
                return web.Response(body=b"x" * (5 * 1024 * 1024 + 1), content_type="image/jpeg")
            case _:
                return web.Response(status=404)


@pytest.fixture
async def pictures() -> Any:
    pictures = Pictures()
    app = web.Application()
    app.router.add_get("/{path}", pictures.serve)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    pictures.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield pictures
    await runner.cleanup()


async def test_a_photo_is_really_fetched_from_its_address(client: Client, pictures: Pictures) -> None:
    sent = await client.result("sendPhoto", chat_id=AN, photo=f"{pictures.url}/good.jpg")

    assert (sent["photo"][-1]["width"], pictures.visits) == (64, 1)


@pytest.mark.parametrize(
    ("path", "refusal"),
    [
        ("page.jpg", "wrong type of the web page content"),
        ("broken.jpg", "wrong file identifier/HTTP URL specified"),
        ("huge.jpg", "wrong file identifier/HTTP URL specified"),
        ("missing.jpg", "failed to get HTTP URL content"),
    ],
)
async def test_an_address_that_failed_is_not_visited_again(
    client: Client, pictures: Pictures, path: str, refusal: str
) -> None:
    refused = [
        await client.refusal("sendPhoto", chat_id=AN, photo=f"{pictures.url}/{path}") for _ in range(2)
    ]

    assert (refused, pictures.visits) == ([(400, f"Bad Request: {refusal}")] * 2, 1)


@pytest.mark.parametrize(
    ("url", "refusal"),
    [
        ("ftp://x.vn/a.jpg", "wrong HTTP URL specified"),
        ("http://127.0.0.1:9/a.jpg", "failed to get HTTP URL content"),
    ],
)
async def test_an_address_that_leads_nowhere_is_refused(client: Client, url: str, refusal: str) -> None:
    assert await client.refusal("sendPhoto", chat_id=AN, photo=url) == (400, f"Bad Request: {refusal}")


async def test_an_album_is_sent_as_messages_of_one_group(client: Client) -> None:
    media = [
        {"type": "photo", "media": "attach://one", "caption": "x"},
        {"type": "photo", "media": "attach://two"},
    ]
    files = {"one": ("1.jpg", picture()), "two": ("2.jpg", picture(color="blue"))}

    body = await client.upload("sendMediaGroup", files, chat_id=str(AN), media=orjson.dumps(media).decode())

    first, second = body["result"]
    assert (first["caption"], "caption" in second, first["media_group_id"] == second["media_group_id"]) == (
        "x",
        False,
        True,
    )


PHOTO = {"type": "photo", "media": "https://127.0.0.1:9/x.jpg"}


@pytest.mark.parametrize(
    ("media", "refusal"),
    [
        ("x", "can't parse media JSON object"),
        ({}, "expected an Array of InputMedia"),
        ([], "there are no messages to send"),
        ([PHOTO] * 11, "too many messages to send as an album"),
        ([PHOTO, {**PHOTO, "type": "document"}], "document can't be mixed with other media types"),
        ([PHOTO, {"type": "photo"}], "can't parse InputMedia: media not found"),
        ([PHOTO, {**PHOTO, "type": "cake"}], 'can\'t parse InputMedia: type "cake" is unsupported'),
        (
            [{**PHOTO, "caption": "<p>", "parse_mode": "HTML"}, PHOTO],
            "can't parse InputMedia: Can't parse entities: Unsupported start tag \"p\" at byte offset 0",
        ),
        ([PHOTO, {**PHOTO, "caption": "đ" * 1025}], "message caption is too long"),
        ([PHOTO, PHOTO], 'failed to send message #1 with the error message "WEBPAGE_CURL_FAILED"'),
    ],
)
async def test_a_broken_album_is_refused(client: Client, media: Any, refusal: str) -> None:
    assert await client.refusal("sendMediaGroup", chat_id=AN, media=media) == (400, f"Bad Request: {refusal}")


async def test_large_uploads_of_one_size_wait_in_line_and_too_many_are_refused(client: Client) -> None:
    gate = client.state.gate

    waits = [gate.wait(BOT, 200_000, 10.0) for _ in range(8)]

    assert (
        [round(wait, 1) for wait in waits],
        gate.wait(BOT, 99_000, 10.0),
        gate.wait(BOT, 200_001, 10.0),
    ) == (
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.2, 0.4, 0.6],
        0.0,
        0.0,
    )


async def test_a_line_of_more_than_five_seconds_is_a_flood(client: Client) -> None:
    client.state.gate._busy_until[BOT, 150_000] = client.state.clock.now() + 5
    content = picture()
    content += b"\0" * (150_000 - len(content))

    body = await uploaded(client, content)

    assert (body["error_code"], body["parameters"]) == (429, {"retry_after": 60})


async def test_a_file_is_found_and_downloaded(client: Client) -> None:
    found = await client.result("getFile", file_id=await file_id(client))

    async with client.session.get(f"{client.url}/file/bot{TOKEN}/{found['file_path']}") as response:
        content = await response.read()
    async with client.session.get(f"{client.url}/file/bot{TOKEN}/photos/nothing.jpg") as response:
        missing = response.status
    assert (len(content), missing) == (found["file_size"], 404)


async def test_a_file_is_downloaded_by_its_own_bot_for_an_hour(client: Client) -> None:
    await client.control("bots", token="77:AAother", username="other_bot")
    found = await client.result("getFile", file_id=await file_id(client))

    statuses = []
    for token, wait in ((TOKEN, 0), ("77:AAother", 0), (TOKEN, 3600)):
        await client.pass_time(wait)
        async with client.session.get(f"{client.url}/file/bot{token}/{found['file_path']}") as response:
            statuses.append(response.status)

    assert statuses == [200, 404, 404]


async def test_a_file_of_more_than_twenty_megabytes_is_not_given_out(client: Client) -> None:
    large = b"x" * (20 * 1024 * 1024 + 1)
    sent = await client.upload("sendDocument", {"document": ("a.pdf", large)}, chat_id=str(AN))

    refused = await client.refusal("getFile", file_id=sent["result"]["document"]["file_id"])

    assert refused == (400, "Bad Request: file is too big")


async def test_an_album_passes_the_gate_as_one_file(client: Client) -> None:
    first, second = picture() + b"\0" * 60_000, picture(color="blue") + b"\0" * 60_000
    media = [{"type": "photo", "media": "attach://a"}, {"type": "photo", "media": "attach://b"}]
    client.state.gate._busy_until[BOT, len(first) + len(second)] = client.state.clock.now() + 5

    files = {"a": ("a.jpg", first), "b": ("b.jpg", second)}
    body = await client.upload("sendMediaGroup", files, chat_id=str(AN), media=orjson.dumps(media).decode())

    assert (body["error_code"], body["parameters"]) == (429, {"retry_after": 60})


async def test_an_unknown_file_is_refused(client: Client) -> None:
    assert await client.refusal("getFile", file_id="AAAA") == (400, "Bad Request: invalid file_id")


async def test_a_person_sends_files_that_the_bot_fetches(client: Client) -> None:
    content = base64.b64encode(b"%PDF-1.7").decode()
    document = {"kind": "document", "name": "Công văn 12.pdf", "content": content, "album": "7"}

    await client.control("updates/file", chat=AN, sender=AN, caption="Nghỉ lễ", **document)
    photo = {"kind": "photo", "content": base64.b64encode(picture(1000, 500)).decode()}
    await client.control("updates/file", chat=AN, sender=AN, **photo)

    first, second = [each["message"] for each in await client.result("getUpdates")]
    found = await client.result("getFile", file_id=first["document"]["file_id"])
    async with client.session.get(f"{client.url}/file/bot{TOKEN}/{found['file_path']}") as response:
        fetched = await response.read()
    assert (first["caption"], first["media_group_id"]) == ("Nghỉ lễ", "7")
    assert (first["document"]["file_name"], first["document"]["file_size"]) == ("Công văn 12.pdf", 8)
    assert (found["file_path"].rpartition(".")[2], fetched) == ("pdf", b"%PDF-1.7")
    assert [size["width"] for size in second["photo"]] == [90, 320, 800, 1000]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "sticker"},
        {"content": "not base64!"},
        {"content": ""},
        {"caption": "x" * 1025},
        {"kind": "photo"},
        {"name": None},
        {"sender": BINH},
        {"unknown": 1},
    ],
)
async def test_what_no_person_can_send_is_refused(client: Client, wrong: dict[str, Any]) -> None:
    content = base64.b64encode(b"%PDF-1.7").decode()
    file = {"kind": "document", "name": "a.pdf", "content": content, "chat": AN, "sender": AN} | wrong
    file["from"] = file.pop("sender")

    async with client.session.post(f"{client.url}/_ctl/updates/file", json=file) as response:
        refused = response.status

    assert refused == 400
