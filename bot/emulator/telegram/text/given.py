"""Entities that a request gives itself, instead of a parse mode."""

from typing import Any

from bot.emulator.telegram.rules.errors import bad_request
from bot.emulator.telegram.text.entity_order import entity_order
from bot.emulator.telegram.text.html import Entity
from bot.emulator.telegram.text.links import checked_link
from bot.emulator.telegram.text.moments import moment_entity

_STYLES = frozenset(
    {
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "code",
        "pre",
        "blockquote",
        "expandable_blockquote",
    }
)
_REQUIRED = {
    "text_link": "url",
    "text_mention": "user",
    "custom_emoji": "custom_emoji_id",
    "date_time": "unix_time",
}
# Telegram finds these by itself and ignores them here; and drops mentions of people unknown to the bot.
_IGNORED = frozenset(
    {
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bank_card_number",
        "text_mention",
    }
)
_FURTHEST = 1_000_000


def given_entities(entities: Any) -> list[Entity]:
    """Return the entities of a request, sorted; what is no list counts as none (Bot API server)."""
    if not isinstance(entities, list):
        return []
    given = [_given_entity(entity) for entity in entities]
    return sorted((entity for entity in given if entity is not None), key=entity_order)


def _given_entity(entity: Any) -> Entity | None:
    problem = _range_problem(entity) or _type_problem(entity)
    if problem:
        raise bad_request(f"Can't parse MessageEntity: {problem}")
    kind, offset, length = entity["type"], entity["offset"], entity["length"]
    if kind in _IGNORED:
        return None
    told = _told(kind, entity)
    if not 0 <= offset <= _FURTHEST:
        raise bad_request(f"Receive an entity with incorrect offset {offset}")
    if not 0 <= length <= _FURTHEST:
        raise bad_request(f"Receive an entity with incorrect length {length}")
    return {"offset": offset, "length": length, **told} if length and told else None


def _told(kind: str, entity: Entity) -> Entity:
    """Return the kind of an entity and what belongs to it; nothing where Telegram drops it."""
    match kind:
        case "text_link":
            url = checked_link(str(entity["url"]))
            if not url:
                raise bad_request("Entity URL is invalid")
            return {"type": kind, "url": url}
        case "custom_emoji":
            return {"type": kind, "custom_emoji_id": str(entity["custom_emoji_id"])}
        case "date_time":
            return _moment(entity)
        case "pre" if entity.get("language"):
            return {"type": kind, "language": str(entity["language"])}
        case _:
            return {"type": kind}


def _moment(entity: Entity) -> Entity:
    """Return what a moment is kept with; Telegram drops one that is not after 1970."""
    if not isinstance(entity["unix_time"], int) or isinstance(entity["unix_time"], bool):
        raise bad_request('Can\'t parse MessageEntity: Field "unix_time" must be of type Number')
    moment = moment_entity(str(entity["unix_time"]), str(entity.get("date_time_format", "")))
    if moment is None:
        raise bad_request("Can't parse MessageEntity: Invalid date format used")
    return moment


def _range_problem(entity: Any) -> str | None:
    if not isinstance(entity, dict):
        return "expected an Object"
    for name in ("offset", "length"):
        if name not in entity:
            return f'Can\'t find field "{name}"'
        if not isinstance(entity[name], int) or isinstance(entity[name], bool):
            return f'Field "{name}" must be of type Number'
    return None


def _type_problem(entity: Entity) -> str | None:
    kind = entity.get("type")
    if not isinstance(kind, str):
        return 'Can\'t find field "type"'
    if kind in _REQUIRED and _REQUIRED[kind] not in entity:
        return f'Can\'t find field "{_REQUIRED[kind]}"'
    if kind in _STYLES or kind in _REQUIRED or kind in _IGNORED:
        return None
    return "Unsupported type specified"
