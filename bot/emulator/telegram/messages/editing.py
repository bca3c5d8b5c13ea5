"""editMessageText, editMessageCaption, editMessageMedia, editMessageReplyMarkup."""

from typing import Any

from bot.emulator.telegram.messages.albums import read_media, single_media, with_flags
from bot.emulator.telegram.messages.media import check_upload, load_one
from bot.emulator.telegram.messages.posting import admit_edit, announce, read_markup, rendered
from bot.emulator.telegram.messages.previews import link_preview
from bot.emulator.telegram.messages.rich import given_rich, with_photos
from bot.emulator.telegram.messages.sending import given_caption, given_text
from bot.emulator.telegram.rules.errors import ApiError, bad_request
from bot.emulator.telegram.text.formatted import Formatted, check_caption
from bot.emulator.telegram.text.markup import Json, check_place
from bot.emulator.telegram.world.access import Access, find_chat, find_message
from bot.emulator.telegram.world.registry import Call, method
from bot.emulator.telegram.world.world import Bot, Message

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


def _message_to_edit(call: Call, markup: Json | None) -> Message:
    arguments = call.arguments
    if "chat_id" not in arguments and not arguments.integer("message_id"):
        if "inline_message_id" in arguments:
            raise ApiError(501, "Not Implemented: the emulator knows no inline messages")
        raise bad_request("Message identifier is not specified")
    chat = find_chat(call.state, call.bot, arguments.text("chat_id"), Access.EDIT)
    message = find_message(chat, arguments.integer("message_id"), "message to edit")
    if message.service or message.author != call.bot.id or not _may_edit(message, call.bot):
        raise bad_request("message can't be edited")
    check_place(markup, inline_only=True, channel=chat.type == "channel")
    return message


def _may_edit(message: Message, bot: Bot) -> bool:
    """TDLib: what was forwarded is not edited, and a post in a channel only with a right."""
    if "forward_origin" in message.extra:
        return False
    rights = message.chat.member(bot.id).rights
    if message.chat.type != "channel":
        return True
    return rights.get("can_post_messages", False) or rights.get("can_edit_messages", False)


def _changed(call: Call, message: Message, **content: Any) -> Json:
    """Store the new content; what is exactly the same as the old one is refused."""
    if all(getattr(message, name) == value for name, value in content.items()):
        raise bad_request(_NOT_MODIFIED)
    for name, value in content.items():
        setattr(message, name, value)
    if content.keys() != {"reply_markup"}:
        # TDLib hides the date of an edit that changed the buttons alone.
        message.edited_at = call.state.date()
    call.state.metrics.edited += 1
    announce(call.state, "edited", message)
    return rendered(call, message)


def _worded(formatted: Formatted) -> Json:
    return {"text": formatted.text, "entities": formatted.entities}


async def _edit_text(call: Call) -> Any:
    markup = read_markup(call)
    preview = link_preview(call)
    given = given_rich(call) if "rich_message" in call.arguments else None
    formatted = Formatted(given[0].words) if given else given_text(call)
    message = _message_to_edit(call, markup)
    if message.kind not in {"text", "rich"}:
        raise bad_request("there is no text in the message to edit")
    admit_edit(call, message.chat)
    rich = await with_photos(call, message.chat, given) if given else None
    return _changed(call, message, **_worded(formatted), rich=rich, preview=preview, reply_markup=markup)


async def _edit_caption(call: Call) -> Any:
    markup = read_markup(call)
    caption = given_caption(call)
    message = _message_to_edit(call, markup)
    if message.kind == "text":
        raise bad_request("there is no caption in the message to edit")
    admit_edit(call, message.chat)
    above = {"show_caption_above_media": call.arguments.flag("show_caption_above_media")}
    extra = with_flags(message.extra, above)
    return _changed(call, message, **_worded(caption), extra=extra, reply_markup=markup)


async def _edit_media(call: Call) -> Any:
    markup = read_markup(call)
    given = single_media(call)
    media = read_media(given)
    message = _message_to_edit(call, markup)
    if message.album and media.kind != message.kind:
        raise bad_request("Can't change media type in the album")
    check_caption(media.formatted)
    source = media.source(call)
    check_upload(source)
    admit_edit(call, message.chat)
    item = await load_one(call, message.chat, source)
    content: Json = {"photo": None, "document": None, "preview": None, source.kind: item}
    content["extra"] = with_flags(message.extra, media.flags)
    return _changed(call, message, **_worded(media.formatted), **content, reply_markup=markup)


async def _edit_markup(call: Call) -> Any:
    markup = read_markup(call)
    message = _message_to_edit(call, markup)
    admit_edit(call, message.chat)
    return _changed(call, message, reply_markup=markup)


_WHICH = ("business_connection_id", "chat_id", "message_id", "inline_message_id", "reply_markup")
_CAPTION = ("caption", "parse_mode", "caption_entities", "show_caption_above_media")
_TEXT = ("text", "parse_mode", "entities", "link_preview_options", "disable_web_page_preview", "rich_message")
METHODS = (
    method("editMessageText", _edit_text, *_WHICH, *_TEXT),
    method("editMessageCaption", _edit_caption, *_WHICH, *_CAPTION),
    method("editMessageMedia", _edit_media, *_WHICH, "media"),
    method("editMessageReplyMarkup", _edit_markup, *_WHICH),
)
