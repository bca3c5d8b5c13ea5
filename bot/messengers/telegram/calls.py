"""A neutral message as one call of the Bot API."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.domain.chats.chat import Address
from bot.domain.chats.message import (
    AlbumPhoto,
    Button,
    Keyboard,
    KnownPhoto,
    KnownVoice,
    Message,
    NewPhoto,
    NewVoice,
    RichText,
)
from bot.domain.messaging.messenger import InlineResult, InlineResults
from bot.domain.text.text import encodable
from bot.messengers.telegram.rich import rich_html
from bot.messengers.text import is_plain, to_html, to_plain

GENERAL_TOPIC = "1"
"""A forum's general topic: named explicitly, Telegram answers "message thread not found"."""

_UPLOAD = "upload"
INLINE_CACHE_SECONDS = 60
"""For how long Telegram gives the same answer again by itself: news is not much older then."""

Files = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A method, what it is given, and the new photos that go along, by the name that it knows them by."""

    method: str
    parameters: dict[str, Any]
    files: Files = ()


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
    if message.album:
        return _album(parameters, message.album)
    if message.whole:
        return Call("sendRichMessage", parameters | {"rich_message": {"html": rich_html(message.whole)}})
    if message.voice:
        return _spoken(parameters, message.voice, message.text)
    if message.photo is None:
        parameters |= _worded("text", message.text) | _preview(message)
        return Call("sendMessage", parameters)
    parameters |= _worded("caption", message.text)
    parameters["photo"], files = _photo(message.photo)
    return Call("sendPhoto", parameters, files)


def inline_answer(query_id: str, offers: InlineResults) -> dict[str, Any]:
    """Return what answerInlineQuery is given: for one person alone, since it is in their language."""
    return {
        "inline_query_id": query_id,
        "results": [_result(offer) for offer in offers.offers],
        "next_offset": offers.next_offset,
        "is_personal": True,
        "cache_time": INLINE_CACHE_SECONDS,
    }


def _result(offer: InlineResult) -> dict[str, Any]:
    message = offer.message
    worded = _worded("message_text", message.text)
    result: dict[str, Any] = {
        "type": "article",
        "id": offer.id,
        "title": encodable(offer.title),
        "description": encodable(offer.description),
        "input_message_content": worded | _preview(message),
    }
    if offer.picture:
        result["thumbnail_url"] = offer.picture
    if message.keyboard:
        result["reply_markup"] = _markup(message.keyboard)
    return result


def deletion(address: Address, message: Message) -> Call:
    """Return the call that deletes the message that *message* replaces."""
    return Call("deleteMessage", {"chat_id": address.chat, "message_id": int(message.replaces or 0)})


def _album(parameters: dict[str, Any], album: Sequence[AlbumPhoto]) -> Call:
    """Bot API, sendMediaGroup: no buttons go with it."""
    media: list[dict[str, str]] = []
    files: Files = ()
    for number, each in enumerate(album):
        reference, own = _photo(each.photo, f"{_UPLOAD}{number}")
        caption = {"caption": encodable(each.caption)} if each.caption else {}
        media.append({"type": "photo", "media": reference, **caption})
        files += own
    return Call("sendMediaGroup", {**parameters, "media": media}, files)


def _spoken(parameters: dict[str, Any], voice: NewVoice | KnownVoice, caption: RichText) -> Call:
    """Bot API, sendVoice: an OGG file with Opus; its *duration* is in seconds."""
    parameters |= _worded("caption", caption) | {"duration": voice.seconds}
    match voice:
        case KnownVoice():
            return Call("sendVoice", parameters | {"voice": voice.reference})
        case NewVoice():
            attached = {"voice": f"attach://{_UPLOAD}"}
            return Call("sendVoice", parameters | attached, ((_UPLOAD, voice.content),))


def _edit(parameters: dict[str, Any], message: Message) -> Call:
    if message.buttons_only:
        return Call("editMessageReplyMarkup", parameters)
    if message.photo is None and message.captions:
        return Call("editMessageCaption", parameters | _worded("caption", message.text))
    if message.photo is None:
        return Call("editMessageText", parameters | _worded("text", message.text) | _preview(message))
    media, files = _photo(message.photo)
    parameters["media"] = {"type": "photo", "media": media, **_worded("caption", message.text)}
    return Call("editMessageMedia", parameters, files)


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


def _photo(photo: NewPhoto | KnownPhoto, part: str = _UPLOAD) -> tuple[str, Files]:
    match photo:
        case KnownPhoto():
            return photo.reference, ()
        case NewPhoto():
            return f"attach://{part}", ((part, photo.content),)


@lru_cache(maxsize=64)
def _markup(keyboard: Keyboard) -> dict[str, Any]:
    return {"inline_keyboard": [[_button(button) for button in row] for row in keyboard]}


def _button(button: Button) -> dict[str, str]:
    label = encodable(button.label)
    style = {"style": button.style.value} if button.style else {}
    if button.url is not None:
        return {"text": label, "url": button.url, **style}
    return {"text": label, "callback_data": button.action or "", **style}
