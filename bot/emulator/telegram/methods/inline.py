"""answerInlineQuery."""

from dataclasses import replace
from typing import Any

import orjson

from bot.emulator.telegram.messages.previews import link_preview
from bot.emulator.telegram.requests.arguments import Arguments
from bot.emulator.telegram.rules.errors import ApiError, bad_request
from bot.emulator.telegram.text.formatted import message_text
from bot.emulator.telegram.text.markup import inline_only, reply_markup
from bot.emulator.telegram.world.inline import Json, Offered, Ready
from bot.emulator.telegram.world.registry import Call, method

_MAX_RESULTS = 50
_MAX_ID_BYTES = 64
_USUAL_CACHE_TIME = 300
_TEXTS = ("title", "description", "url", "thumbnail_url")


async def _answer_inline(call: Call) -> Any:
    arguments, state = call.arguments, call.state
    results = arguments.json("results", "Can't parse JSON encoded inline query results")
    if results is None:
        results = []
    if not isinstance(results, list):
        raise bad_request("Expected an Array of inline query results")
    if len(results) > _MAX_RESULTS:
        raise bad_request("Too many inline query results specified")
    ready = _by_id([(_identity(result), _ready(call, result)) for result in results])
    next_offset = arguments.text("next_offset")
    if len(next_offset.encode()) > _MAX_ID_BYTES:
        raise ApiError(400, "Bad Request: NEXT_OFFSET_INVALID")
    query = state.callbacks.answer(
        arguments.text("inline_query_id"),
        call.bot.id,
        now=state.clock.now(),
        valid_for=state.limits.callback_seconds,
    )
    cache_time = max(0, arguments.integer("cache_time", _USUAL_CACHE_TIME))
    personal = arguments.flag("is_personal")
    offered = Offered(call.bot.id, query.user, results, ready, next_offset, cache_time, personal)
    state.inline.offered[query.id] = offered
    state.events.tell("inline_answer", query.user, offered.as_json(query.id))
    return True


def _identity(result: Any) -> str:
    if not isinstance(result, dict):
        raise bad_request("Can't parse inline query result: Inline query result must be an object")
    for name in ("type", "id"):
        if not isinstance(result.get(name), str):
            raise bad_request(f"Can't parse inline query result: Can't find field \"{name}\"")
    if result["type"] != "article":
        raise ApiError(501, f"Not Implemented: the emulator knows no inline result of type {result['type']}")
    if not isinstance(result.get("title"), str):
        raise bad_request("Can't parse inline query result: Can't find field \"title\"")
    identifier: str = result["id"]
    return identifier


def _by_id(results: list[tuple[str, Ready]]) -> dict[str, Ready]:
    """Return *results* by their ids, which are looked at when everything could be read."""
    ready: dict[str, Ready] = {}
    for identifier, each in results:
        if not 1 <= len(identifier.encode()) <= _MAX_ID_BYTES:
            raise ApiError(400, "Bad Request: RESULT_ID_INVALID")
        if identifier in ready:
            raise ApiError(400, "Bad Request: RESULT_ID_DUPLICATE")
        ready[identifier] = each
    return ready


def _ready(call: Call, result: Json) -> Ready:
    """Return the message that *result* stands for, checked as a message of its own would be."""
    for name in _TEXTS:
        if not isinstance(result.get(name, ""), str):
            raise bad_request(f'Can\'t parse inline query result: Field "{name}" must be of type String')
    if not result["title"]:
        raise ApiError(400, "Bad Request: ARTICLE_TITLE_EMPTY")
    content = result.get("input_message_content")
    if not isinstance(content, dict):
        raise bad_request("Can't parse inline query result: Can't find field \"input_message_content\"")
    if "message_text" not in content:
        raise ApiError(501, "Not Implemented: the emulator knows no inline content but text")
    own = _arguments(content)
    parsed = message_text(own.text("message_text"), own.text("parse_mode"), content.get("entities"))
    preview = link_preview(replace(call, arguments=own))
    keyboard = inline_only(reply_markup(_arguments({"reply_markup": result.get("reply_markup") or {}})))
    return Ready(parsed.text, parsed.entities, preview, keyboard)


def _arguments(fields: Json) -> Arguments:
    texts = {
        name: value if isinstance(value, str) else orjson.dumps(value).decode()
        for name, value in fields.items()
    }
    return Arguments(texts, {})


METHODS = (
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
