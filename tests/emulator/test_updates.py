import asyncio
from typing import Any

import pytest

from tests.emulator.client import AN, BINH, BOT, CHANNEL, GROUP, OWNER, SUPERGROUP, TOKEN, Client


async def texts(client: Client, **arguments: Any) -> list[str]:
    return [update["message"]["text"] for update in await client.result("getUpdates", **arguments)]


async def polling(client: Client) -> None:
    """Wait until a poll has begun."""
    queue = client.state.world.bots[BOT].updates
    while queue.poll == 0:  # noqa: ASYNC110 -- the server has no event for it, and no need of one
        await asyncio.sleep(0)


async def test_updates_stay_until_they_are_confirmed(client: Client) -> None:
    first = (await client.say("a"))["update_id"]
    await client.say("b")
    await client.say("c")

    seen = [
        await texts(client, limit=2),
        await texts(client, offset=first + 9),
        await texts(client, offset=first + 1),
        await texts(client, offset=-1),
        await texts(client),
    ]

    # An offset that lies in the future is taken for a mistake.
    assert seen == [["a", "b"], ["a", "b", "c"], ["b", "c"], ["c"], ["c"]]


async def test_whoever_asks_for_the_same_again_at_once_is_given_one(client: Client) -> None:
    for text in ("a", "b"):
        await client.say(text)

    seen = [await texts(client), await texts(client)]
    await client.pass_time(0.5)

    assert [*seen, await texts(client)] == [["a", "b"], ["a"], ["a", "b"]]


async def test_asking_for_nothing_again_at_once_is_held_until_something_happens(client: Client) -> None:
    await client.control("clock", frozen=False)
    await texts(client)
    held = asyncio.create_task(texts(client))
    while client.state.world.bots[BOT].updates.poll < 2:  # noqa: ASYNC110 -- see polling()
        await asyncio.sleep(0)
    await client.say("a")

    assert await held == ["a"]


async def test_a_limit_out_of_bounds_is_the_nearest_within(client: Client) -> None:
    for text in ("a", "b"):
        await client.say(text)

    assert [await texts(client, limit=0), await texts(client, limit=500, offset=-9)] == [["a"], ["a", "b"]]


@pytest.mark.parametrize(
    ("path", "fields", "seconds"),
    [
        ("updates/message", {"chat": AN, "from": AN, "text": "x"}, 86_400),
        ("updates/inline", {"from": AN, "query": "x"}, 30),
        ("updates/raw", {"kind": "callback_query", "content": {}}, 150),
    ],
)
async def test_what_nobody_takes_is_dropped_in_time(
    client: Client, path: str, fields: Any, seconds: int
) -> None:
    await client.control(path, fields)
    await client.pass_time(seconds - 1)
    before = len(await client.result("getUpdates"))
    await client.pass_time(1)

    after = len(await client.result("getUpdates"))
    assert (before, after, (await client.result("getWebhookInfo"))["pending_update_count"]) == (1, 0, 0)


@pytest.mark.parametrize(
    ("wish", "heard"),
    [
        (["Message"], True),
        ([], True),
        (["flying"], True),
        (["callback_query"], False),
        ("x", False),
        ([5], False),
    ],
)
async def test_a_wish_that_says_nothing_known_means_all_and_a_broken_one_changes_nothing(
    client: Client, wish: Any, *, heard: bool
) -> None:
    await client.result("getUpdates", allowed_updates=["callback_query"])
    await client.result("getUpdates", allowed_updates=wish)

    assert ((await client.say("a"))["update_id"] is not None) is heard


async def test_a_long_poll_ends_when_something_happens(client: Client) -> None:
    poll = asyncio.create_task(texts(client, timeout=10))
    await polling(client)
    await client.say("a")

    assert await poll == ["a"]


async def test_a_second_poller_ends_the_first(client: Client) -> None:
    first = asyncio.create_task(client.refusal("getUpdates", timeout=10))
    await polling(client)
    await client.result("getUpdates")

    assert await first == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )


async def test_setting_a_webhook_ends_the_poll(client: Client) -> None:
    poll = asyncio.create_task(client.refusal("getUpdates", timeout=10))
    await polling(client)
    await client.result("setWebhook", url="https://x.invalid/")

    assert await poll == (409, "Conflict: terminated by setWebhook request")


async def test_unwanted_kinds_are_not_queued_and_the_wish_is_remembered(client: Client) -> None:
    await client.result("getUpdates", allowed_updates=["callback_query"])
    await client.result("getUpdates")

    assert (await client.say("a"))["update_id"] is None


async def test_bots_hear_commands_mentions_and_replies_in_groups_unless_they_are_admins(
    client: Client,
) -> None:
    said = ["hallo", "/start", "/start@tin_bot", "/start@other_bot", "hallo @tin_bot"]
    heard = [(await client.say(text, chat=SUPERGROUP))["update_id"] is not None for text in said]
    await client.control(f"chats/{SUPERGROUP}/members", bot=TOKEN, status="administrator")

    as_admin = (await client.say("hallo", chat=SUPERGROUP))["update_id"] is not None

    assert (heard, as_admin) == ([False, True, True, False, True], True)


async def test_posts_of_a_channel_reach_its_bots(client: Client) -> None:
    await client.say("a", chat=CHANNEL, sender=OWNER)

    [update] = await client.result("getUpdates")
    assert (update["channel_post"]["text"], "from" in update["channel_post"]) == ("a", False)


async def test_blocking_and_unblocking_is_told_once(client: Client) -> None:
    answers = [await client.control(path, user=AN) for path in ("block", "block", "unblock")]

    updates = [update["my_chat_member"] for update in await client.result("getUpdates")]
    assert (
        [(u["old_chat_member"]["status"], u["new_chat_member"]["status"]) for u in updates],
        answers[1],
    ) == ([("member", "kicked"), ("kicked", "member")], {"update_id": None})


async def test_being_added_promoted_and_expelled_is_told(client: Client) -> None:
    await client.control(f"chats/{SUPERGROUP}/members", bot=TOKEN, status="administrator", by=OWNER)
    await client.control("kick", chat=SUPERGROUP)
    await client.control(f"chats/{SUPERGROUP}/members", bot=TOKEN, status="member")

    updates = [update["my_chat_member"] for update in await client.result("getUpdates")]
    assert [(u["new_chat_member"]["status"], u["from"]["id"]) for u in updates] == [
        ("administrator", OWNER),
        ("kicked", OWNER),
        ("member", OWNER),
    ]


async def test_an_upgrade_is_told_in_both_chats(client: Client) -> None:
    new = (await client.control("migrate", chat=GROUP))["id"]

    messages = [update["message"] for update in await client.result("getUpdates")]
    assert [
        (m["chat"]["id"], m.get("migrate_to_chat_id"), m.get("migrate_from_chat_id")) for m in messages
    ] == [
        (GROUP, new, None),
        (new, None, GROUP),
    ]


async def test_a_tap_is_answered_once_and_in_time(client: Client) -> None:
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "ja"}]]}
    sent = await client.result("sendMessage", chat_id=GROUP, text="x", reply_markup=markup)
    tap = {"chat": GROUP, "sender": BINH, "message_id": sent["message_id"], "data": "ja"}
    first, second = [(await client.control("updates/callback", **dict(tap)))["id"] for _ in range(2)]
    [update, _] = await client.result("getUpdates")

    answered = await client.result("answerCallbackQuery", callback_query_id=first, text="Đã ghi")
    again = await client.refusal("answerCallbackQuery", callback_query_id=first)
    await client.pass_time(16)
    late = await client.refusal("answerCallbackQuery", callback_query_id=second)

    old = (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    [shown] = await client.look("callback_answers")
    assert (update["callback_query"]["data"], answered, again, late, shown["text"]) == (
        "ja",
        True,
        old,
        old,
        "Đã ghi",
    )


async def test_a_tap_on_a_message_that_is_gone_carries_its_number_alone(client: Client) -> None:
    sent = await client.result("sendMessage", chat_id=AN, text="x")
    await client.result("deleteMessage", chat_id=AN, message_id=sent["message_id"])
    tap = {"chat": AN, "from": AN, "message_id": sent["message_id"], "data": "x", "force": True}
    await client.control("updates/callback", tap)

    [update] = await client.result("getUpdates")
    assert update["callback_query"]["message"] == {
        "chat": sent["chat"],
        "message_id": sent["message_id"],
        "date": 0,
    }


@pytest.mark.parametrize(
    ("url", "refused"),
    [
        ("https://t.me/tin_bot?start=tin-5_A", False),
        ("tg://resolve?domain=tin_bot&start=x", False),
        ("https://t.me/tin_bot", True),
        ("https://t.me/tin_bot?start=a.b", True),
        ("https://t.me/other_bot?start=x", True),
        ("https://x.vn", True),
    ],
)
async def test_the_answer_to_a_tap_opens_only_the_bot_itself(
    client: Client, url: str, *, refused: bool
) -> None:
    sent = await client.result("sendMessage", chat_id=AN, text="x")
    tap = {"chat": AN, "from": AN, "message_id": sent["message_id"], "data": "x", "force": True}
    query = (await client.control("updates/callback", tap))["id"]

    answer = await client.call("answerCallbackQuery", callback_query_id=query, url=url)

    assert answer.get("description") == ("Bad Request: URL_INVALID" if refused else None)


async def test_a_long_toast_is_refused_and_may_be_answered_again(client: Client) -> None:
    sent = await client.result("sendMessage", chat_id=AN, text="x")
    tap = {"chat": AN, "from": AN, "message_id": sent["message_id"], "data": "x", "force": True}
    query = (await client.control("updates/callback", tap))["id"]

    refused = await client.refusal("answerCallbackQuery", callback_query_id=query, text="đ" * 201)

    answered = await client.result("answerCallbackQuery", callback_query_id=query, text="đ" * 200)
    assert (refused, answered) == ((400, "Bad Request: MESSAGE_TOO_LONG"), True)


async def test_a_button_that_does_not_stand_there_cannot_be_tapped(client: Client) -> None:
    sent = await client.result("sendMessage", chat_id=AN, text="x")
    tap = {"chat": AN, "from": AN, "message_id": sent["message_id"], "data": "x"}

    async with client.session.post(f"{client.url}/_ctl/updates/callback", json=tap) as response:
        refused = (response.status, await response.json())
    forced = await client.control("updates/callback", {**tap, "force": True})

    assert (refused[0], forced["update_id"] is not None) == (400, True)


ARTICLE = {"type": "article", "id": "1", "title": "x", "input_message_content": {"message_text": "x"}}


@pytest.mark.parametrize(
    ("results", "refusal"),
    [
        ([ARTICLE] * 2, "RESULT_ID_DUPLICATE"),
        ([{**ARTICLE, "id": "x" * 65}], "RESULT_ID_INVALID"),
        (
            [{**ARTICLE, "id": str(n)} for n in range(51)],
            "too many inline query results specified",
        ),
        ([{"id": "1"}], "can't parse inline query result: Can't find field \"type\""),
    ],
)
async def test_broken_inline_results_are_refused(client: Client, results: Any, refusal: str) -> None:
    query = await client.control("updates/inline", sender=AN, query="x")

    refused = await client.refusal("answerInlineQuery", inline_query_id=query["id"], results=results)

    assert refused == (400, f"Bad Request: {refusal}")
