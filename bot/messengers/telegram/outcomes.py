"""What each answer of the Bot API means for a message: one table from (status, text) to outcome.

The texts are those of Telegram's own Bot API server. They are matched without regard to case, since Telegram
lowers the first letter of a sentence but not of a code.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson

from bot.domain.delivery.delivery import (
    AccountRefused,
    Ambiguous,
    ChatMoved,
    ChatUnreachable,
    MessageRejected,
    Outcome,
    PhotoRejected,
    Receipt,
    RetryLater,
    Scope,
    ThreadGone,
)

FLOOD_WAIT = 5.0
"""Seconds to wait after a 429 that names no time of its own, or none that makes sense."""

LONGEST_FLOOD_WAIT = 24 * 3600.0
"""Seconds. Telegram asks for hours at times; what asks for more than a day is no answer of its own."""


def retry_after(told: object) -> float:
    """Return how many seconds to wait, as a 429 has *told*: at least one, whatever stands there."""
    try:
        seconds = float(told) if isinstance(told, int | float | str) else FLOOD_WAIT
    except (ValueError, OverflowError):
        return FLOOD_WAIT
    return max(1.0, seconds) if 0 <= seconds <= LONGEST_FLOOD_WAIT else FLOOD_WAIT


@dataclass(frozen=True, slots=True)
class ApiAnswer:
    """What the Bot API said: *result* when it took the call, else the description and its parameters."""

    status: int
    ok: bool
    result: Any = None
    description: str = ""
    parameters: Mapping[str, Any] | None = None


def read_answer(status: int, body: bytes) -> ApiAnswer | None:
    """Return what *body* says, or None if it is nothing that the Bot API would say: a proxy's page, say.

    Bot API: an answer has a result exactly if it is "ok", which the status agrees with; else it says why not.
    """
    try:
        parsed = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(parsed, dict) or parsed.get("ok") is not (status == 200):
        return None
    if status == 200:
        return ApiAnswer(status, ok=True, result=parsed["result"]) if "result" in parsed else None
    description, parameters = parsed.get("description"), parsed.get("parameters")
    if not isinstance(description, str) or not description:
        return None
    return ApiAnswer(
        status=status,
        ok=False,
        description=description,
        parameters=parameters if isinstance(parameters, dict) else None,
    )


_OF_ALBUM = re.compile(r"(?:bad request: )?failed to send message #([1-9]|10) with the error message")
"""Bot API server: one item of an album is why none of it was sent; the items are counted from 1."""

_Meaning = Callable[[str], Outcome]


def _photo_unwelcome(reason: str) -> Outcome:
    return PhotoRejected(reason, unwelcome=True)


def _malformed(reason: str) -> Outcome:
    return MessageRejected(reason, malformed=True)


def _nothing_to_do(_: str) -> Outcome:
    return Receipt("")


TABLE: tuple[tuple[_Meaning, tuple[str, ...]], ...] = (
    (
        _photo_unwelcome,
        (
            "not enough rights to send photos",
            "chat_send_photos_forbidden",
            "chat_send_media_forbidden",
            "voice_messages_forbidden",
        ),
    ),
    (ThreadGone, ("message thread not found", "topic_closed", "topic_deleted")),
    (
        ChatUnreachable,
        (
            "bot was blocked by the user",
            "user is deactivated",
            "bot can't initiate conversation with a user",
            "the bot can't send messages to the bot",
            "bot was kicked from the",
            "bot is not a member of the",
            "the group chat was deleted",
            "chat not found",
            "need administrator rights in the channel chat",
            "have no write access to the chat",
            "not enough rights to send",
            "chat_write_forbidden",
            "chat_restricted",
            "chat_admin_required",
            "chat_send_plain_forbidden",
            "group chat was upgraded to a supergroup chat",
        ),
    ),
    (
        PhotoRejected,
        (
            "wrong file identifier/http url specified",
            "wrong remote file identifier specified",
            "wrong http url specified",
            "invalid file http url specified",
            "can't use file of type",
            "failed to get http url content",
            "wrong type of the web page content",
            "webpage_",
            "can't upload file by url",
            "photo_invalid_dimensions",
            "image_process_failed",
            "photo_save_file_invalid",
            "photo has unsupported extension",
            "file is too big",
            "file must be non-empty",
            "there is no photo in the request",
            "media_empty",
            "wc_convert_url_invalid",
            "group send failed",
            "request entity too large",
        ),
    ),
    (
        _nothing_to_do,
        (
            "message is not modified",
            "message to edit not found",
            "message can't be edited",
            "message to delete not found",
            "message_id_invalid",
            "message to be replied not found",
        ),
    ),
    (MessageRejected, ("chat_id is empty", "method not found", "message can't be deleted")),
    (
        _malformed,
        (
            "can't parse entities",
            "unsupported parse_mode",
            "message is too long",
            "caption is too long",
            "text is too long",
            "message text is empty",
            "text must be non-empty",
            "reply markup is too long",
            "button_data_invalid",
            "button_url_invalid",
            "text buttons are unallowed in the inline keyboard",
        ),
    ),
    (AccountRefused, ("unauthorized", "unallowed token specified")),
)


def refusal(answer: ApiAnswer) -> Outcome:
    """Return what it means that the Bot API did not take a message."""
    parameters = answer.parameters or {}
    if answer.status == 429:
        wait = timedelta(seconds=retry_after(parameters.get("retry_after")))
        return RetryLater(answer.description, wait, Scope.CHAT)
    if type(moved_to := parameters.get("migrate_to_chat_id")) is int and moved_to:
        return ChatMoved(str(moved_to))
    if answer.status == 409:
        # Another process reads this bot's updates or has set a webhook; what is owed is not concerned.
        return RetryLater(answer.description, scope=Scope.ACCOUNT)
    if answer.status >= 500:
        return RetryLater(answer.description)
    text = answer.description.casefold()
    outcome = next((meaning(answer.description) for meaning, texts in TABLE if _holds(text, texts)), None)
    item = _OF_ALBUM.match(text)
    if item and (outcome is None or isinstance(outcome, PhotoRejected)):
        return PhotoRejected(answer.description, place=int(item[1]) - 1)
    return outcome or _by_status(answer)


def _holds(text: str, parts: Iterable[str]) -> bool:
    return any(part in text for part in parts)


def _by_status(answer: ApiAnswer) -> Outcome:
    """Return the meaning of a text that nobody has told us about."""
    match answer.status:
        case 401 | 404 | 421:
            # Bot API: a token that is not even well formed is answered with a bare "Not Found".
            return AccountRefused(answer.description)
        case 403:
            return ChatUnreachable(answer.description)
        case 413:
            return PhotoRejected(answer.description)
        case _:
            return MessageRejected(answer.description, malformed=True)


def not_the_bot_api(status: int) -> Outcome:
    """Return the meaning of an answer that is not the Bot API's but a proxy's or a captive portal's.

    It must never cost a chat or the account, whatever its status: it says nothing about them.
    """
    if status == 413:
        return PhotoRejected("Request Entity Too Large")
    if status == 200:
        return Ambiguous("HTTP 200 with an answer that is not the Bot API's")
    wait = timedelta(seconds=FLOOD_WAIT) if status == 429 else None
    return RetryLater(
        f"HTTP {status} from something before the Bot API", wait, Scope.ACCOUNT if wait else None
    )
