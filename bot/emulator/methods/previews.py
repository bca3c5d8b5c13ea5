"""Link preview options: read, checked, recorded."""

from bot.emulator.errors import bad_request
from bot.emulator.markup import Json
from bot.emulator.methods.registry import Call

_FLAGS = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")


def link_preview(call: Call) -> Json | None:
    """Return the options as a message keeps them; sizes count only with an explicit address (Bot API)."""
    given = call.arguments.json("link_preview_options", "Can't parse link preview options JSON object")
    if given is None:
        return {"is_disabled": True} if call.arguments.flag("disable_web_page_preview") else None
    if not isinstance(given, dict):
        raise bad_request("Object expected as link preview options")
    kept: Json = {}
    for name in _FLAGS:
        if name in given:
            if not isinstance(given[name], bool):
                raise bad_request(f'Field "{name}" must be of type Boolean')
            if given[name]:
                kept[name] = True
    if "url" in given:
        if not isinstance(given["url"], str):
            raise bad_request('Field "url" must be of type String')
        if given["url"]:
            kept["url"] = given["url"]
    return kept or None
