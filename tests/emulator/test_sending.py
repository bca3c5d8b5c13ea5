from typing import Any

import pytest

from tests.emulator.client import AN, BOT, CHANNEL, FORUM, GROUP, TOKEN, Client

KEYBOARD = {"inline_keyboard": [[{"text": "Đọc", "url": "https://x.vn/a"}]]}
ME = {"id": BOT, "is_bot": True, "first_name": "Bản Tin", "username": "tin_bot"}


async def test_a_message_to_a_person_is_returned_and_stands_in_the_outbox(client: Client) -> None:
    sent = await client.result(
        "sendMessage",
        chat_id=AN,
        text="<b>Tin</b>",
        parse_mode="HTML",
        reply_markup=KEYBOARD,
        disable_notification=True,
    )

    date = client.state.date()
    [kept] = await client.look("outbox", chat=AN)
    taken_at = kept.pop("taken_at")
    assert int(taken_at) == date
    assert sent == {
        "message_id": 1,
        "from": ME,
        "chat": {"id": AN, "first_name": "An", "type": "private"},
        "date": date,
        "text": "Tin",
        "entities": [{"type": "bold", "offset": 0, "length": 3}],
        "reply_markup": KEYBOARD,
    }
    assert kept == {
        "chat": AN,
        "thread": None,
        "message_id": 1,
        "date": date,
        "kind": "text",
        "from": ME,
        "text": "Tin",
        "entities": [{"type": "bold", "offset": 0, "length": 3}],
        "reply_markup": KEYBOARD,
        "edited": False,
        "silent": True,
        "link_preview_options": None,
    }


async def test_a_channel_is_found_by_its_name_and_signs_for_itself(client: Client) -> None:
    sent = await client.result("sendMessage", chat_id="@Kenh_Tin", text="x")

    channel = {"id": CHANNEL, "title": "Channel", "type": "channel", "username": "kenh_tin"}
    assert (sent["chat"], sent["sender_chat"], "from" in sent) == (channel, channel, False)


async def test_a_topic_takes_messages_and_replies_stay_in_it(client: Client) -> None:
    rights = {"can_manage_topics": True}
    await client.control(f"chats/{FORUM}/members", bot=TOKEN, status="administrator", rights=rights)
    topic = await client.result("createForumTopic", chat_id=FORUM, name="Tin")
    first = await client.result(
        "sendMessage", chat_id=FORUM, message_thread_id=topic["message_thread_id"], text="x"
    )

    second = await client.result(
        "sendMessage", chat_id=FORUM, text="y", reply_parameters={"message_id": first["message_id"]}
    )

    assert (second["message_thread_id"], second["reply_to_message"]["text"], second["is_topic_message"]) == (
        topic["message_thread_id"],
        "x",
        True,
    )


async def test_link_preview_options_are_recorded(client: Client) -> None:
    options = {
        "url": "https://x.vn/a",
        "prefer_large_media": True,
        "show_above_text": True,
        "is_disabled": False,
    }

    sent = await client.result("sendMessage", chat_id=AN, text="x", link_preview_options=options)

    assert sent["link_preview_options"] == {name: value for name, value in options.items() if value}


@pytest.mark.parametrize("options", [[1], {"url": 5}, {"is_disabled": "yes"}])
async def test_broken_link_preview_options_are_refused(client: Client, options: Any) -> None:
    code, _ = await client.refusal("sendMessage", chat_id=AN, text="x", link_preview_options=options)

    assert code == 400


async def test_a_size_of_preview_counts_only_with_an_address(client: Client) -> None:
    sent = await client.result(
        "sendMessage", chat_id=AN, text="x", link_preview_options={"prefer_large_media": True}
    )

    lint = (await client.look("metrics"))["lint"]
    assert ("link_preview_options" in sent, lint) == (
        False,
        ["link_preview_options: prefer_large_media does nothing without url"],
    )


async def test_a_message_effect_is_for_people_only(client: Client) -> None:
    effect = "5104841245755180586"

    sent = await client.result("sendMessage", chat_id=AN, text="x", message_effect_id=effect)
    refused = await client.refusal("sendMessage", chat_id=GROUP, text="x", message_effect_id=effect)

    assert (sent["effect_id"], refused) == (
        effect,
        (400, "Bad Request: can't use message effects in the chat"),
    )


async def test_a_deep_link_that_starts_nothing_is_noted(client: Client) -> None:
    good, bad = "https://t.me/tin_bot?start=a-Z_9", "https://t.me/tin_bot?start=tin%205"
    markup = {"inline_keyboard": [[{"text": "x", "url": good}, {"text": "x", "url": bad}]]}
    text = f'<a href="https://t.me/tin_bot?start={"x" * 65}">x</a> <a href="{good}">x</a>'

    await client.result("sendMessage", chat_id=AN, text=text, parse_mode="HTML", reply_markup=markup)

    assert (await client.look("metrics"))["lint"] == [
        f"a deep link that starts nothing: {bad}",
        f"a deep link that starts nothing: https://t.me/tin_bot?start={'x' * 65}",
    ]


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"message_id": True}, 400),
        ({"message_id": 1, "chat_id": GROUP}, 501),
        ({"message_id": 1, "chat_id": AN}, 400),
        ({"message_id": 1, "quote": "x"}, 501),
    ],
)
async def test_a_reply_that_is_not_emulated_is_no_success(client: Client, parameters: Any, code: int) -> None:
    refused = await client.refusal("sendMessage", chat_id=AN, text="x", reply_parameters=parameters)

    assert refused[0] == code


async def test_a_message_is_copied_without_and_forwarded_with_its_origin(client: Client) -> None:
    original = await client.result("sendMessage", chat_id=GROUP, text="x")
    which = {"chat_id": AN, "from_chat_id": GROUP, "message_id": original["message_id"]}

    copied = await client.result("copyMessage", **which)
    forwarded = await client.result("forwardMessage", **which)

    assert (copied, forwarded["forward_origin"]) == (
        {"message_id": 1},
        {"type": "user", "sender_user": ME, "date": original["date"]},
    )


@pytest.mark.parametrize(("method", "word"), [("copyMessage", "copy"), ("forwardMessage", "forward")])
async def test_what_is_not_there_cannot_be_passed_on(client: Client, method: str, word: str) -> None:
    refused = await client.refusal(method, chat_id=AN, from_chat_id=GROUP, message_id=99)

    assert refused == (400, f"Bad Request: message to {word} not found")


async def test_protected_content_cannot_be_passed_on(client: Client) -> None:
    original = await client.result("sendMessage", chat_id=GROUP, text="x", protect_content=True)

    refused = await client.refusal(
        "copyMessage", chat_id=AN, from_chat_id=GROUP, message_id=original["message_id"]
    )

    assert refused == (400, "Bad Request: message can't be copied")


async def test_paid_messages_above_the_free_rate_cost_stars(client: Client) -> None:
    await client.control("bots", token=TOKEN, paid_broadcast=True, stars=10_000.0)
    await client.control("limits", global_count=1, private_count=100)

    for _ in range(2):
        await client.result("sendMessage", chat_id=AN, text="x", allow_paid_broadcast=True)
    # The first was free, the second cost; with that the balance is too small for more.
    refused = await client.refusal("sendMessage", chat_id=AN, text="x", allow_paid_broadcast=True)

    assert ((await client.look("metrics"))["stars_spent"], refused[0]) == (0.1, 429)
