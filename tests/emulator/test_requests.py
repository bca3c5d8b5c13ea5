"""Requests as they come, good ones and rubbish: read as the Bot API server reads them, and never a 500."""

import asyncio
import io
import json
import random
from typing import Any
from urllib.parse import urlsplit

import pytest

from bot.emulator.telegram.api.methods import METHODS
from tests.emulator.client import AN, CHANNEL, FORUM, GROUP, SUPERGROUP, TOKEN, Client

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"
CUT_OFF = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nab'
EMPTY = "message text is empty"


@pytest.mark.parametrize("encoding", ["query", "form", "json", "multipart"])
async def test_arguments_arrive_in_every_encoding(client: Client, encoding: str) -> None:
    arguments = {"chat_id": str(AN), "text": "Xin chào & <b>tạm biệt</b> +1", "parse_mode": "HTML"}
    url = f"{client.url}/bot{TOKEN}/SENDMessage"
    body: Any = {
        "query": {"params": arguments},
        "form": {"data": arguments},
        "json": {"json": arguments},
    }.get(encoding)
    if body is None:
        sent = (await client.upload("sendMessage", {}, **arguments))["result"]
    else:
        async with client.session.post(url, **body) as response:
            sent = (await response.json())["result"]

    assert (sent["text"], sent["entities"][0]["offset"]) == ("Xin chào & tạm biệt +1", 11)


@pytest.mark.parametrize(
    ("body", "kind", "refusal"),
    [
        (b"text=%ff", FORM, "strings must be encoded in UTF-8"),
        (b'{"text":"\xff"}', "application/json", "strings must be encoded in UTF-8"),
        (b'{"text":"\\ud800"}', "application/json", "strings must be encoded in UTF-8"),
        (b"x", "multipart/form-data", "boundary not found"),
        (b"x", MULTIPART, "can't parse multipart form data"),
        (
            b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nab',
            MULTIPART,
            "can't parse multipart form data",
        ),
        (b"--x\r\nContent-Disposition\r\n\r\nab\r\n--x--\r\n", MULTIPART, "can't parse form data headers"),
        (b"--x\r\n\r\nab\r\n--x--\r\n", MULTIPART, "field name in multipart/form-data not found"),
    ],
)
async def test_a_request_that_cannot_be_read_is_refused(
    client: Client, body: bytes, kind: str, refusal: str
) -> None:
    answer = await post(client, body, kind)

    assert (answer["error_code"], answer["description"]) == (400, f"Bad Request: {refusal}")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"null", "application/json"),
        (b"\xef\xbb\xbf{}", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b'{"text":NaN}', "application/json"),
        (b'{"text" "x"}', "application/json"),
        (b"text=x", "text/plain"),
        (b"<a/>", "application/xml"),
    ],
)
async def test_a_body_of_no_use_is_passed_over_and_noted(client: Client, body: bytes, kind: str) -> None:
    answer = await post(client, body, kind)

    noted = len((await client.look("metrics"))["lint"])
    assert (answer["description"], noted) == (f"Bad Request: {EMPTY}", 1)


async def test_a_broken_body_counts_as_far_as_it_can_be_read(client: Client) -> None:
    depth = b"[" * 500 + b"]" * 500
    body = b'{"chat_id":%d,"text":"x","reply_markup":%s,"disable_notification":true}' % (AN, depth)

    answer = await post(client, body, "application/json")

    [kept] = await client.look("outbox", chat=AN)
    assert (answer["ok"], kept["reply_markup"], kept["silent"]) == (True, None, False)


async def test_of_two_arguments_of_one_name_the_first_counts_and_the_address_comes_first(
    client: Client,
) -> None:
    url = f"{client.url}/bot{TOKEN}/sendMessage?text=a"
    async with client.session.post(
        url, data=f"chat_id={AN}&chat_id=7&text=b".encode(), headers={"Content-Type": FORM}
    ) as r:
        answer = await r.json()

    assert (answer["result"]["chat"]["id"], answer["result"]["text"]) == (AN, "a")


@pytest.mark.parametrize("chat_id", ["١٠١", "1_0_1", " 101", 101.0, True, [101], 10**30, "-" + "9" * 5000])
async def test_what_is_no_number_names_no_chat(client: Client, chat_id: Any) -> None:
    refused = await client.refusal("sendMessage", chat_id=chat_id, text="x")

    assert refused == (400, "Bad Request: chat not found")


@pytest.mark.parametrize(
    ("written", "silent"),
    [(True, True), ("TRUE", True), ("yes", True), (1, True), (False, False), ("0", False), ("on", False)],
)
async def test_a_flag_is_true_in_three_words(client: Client, written: Any, *, silent: bool) -> None:
    await client.result("sendMessage", chat_id=AN, text="x", disable_notification=written)

    assert (await client.look("outbox", chat=AN))[0]["silent"] is silent


async def test_null_is_a_word_like_any_other(client: Client) -> None:
    assert (await client.result("sendMessage", chat_id=AN, text=None))["text"] == "null"


@pytest.mark.parametrize("verb", ["PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_only_get_and_post_are_understood(client: Client, verb: str) -> None:
    async with client.session.request(verb, f"{client.url}/bot{TOKEN}/getMe") as response:
        answer = await response.json()

    assert (answer["error_code"], answer["description"]) == (501, "Not Implemented")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (f"bot{TOKEN}", 404),
        ("bot", 404),
        (f"bot{TOKEN}/getMe/x", 404),
        (f"bot{TOKEN}/getMe%ff", 404),
        ("bot%ff/getMe", 401),
        (f"file/bot{TOKEN}/photos/.jpg", 404),
        (f"file/bot{TOKEN}/", 404),
    ],
)
async def test_an_address_that_leads_nowhere_is_answered_in_json(
    client: Client, path: str, code: int
) -> None:
    raw = await sent_raw(client, f"GET /{path} HTTP/1.0\r\n\r\n".encode())
    answer = json.loads(raw.rpartition(b"\r\n")[2])

    assert (answer["ok"], answer["error_code"]) == (False, code)


async def test_a_compressed_body_that_is_none_is_refused(client: Client) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    async with client.session.post(
        f"{client.url}/bot{TOKEN}/getMe", data=b"xxx", headers=headers
    ) as response:
        answer = await response.json()

    assert (answer["ok"], answer["error_code"]) == (False, 400)


async def test_a_body_beyond_fifty_megabytes_is_too_large(client: Client) -> None:
    url = f"{client.url}/bot{TOKEN}/sendMessage"
    async with client.session.post(url, data=io.BytesIO(b"x" * (50 * 1024 * 1024 + 1))) as response:
        answer = await response.json()

    assert answer == {"ok": False, "error_code": 413, "description": "Request Entity Too Large"}


@pytest.mark.parametrize("kind", ["application/json", FORM, MULTIPART])
async def test_more_than_a_megabyte_of_arguments_is_too_large(client: Client, kind: str) -> None:
    text = b"x" * (1 << 20)
    bodies = {
        "application/json": b'{"text":"' + text + b'"}',
        FORM: b"text=" + text,
        MULTIPART: CUT_OFF + text + b"\r\n--x--\r\n",
    }

    assert (await post(client, bodies[kind], kind))["error_code"] == 413


async def test_a_body_that_only_promises_to_be_too_large_is_refused_at_once(client: Client) -> None:
    head = f"POST /bot{TOKEN}/getMe HTTP/1.0\r\nContent-Length: 60000000\r\n\r\n"

    assert b"413" in (await sent_raw(client, head.encode())).partition(b"\r\n")[0]


RUBBISH: tuple[Any, ...] = (
    "",
    "null",
    "[]",
    "{}",
    "[[]]",
    "[null]",
    "[{}]",
    '{"type":[]}',
    '[{"type":{},"id":"1","offset":0,"length":1}]',
    '[{"type":"bold","offset":9999999999999,"length":1}]',
    '{"inline_keyboard":[[{"text":"x","callback_data":{}}]]}',
    '{"inline_keyboard":[[{"text":{},"url":5}]]}',
    '{"keyboard":[["x"],[5]]}',
    '{"message_id":true}',
    '{"type":"chat","chat_id":{}}',
    '{"type":"photo","media":"x"}',
    '[{"type":"photo","media":"x"},{"type":"photo","media":["y"]}]',
    '[{"command":"a","description":"b"}]',
    "-1",
    "99999999999999999999",
    "1.5",
    "true",
    "http://[::1",
    "https://x:99999/",
    "https://[x]/",
    "ftp://x.vn",
    "x.",
    "..",
    "attach://",
    "attach://x",
    "@kenh_tin",
    "HTML",
    "<b>",
    "đ" * 5000,
    None,
    [1],
    {"a": [{}]},
    5,
    True,
)


@pytest.mark.parametrize("seed", range(4))
async def test_no_rubbish_breaks_a_method(client: Client, seed: int) -> None:
    client.state.limits.change({"enforce": False, "fetch_seconds": 0.1})
    await client.result("sendMessage", chat_id=AN, text="x")
    chance = random.Random(seed)
    methods = [method for name, method in METHODS.items() if name not in {"logout", "leavechat"}]
    for _ in range(400):
        method = chance.choice(methods)
        arguments = {name: chance.choice(RUBBISH) for name in method.parameters if chance.random() < 0.5}
        if "chat_id" in method.parameters and chance.random() < 0.8:
            arguments["chat_id"] = chance.choice((AN, GROUP, SUPERGROUP, FORUM, CHANNEL))
        if "message_id" in method.parameters and chance.random() < 0.5:
            arguments["message_id"] = 1
        arguments.pop("timeout", None)

        answer = await client.call(method.name, **arguments)

        assert answer.get("error_code") in {None, 400, 401, 403, 409, 429, 501}, (method.name, arguments)


async def post(client: Client, body: bytes, kind: str, query: str = "") -> Any:
    url = f"{client.url}/bot{TOKEN}/sendMessage{query}"
    async with client.session.post(url, data=io.BytesIO(body), headers={"Content-Type": kind}) as response:
        return await response.json()


async def sent_raw(client: Client, request: bytes) -> bytes:
    address = urlsplit(client.url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(request)
    answer = await reader.read(10_000)
    writer.close()
    await writer.wait_closed()
    return answer
