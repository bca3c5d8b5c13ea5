"""Text that can be written: JSON may spell half of a surrogate pair, which no encoding has."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

T = TypeVar("T")

_HALF_A_PAIR = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"


def encodable(value: T) -> T:
    """Return *value*, a text or a dataclass or tuple of such, with each lone surrogate replaced."""
    found: Any = value
    if isinstance(found, str):
        found = _text(found)
    elif isinstance(found, tuple):
        found = tuple(map(encodable, found))
    elif is_dataclass(found) and not isinstance(found, type):
        values = {each.name: getattr(found, each.name) for each in fields(found)}
        clean = {name: encodable(each) for name, each in values.items()}
        found = found if clean == values else replace(found, **clean)
    return found  # type: ignore[no-any-return]


def _text(text: str) -> str:
    return text if text.isascii() else _HALF_A_PAIR.sub(_REPLACEMENT, text)
