"""sendRichMessage, and the rich message that editMessageText puts in the place of another."""

import re
from typing import Any

from bot.emulator.telegram.media.files import Photo, photo_json
from bot.emulator.telegram.messages.media import MediaSource, check_upload, load_one, named_source
from bot.emulator.telegram.messages.posting import (
    SEND_PARAMETERS,
    admit,
    find_target,
    post,
    read_markup,
    rendered,
)
from bot.emulator.telegram.rules.errors import ApiError, bad_request
from bot.emulator.telegram.text.rich import Json, RichMessage, read_rich
from bot.emulator.telegram.world.registry import Call, method
from bot.emulator.telegram.world.world import Chat

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_BY_ID = "tg://photo?id="
_CONTENTS = ("html", "markdown", "blocks")
_FIELDS = frozenset({*_CONTENTS, "media", "is_rtl", "skip_entity_detection"})


def given_rich(call: Call) -> tuple[RichMessage, dict[str, MediaSource]]:
    """Return the rich message of a request, and where the photos come from that it names."""
    given = call.arguments.json("rich_message", "Can't parse rich message JSON object")
    if not isinstance(given, dict):
        raise bad_request("Rich message must be non-empty")
    for name in given.keys() - _FIELDS:
        call.state.metrics.lint[f"sendRichMessage: unknown field {name}"] += 1
    contents = [name for name in _CONTENTS if given.get(name)]
    if len(contents) != 1:
        raise bad_request("Exactly one of html, markdown and blocks must be specified")
    if contents != ["html"]:
        raise ApiError(501, f"Not Implemented: the emulator reads no {contents[0]} of rich messages")
    rich = read_rich(str(given["html"]))
    sources = _named(call, given.get("media") or [])
    for photo in rich.photos:
        if photo["src"].startswith(_BY_ID) and photo["src"] not in sources:
            raise bad_request("rich message media not found")
    return rich, sources


def _named(call: Call, media: Any) -> dict[str, MediaSource]:
    if not isinstance(media, list) or not all(isinstance(each, dict) for each in media):
        raise bad_request("Array of rich message media expected")
    sources: dict[str, MediaSource] = {}
    for each in media:
        key, item = each.get("id"), each.get("media")
        if not isinstance(key, str) or not _ID.fullmatch(key) or f"{_BY_ID}{key}" in sources:
            raise bad_request("Wrong rich message media identifier specified")
        if not isinstance(item, dict) or item.get("type") != "photo":
            raise ApiError(501, "Not Implemented: the emulator knows photos alone in rich messages")
        source = named_source(call, "photo", "", str(item.get("media", "")))
        if source is None:
            raise bad_request("There is no photo in the request")
        check_upload(source)
        sources[f"{_BY_ID}{key}"] = source
    return sources


async def with_photos(call: Call, chat: Chat, given: tuple[RichMessage, dict[str, MediaSource]]) -> Json:
    """Return the rich message as it is kept, once its photos are loaded."""
    rich, sources = given
    for block in rich.photos:
        address = block.pop("src")
        photo = await load_one(call, chat, sources.get(address) or MediaSource("photo", url=address))
        assert isinstance(photo, Photo)
        block["photo"] = photo_json(call.state.files, call.bot.id, photo)
    return {"blocks": rich.blocks}


async def _send_rich_message(call: Call) -> Any:
    given = given_rich(call)
    target = find_target(call, "text", markup=read_markup(call))
    admit(call, target)
    rich = await with_photos(call, target.chat, given)
    return rendered(call, post(call, target, text=given[0].words, rich=rich))


METHODS = (method("sendRichMessage", _send_rich_message, *SEND_PARAMETERS, "rich_message"),)
