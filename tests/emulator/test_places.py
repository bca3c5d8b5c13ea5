"""Chats, topics, keyboards and pins: what is rarely used and must be right all the same."""

from typing import Any

import pytest

from tests.emulator.client import AN, BOT, CHANNEL, FORUM, GROUP, OWNER, SUPERGROUP, TOKEN, Client


async def administrate(client: Client, chat: int, *rights: str) -> None:
    given = dict.fromkeys(rights, True)
    await client.control(f"chats/{chat}/members", bot=TOKEN, status="administrator", rights=given)


async def test_a_topic_is_closed_reopened_and_deleted_once_each(client: Client) -> None:
    await administrate(client, FORUM, "can_manage_topics")
    topic = (await client.result("createForumTopic", chat_id=FORUM, name="Tin"))["message_thread_id"]
    which = {"chat_id": FORUM, "message_thread_id": topic}

    outcomes = [
        (await client.call(method, **which)).get("description", True)
        for method in (
            "closeForumTopic",
            "closeForumTopic",
            "reopenForumTopic",
            "reopenForumTopic",
            "deleteForumTopic",
            "deleteForumTopic",
        )
    ]

    again = "Bad Request: TOPIC_NOT_MODIFIED"
    assert outcomes == [True, again, True, again, True, "Bad Request: message thread not found"]


@pytest.mark.parametrize(
    ("chat", "rights", "name", "refusal"),
    [
        (SUPERGROUP, ["can_manage_topics"], "x", "the chat is not a forum"),
        (FORUM, [], "x", "not enough rights to create a topic"),
        (FORUM, ["can_manage_topics"], " ", "TOPIC_TITLE_EMPTY"),
        (FORUM, ["can_manage_topics"], "x" * 129, "TOPIC_TITLE_TOO_LONG"),
    ],
)
async def test_a_topic_is_not_made_of_anything(
    client: Client, chat: int, rights: list[str], name: str, refusal: str
) -> None:
    await administrate(client, chat, *rights)

    assert await client.refusal("createForumTopic", chat_id=chat, name=name) == (
        400,
        f"Bad Request: {refusal}",
    )


@pytest.mark.parametrize(
    "markup",
    [
        {"keyboard": [["Có", {"text": "Không"}]], "resize_keyboard": True},
        {"remove_keyboard": True},
        {"force_reply": True},
        {"inline_keyboard": []},
        {},
    ],
)
async def test_only_an_inline_keyboard_stays_on_a_message(client: Client, markup: dict[str, Any]) -> None:
    sent = await client.result("sendMessage", chat_id=AN, text="x", reply_markup=markup)

    assert "reply_markup" not in sent


@pytest.mark.parametrize(
    ("markup", "code", "refusal"),
    [
        ({"keyboard": 5}, 400, 'Bad Request: field "keyboard" must be of type Array'),
        ({"keyboard": [5]}, 400, 'Bad Request: field "keyboard" must be an Array of Arrays'),
        ({"keyboard": [[5]]}, 400, "Bad Request: can't parse keyboard button: Object expected"),
        ({"keyboard": [[{"text": " "}]]}, 400, "Bad Request: keyboard button text must be non-empty"),
        (
            {"inline_keyboard": [[{"url": "x.vn"}]]},
            400,
            "Bad Request: can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            {"inline_keyboard": [[{"text": 5}]]},
            400,
            'Bad Request: can\'t parse inline keyboard button: Field "text" must be of type String',
        ),
        (
            {"inline_keyboard": [[{"text": "x", "url": 5}]]},
            400,
            'Bad Request: can\'t parse inline keyboard button: Field "url" must be of type String',
        ),
        (
            {"inline_keyboard": [[{"text": "x", "callback_data": 5}]]},
            400,
            (
                "Bad Request: can't parse inline keyboard button: "
                'Field "callback_data" must be of type String'
            ),
        ),
        (
            {"inline_keyboard": [[{"text": "x", "callback_data": "x", "url": "x.vn"}]]},
            400,
            (
                "Bad Request: can't parse inline keyboard button: "
                "exactly one of the optional fields must be used"
            ),
        ),
        (
            {"inline_keyboard": [[{"text": "x", "callback_data": "x", "style": "pink"}]]},
            400,
            "Bad Request: can't parse inline keyboard button: invalid button style specified",
        ),
        (
            {"inline_keyboard": [[{"text": "x", "pay": True}]]},
            501,
            "Not Implemented: the emulator knows no pay buttons",
        ),
    ],
)
async def test_wrong_buttons_are_refused(client: Client, markup: Any, code: int, refusal: str) -> None:
    assert await client.refusal("sendMessage", chat_id=AN, text="x", reply_markup=markup) == (code, refusal)


async def test_buttons_come_back_as_they_are_kept(client: Client) -> None:
    row = [{"text": "a", "url": "x.vn"}, {"text": "b", "callback_data": "b", "style": "primary"}]

    sent = await client.result("sendMessage", chat_id=AN, text="x", reply_markup={"inline_keyboard": [row]})

    assert sent["reply_markup"]["inline_keyboard"] == [[{"text": "a", "url": "http://x.vn/"}, row[1]]]


async def test_a_pin_is_taken_off(client: Client) -> None:
    sent = await client.result("sendMessage", chat_id=AN, text="x")
    await client.result("pinChatMessage", chat_id=AN, message_id=sent["message_id"])

    unpinned = await client.result("unpinChatMessage", chat_id=AN)

    refused = await client.refusal("unpinChatMessage", chat_id=AN)
    assert (unpinned, refused) == (True, (400, "Bad Request: message to unpin not found"))


@pytest.mark.parametrize(
    ("method", "arguments", "refusal"),
    [
        ("getChatMember", {"chat_id": GROUP}, "invalid user_id specified"),
        ("getChatMember", {"chat_id": GROUP, "user_id": 777}, "user not found"),
        ("getChatMember", {"chat_id": AN, "user_id": OWNER}, "user not found"),
        ("getChatAdministrators", {"chat_id": AN}, "there are no administrators in the private chat"),
        ("leaveChat", {"chat_id": AN}, "chat member status can't be changed in private chats"),
        ("getChat", {"chat_id": BOT}, "chat not found"),
        ("deleteMessage", {}, "chat identifier is not specified"),
        ("deleteMessage", {"chat_id": AN}, "message identifier is not specified"),
        ("getFile", {}, "file_id not specified"),
        ("pinChatMessage", {"chat_id": AN, "message_id": 9}, "message to pin not found"),
        ("setChatMenuButton", {"menu_button": 5}, "object expected as menu button"),
        ("editMessageMedia", {"chat_id": AN, "message_id": 1}, 'parameter "media" is required'),
        ("setMyCommands", {"commands": "[]", "scope": "5"}, "object expected as BotCommandScope"),
        (
            "setMyCommands",
            {"commands": "[]", "scope": '{"type":"chat_member","chat_id":101}'},
            "can't use specified scope in private chats",
        ),
    ],
)
async def test_what_makes_no_sense_is_refused(
    client: Client, method: str, arguments: dict[str, Any], refusal: str
) -> None:
    assert await client.refusal(method, **arguments) == (400, f"Bad Request: {refusal}")


async def test_in_a_private_chat_both_are_members(client: Client) -> None:
    member = await client.result("getChatMember", chat_id=AN, user_id=AN)
    count = await client.result("getChatMemberCount", chat_id=AN)

    assert (member["status"], count) == ("member", 2)


async def test_a_post_is_forwarded_from_its_channel_and_a_photo_copied_with_new_words(client: Client) -> None:
    post = await client.result("sendMessage", chat_id=CHANNEL, text="x")
    forwarded = await client.result(
        "forwardMessage", chat_id=AN, from_chat_id=CHANNEL, message_id=post["message_id"]
    )

    assert (forwarded["forward_origin"]["type"], forwarded["text"]) == ("channel", "x")


async def test_an_inline_query_is_answered(client: Client) -> None:
    query = await client.control("updates/inline", sender=AN, query="x")
    results = [{"type": "article", "id": "1", "title": "x", "input_message_content": {"message_text": "x"}}]

    assert await client.result("answerInlineQuery", inline_query_id=query["id"], results=results)


async def test_too_many_messages_under_way_to_one_chat_are_a_flood(client: Client) -> None:
    client.state.world.chats[GROUP].in_flight = 310

    body = await client.call("sendMessage", chat_id=GROUP, text="x")

    assert (body["error_code"], body["parameters"]) == (429, {"retry_after": 60})
