from contextlib import suppress
from typing import Any

import aiohttp
import pytest

from tests.emulator.zalo.client import TOKEN, ZaloClient


@pytest.mark.parametrize(
    ("token", "method", "refusal"),
    [
        ("987654321", "getMe", (404, "Not Found")),
        (f"{TOKEN}%0A", "getMe", (404, "Not Found")),
        (f"{TOKEN}%20", "getMe", (404, "Not Found")),
        ("987654321:another", "getMe", (401, "Unauthorized")),
        (TOKEN, "getme", (404, "Not Found")),
        (TOKEN, "sendVideo", (404, "Not Found")),
        (TOKEN, "editMessageText", (404, "Not Found")),
        (TOKEN, "deleteMessage", (404, "Not Found")),
    ],
)
async def test_what_is_not_known_is_refused(
    zalo: ZaloClient, token: str, method: str, refusal: tuple[int, str]
) -> None:
    assert await zalo.refusal(method, token=token) == refusal


async def test_an_unknown_method_may_be_a_bad_request(zalo: ZaloClient) -> None:
    await zalo.control("knobs", unknown_method="bad_request")

    assert await zalo.refusal("getme") == (400, "Bad request - invalid API name")


async def test_an_error_comes_with_status_200_or_with_its_own(zalo: ZaloClient) -> None:
    always, body = await zalo.answer("sendChatAction", chat_id="?", action="typing")
    await zalo.control("knobs", status_style="code")
    own, same = await zalo.answer("sendChatAction", chat_id="?", action="typing")

    assert (always, own, body) == (200, 410, same)
    assert body == {"ok": False, "error_code": 410, "description": "The chat_id is invaild"}


async def test_a_bot_is_described_and_a_success_carries_a_code(zalo: ZaloClient) -> None:
    _, body = await zalo.answer("getMe")

    about = body["result"]
    assert (len(about["id"]), body["error_code"]) == (19, 0)
    assert about["account_name"].startswith("bot.")
    assert (about["account_type"], about["can_join_groups"]) == ("BASIC", True)


@pytest.mark.parametrize("how", ["query", "form", "json", "multipart"])
async def test_arguments_come_in_every_form(zalo: ZaloClient, how: str) -> None:
    chat = await zalo.says("/start")
    given = {"chat_id": chat, "text": "Chào"}
    form = aiohttp.FormData(given)
    if how == "multipart":
        form.add_field("file", b"x", filename="x")
    body: dict[str, dict[str, Any]] = {
        "query": {"params": given},
        "form": {"data": form},
        "json": {"json": given},
    }

    async with zalo.session.post(
        f"{zalo.url}/bot{TOKEN}/sendMessage", **body.get(how, {"data": form})
    ) as answer:
        assert (await answer.json())["ok"]

    assert [each["text"] for each in (await zalo.look("chat", person="an"))["messages"]] == ["/start", "Chào"]


async def test_quoted_json_in_a_form_is_another_chat(zalo: ZaloClient) -> None:
    chat = await zalo.says("/start")

    async with zalo.session.post(
        f"{zalo.url}/bot{TOKEN}/sendMessage", data={"chat_id": f'"{chat}"', "text": "Chào"}
    ) as answer:
        assert (await answer.json())["error_code"] == 410


async def test_a_page_of_nginx_comes_in_an_outage(zalo: ZaloClient) -> None:
    await zalo.control("faults", method="getUpdates", html=True, times=1)

    async with zalo.session.post(f"{zalo.url}/bot{TOKEN}/getUpdates") as answer:
        page = await answer.text()

    assert (answer.status, "502 Bad Gateway" in page) == (502, True)
    assert (await zalo.result("getMe"))["account_type"] == "BASIC"


@pytest.mark.parametrize(
    ("fault", "arrives"),
    [
        ({"drop": "before"}, False),
        ({"drop": "after"}, True),
        ({"code": 408, "description": "Request timeout"}, False),
        ({"code": 408, "description": "Request timeout", "accepted": True}, True),
        ({"html": True, "status": 504, "accepted": True}, True),
        ({"delay": 0.01, "delay_answer": 0.01}, True),
    ],
)
async def test_a_message_may_be_accepted_and_its_answer_lost(
    zalo: ZaloClient, fault: dict[str, object], *, arrives: bool
) -> None:
    chat = await zalo.says("/start")
    await zalo.control("faults", method="sendMessage", chat=chat, **fault)

    with suppress(aiohttp.ClientConnectionError, aiohttp.ContentTypeError):
        await zalo.answer("sendMessage", chat_id=chat, text="Tin")

    assert ((await zalo.look("metrics"))["sent"] == 1) is arrives


async def test_a_fault_lets_some_through_and_is_cleared(zalo: ZaloClient) -> None:
    await zalo.control(
        "faults", method="getMe", after=1, times=5, code=403, description="Internal server error"
    )
    first = await zalo.result("getMe")
    refusal = await zalo.refusal("getMe")
    async with zalo.session.delete(f"{zalo.url.removesuffix('/zalo')}/_ctl/zalo/faults") as answer:
        assert await answer.json() == {"pending": 0}

    assert (refusal, await zalo.result("getMe")) == ((403, "Internal server error"), first)


@pytest.mark.parametrize(
    ("path", "fields", "says"),
    [
        ("knobs", {"volume": 11}, "no knob is called volume"),
        ("knobs", {"replay": 1}, "replay is true or false"),
        ("knobs", {"users": -1}, "users is a number"),
        ("knobs", {"status_style": "loud"}, "status_style is one of"),
        ("faults", {"colour": "red"}, "a fault has no colour"),
        ("faults", {"times": "often"}, "times is a number"),
        ("faults", {"drop": "never"}, "drop is before, after or null"),
        ("clock", {"advance": -1}, "advance is a number of seconds"),
        ("messages", {"person": "an", "bot": "unknown"}, "name one bot"),
        ("chat", {}, "405"),
    ],
)
async def test_what_the_control_cannot_do_is_said(
    zalo: ZaloClient, path: str, fields: dict[str, object], says: str
) -> None:
    address = f"{zalo.url.removesuffix('/zalo')}/_ctl/zalo/{path}"
    async with zalo.session.post(address, json=fields) as answer:
        told = await answer.text()

    assert (answer.status >= 400, says in told) == (True, True)


async def test_everything_can_be_forgotten(zalo: ZaloClient) -> None:
    await zalo.says("/start")
    await zalo.control("reset")

    assert await zalo.refusal("getMe") == (401, "Unauthorized")
