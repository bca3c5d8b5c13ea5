import orjson
import pytest

from bot.domain.delivery.delivery import (
    AccountRefused,
    Ambiguous,
    ChatUnreachable,
    MessageRejected,
    NotPermitted,
    Outcome,
    PhotoRejected,
    QuotaSpent,
    Receipt,
    RetryLater,
    Scope,
)
from bot.messengers.zalo.answers import outcome, read_answer

HTML = b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"


def refusal(code: int, description: str = "?") -> bytes:
    return orjson.dumps({"ok": False, "description": description, "error_code": code})


@pytest.mark.parametrize("with_status", [False, True])
@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (400, MessageRejected),
        (401, AccountRefused),
        (403, RetryLater),
        (404, AccountRefused),
        (408, Ambiguous),
        (410, ChatUnreachable),
        (422, NotPermitted),
        (429, RetryLater),
        (500, RetryLater),
        (503, RetryLater),
        (599, RetryLater),
    ],
)
def test_the_envelope_decides_whatever_the_status_is(
    code: int, kind: type[Outcome], *, with_status: bool
) -> None:
    answer = read_answer(code if with_status else 200, refusal(code))

    assert isinstance(outcome(answer, of_photo=False), kind)


def test_a_success_with_a_code_is_a_success_also_under_another_status() -> None:
    body = orjson.dumps({"ok": True, "result": {"message_id": "2d758cb5e222177a4e35"}, "error_code": 0})

    assert outcome(read_answer(202, body), of_photo=False) == Receipt("2d758cb5e222177a4e35")


@pytest.mark.parametrize("body", [b'{"ok":true}', b'{"ok":true,"result":{"message_id":7}}'])
def test_a_success_without_a_message_proves_nothing(body: bytes) -> None:
    assert isinstance(outcome(read_answer(200, body), of_photo=False), Ambiguous)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (502, HTML, RetryLater),
        (504, HTML, Ambiguous),
        (200, HTML, Ambiguous),
        (200, b"[]", Ambiguous),
        (200, b'{"ok":"yes"}', Ambiguous),
        (401, HTML, RetryLater),
        (403, b"error code: 1010", RetryLater),
        (410, HTML, RetryLater),
    ],
)
def test_what_is_not_the_platforms_costs_neither_chat_nor_account(
    status: int, body: bytes, kind: type[Outcome]
) -> None:
    assert isinstance(outcome(read_answer(status, body), of_photo=False), kind)


def test_a_photo_that_is_refused_leaves_the_text() -> None:
    answer = read_answer(200, refusal(400, "The photo is invalid"))

    assert outcome(answer, of_photo=True) == PhotoRejected("The photo is invalid")


@pytest.mark.parametrize(
    ("told", "seconds"),
    [({}, 30), ({"retry_after": 60}, 60), ({"retry_after": 1}, 5), ({"retry_after": "x"}, 30)],
)
def test_too_many_messages_wait_for_the_account(told: dict[str, object], seconds: int) -> None:
    body = orjson.dumps(
        {"ok": False, "description": "Too many requests", "error_code": 429, "parameters": told}
    )

    became = outcome(read_answer(200, body), of_photo=False)

    assert isinstance(became, RetryLater)
    assert became.after
    assert (became.after.total_seconds(), became.scope) == (seconds, Scope.ACCOUNT)


@pytest.mark.parametrize(
    ("description", "kind"),
    [
        ("Quota exceeded", QuotaSpent),
        ("You have reached your monthly message limit", QuotaSpent),
        ("Đã hết hạn mức tin nhắn của tháng", QuotaSpent),
        ("Rate quota exceeded", RetryLater),
        ("Quota of messages per minute exceeded", RetryLater),
        ("Too many requests", RetryLater),
        ("", RetryLater),
    ],
)
def test_the_words_tell_a_spent_month_from_too_much_speed(description: str, kind: type[Outcome]) -> None:
    answer = read_answer(429, refusal(429, description))

    assert isinstance(outcome(answer, of_photo=False), kind)


def test_too_many_at_a_gateway_wait_as_well() -> None:
    became = outcome(read_answer(429, HTML), of_photo=False)

    assert isinstance(became, RetryLater)
    assert became.scope is Scope.ACCOUNT


def test_an_error_may_be_spelt_differently() -> None:
    assert read_answer(200, b'{"ok":false,"errorCode":426}').code == 426


def test_an_error_without_a_code_has_its_status() -> None:
    assert read_answer(401, b'{"ok":false,"description":"Unauthorized"}').code == 401
