"""What the Bot Platform answers: its envelope, and what each of its refusals means for a message.

An error comes with the HTTP status 200 or with its own one, both were measured: the envelope alone says which
it is. What has no envelope is a gateway's, a proxy's or a captive portal's.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson

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

IDLE = 408
"""The end of a poll in which nothing came; of a message it is not known whether it was taken."""

NO_WEBHOOK = 404
TOO_MANY_TESTS = 426

FLOOD_WAIT = 30.0
"""Seconds to wait after a 429, which names no time of its own."""

SHORTEST_WAIT, LONGEST_WAIT = 5.0, 300.0
"""Seconds: bounds of what a 429 may name after all."""

_GATEWAY_TIMEOUT = 504
_REFUSED = frozenset({401, 404})
"""A wrong token; one that is not even well formed is answered with a bare "Not Found"."""

_GONE = 410
"""No chat of this bot."""

_NOT_PERMITTED = 422
"""A chat that may not be written to until it writes, the 51st user's for example."""

_QUOTA = re.compile(r"quota|month|hạn mức|tháng", re.IGNORECASE)
_SPEED = re.compile(r"rate|too (?:many|fast)|second|minute|hour|day|daily|giây|phút|giờ|ngày", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ZaloAnswer:
    """What was said: *result* if *ok*, else the error's *code* and *description*.

    *is_zalo* is false for an answer that is not the platform's; *code* is its HTTP status then.
    """

    ok: bool
    code: int = 0
    description: str = ""
    result: Any = None
    retry_after: float | None = None
    is_zalo: bool = True


def read_answer(status: int, body: bytes) -> ZaloAnswer:
    try:
        parsed = orjson.loads(body)
    except orjson.JSONDecodeError:
        parsed = None
    if not isinstance(parsed, dict) or not isinstance(parsed.get("ok"), bool):
        said = f"HTTP {status} from something before the Bot Platform"
        return ZaloAnswer(ok=False, code=status, description=said, is_zalo=False)
    if parsed["ok"]:
        return ZaloAnswer(ok=True, result=parsed.get("result"))
    code = parsed.get("error_code", parsed.get("errorCode"))
    return ZaloAnswer(
        ok=False,
        code=code if type(code) is int else status,
        description=str(parsed.get("description") or f"error {code}"),
        retry_after=_told_wait(parsed),
    )


def outcome(  # noqa: C901, PLR0911 - one return for each code reads as the table that it is
    answer: ZaloAnswer, *, of_photo: bool
) -> Outcome:
    """Return what *answer* means for the message that it was given to."""
    if not answer.is_zalo:
        return _not_the_platform(answer)
    if answer.ok:
        return _receipt(answer.result)
    match answer.code:
        case code if code in _REFUSED:
            return AccountRefused(answer.description)
        case code if code == _GONE:
            return ChatUnreachable(answer.description)
        case code if code == _NOT_PERMITTED:
            return NotPermitted(answer.description)
        case 400:
            if of_photo:
                return PhotoRejected(answer.description)
            return MessageRejected(answer.description, malformed=True)
        case 408:
            return Ambiguous(answer.description)
        case 429 if _means_the_month(answer):
            return QuotaSpent(answer.description)
        case 429:
            wait = timedelta(seconds=answer.retry_after or FLOOD_WAIT)
            return RetryLater(answer.description, wait, Scope.ACCOUNT)
        case _:
            # 403 is "Internal server error" there.
            return RetryLater(answer.description)


def _receipt(result: Any) -> Outcome:
    number = result.get("message_id") if isinstance(result, dict) else None
    if isinstance(number, str) and number:
        return Receipt(number)
    return Ambiguous("an answer that proves nothing")


def _not_the_platform(answer: ZaloAnswer) -> Outcome:
    """Return the meaning of an answer that says nothing about the chat or the account, whatever its status.

    A 200, or a gateway that did not get its own answer in time, leaves open whether the message was taken.
    """
    if answer.code in (200, _GATEWAY_TIMEOUT):
        return Ambiguous(answer.description)
    if answer.code == 429:
        return RetryLater(answer.description, timedelta(seconds=FLOOD_WAIT), Scope.ACCOUNT)
    return RetryLater(answer.description)


def _means_the_month(answer: ZaloAnswer) -> bool:
    """Return whether a 429 says that the month's messages are spent, and not that we are too fast.

    Both have that code. What names a time to wait, or speaks of any shorter span, is about speed.
    """
    said = answer.description
    return answer.retry_after is None and _QUOTA.search(said) is not None and not _SPEED.search(said)


def _told_wait(parsed: dict[str, Any]) -> float | None:
    """Return the seconds that a refusal asks for: nothing documents it, and it would be welcome."""
    parameters = parsed.get("parameters")
    told = parameters.get("retry_after") if isinstance(parameters, dict) else None
    if isinstance(told, bool) or not isinstance(told, int | float):
        return None
    return min(max(float(told), SHORTEST_WAIT), LONGEST_WAIT)
