"""What the Open API answers, and what each of its refusals means.

An error comes with the HTTP status 200, as `{"error": -216, "message": …}`. What has no such envelope is a
gateway's, a proxy's or a captive portal's, and leaves open whether the request was carried out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson

from bot.domain.delivery.delivery import MessageRejected, Outcome, RetryLater, Scope

TOKEN_REFUSED = frozenset({-216, -220})
"""An access token that is not valid, or has run out."""

TOO_FAST = -32
BEING_PROCESSED = -214
"""Asked for too early: the platform is still fetching the photos. Seen by clients, not documented."""

ARTICLES_SPENT = -223
"""The package has no more articles in this month. Seen by clients, not documented."""

_NUMBER = re.compile(r"-?[0-9]{1,9}")

FLOOD_WAIT = timedelta(seconds=60)
SPENT_WAIT = timedelta(hours=3)
"""How soon it is asked again whether the month has room: articles can be removed by hand."""


@dataclass(frozen=True, slots=True)
class OaAnswer:
    """What was said: an *error* number, zero for success, a *message* and *data*.

    *is_zalo* is false for an answer that is not the platform's; *error* is its HTTP status then.
    """

    error: int
    message: str = ""
    data: Any = None
    is_zalo: bool = True

    @property
    def ok(self) -> bool:
        return self.is_zalo and self.error == 0

    def named(self, name: str) -> str:
        """Return a text in the data, or nothing."""
        value = self.data.get(name) if isinstance(self.data, dict) else None
        return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def read_answer(status: int, body: bytes) -> OaAnswer:
    try:
        parsed = orjson.loads(body)
    except orjson.JSONDecodeError:
        parsed = None
    error = error_number(parsed.get("error")) if isinstance(parsed, dict) else None
    if error is None:
        return OaAnswer(status, f"HTTP {status} from something before Zalo's Open API", is_zalo=False)
    return OaAnswer(error, str(parsed.get("message") or f"error {error}"), parsed.get("data"))


def error_number(told: Any) -> int | None:
    """Return the number of an error, which may be given as a text; None for what is none."""
    if isinstance(told, str) and _NUMBER.fullmatch(told):
        return int(told)
    return told if type(told) is int else None


def refusal(answer: OaAnswer) -> Outcome:
    """Return what a refusal of the platform's own means for what was asked, which was not done."""
    said = f"{answer.message} ({answer.error})"
    match answer.error:
        case code if code == TOO_FAST:
            return RetryLater(said, FLOOD_WAIT, Scope.ACCOUNT)
        case code if code == ARTICLES_SPENT:
            return RetryLater(f"the package's articles of this month are spent: {said}", SPENT_WAIT)
        case _:
            return MessageRejected(said)


def read_list(answer: OaAnswer) -> list[Mapping[str, Any]]:
    """Return the articles of a list that have an id."""
    medias = answer.data.get("medias") if isinstance(answer.data, Mapping) else None
    listed = medias if isinstance(medias, list) else []
    return [each for each in listed if isinstance(each, Mapping) and each.get("id")]
