"""sendMediaGroup, and the InputMedia objects that it shares with editMessageMedia."""

from dataclasses import dataclass
from typing import Any

from bot.emulator.telegram.messages.media import MediaSource, check_upload, loaded, named_source, through_gate
from bot.emulator.telegram.messages.posting import SEND_PARAMETERS, admit, find_target, post, rendered
from bot.emulator.telegram.rules.errors import ApiError, bad_request
from bot.emulator.telegram.text.formatted import Formatted, check_caption, parsed_caption
from bot.emulator.telegram.text.markup import Json
from bot.emulator.telegram.world.registry import Call, method

_MAX_ITEMS = 10
_KNOWN = frozenset({"photo", "document"})
_UNKNOWN = frozenset({"video", "animation", "audio", "live_photo", "sticker", "location", "venue"})
_RAW_CODES = {
    "failed to get HTTP URL content": "WEBPAGE_CURL_FAILED",
    "wrong type of the web page content": "WEBPAGE_MEDIA_EMPTY",
    "wrong file identifier/HTTP URL specified": "MEDIA_EMPTY",
    "wrong HTTP URL specified": "WC_CONVERT_URL_INVALID",
}


@dataclass(frozen=True, slots=True)
class InputMedia:
    """One photo or document with its caption, read but not yet looked up."""

    kind: str
    reference: str
    formatted: Formatted
    flags: dict[str, bool]

    def source(self, call: Call) -> MediaSource:
        source = named_source(call, self.kind, "", self.reference)
        if source is None:
            raise bad_request("Can't parse InputMedia: media not found")
        return source


def single_media(call: Call) -> Any:
    call.arguments.required("media")
    return call.arguments.json("media", "Can't parse input media JSON object")


def read_media(given: Any) -> InputMedia:
    try:
        return _read(given)
    except ApiError as error:
        if error.code != 400:
            raise
        inner = error.description.removeprefix("Bad Request: ")
        # An error of the text parser keeps its capital inside another sentence.
        inner = inner.replace("can't parse entities", "Can't parse entities", 1)
        raise bad_request(f"Can't parse InputMedia: {inner}") from None


def _read(given: Any) -> InputMedia:
    if not isinstance(given, dict):
        raise bad_request("expected an Object")
    texts: dict[str, str] = {}
    for name in ("caption", "parse_mode", "media", "type"):
        value = given.get(name, "")
        if not isinstance(value, str):
            raise bad_request(f'Field "{name}" must be of type String')
        texts[name] = value
    caption = parsed_caption(texts["caption"], texts["parse_mode"], given.get("caption_entities"))
    if not texts["media"]:
        raise bad_request("media not found")
    kind = texts["type"]
    if kind in _UNKNOWN:
        raise ApiError(501, f"Not Implemented: the emulator knows no media of type {kind}")
    if not kind:
        raise bad_request('Can\'t find field "type"')
    if kind not in _KNOWN:
        raise bad_request(f'type "{kind}" is unsupported')
    return InputMedia(kind, texts["media"], caption, _flags(given, kind))


def _flags(given: Json, kind: str) -> dict[str, bool]:
    """Return how a photo is shown, in the words of a Message; a document has neither choice."""
    flags = {}
    for name, shown in (("show_caption_above_media",) * 2, ("has_spoiler", "has_media_spoiler")):
        if not isinstance(given.get(name, False), bool):
            raise bad_request(f'Field "{name}" must be of type Boolean')
        flags[shown] = kind == "photo" and given.get(name, False)
    return flags


def with_flags(extra: Json, flags: dict[str, bool]) -> Json:
    """Return *extra* with those flags set, or taken out."""
    kept = {name: value for name, value in extra.items() if name not in flags}
    return kept | {name: True for name, wanted in flags.items() if wanted}


async def _send_media_group(call: Call) -> Any:
    items = _items(call)
    kind = items[0].kind
    target = find_target(call, kind)
    for item in items:
        check_caption(item.formatted)
    sources = [_checked(number, item, call) for number, item in enumerate(items, 1)]
    admit(call, target, len(items))
    media = []
    async with through_gate(call, target.chat, sources):
        for number, source in enumerate(sources, 1):
            try:
                media.append(await loaded(call, source))
            except ApiError as error:
                raise _item_error(number, error) from None
    album = str(13_000_000_000_000_000 + next(call.state.serial))
    messages = []
    for item, medium in zip(items, media, strict=True):
        content: Json = {kind: medium, "text": item.formatted.text, "entities": item.formatted.entities}
        messages.append(post(call, target, **content, album=album, extra=with_flags({}, item.flags)))
    return [rendered(call, message) for message in messages]


def _items(call: Call) -> list[InputMedia]:
    call.arguments.required("media")
    given = call.arguments.json("media", "Can't parse media JSON object")
    if not isinstance(given, list):
        raise bad_request("Expected an Array of InputMedia")
    items = [read_media(item) for item in given]
    if not items:
        raise bad_request("There are no messages to send")
    if len(items) > _MAX_ITEMS:
        raise bad_request("Too many messages to send as an album")
    if len(items) == 1:
        raise bad_request("group send failed")
    if len({item.kind for item in items}) > 1:
        raise bad_request("document can't be mixed with other media types")
    return items


def _checked(number: int, item: InputMedia, call: Call) -> MediaSource:
    try:
        source = item.source(call)
        check_upload(source)
    except ApiError as error:
        raise _item_error(number, error) from None
    return source


def _item_error(number: int, error: ApiError) -> ApiError:
    if error.code != 400:
        return error
    text = error.description.removeprefix("Bad Request: ")
    return bad_request(
        f'failed to send message #{number} with the error message "{_RAW_CODES.get(text, text)}"'
    )


_PARAMETERS = tuple(
    name for name in SEND_PARAMETERS if name not in {"reply_markup", "suggested_post_parameters"}
)
METHODS = (method("sendMediaGroup", _send_media_group, *_PARAMETERS, "media"),)
