"""Every refusal that a bot must handle, word for word, provoked by what provokes it at Telegram."""

from typing import Any

import pytest

from tests.emulator.client import AN, BINH, CHANNEL, FORUM, GROUP, OWNER, SUPERGROUP, TOKEN, Client

Steps = list[tuple[str, dict[str, Any]]]

Case = tuple[str, Steps, dict[str, Any], int, str]

UNUSABLE = "because users will not be able to use the button without knowing bot's username"
REFUSALS: list[Case] = [
    ("no chat", [], {"chat_id": ""}, 400, "Bad Request: chat_id is empty"),
    ("unknown person", [], {"chat_id": 777}, 400, "Bad Request: chat not found"),
    ("unknown name", [], {"chat_id": "@nobody_here"}, 400, "Bad Request: chat not found"),
    ("no number", [], {"chat_id": "abc"}, 400, "Bad Request: chat not found"),
    ("never started", [], {"chat_id": BINH}, 403, "Forbidden: bot can't initiate conversation with a user"),
    ("seen nowhere", [("users", {"id": 55})], {"chat_id": 55}, 400, "Bad Request: chat not found"),
    ("blocked", [("block", {"user": AN})], {"chat_id": AN}, 403, "Forbidden: bot was blocked by the user"),
    (
        "deactivated",
        [("users", {"id": AN, "deactivated": True})],
        {"chat_id": AN},
        403,
        "Forbidden: user is deactivated",
    ),
    (
        "another bot",
        [("bots", {"token": "77:xyz"})],
        {"chat_id": 77},
        403,
        "Forbidden: the bot can't send messages to the bot",
    ),
    (
        "kicked",
        [("kick", {"chat": GROUP})],
        {"chat_id": GROUP},
        403,
        "Forbidden: bot was kicked from the group chat",
    ),
    (
        "kicked",
        [("kick", {"chat": SUPERGROUP})],
        {"chat_id": SUPERGROUP},
        403,
        "Forbidden: bot was kicked from the supergroup chat",
    ),
    (
        "kicked",
        [("kick", {"chat": CHANNEL})],
        {"chat_id": "@kenh_tin"},
        403,
        "Forbidden: bot was kicked from the channel chat",
    ),
    (
        "left",
        [("kick", {"chat": GROUP, "status": "left"})],
        {"chat_id": GROUP},
        403,
        "Forbidden: bot is not a member of the group chat",
    ),
    (
        "left",
        [("kick", {"chat": SUPERGROUP, "status": "left"})],
        {"chat_id": SUPERGROUP},
        403,
        "Forbidden: bot is not a member of the supergroup chat",
    ),
    (
        "left",
        [("kick", {"chat": CHANNEL, "status": "left"})],
        {"chat_id": CHANNEL},
        403,
        "Forbidden: bot is not a member of the channel chat",
    ),
    (
        "deleted",
        [(f"chats/{GROUP}", {"deleted": True})],
        {"chat_id": GROUP},
        403,
        "Forbidden: the group chat was deleted",
    ),
    (
        "no right to post",
        [(f"chats/{CHANNEL}/members", {"bot": TOKEN, "status": "administrator", "rights": {}})],
        {"chat_id": CHANNEL},
        400,
        "Bad Request: need administrator rights in the channel chat",
    ),
    (
        "no texts",
        [(f"chats/{SUPERGROUP}", {"permissions": {"can_send_messages": False}})],
        {"chat_id": SUPERGROUP},
        400,
        "Bad Request: not enough rights to send text messages to the chat",
    ),
    (
        "nothing at all",
        [
            (
                f"chats/{SUPERGROUP}/members",
                {"bot": TOKEN, "status": "restricted", "rights": {"is_member": True}},
            )
        ],
        {"chat_id": SUPERGROUP},
        400,
        "Bad Request: have no write access to the chat",
    ),
    (
        "general topic by its number",
        [],
        {"chat_id": FORUM, "message_thread_id": 1},
        400,
        "Bad Request: message thread not found",
    ),
    (
        "unknown topic",
        [],
        {"chat_id": FORUM, "message_thread_id": 99},
        400,
        "Bad Request: message thread not found",
    ),
    (
        "topic outside a forum",
        [],
        {"chat_id": GROUP, "message_thread_id": 5},
        400,
        "Bad Request: message thread not found",
    ),
    (
        "closed general topic",
        [("topics/1", {"state": "closed", "chat": FORUM})],
        {"chat_id": FORUM},
        400,
        "Bad Request: TOPIC_CLOSED",
    ),
    (
        "reply to nothing",
        [],
        {"chat_id": AN, "reply_parameters": {"message_id": 9}},
        400,
        "Bad Request: message to be replied not found",
    ),
    (
        "text before chat",
        [],
        {"chat_id": 777, "text": "<p>", "parse_mode": "HTML"},
        400,
        'Bad Request: can\'t parse entities: Unsupported start tag "p" at byte offset 0',
    ),
    ("empty", [], {"chat_id": AN, "text": ""}, 400, "Bad Request: message text is empty"),
    ("blank", [], {"chat_id": AN, "text": "  "}, 400, "Bad Request: text must be non-empty"),
    ("long", [], {"chat_id": AN, "text": "x" * 4097}, 400, "Bad Request: message is too long"),
    ("longer", [], {"chat_id": AN, "text": "x" * 33000}, 400, "Bad Request: text is too long"),
    ("parse mode", [], {"chat_id": AN, "parse_mode": "BB"}, 400, "Bad Request: unsupported parse_mode"),
    (
        "paid without the feature is free",
        [("limits", {"global_count": 0})],
        {"chat_id": AN, "allow_paid_broadcast": True},
        429,
        "Too Many Requests: retry after 1",
    ),
]


@pytest.mark.parametrize("case", REFUSALS, ids=lambda case: f"{case[0]}: {case[4]}")
async def test_a_message_is_refused_in_telegrams_words(client: Client, case: Case) -> None:
    _, steps, arguments, code, description = case
    for path, fields in steps:
        await client.control(path, fields)

    assert await client.refusal("sendMessage", **{"text": "x", **arguments}) == (code, description)


async def test_an_upgraded_group_tells_where_it_went(client: Client) -> None:
    new = (await client.control("migrate", chat=GROUP))["id"]

    body = await client.call("sendMessage", chat_id=GROUP, text="x")

    assert body == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new},
    }


async def test_a_closed_topic_is_open_to_whoever_manages_topics(client: Client) -> None:
    topic = (await client.control("topics", chat=FORUM, name="Tin"))["id"]
    await client.control(f"topics/{topic}", state="closed", chat=FORUM)
    refused = await client.refusal("sendMessage", chat_id=FORUM, message_thread_id=topic, text="x")
    await client.control(
        f"chats/{FORUM}/members", bot=TOKEN, status="administrator", rights={"can_manage_topics": True}
    )

    sent = await client.result("sendMessage", chat_id=FORUM, message_thread_id=topic, text="x")

    assert (refused, sent["message_thread_id"]) == ((400, "Bad Request: TOPIC_CLOSED"), topic)


async def test_a_deleted_topic_is_not_found(client: Client) -> None:
    topic = (await client.control("topics", chat=FORUM, name="Tin"))["id"]
    await client.control(f"topics/{topic}", state="deleted", chat=FORUM)

    refused = await client.refusal("sendMessage", chat_id=FORUM, message_thread_id=topic, text="x")

    assert refused == (400, "Bad Request: message thread not found")


@pytest.mark.parametrize(
    ("token", "method", "code", "description"),
    [
        ("4242:AAwrong", "getMe", 401, "Unauthorized"),
        ("77:AAunknown", "getMe", 401, "Unauthorized"),
        ("nonsense", "getMe", 401, "Unauthorized: invalid token specified"),
        ("0:x", "getMe", 401, "Unauthorized: invalid token specified"),
        (TOKEN, "fly", 404, "Not Found: method not found"),
        (TOKEN, "", 404, "Not Found"),
        (TOKEN, "sendVideo", 501, "Not Implemented: the emulator does not know sendvideo"),
    ],
)
async def test_wrong_tokens_and_methods_are_refused(
    client: Client, token: str, method: str, code: int, description: str
) -> None:
    body = await client.call(method, token=token)

    assert body == {"ok": False, "error_code": code, "description": description}


async def test_too_many_requests_say_when_to_come_back_in_body_and_header(client: Client) -> None:
    for _ in range(3):
        await client.result("sendMessage", chat_id=AN, text="x")

    async with client.session.post(
        f"{client.url}/bot{TOKEN}/sendMessage", json={"chat_id": AN, "text": "x"}
    ) as r:
        body, header, status = await r.json(), r.headers["Retry-After"], r.status

    assert (status, header, body) == (
        429,
        "3",
        {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 3",
            "parameters": {"retry_after": 3},
        },
    )


async def test_a_minute_passes_in_no_time(client: Client) -> None:
    await client.control("limits", group_count=1)
    await client.result("sendMessage", chat_id=GROUP, text="x")
    refused = await client.refusal("sendMessage", chat_id=GROUP, text="x")
    await client.pass_time(60)

    await client.result("sendMessage", chat_id=GROUP, text="x")

    metrics = await client.look("metrics")
    assert (refused[0], metrics["sent"], metrics["refused_429"], metrics["violations"]) == (429, 2, 1, 1)


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        ("{", "can't parse reply keyboard markup JSON object"),
        ([], "object expected as reply markup"),
        (
            {"inline_keyboard": [1]},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (
            {"inline_keyboard": [[{"text": "x"}]]},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "đ" * 33}]]}, "BUTTON_DATA_INVALID"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": ""}]]}, "BUTTON_DATA_INVALID"),
        ({"inline_keyboard": [[{"text": "x", "url": "https://a..b/"}]]}, "BUTTON_URL_INVALID"),
        (
            {"inline_keyboard": [[{"text": "x", "url": "ftp://a.vn"}]]},
            "inline keyboard button URL 'ftp://a.vn' is invalid: Unsupported URL protocol",
        ),
        (
            {"inline_keyboard": [[{"text": "x", "url": "http://localhost/x"}]]},
            "inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL",
        ),
        (
            {"inline_keyboard": [[{"text": "x", "callback_data": str(n)}] for n in range(101)]},
            "reply markup is too long",
        ),
        ({"inline_keyboard": [[{"text": "x" * 11_000, "callback_data": "x"}]]}, "reply markup is too long"),
    ],
)
async def test_a_broken_keyboard_is_refused(client: Client, markup: Any, refusal: str) -> None:
    refused = await client.refusal("sendMessage", chat_id=AN, text="x", reply_markup=markup)

    assert refused == (400, f"Bad Request: {refusal}")


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        ({"keyboard": [["x"]]}, "inline keyboard expected"),
        ({"remove_keyboard": True}, "inline keyboard expected"),
        (
            {"inline_keyboard": [[{"text": "x", "switch_inline_query_current_chat": ""}]]},
            f"can't use switch_inline_query_current_chat button in a channel chat, {UNUSABLE}",
        ),
    ],
)
async def test_a_channel_takes_no_keyboard_that_nobody_there_could_use(
    client: Client, markup: Any, refusal: str
) -> None:
    refused = await client.refusal("sendMessage", chat_id=CHANNEL, text="x", reply_markup=markup)

    assert refused == (400, f"Bad Request: {refusal}")


async def test_only_eight_buttons_of_a_row_are_shown(client: Client) -> None:
    row = [{"text": str(n), "callback_data": str(n)} for n in range(10)]

    sent = await client.result("sendMessage", chat_id=AN, text="x", reply_markup={"inline_keyboard": [row]})

    assert sent["reply_markup"] == {"inline_keyboard": [row[:8]]}


async def test_unknown_parameters_are_ignored_and_noted(client: Client) -> None:
    await client.result("sendMessage", chat_id=AN, text="x", colour="red")

    assert (await client.look("metrics"))["lint"] == ["sendMessage: unknown parameter colour"]


async def test_an_unknown_action_is_refused(client: Client) -> None:
    refused = await client.refusal("sendChatAction", chat_id=AN, action="sleeping")

    assert refused == (400, "Bad Request: wrong parameter action in request")


async def test_members_of_a_chat_are_told_apart(client: Client) -> None:
    statuses = [
        (await client.result("getChatMember", chat_id=CHANNEL, user_id=person))["status"]
        for person in (OWNER, 4242, AN)
    ]

    assert statuses == ["creator", "administrator", "left"]
