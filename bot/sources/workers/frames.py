"""How the answer of a worker process goes over its pipe: a verdict, a length, and JSON."""

import struct
from datetime import timedelta
from enum import IntEnum

import orjson

from bot.domain.text.text import encodable

HEAD = struct.Struct("!BQ")
"""What precedes an answer: its verdict, and the length of its JSON."""


class AnswerKind(IntEnum):
    """How a call ended."""

    RETURNED = 0
    REFUSED = 1
    EXHAUSTED = 2
    FAILED = 3


def frame(verdict: AnswerKind, value: object) -> bytes:
    """Return an answer as it goes over the pipe; raise TypeError for a value that is no data."""
    body = orjson.dumps(encodable(value) if isinstance(value, str) else value, default=_plain)
    return HEAD.pack(verdict, len(body)) + body


def _plain(value: object) -> object:
    if isinstance(value, timedelta):
        return value.total_seconds()
    raise TypeError(f"an answer holds a {type(value).__name__}, which is no data")
