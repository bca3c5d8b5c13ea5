import asyncio
from typing import Any

import aiohttp
import pytest

from tests.emulator.client import AN, GROUP, TOKEN, Client


async def sent(client: Client) -> int:
    return len(await client.look("outbox", chat=AN))


@pytest.mark.parametrize(("drop", "stored"), [("before", 0), ("after", 1)])
async def test_a_connection_is_dropped_before_or_after_the_message_was_taken(
    client: Client, drop: str, stored: int
) -> None:
    await client.control("faults", method="sendMessage", times=1, drop=drop)

    with pytest.raises(aiohttp.ClientError):
        await client.call("sendMessage", chat_id=AN, text="x")

    assert await sent(client) == stored


async def test_an_injected_refusal_strikes_its_chat_and_method_so_many_times(client: Client) -> None:
    await client.control("faults", method="SendMessage", chat=AN, times=2, status=500, description="Oops")

    answers = [await client.call("sendMessage", chat_id=chat, text="x") for chat in (GROUP, AN, AN, AN)]

    assert [answer.get("error_code", 200) for answer in answers] == [200, 500, 500, 200]


async def test_an_injected_429_says_when_to_come_back(client: Client) -> None:
    await client.control("faults", status=429, parameters={"retry_after": 10072})

    body = await client.call("sendMessage", chat_id=AN, text="x")

    assert (body["description"], body["parameters"]) == (
        "Too Many Requests: retry after 10072",
        {"retry_after": 10072},
    )


async def test_a_proxy_answers_with_html(client: Client) -> None:
    await client.control("faults", html=True)

    async with client.session.post(f"{client.url}/bot{TOKEN}/getMe") as response:
        answer = (response.status, response.content_type)

    assert (answer, (await client.result("getMe"))["id"]) == ((502, "text/html"), 4242)


@pytest.mark.parametrize(("kind", "stored"), [("delay", 0), ("delay_answer", 1), ("slow_body", 1)])
async def test_a_late_answer_is_lost_to_the_impatient(client: Client, kind: str, stored: int) -> None:
    await client.control("faults", {kind: 0.3})

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await client.call("sendMessage", chat_id=AN, text="x")

    assert await sent(client) == stored


async def test_a_slow_body_arrives_whole(client: Client) -> None:
    await client.control("faults", slow_body=0.01)

    assert (await client.result("sendMessage", chat_id=AN, text="x"))["text"] == "x"


async def test_the_first_requests_may_be_let_through(client: Client) -> None:
    await client.control("faults", method="getMe", after=2, status=500, times=1)

    assert [(await client.call("getMe"))["ok"] for _ in range(4)] == [True, True, False, True]


async def test_chance_is_repeatable(client: Client) -> None:
    outcomes = []
    for _ in range(2):
        await client.control("faults", method="getMe", times=100, status=500, probability=0.5, seed=7)
        outcomes.append([(await client.call("getMe"))["ok"] for _ in range(20)])
        async with client.session.delete(f"{client.url}/_ctl/faults"):
            pass

    assert outcomes[0] == outcomes[1] != [True] * 20


@pytest.mark.parametrize("fault", [{"smell": 1}, {"drop": "sometimes"}, []])
async def test_an_unknown_fault_is_refused(client: Client, fault: Any) -> None:
    async with client.session.post(f"{client.url}/_ctl/faults", json=fault) as response:
        assert response.status == 400


async def test_requests_arrive_in_parallel_and_none_is_lost(client: Client) -> None:
    await client.control("limits", global_count=1000, private_count=1000)

    await asyncio.gather(*(client.result("sendMessage", chat_id=AN, text=str(n)) for n in range(100)))

    texts = {message["text"] for message in await client.look("outbox", chat=AN)}
    assert texts == {str(n) for n in range(100)}
