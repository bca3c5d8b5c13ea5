"""Answers that are not Telegram's, or make no sense: none of them proves anything, and none is a bug."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.chats.message import AlbumPhoto, KnownPhoto, Message, bold
from bot.domain.delivery.delivery import Ambiguous, Receipt, RetryLater, Scope
from bot.domain.messaging.messenger import MessengerError
from bot.messengers.telegram import TelegramMessenger
from bot.messengers.telegram.messenger import TelegramSettings
from tests.emulated import TOKEN, private
from tests.faults.strict_api import Odd, StrictApi

NEWS = Message(text=(bold("Tin"),))
CARD = Message(text=(bold("Tin"),), photo=KnownPhoto("known"))
EDIT = Message(text=(bold("Tin"),), replaces="77")
DELETION = Message(text=(bold("Tin"),), replaces="77", retracts=True)
ALBUM = Message(text=(), album=(AlbumPhoto(KnownPhoto("one")), AlbumPhoto(KnownPhoto("two"))))
SENT = {"message_id": 9, "date": 1, "chat": {"id": 1, "type": "private"}}


@pytest.fixture
async def api() -> AsyncIterator[StrictApi]:
    async with StrictApi().open() as api:
        yield api


@pytest.fixture
async def messenger(api: StrictApi) -> AsyncIterator[TelegramMessenger]:
    messenger = await TelegramMessenger.connect(TelegramSettings(TOKEN, api.url, poll_for=0))
    yield messenger
    await messenger.close()


def ok(result: Any) -> bytes:
    return json.dumps({"ok": True, "result": result}).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Please log in</html>",
        b'{"ok":true,"result":{"message_id":9,"da',
        b'{"status":"success"}',
        b'{"ok":true}',
        b'{"ok":"true","result":{"message_id":9}}',
        b'{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}',
        b"[1]",
        *map(ok, [None, True, {}, [], "9", {"message_id": None}, {"message_id": "9"}, {"message_id": 0}]),
        *map(ok, [{"message_id": True}, {"message_id": 9.5}, [SENT]]),
    ],
)
@pytest.mark.parametrize("message", [NEWS, CARD])
async def test_what_does_not_prove_that_a_message_was_sent_is_no_receipt(
    api: StrictApi, messenger: TelegramMessenger, message: Message, body: bytes
) -> None:
    api.script = lambda _method: Odd(200, body)

    assert await messenger.send(private(1), message) == Ambiguous(
        "HTTP 200 with an answer that is not the Bot API's"
    )


@pytest.mark.parametrize(
    ("message", "result", "is_proof"),
    [
        (NEWS, SENT, True),
        (CARD, {**SENT, "photo": [{"no": "reference"}]}, True),
        (CARD, {**SENT, "photo": "no list"}, True),
        (EDIT, SENT, True),
        (EDIT, True, True),
        (EDIT, {}, False),
        (DELETION, True, True),
        (DELETION, SENT, False),
        (ALBUM, [SENT, SENT], True),
        (ALBUM, [SENT], False),
        (ALBUM, [SENT, {}], False),
        (ALBUM, SENT, False),
    ],
)
async def test_each_method_has_a_proof_of_its_own(
    api: StrictApi, messenger: TelegramMessenger, message: Message, result: Any, *, is_proof: bool
) -> None:
    api.script = lambda _method: Odd(200, ok(result))

    outcome = await messenger.send(private(1), message)

    assert isinstance(outcome, Receipt if is_proof else Ambiguous), outcome


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ({"retry_after": 7}, 7),
        ({"retry_after": "7"}, 7),
        ({"retry_after": 0}, 1),
        ({"retry_after": 10_072}, 10_072),
        ({}, 5),
        ({"retry_after": None}, 5),
        ({"retry_after": "soon"}, 5),
        ({"retry_after": -3}, 5),
        ({"retry_after": [7]}, 5),
        ({"retry_after": 10**12}, 5),
        ({"retry_after": 10**18}, 5),
        ({"retry_after": "nan"}, 5),
    ],
)
async def test_a_flood_limit_is_one_whatever_it_says_of_its_length(
    api: StrictApi, messenger: TelegramMessenger, told: dict[str, Any], seconds: int
) -> None:
    text = "Too Many Requests"
    body = {"ok": False, "error_code": 429, "description": text, "parameters": told}
    api.script = lambda _method: Odd(429, json.dumps(body).encode())

    outcome = await messenger.send(private(1), NEWS)
    with pytest.raises(MessengerError) as updates:
        await messenger.updates(None)
    with pytest.raises(MessengerError) as role:
        await messenger.role(private(1), "2")

    assert outcome == RetryLater(text, timedelta(seconds=seconds), Scope.CHAT)
    assert (updates.value.retry_after, role.value.retry_after) == (seconds, seconds)


@pytest.mark.parametrize(
    "result",
    [None, True, {"foo": 1}, [1], [{}], [{"update_id": "7"}], [{"update_id": -1}], [{"update_id": 2**63}]],
)
async def test_questions_that_are_not_answered_by_telegram_fail_in_one_line(
    api: StrictApi, messenger: TelegramMessenger, result: Any
) -> None:
    api.script = lambda _method: Odd(200, ok(result))

    for question in (messenger.updates(None), messenger.role(private(1), "2"), messenger.facts("@kenh")):
        with pytest.raises(MessengerError, match="Telegram"):
            await question


async def test_a_proxy_that_answers_for_telegram_is_waited_for_at_the_start(api: StrictApi) -> None:
    bodies = [b"<html>", ok({"foo": 1}), ok(True)]
    api.script = lambda _method: Odd(200, bodies.pop())

    while bodies:
        with pytest.raises(MessengerError, match=r"Telegram .* not .*the Bot API") as found:
            await TelegramMessenger.connect(TelegramSettings(TOKEN, api.url))

        assert not found.value.fatal
