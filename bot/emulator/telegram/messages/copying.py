"""copyMessage and forwardMessage."""

from typing import Any

from bot.emulator.telegram.messages.posting import (
    SEND_PARAMETERS,
    admit,
    find_target,
    post,
    read_markup,
    rendered,
)
from bot.emulator.telegram.messages.sending import given_caption
from bot.emulator.telegram.rules.errors import bad_request
from bot.emulator.telegram.text.markup import Json
from bot.emulator.telegram.world.access import Access, find_chat, find_message
from bot.emulator.telegram.world.registry import Call, method
from bot.emulator.telegram.world.world import Message


def _original(call: Call, what: str) -> Message:
    chat = find_chat(call.state, call.bot, call.arguments.text("from_chat_id"), Access.READ)
    message = find_message(chat, call.arguments.integer("message_id"), what)
    if message.service or message.extra.get("has_protected_content"):
        raise bad_request("message can't be copied" if "copy" in what else "message can't be forwarded")
    return message


def _content(message: Message) -> Json:
    names = ("text", "entities", "photo", "document", "preview")
    return {name: getattr(message, name) for name in names}


async def _copy_message(call: Call) -> Any:
    caption = given_caption(call) if "caption" in call.arguments else None
    markup = read_markup(call)
    original = _original(call, "message to copy")
    target = find_target(call, original.kind, markup=markup)
    admit(call, target)
    content = _content(original)
    if caption is not None and original.kind != "text":
        content.update(text=caption.text, entities=caption.entities)
    return {"message_id": post(call, target, **content).id}


async def _forward_message(call: Call) -> Any:
    original = _original(call, "message to forward")
    target = find_target(call, original.kind)
    admit(call, target)
    return rendered(
        call, post(call, target, **_content(original), extra={"forward_origin": _origin(original)})
    )


def _origin(message: Message) -> Json:
    if message.sender is None:
        channel = message.chat.as_json()
        return {"type": "channel", "chat": channel, "message_id": message.id, "date": message.date}
    return {"type": "user", "sender_user": message.sender.as_json(), "date": message.date}


METHODS = (
    method(
        "copyMessage",
        _copy_message,
        *SEND_PARAMETERS,
        "from_chat_id",
        "message_id",
        "video_start_timestamp",
        "caption",
        "parse_mode",
        "caption_entities",
        "show_caption_above_media",
    ),
    method(
        "forwardMessage",
        _forward_message,
        *SEND_PARAMETERS,
        "from_chat_id",
        "message_id",
        "video_start_timestamp",
    ),
)
