"""JSON as the Bot API server reads it: no deeper than a hundred levels, and as far as it can be read."""

import json
import re
from typing import Any, NoReturn

import orjson

_MAX_DEPTH = 100
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', re.DOTALL)
_BLANKS = re.compile(r"[ \t\r\n]*")


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


_DECODER = json.JSONDecoder(parse_constant=_no_number)


def loads(text: str) -> Any:
    """Return the value of *text*; raise ValueError where it is none or nested too deep."""
    if text.count("[") + text.count("{") > _MAX_DEPTH and _depth(text) > _MAX_DEPTH:
        raise ValueError("too deep")
    return orjson.loads(text)


def _depth(text: str) -> int:
    depth = deepest = 0
    for token in _TOKEN.finditer(text):
        if token[0] in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif token[0] in "]}":
            depth -= 1
    return deepest


def readable_fields(text: str) -> dict[str, Any]:
    """Return the fields of an object up to the first that cannot be read (HttpReader of TDLib)."""
    fields: dict[str, Any] = {}
    position = _after_blanks(text, 0)
    if text[position : position + 1] != "{":
        return fields
    try:
        while True:
            name, position = _DECODER.raw_decode(text, _after_blanks(text, position + 1))
            position = _after_blanks(text, position)
            if not isinstance(name, str) or text[position : position + 1] != ":":
                return fields
            begin = _after_blanks(text, position + 1)
            value, position = _DECODER.raw_decode(text, begin)
            if _depth(text[begin:position]) > _MAX_DEPTH:
                return fields
            fields.setdefault(name, value)
            position = _after_blanks(text, position)
            if text[position : position + 1] != ",":
                return fields
    except (ValueError, RecursionError):
        return fields


def _after_blanks(text: str, position: int) -> int:
    match = _BLANKS.match(text, position)
    assert match is not None
    return match.end()
