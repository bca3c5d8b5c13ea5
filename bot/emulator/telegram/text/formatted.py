"""A text as Telegram keeps it: parsed, cleaned, trimmed, with its entities and the links it found itself."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from bot.emulator.telegram.rules.errors import ApiError, bad_request
from bot.emulator.telegram.text.entity_order import entity_order
from bot.emulator.telegram.text.found import found_entities
from bot.emulator.telegram.text.given import given_entities
from bot.emulator.telegram.text.html import Entity, HtmlError, parse_html, utf16_length

TEXT_LENGTH = 4096
CAPTION_LENGTH = 1024
_RAW_BYTES = 1 << 15
_MAX_ENTITIES = 100

# TDLib: control characters become blanks; carriage returns, direction marks and three overlong marks vanish.
_UNCLEAN = re.compile("[\x00-\x09\x0b-\x1f\u2028-\u202e\u0333\u033f\u030a]")
_BLANKED = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f]")
_REMOVED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_TRIMMED = " \n"
_SPLITTABLE = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})


@dataclass(frozen=True, slots=True)
class Formatted:
    """Text and entities; offsets and lengths in UTF-16 units."""

    text: str = ""
    entities: list[Entity] = field(default_factory=list)


def message_text(text: str, parse_mode: str, entities: Any) -> Formatted:
    """Return the text of a message. Bot API: 1–4096 code points after entity parsing."""
    if not text:
        raise bad_request("Message text is empty")
    formatted = _formatted(text, parse_mode, entities)
    if not formatted.text:
        raise bad_request("Text must be non-empty")
    if len(formatted.text) > TEXT_LENGTH:
        raise bad_request("Message is too long")
    return formatted


def caption_text(text: str, parse_mode: str, entities: Any) -> Formatted:
    """Return the caption of a photo or document. Bot API: 0–1024 code points after entity parsing."""
    formatted = parsed_caption(text, parse_mode, entities)
    check_caption(formatted)
    return formatted


def parsed_caption(text: str, parse_mode: str, entities: Any) -> Formatted:
    """Return a caption of any length: that of an album's item is measured only when all have been read."""
    return _formatted(text, parse_mode, entities)


def check_caption(caption: Formatted) -> None:
    if len(caption.text) > CAPTION_LENGTH:
        raise bad_request("Message caption is too long")


def _formatted(text: str, parse_mode: str, entities: Any) -> Formatted:
    if len(text) * 4 > _RAW_BYTES and len(text.encode()) > _RAW_BYTES:
        raise bad_request("Text is too long")
    mode = parse_mode.lower()
    if not text or mode in {"", "none"}:
        return _fixed(text, given_entities(entities))
    if mode == "html":
        return _from_html(text)
    if mode in {"markdown", "markdownv2"}:
        raise ApiError(501, f"Not Implemented: the emulator knows no parse_mode {parse_mode}")
    raise bad_request("Unsupported parse_mode")


@lru_cache(maxsize=256)
def _from_html(source: str) -> Formatted:
    """A broadcast sends one text many times; nobody changes what is returned."""
    try:
        text, entities = parse_html(source)
    except HtmlError as error:
        raise bad_request(f"Can't parse entities: {error}") from None
    return _fixed(text, entities)


def _fixed(text: str, entities: list[Entity]) -> Formatted:
    if entities:
        _check_bounds(text, entities)
    if _UNCLEAN.search(text):
        text, entities = _clean(text, entities)
    if entities:
        entities = _merged(_meaningful(text, entities))
    text, entities = _trimmed(text, entities)
    return Formatted(text, found_entities(text, entities[:_MAX_ENTITIES]))


def _check_bounds(text: str, entities: list[Entity]) -> None:
    length = utf16_length(text)
    for entity in entities:
        begin, end = entity["offset"], entity["offset"] + entity["length"]
        if begin > length:
            raise bad_request(f"Entity begins after the end of the text at UTF-16 offset {begin}")
        if end > length:
            raise bad_request(
                f"Entity beginning at UTF-16 offset {begin} ends after the end of the text "
                f"at UTF-16 offset {end}"
            )
    if length == len(text):
        return
    units = text.encode("utf-16-le")
    for entity in entities:
        begin, end = entity["offset"], entity["offset"] + entity["length"]
        if begin < length and 0xDC <= units[2 * begin + 1] <= 0xDF:
            at = len(units[: 2 * begin - 2].decode("utf-16-le").encode()) + 4
            raise bad_request(f"Entity begins in a middle of a UTF-16 symbol at byte offset {at}")
        if end < length and 0xDC <= units[2 * end + 1] <= 0xDF:
            at = len(units[: 2 * end - 2].decode("utf-16-le").encode()) + 4
            raise bad_request(
                f"Entity beginning at UTF-16 offset {begin} ends in a middle of a UTF-16 symbol "
                f"at byte offset {at}"
            )


def _clean(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    text = _BLANKED.sub(" ", text)
    gone = [utf16_length(text[: match.start()]) for match in _REMOVED.finditer(text)] if entities else []
    moved = []
    for entity in entities:
        begin = entity["offset"] - bisect_left(gone, entity["offset"])
        end = entity["offset"] + entity["length"]
        end -= bisect_left(gone, end)
        if end > begin:
            moved.append({**entity, "offset": begin, "length": end - begin})
    return _REMOVED.sub("", text), moved


def _meaningful(text: str, entities: list[Entity]) -> list[Entity]:
    """Drop what covers only blanks, what stands inside code, and a quotation inside a quotation."""
    kept: list[Entity] = []
    closed = {"code": 0, "pre": 0, "blockquote": 0, "text_link": 0}
    astral = utf16_length(text) != len(text)
    units = text.encode("utf-16-le") if astral else b""
    for entity in entities:
        begin, end = entity["offset"], entity["offset"] + entity["length"]
        covered = units[2 * begin : 2 * end].decode("utf-16-le") if astral else text[begin:end]
        kind = "blockquote" if entity["type"] == "expandable_blockquote" else entity["type"]
        nested = begin < max(closed["code"], closed["pre"]) or (kind in closed and begin < closed[kind])
        if nested or (not covered.strip(_TRIMMED) and kind != "text_link"):
            continue
        if kind in closed:
            closed[kind] = end
        kept.append(entity)
    return kept


def _merged(entities: list[Entity]) -> list[Entity]:
    """Join runs of the same style that touch or overlap."""
    last: dict[str, Entity] = {}
    kept: list[Entity] = []
    for entity in entities:
        kind = entity["type"]
        before = last.get(kind)
        if kind in _SPLITTABLE and before and entity["offset"] <= before["offset"] + before["length"]:
            end = max(before["offset"] + before["length"], entity["offset"] + entity["length"])
            before["length"] = end - before["offset"]
            continue
        last[kind] = entity
        kept.append(entity)
    return sorted(kept, key=entity_order)


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    stripped = text.rstrip(_TRIMMED)
    if not entities:
        return stripped.lstrip(_TRIMMED), []
    end = utf16_length(stripped)
    kept = []
    for entity in entities:
        length = min(entity["offset"] + entity["length"], end) - entity["offset"]
        if length > 0:
            kept.append({**entity, "length": length})
    lead = len(stripped) - len(stripped.lstrip(_TRIMMED))
    if kept:
        lead = min(lead, kept[0]["offset"])
        if lead:
            kept = [{**entity, "offset": entity["offset"] - lead} for entity in kept]
    return stripped[lead:], sorted(kept, key=entity_order)
