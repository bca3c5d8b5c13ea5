"""sendMessage, sendPhoto, sendVoice, sendDocument, sendChatAction."""

from typing import Any

from bot.emulator.telegram.messages.media import check_upload, load_one, named_source
from bot.emulator.telegram.messages.posting import (
    SEND_PARAMETERS,
    admit,
    find_target,
    note_deep_links,
    post,
    read_markup,
    rendered,
)
from bot.emulator.telegram.messages.previews import link_preview
from bot.emulator.telegram.rules.errors import bad_request
from bot.emulator.telegram.text.formatted import Formatted, caption_text, message_text
from bot.emulator.telegram.world.access import Access, check_topic, find_chat
from bot.emulator.telegram.world.registry import Call, method

_ACTIONS = frozenset(
    {
        "typing",
        "cancel",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "record_audio",
        "upload_audio",
        "upload_document",
        "choose_sticker",
        "find_location",
        "pick_up_location",
        "record_video_note",
        "upload_video_note",
    }
)


def given_entities(call: Call, name: str) -> Any:
    """Return the entities of a request. Bot API server: entities that are no JSON are ignored."""
    return call.arguments.lenient_json(name)


def given_text(call: Call) -> Formatted:
    arguments = call.arguments
    entities = given_entities(call, "entities")
    formatted = message_text(arguments.text("text"), arguments.text("parse_mode"), entities)
    note_deep_links(call, formatted.entities)
    return formatted


def given_caption(call: Call) -> Formatted:
    arguments = call.arguments
    entities = given_entities(call, "caption_entities")
    caption = caption_text(arguments.text("caption"), arguments.text("parse_mode"), entities)
    note_deep_links(call, caption.entities)
    return caption


async def _send_message(call: Call) -> Any:
    preview = link_preview(call)
    formatted = given_text(call)
    target = find_target(call, "text", markup=read_markup(call))
    admit(call, target)
    message = post(call, target, text=formatted.text, entities=formatted.entities, preview=preview)
    return rendered(call, message)


async def _send_photo(call: Call) -> Any:
    return await _send_media(call, "photo")


async def _send_document(call: Call) -> Any:
    return await _send_media(call, "document")


async def _send_voice(call: Call) -> Any:
    return await _send_media(call, "voice")


async def _send_media(call: Call, kind: str) -> Any:
    arguments = call.arguments
    reference = arguments.text(kind)
    attached = arguments.files.get(reference.removeprefix("attach://") if "attach://" in reference else kind)
    if attached is None and (not reference or reference.startswith("attach://")):
        raise bad_request(f"There is no {kind} in the request")
    caption = given_caption(call)
    target = find_target(call, kind, markup=read_markup(call))
    source = named_source(call, kind, kind, reference)
    assert source is not None
    check_upload(source)
    admit(call, target)
    item = await load_one(call, target.chat, source)
    extra = {name: True for name in ("show_caption_above_media", "has_media_spoiler") if _wants(call, name)}
    content = {kind: item, "text": caption.text, "entities": caption.entities, "extra": extra}
    return rendered(call, post(call, target, **content))


def _wants(call: Call, name: str) -> bool:
    return call.arguments.flag("has_spoiler" if name == "has_media_spoiler" else name)


async def _send_chat_action(call: Call) -> Any:
    if call.arguments.text("action").lower() not in _ACTIONS:
        raise bad_request("Wrong parameter action in request")
    chat = find_chat(call.state, call.bot, call.arguments.text("chat_id"), Access.WRITE)
    check_topic(chat, call.bot, call.arguments.integer("message_thread_id"))
    return True


_CAPTION = ("caption", "parse_mode", "caption_entities")
METHODS = (
    method(
        "sendMessage",
        _send_message,
        *SEND_PARAMETERS,
        "text",
        "parse_mode",
        "entities",
        "link_preview_options",
        "disable_web_page_preview",
    ),
    method(
        "sendPhoto",
        _send_photo,
        *SEND_PARAMETERS,
        *_CAPTION,
        "photo",
        "show_caption_above_media",
        "has_spoiler",
    ),
    method(
        "sendDocument",
        _send_document,
        *SEND_PARAMETERS,
        *_CAPTION,
        "document",
        "thumbnail",
        "disable_content_type_detection",
    ),
    method("sendVoice", _send_voice, *SEND_PARAMETERS, *_CAPTION, "voice", "duration"),
    method(
        "sendChatAction",
        _send_chat_action,
        "business_connection_id",
        "chat_id",
        "message_thread_id",
        "action",
    ),
)
