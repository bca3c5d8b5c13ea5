"""answerCallbackQuery and answerInlineQuery."""

from typing import Any

from bot.emulator.errors import ApiError, bad_request
from bot.emulator.links import opens_bot
from bot.emulator.methods.registry import Call, method

_MAX_TOAST = 200
_MAX_RESULTS = 50
_MAX_ID_BYTES = 64


async def _answer_callback(call: Call) -> Any:
    arguments, state = call.arguments, call.state
    text = arguments.text("text")
    if len(text) > _MAX_TOAST:
        raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
    url = arguments.text("url")
    if url and not opens_bot(url, call.bot.username):
        raise ApiError(400, "Bad Request: URL_INVALID")
    query = state.callbacks.answer(
        arguments.text("callback_query_id"),
        call.bot.id,
        now=state.clock.now(),
        valid_for=state.limits.callback_seconds,
    )
    answer = {
        "id": query.id,
        "chat": query.chat,
        "user": query.user,
        "message_id": query.message_id,
        "text": text,
        "show_alert": arguments.flag("show_alert"),
        "url": url,
    }
    state.callbacks.answers.append(answer)
    state.events.tell("callback_answer", query.chat, answer)
    return True


async def _answer_inline(call: Call) -> Any:
    arguments, state = call.arguments, call.state
    results = arguments.json("results", "Can't parse JSON encoded inline query results")
    if results is None:
        results = []
    if not isinstance(results, list):
        raise bad_request("Expected an Array of inline query results")
    if len(results) > _MAX_RESULTS:
        raise bad_request("Too many inline query results specified")
    seen: set[str] = set()
    for result in results:
        _check_result(result, seen)
    if len(arguments.text("next_offset").encode()) > _MAX_ID_BYTES:
        raise ApiError(400, "Bad Request: NEXT_OFFSET_INVALID")
    query = state.callbacks.answer(
        arguments.text("inline_query_id"),
        call.bot.id,
        now=state.clock.now(),
        valid_for=state.limits.callback_seconds,
    )
    state.events.tell("inline_answer", query.user, {"id": query.id, "user": query.user, "results": results})
    return True


def _check_result(result: Any, seen: set[str]) -> None:
    if not isinstance(result, dict):
        raise bad_request("Can't parse inline query result: Inline query result must be an object")
    for name in ("type", "id"):
        if not isinstance(result.get(name), str):
            raise bad_request(f"Can't parse inline query result: Can't find field \"{name}\"")
    if result["type"] not in {"article", "photo"}:
        raise ApiError(501, f"Not Implemented: the emulator knows no inline result of type {result['type']}")
    if result["type"] == "article" and not isinstance(result.get("title"), str):
        raise bad_request("Can't parse inline query result: Can't find field \"title\"")
    identifier = result["id"]
    if not 1 <= len(identifier.encode()) <= _MAX_ID_BYTES:
        raise ApiError(400, "Bad Request: RESULT_ID_INVALID")
    if identifier in seen:
        raise ApiError(400, "Bad Request: RESULT_ID_DUPLICATE")
    seen.add(identifier)


METHODS = (
    method(
        "answerCallbackQuery",
        _answer_callback,
        "callback_query_id",
        "text",
        "show_alert",
        "url",
        "cache_time",
    ),
    method(
        "answerInlineQuery",
        _answer_inline,
        "inline_query_id",
        "results",
        "cache_time",
        "is_personal",
        "next_offset",
        "button",
    ),
)
