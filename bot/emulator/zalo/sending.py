"""The methods that send: what they take, to whom, and what of it is counted."""

import unicodedata
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from bot.emulator.zalo.arguments import text
from bot.emulator.zalo.call import Call, Json, Method
from bot.emulator.zalo.errors import bad_request, not_permitted, unknown_chat
from bot.emulator.zalo.fetching import PHOTOS, RECORDINGS, FetchedFile, fetch
from bot.emulator.zalo.webhook import is_allowed
from bot.emulator.zalo.world import Chat, ChatMessage, milliseconds, units

LONGEST_TEXT = 2000
"""UTF-16 units of a text, and of a caption."""

_COLOURS = ("050a19", "15a85f", "f7b503", "f27806", "db342e")
_STYLES = frozenset(
    (
        *("b", "i", "u", "s", "f_13", "f_15", "f_18", "f_20", "lst_1", "lst_2"),
        *(f"c_{colour}" for colour in _COLOURS),
        *(f"ind_{depth}" for depth in range(1, 6)),
    )
)
_PARSE_MODES = frozenset({"markdown", "html"})


async def _send_message(call: Call) -> Json:
    said = text(call.arguments, "text")
    if not said.strip():
        raise bad_request("The text must not be empty")
    if units(said) > LONGEST_TEXT:
        raise bad_request(f"The text must not exceed {LONGEST_TEXT} characters")
    chat = _chat(call)
    styles = call.arguments.get("text_styles") or []
    _lint(call, said, styles)
    return _sent(call, chat, "message.text", text=said, styles=styles if isinstance(styles, list) else [])


async def _send_photo(call: Call) -> Json:
    photo, caption = text(call.arguments, "photo"), text(call.arguments, "caption")
    knobs = call.state.knobs
    if not is_allowed(photo, schemes=("http", "https"), local=knobs.local):
        raise bad_request("The photo is invalid")
    if units(caption) > LONGEST_TEXT:
        raise bad_request(f"The caption must not exceed {LONGEST_TEXT} characters")
    chat = _chat(call)
    _lint(call, caption, [])
    if {"text_styles", "parse_mode"} & call.arguments.keys():
        call.state.metrics.lint["a caption with styles, which nothing documents"] += 1
    fetched = await _fetched(call, photo, PHOTOS)
    if fetched is None:
        raise bad_request("The photo could not be fetched")
    return _sent(call, chat, "message.image", text=caption, photo=photo, photo_sha256=fetched.sha256)


async def _send_sticker(call: Call) -> Json:
    sticker = text(call.arguments, "sticker")
    if not sticker:
        raise bad_request("The sticker must not be empty")
    return _sent(call, _chat(call), "message.sticker", text=sticker)


async def _send_voice(call: Call) -> Json:
    voice = text(call.arguments, "voice_url")
    if not voice:
        raise bad_request("The voice url must not be empty")
    is_aac = urlsplit(voice).path.endswith(".aac")
    if not is_aac or not is_allowed(voice, schemes=("http", "https"), local=call.state.knobs.local):
        raise bad_request("The voice url is invalid")
    chat = _chat(call)
    if chat.type == "GROUP":
        raise not_permitted()
    fetched = await _fetched(call, voice, RECORDINGS)
    if fetched is None:
        raise bad_request("The voice could not be fetched")
    return _sent(call, chat, "message.voice", voice=voice, voice_sha256=fetched.sha256)


async def _fetched(call: Call, url: str, kinds: Mapping[str, tuple[bytes, ...]]) -> FetchedFile | None:
    """Fetch and keep what a phone is to show or play; when Zalo fetches a recording nobody has measured."""
    knobs = call.state.knobs
    found = await fetch(url, kinds, knobs.fetch_seconds, local=knobs.local)
    if found is not None:
        call.state.files[found.sha256] = found
    return found


async def _send_chat_action(call: Call) -> None:
    if text(call.arguments, "action") != "typing":
        raise bad_request("The action is invalid")
    _chat(call)


def _chat(call: Call) -> Chat:
    """Return the chat that is written to. Raises ZaloError for one that may not be."""
    chat_id = text(call.arguments, "chat_id")
    if not chat_id:
        raise bad_request("The chat_id must not be empty")
    chat = call.account.chats.get(chat_id)
    if chat is None or chat.is_stale:
        raise unknown_chat()
    if not call.account.is_admitted(chat, call.state.knobs.users):
        raise not_permitted()
    return chat


def _sent(call: Call, chat: Chat, event: str, **content: Any) -> Json:
    call.state.spend(call.account)
    now = call.state.clock.now()
    message = ChatMessage(call.account.next_message_id(), now, is_ours=True, event=event, **content)
    call.state.keep(call.account, chat, message)
    return {"message_id": message.id, "date": milliseconds(now)}


def _lint(call: Call, said: str, styles: Any) -> None:
    """Note what Zalo passes over in silence and a careful client does not do."""
    lint, mode = call.state.metrics.lint, call.arguments.get("parse_mode")
    if mode is not None and (mode not in _PARSE_MODES or styles):
        lint[f"parse_mode {mode!r}, with text_styles or unknown"] += 1
    if not unicodedata.is_normalized("NFC", said):
        lint["the text is not composed (NFC)"] += 1
    if not isinstance(styles, list) or not all(_is_style(style, units(said)) for style in styles):
        lint["text_styles that mean nothing"] += 1


def _is_style(style: Any, longest: int) -> bool:
    if not isinstance(style, dict) or set(style) != {"start", "len", "st"}:
        return False
    start, length, names = style["start"], style["len"], style["st"]
    inside = isinstance(start, int) and isinstance(length, int) and 0 <= start < start + length <= longest
    return inside and isinstance(names, list) and bool(names) and _STYLES.issuperset(names)


METHODS: dict[str, Method] = {
    "sendMessage": _send_message,
    "sendPhoto": _send_photo,
    "sendSticker": _send_sticker,
    "sendVoice": _send_voice,
    "sendChatAction": _send_chat_action,
}
