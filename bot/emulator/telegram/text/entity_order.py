"""The order in which Telegram tells the entities of a text."""

from typing import Any

_RANKS = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "date_time": 48,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
_PRE_WITH_LANGUAGE = 10


def entity_order(entity: dict[str, Any]) -> tuple[int, int, int]:
    """Outer entities come before those they contain; of the same extent TDLib has an order of kinds."""
    named = entity["type"] == "pre" and "language" in entity
    rank = _PRE_WITH_LANGUAGE if named else _RANKS.get(entity["type"], 50)
    return entity["offset"], -entity["length"], rank
