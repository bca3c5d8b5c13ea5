"""answerCallbackQuery."""

from typing import Any

from bot.emulator.telegram.rules.errors import ApiError
from bot.emulator.telegram.text.links import opens_bot
from bot.emulator.telegram.world.registry import Call, method

_MAX_TOAST = 200


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
)
