"""Link preview options: read, checked, recorded."""

from typing import Any

from bot.emulator.telegram.rules.errors import bad_request
from bot.emulator.telegram.text.markup import Json
from bot.emulator.telegram.world.registry import Call

_FLAGS = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")


def link_preview(call: Call) -> Json | None:
    """Return the options as a message keeps them; sizes count only with an explicit address (Bot API)."""
    given = call.arguments.json("link_preview_options", "Can't parse link preview options JSON object")
    if given is None:
        return {"is_disabled": True} if call.arguments.flag("disable_web_page_preview") else None
    if not isinstance(given, dict):
        raise bad_request("Object expected as link preview options")
    kept: Json = {name: True for name in _FLAGS if _typed(given, name, bool, "Boolean")}
    if _typed(given, "url", str, "String"):
        kept["url"] = given["url"]
    for name in ("prefer_small_media", "prefer_large_media"):
        if kept.get(name) and "url" not in kept:
            del kept[name]
            call.state.metrics.lint[f"link_preview_options: {name} does nothing without url"] += 1
    return kept or None


def _typed(given: Json, name: str, kind: type, word: str) -> Any:
    value = given.get(name)
    if value is not None and not isinstance(value, kind):
        raise bad_request(f'Field "{name}" must be of type {word}')
    return value
