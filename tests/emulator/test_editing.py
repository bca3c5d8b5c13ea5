import orjson
import pytest

from tests.emulator.client import AN, CHANNEL, FORUM, GROUP, SUPERGROUP, TOKEN, Client, picture

KEYBOARD = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)


async def text(client: Client, chat: int = AN) -> dict[str, int]:
    sent = await client.result("sendMessage", chat_id=chat, text="alt", reply_markup=KEYBOARD)
    await client.pass_time(100)
    return {"chat_id": chat, "message_id": sent["message_id"]}


async def photo(client: Client) -> dict[str, int]:
    sent = await client.upload("sendPhoto", {"photo": ("a.jpg", picture())}, chat_id=str(AN), caption="alt")
    await client.pass_time(100)
    return {"chat_id": AN, "message_id": sent["result"]["message_id"]}


async def test_an_edit_without_a_keyboard_takes_it_away(client: Client) -> None:
    edited = await client.result("editMessageText", **await text(client), text="neu")

    [kept] = await client.look("outbox", chat=AN)
    assert (edited["text"], "reply_markup" in edited, edited["edit_date"], kept["edited"], kept["text"]) == (
        "neu",
        False,
        client.state.date(),
        True,
        "neu",
    )


async def test_an_edit_that_changes_nothing_is_refused(client: Client) -> None:
    which = await text(client)

    refused = await client.refusal("editMessageText", **which, text="alt", reply_markup=KEYBOARD)

    assert refused == (400, NOT_MODIFIED)


async def test_a_caption_and_a_keyboard_are_edited(client: Client) -> None:
    which = await photo(client)

    caption = await client.result("editMessageCaption", **which, caption="neu")
    markup = await client.result("editMessageReplyMarkup", **which, reply_markup=KEYBOARD)

    assert (caption["caption"], markup["reply_markup"]) == ("neu", KEYBOARD)


async def test_a_message_whose_buttons_alone_change_does_not_count_as_edited(client: Client) -> None:
    which = await photo(client)

    markup = await client.result("editMessageReplyMarkup", **which, reply_markup=KEYBOARD)

    assert "edit_date" not in markup


async def test_a_photo_replaces_another_and_even_a_text(client: Client) -> None:
    which = {name: str(value) for name, value in (await text(client)).items()}
    media = orjson.dumps({"type": "photo", "media": "attach://new", "caption": "neu"}).decode()

    body = await client.upload("editMessageMedia", {"new": ("b.jpg", picture(90, 90))}, **which, media=media)

    assert (body["result"]["photo"][-1]["width"], body["result"]["caption"]) == (90, "neu")


async def test_a_text_has_no_caption_and_a_photo_no_text(client: Client) -> None:
    refused = [
        await client.refusal("editMessageCaption", **await text(client), caption="x"),
        await client.refusal("editMessageText", **await photo(client), text="x"),
    ]

    assert refused == [
        (400, "Bad Request: there is no caption in the message to edit"),
        (400, "Bad Request: there is no text in the message to edit"),
    ]


async def test_only_own_messages_that_exist_are_edited(client: Client) -> None:
    spoken = (await client.say("hallo"))["message_id"]

    refused = [
        await client.refusal("editMessageText", chat_id=AN, message_id=spoken, text="x"),
        await client.refusal("editMessageText", chat_id=AN, message_id=99, text="x"),
        await client.refusal("editMessageText", text="x"),
    ]

    assert refused == [
        (400, "Bad Request: message can't be edited"),
        (400, "Bad Request: message to edit not found"),
        (400, "Bad Request: message identifier is not specified"),
    ]


async def test_a_new_photo_needs_a_caption_of_the_usual_length(client: Client) -> None:
    which = await photo(client)
    known = (await client.look("outbox", chat=AN))[0]["photo"]["file_id"]
    media = {"type": "photo", "media": known, "caption": "đ" * 1025}

    refused = await client.refusal("editMessageMedia", **which, media=media)

    assert refused == (400, "Bad Request: message caption is too long")


async def test_the_same_photo_with_the_same_caption_is_no_change(client: Client) -> None:
    which = await photo(client)
    known = (await client.look("outbox", chat=AN))[0]["photo"]["file_id"]

    media = {"type": "photo", "media": known, "caption": "alt"}
    refused = await client.refusal("editMessageMedia", **which, media=media)

    assert refused == (400, NOT_MODIFIED)


async def test_how_a_photo_is_shown_is_edited_with_its_caption(client: Client) -> None:
    which = await photo(client)

    above = await client.result("editMessageCaption", **which, caption="neu", show_caption_above_media=True)
    below = await client.result("editMessageCaption", **which, caption="neu")

    assert ("show_caption_above_media" in above, "show_caption_above_media" in below) == (True, False)


async def test_a_forwarded_message_is_not_edited(client: Client) -> None:
    which = await text(client)
    forwarded = await client.result(
        "forwardMessage", chat_id=AN, from_chat_id=AN, message_id=which["message_id"]
    )
    mine = {"chat_id": AN, "message_id": forwarded["message_id"]}

    refused = await client.refusal("editMessageText", **mine, text="x")

    assert refused == (400, "Bad Request: message can't be edited")


async def test_a_post_is_edited_and_deleted_only_with_a_right(client: Client) -> None:
    which = await text(client, CHANNEL)
    await client.control(f"chats/{CHANNEL}/members", bot=TOKEN, status="administrator", rights={})

    refused = [
        await client.refusal("editMessageText", **which, text="x"),
        await client.refusal("deleteMessage", **which),
    ]

    assert refused == [
        (400, "Bad Request: message can't be edited"),
        (400, "Bad Request: message can't be deleted"),
    ]


async def test_an_edit_takes_only_an_inline_keyboard(client: Client) -> None:
    which = await text(client)

    refused = await client.refusal("editMessageText", **which, text="x", reply_markup={"keyboard": [["a"]]})

    assert refused == (400, "Bad Request: inline keyboard expected")


async def test_a_photo_of_an_album_stays_a_photo(client: Client) -> None:
    media = [
        {"type": "photo", "media": "attach://a", "has_spoiler": True},
        {"type": "photo", "media": "attach://b"},
    ]
    files = {"a": ("a.jpg", picture()), "b": ("b.jpg", picture(color="blue"))}
    body = await client.upload("sendMediaGroup", files, chat_id=str(AN), media=orjson.dumps(media).decode())
    first = body["result"][0]
    document = await client.upload("sendDocument", {"document": ("a.pdf", b"%PDF")}, chat_id=str(AN))
    new = {"type": "document", "media": document["result"]["document"]["file_id"]}
    await client.pass_time(100)

    refused = await client.refusal("editMessageMedia", chat_id=AN, message_id=first["message_id"], media=new)

    assert (first["has_media_spoiler"], "has_media_spoiler" in body["result"][1], refused) == (
        True,
        False,
        (400, "Bad Request: can't change media type in the album"),
    )


async def test_the_message_that_announces_a_topic_is_not_deleted(client: Client) -> None:
    topic = (await client.control("topics", chat=FORUM, name="Tin"))["id"]
    await client.control(f"chats/{FORUM}/members", bot=TOKEN, status="administrator")

    refused = await client.refusal("deleteMessage", chat_id=FORUM, message_id=topic)

    assert refused == (400, "Bad Request: message can't be deleted")


async def test_twenty_edits_a_minute_are_enough_for_a_group(client: Client) -> None:
    which = await text(client, GROUP)
    await client.control("limits", edit_count=1)
    await client.result("editMessageText", **which, text="a")

    assert (await client.refusal("editMessageText", **which, text="b"))[0] == 429


async def test_a_message_is_deleted_once_and_within_two_days(client: Client) -> None:
    first, second = await text(client), await text(client)
    deleted = await client.result("deleteMessage", **first)
    again = await client.refusal("deleteMessage", **first)
    await client.pass_time(48 * 3600)

    late = await client.refusal("deleteMessage", **second)

    assert (deleted, again, late) == (
        True,
        (400, "Bad Request: message to delete not found"),
        (400, "Bad Request: message can't be deleted for everyone"),
    )


async def test_what_others_wrote_is_deleted_only_with_the_right_to(client: Client) -> None:
    spoken = (await client.say("hallo", chat=SUPERGROUP))["message_id"]
    refused = await client.refusal("deleteMessage", chat_id=SUPERGROUP, message_id=spoken)
    await client.control(f"chats/{SUPERGROUP}/members", bot=TOKEN, status="administrator")

    deleted = await client.result("deleteMessages", chat_id=SUPERGROUP, message_ids=[spoken, 98, 99])

    assert (refused, deleted) == ((400, "Bad Request: message can't be deleted"), True)


@pytest.mark.parametrize(
    ("ids", "refusal"),
    [
        (None, "message identifiers are not specified"),
        ([], "message identifiers are not specified"),
        ("x", "can't parse message identifiers JSON object"),
        (list(range(101)), "too many message identifiers specified"),
    ],
)
async def test_a_broken_list_of_messages_is_refused(client: Client, ids: object, refusal: str) -> None:
    arguments = {} if ids is None else {"message_ids": ids}

    assert await client.refusal("deleteMessages", chat_id=AN, **arguments) == (400, f"Bad Request: {refusal}")


async def test_a_message_is_pinned_where_the_bot_may(client: Client) -> None:
    which, in_group = await text(client), await text(client, SUPERGROUP)

    pinned = await client.result("pinChatMessage", **which)
    refused = await client.refusal("pinChatMessage", **in_group)

    chat = await client.result("getChat", chat_id=AN)
    assert (pinned, chat["pinned_message"]["text"], refused) == (
        True,
        "alt",
        (400, "Bad Request: not enough rights to manage pinned messages in the chat"),
    )
