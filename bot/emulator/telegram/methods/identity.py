"""getMe and what a bot says about itself: name, descriptions, menu button; logOut and close."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.emulator.telegram.media.files import Document, Photo, VoiceNote
from bot.emulator.telegram.methods.languages import language_code
from bot.emulator.telegram.rules.errors import bad_request, too_many_requests
from bot.emulator.telegram.world.registry import Call, Method, method

_MAX_NAME = 64
_MAX_DESCRIPTION = 512
_MAX_SHORT = 120
_CLOSE_AFTER = 600.0
_NOWHERE = 0
"""No chat: who watches one alone need not know."""

_MENU_BUTTONS = frozenset({"default", "commands"})
_MAX_DOWNLOAD = 20 * 1024 * 1024
# Bot API: the address is good for at least an hour.
_DOWNLOADABLE_FOR = 3600.0

Run = Callable[[Call], Awaitable[Any]]


async def _get_me(call: Call) -> Any:
    return {
        **call.bot.as_json(),
        "can_join_groups": True,
        "can_read_all_group_messages": call.bot.reads_all_messages,
        "supports_inline_queries": call.bot.inline,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
    }


def _text_methods(suffix: str, field: str, longest: int) -> tuple[Method, Method]:
    """Return the getter and the setter of one of a bot's own texts, kept per language."""

    async def get(call: Call) -> Any:
        language = language_code(call.arguments.text("language_code"))
        texts = call.bot.texts
        default = call.bot.name if field == "name" else ""
        return {field: texts.get((field, language)) or texts.get((field, "")) or default}

    async def put(call: Call) -> Any:
        text, language = call.arguments.text(field), language_code(call.arguments.text("language_code"))
        if len(text) > longest:
            raise bad_request(f"Bot {field.replace('_', ' ')} is too long")
        call.bot.texts[field, language] = text
        if field == "description":
            call.state.events.tell("described", _NOWHERE, {"bot": call.bot.id})
        return True

    return (
        method(f"getMy{suffix}", get, "language_code"),
        method(f"setMy{suffix}", put, "language_code", field),
    )


async def _set_menu_button(call: Call) -> Any:
    given = call.arguments.json("menu_button", "Can't parse menu button JSON object")
    button = {"type": "default"} if given is None else given
    if not isinstance(button, dict) or not isinstance(button.get("type"), str):
        raise bad_request("Object expected as menu button")
    if button["type"] == "web_app":
        text, app = button.get("text"), button.get("web_app")
        if not text or not isinstance(app, dict) or not str(app.get("url", "")).startswith("https://"):
            raise bad_request("Can't parse menu button: Web App URL is invalid")
    elif button["type"] not in _MENU_BUTTONS:
        raise bad_request("Can't parse menu button: Unsupported type specified")
    user = call.arguments.integer("chat_id")
    if user and user not in call.state.world.users:
        raise bad_request("user not found")
    call.bot.menu_buttons[user] = button
    return True


async def _get_menu_button(call: Call) -> Any:
    buttons = call.bot.menu_buttons
    return buttons.get(call.arguments.integer("chat_id")) or buttons.get(0) or {"type": "default"}


async def _get_file(call: Call) -> Any:
    file_id = call.arguments.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    files = call.state.files
    key, item = files.any_item(call.bot.id, file_id)
    size = len(files.contents[key])
    if size > _MAX_DOWNLOAD:
        raise bad_request("file is too big")
    path = _path(key, item)
    files.offer(call.bot.id, path, key, until=call.arrived_at + _DOWNLOADABLE_FOR)
    return {
        "file_id": file_id,
        "file_unique_id": files.unique_id(key),
        "file_size": size,
        "file_path": path,
    }


def _path(key: str, item: Photo | Document | VoiceNote) -> str:
    """Return where a file is fetched from: below a folder of its kind, with the ending that it came with."""
    match item:
        case Document(name=name):
            ending = name.rpartition(".")[2] if "." in name else "bin"
            return f"documents/{key[:16]}.{ending if ending.isascii() and ending.isalnum() else 'bin'}"
        case VoiceNote():
            return f"voice/{key[:16]}.oga"
        case Photo():
            return f"photos/{key[:16]}.jpg"


async def _log_out(call: Call) -> Any:
    call.bot.logged_out = True
    return True


async def _close(call: Call) -> Any:
    running_for = call.arrived_at - call.bot.known_since
    if running_for < _CLOSE_AFTER:
        raise too_many_requests(max(1, int(_CLOSE_AFTER - running_for)))
    return True


METHODS = (
    method("getMe", _get_me),
    *_text_methods("Name", "name", _MAX_NAME),
    *_text_methods("Description", "description", _MAX_DESCRIPTION),
    *_text_methods("ShortDescription", "short_description", _MAX_SHORT),
    method("setChatMenuButton", _set_menu_button, "chat_id", "menu_button"),
    method("getChatMenuButton", _get_menu_button, "chat_id"),
    method("getFile", _get_file, "file_id"),
    method("logOut", _log_out),
    method("close", _close),
)
