"""Character references in HTML: four names and all numbers; the semicolon may be missing."""

import re

_REFERENCE = re.compile(r"&(?:#[xX](?P<hex>[0-9a-fA-F]*)|#(?P<decimal>[0-9]*)|(?P<name>[a-zA-Z]*))")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
# TDLib: a number of ten characters or more is literal text.
_LONGEST = 10


def read_reference(text: str, position: int) -> tuple[str, int]:
    """Return what the `&` at *position* stands for, and where it ends; anything unknown is a bare `&`."""
    match = _REFERENCE.match(text, position)
    assert match is not None
    character = _referenced(match)
    if character is None:
        return "&", position + 1
    return character, match.end() + (text[match.end() : match.end() + 1] == ";")


def _referenced(match: re.Match[str]) -> str | None:
    if match["name"] is not None:
        return _NAMED.get(match["name"])
    digits, base = (match["hex"], 16) if match["hex"] is not None else (match["decimal"], 10)
    if not digits or match.end() - match.start() >= _LONGEST:
        return None
    code = int(digits, base)
    return chr(code) if 0 < code < 0x10FFFF else None
