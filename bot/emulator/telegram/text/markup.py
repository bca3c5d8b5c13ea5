"""Keyboards: read, checked and brought into the shape in which Telegram returns them."""

from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import orjson

from bot.emulator.telegram.requests.arguments import Arguments
from bot.emulator.telegram.requests.json_text import loads
from bot.emulator.telegram.rules.errors import ApiError, bad_request
from bot.emulator.telegram.text.addresses import AddressError, checked_address

_MAX_BUTTONS = 100
_MAX_PER_ROW = 8
_MAX_BYTES = 10_000
_MAX_DATA = 64
_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_SUPPORTED = frozenset(
    {"url", "callback_data", "switch_inline_query", "switch_inline_query_current_chat", "copy_text"}
)

Json = dict[str, Any]


def reply_markup(arguments: Arguments) -> Json | None:
    """Return the markup of a request as it will be stored; an empty keyboard is none."""
    given = arguments.text("reply_markup")
    return _parsed(given) if given else None


@lru_cache(maxsize=256)
def _parsed(given: str) -> Json | None:
    """A broadcast sends one keyboard many times; nobody changes what is returned."""
    try:
        value = loads(given)
    except ValueError:
        raise bad_request("Can't parse reply keyboard markup JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("Object expected as reply markup")
    if len(orjson.dumps(value)) > _MAX_BYTES:
        raise bad_request("reply markup is too long")
    rows = _rows(value, "keyboard", 'Field "keyboard" must be an Array of Arrays')
    inline = _rows(
        value,
        "inline_keyboard",
        'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    )
    keyboard = [kept for row in rows if (kept := [_key(button) for button in row])]
    buttons = [kept for row in inline if (kept := [_button(button) for button in row])]
    return _shaped(value, keyboard, buttons)


def _shaped(value: Json, keyboard: list[list[Json]], buttons: list[list[Json]]) -> Json | None:
    if keyboard:
        return {**value, "keyboard": [row[:_MAX_PER_ROW] for row in keyboard]}
    if buttons:
        if sum(map(len, buttons)) > _MAX_BUTTONS:
            raise bad_request("reply markup is too long")
        return {"inline_keyboard": [row[:_MAX_PER_ROW] for row in buttons]}
    if value.get("remove_keyboard") or value.get("hide_keyboard"):
        return {"remove_keyboard": True}
    if value.get("force_reply"):
        return {"force_reply": True}
    return None


def check_place(markup: Json | None, *, inline_only: bool, channel: bool) -> None:
    """Refuse a keyboard that cannot stand in a channel, or on a message that is edited (TDLib)."""
    if markup is None:
        return
    if inline_only and "inline_keyboard" not in markup:
        raise bad_request("Inline keyboard expected")
    for row in markup.get("inline_keyboard", []) if channel else []:
        for button in row:
            for name in ("switch_inline_query", "switch_inline_query_current_chat"):
                if name in button:
                    raise bad_request(
                        f"Can't use {name} button in a channel chat, because users will not be able to use "
                        "the button without knowing bot's username"
                    )


def inline_only(markup: Json | None) -> Json | None:
    """Return the markup that a sent message keeps: Telegram shows only inline keyboards on it."""
    return markup if markup is not None and "inline_keyboard" in markup else None


def _rows(value: Json, name: str, complaint: str) -> list[list[Any]]:
    rows = value.get(name)
    if rows is None:
        return []
    if not isinstance(rows, list):
        raise bad_request(f'Field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(complaint)
    return rows


def _key(button: Any) -> Json:
    if isinstance(button, str):
        return {"text": button}
    text = _field(button, "keyboard button")
    if not text.strip():
        raise bad_request("keyboard button text must be non-empty")
    return {**button, "text": text}


def _field(button: Any, what: str) -> str:
    if not isinstance(button, dict):
        raise bad_request(f"Can't parse {what}: Object expected")
    if "text" not in button:
        raise bad_request(f"Can't parse {what}: Can't find field \"text\"")
    text = button["text"]
    if not isinstance(text, str):
        raise bad_request(f'Can\'t parse {what}: Field "text" must be of type String')
    return text


def _button(button: Any) -> Json:
    text = _field(button, "inline keyboard button")
    actions = [name for name in _ACTIONS if name in button]
    if not actions or not text.strip():
        raise bad_request(
            "Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise bad_request(
            "Can't parse inline keyboard button: exactly one of the optional fields must be used"
        )
    action = actions[0]
    if action not in _SUPPORTED:
        raise ApiError(501, f"Not Implemented: the emulator knows no {action} buttons")
    kept = {"text": text, action: button[action]}
    if "style" in button:
        if button["style"] not in {"danger", "success", "primary"}:
            raise bad_request("Can't parse inline keyboard button: invalid button style specified")
        kept["style"] = button["style"]
    if action == "callback_data":
        _check_data(button[action])
    elif action == "url":
        kept["url"] = _checked_url(button[action])
    return kept


def _check_data(data: Any) -> None:
    if not isinstance(data, str):
        raise bad_request('Can\'t parse inline keyboard button: Field "callback_data" must be of type String')
    if not 1 <= len(data.encode()) <= _MAX_DATA:
        raise bad_request("BUTTON_DATA_INVALID")


def _checked_url(url: Any) -> str:
    if not isinstance(url, str):
        raise bad_request('Can\'t parse inline keyboard button: Field "url" must be of type String')
    try:
        address = checked_address(url)
    except AddressError as error:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {error}") from None
    host = urlsplit(address).hostname or ""
    if address.startswith("http") and (".." in host or host.startswith((".", "-"))):
        raise bad_request("BUTTON_URL_INVALID")
    return address
