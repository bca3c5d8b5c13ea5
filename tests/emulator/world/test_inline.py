"""The emulator's inline mode is as strict as Telegram's."""

from typing import Any

import pytest

from tests.emulator.client import AN, Client

ARTICLE = {"type": "article", "id": "1", "title": "x", "input_message_content": {"message_text": "<b>x</b>"}}


async def asked(client: Client) -> str:
    return str((await client.control("updates/inline", sender=AN, query="x"))["id"])


async def test_a_bot_whose_inline_mode_is_off_is_asked_nothing(client: Client) -> None:
    assert (await client.result("getMe"))["supports_inline_queries"] is True
    client.state.world.bots[next(iter(client.state.world.bots))].inline = False

    assert (await client.result("getMe"))["supports_inline_queries"] is False
    async with client.session.post(f"{client.url}/_ctl/updates/inline", json={"from": AN}) as response:
        assert response.status == 400


async def test_what_is_chosen_is_a_message_of_whoever_asked(client: Client) -> None:
    query, preview = await asked(client), {"url": "https://a.vn"}
    content = {"message_text": "<b>x</b>", "parse_mode": "HTML", "link_preview_options": preview}
    results = [{**ARTICLE, "input_message_content": content}]
    await client.result("answerInlineQuery", inline_query_id=query, results=results)

    choice = {"chat": AN, "from": AN, "query": query, "result": "1"}
    chosen = await client.control("updates/inline_choice", choice)

    async with client.session.get(f"{client.url}/_ctl/history", params={"chat": AN}) as response:
        (message,) = [m for m in await response.json() if m["message_id"] == chosen["message_id"]]
    assert (message["from"]["id"], message["text"], message["entities"][0]["type"]) == (AN, "x", "bold")
    assert message["link_preview_options"] == preview


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"title": ""}, "ARTICLE_TITLE_EMPTY"),
        ({"id": ""}, "RESULT_ID_INVALID"),
        ({"description": 5}, 'can\'t parse inline query result: Field "description" must be of type String'),
        (
            {"input_message_content": None},
            "can't parse inline query result: Can't find field \"input_message_content\"",
        ),
        ({"input_message_content": {"message_text": ""}}, "message text is empty"),
        (
            {"input_message_content": {"message_text": "<p>", "parse_mode": "HTML"}},
            'can\'t parse entities: Unsupported start tag "p" at byte offset 0',
        ),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "x", "url": "ftp://a.vn"}]]}},
            "inline keyboard button URL 'ftp://a.vn' is invalid: Unsupported URL protocol",
        ),
    ],
)
async def test_a_broken_result_is_refused(client: Client, changes: dict[str, Any], refusal: str) -> None:
    query = await asked(client)

    refused = await client.refusal(
        "answerInlineQuery", inline_query_id=query, results=[{**ARTICLE, **changes}]
    )

    assert refused == (400, f"Bad Request: {refusal}")


async def test_an_offset_has_at_most_64_bytes(client: Client) -> None:
    query = await asked(client)

    refused = await client.refusal(
        "answerInlineQuery", inline_query_id=query, results=[], next_offset="đ" * 33
    )

    assert refused == (400, "Bad Request: NEXT_OFFSET_INVALID")


async def test_a_query_is_answered_once_and_soon(client: Client) -> None:
    first, second = await asked(client), await asked(client)
    stale = (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")

    assert await client.result("answerInlineQuery", inline_query_id=first, results=[])
    again = await client.refusal("answerInlineQuery", inline_query_id=first, results=[])
    await client.pass_time(60)
    late = await client.refusal("answerInlineQuery", inline_query_id=second, results=[])

    assert (again, late) == (stale, stale)


async def test_nobody_chooses_what_was_offered_to_another(client: Client) -> None:
    query = await asked(client)
    await client.result("answerInlineQuery", inline_query_id=query, results=[ARTICLE])

    for choice in ({"result": "2"}, {"query": "5"}):
        body = {"chat": AN, "from": AN, "query": query, "result": "1", **choice}
        async with client.session.post(f"{client.url}/_ctl/updates/inline_choice", json=body) as response:
            assert response.status == 400
