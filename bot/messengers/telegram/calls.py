"""A neutral message as one call of the Bot API."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.domain.chat import Address
from bot.domain.message import Button, Keyboard, KnownPhoto, Message, NewPhoto, RichText
from bot.messengers.text import encodable, is_plain, to_html, to_plain

GENERAL_TOPIC = "1"
"""A forum's general topic: named explicitly, Telegram answers "message thread not found"."""

UPLOAD = "upload"


@dataclass(frozen=True, slots=True)
class Call:
    """A method, what it is given, and the photo that goes along if it is a new one."""

    method: str
    parameters: dict[str, Any]
    upload: NewPhoto | None = None


def call_for(address: Address, message: Message) -> Call:
    """Return the call that sends *message*, or edits the message that it replaces."""
    parameters: dict[str, Any] = {"chat_id": address.chat}
    if message.keyboard:
        parameters["reply_markup"] = _markup(message.keyboard)
    if message.replaces is not None:
        parameters["message_id"] = int(message.replaces)
        return _edit(parameters, message)
    if address.thread is not None and address.thread != GENERAL_TOPIC:
        parameters["message_thread_id"] = int(address.thread)
    if message.silent:
        parameters["disable_notification"] = True
    if message.paid:
        parameters["allow_paid_broadcast"] = True
    if message.photo is None:
        parameters |= _worded("text", message.text) | _preview(message)
        return Call("sendMessage", parameters)
    parameters |= _worded("caption", message.text)
    parameters["photo"], upload = _photo(message.photo)
    return Call("sendPhoto", parameters, upload)


def as_caption_edit(call: Call) -> Call:
    """Return the edit of a text as that of a photo's caption: Telegram has a method for each."""
    renamed = {"caption" if name == "text" else name: value for name, value in call.parameters.items()}
    renamed.pop("link_preview_options", None)
    return Call("editMessageCaption", renamed)


def _edit(parameters: dict[str, Any], message: Message) -> Call:
    if message.photo is None:
        return Call("editMessageText", parameters | _worded("text", message.text) | _preview(message))
    media, upload = _photo(message.photo)
    parameters["media"] = {"type": "photo", "media": media, **_worded("caption", message.text)}
    return Call("editMessageMedia", parameters, upload)


def _worded(name: str, text: RichText) -> dict[str, Any]:
    """Return *text* as parameters; without any style it goes without markup, where nothing can be misread."""
    if is_plain(text):
        return {name: to_plain(text)}
    return {name: to_html(text), "parse_mode": "HTML"}


def _preview(message: Message) -> dict[str, Any]:
    if message.preview_url is None:
        return {"link_preview_options": {"is_disabled": True}}
    options = {"url": message.preview_url, "prefer_large_media": True, "show_above_text": True}
    return {"link_preview_options": options}


def _photo(photo: NewPhoto | KnownPhoto) -> tuple[str, NewPhoto | None]:
    match photo:
        case KnownPhoto():
            return photo.reference, None
        case NewPhoto():
            return f"attach://{UPLOAD}", photo


@lru_cache(maxsize=256)
def _markup(keyboard: Keyboard) -> dict[str, Any]:
    return {"inline_keyboard": [[_button(button) for button in row] for row in keyboard]}


def _button(button: Button) -> dict[str, str]:
    label = encodable(button.label)
    if button.url is not None:
        return {"text": label, "url": button.url}
    return {"text": label, "callback_data": button.action or ""}
