"""What a request asks for: its method's arguments as text, and its files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.emulator.telegram.requests.json_text import loads
from bot.emulator.telegram.rules.errors import bad_request

_INTEGER = re.compile(r"\s*([+-]?\d{1,19})\s*\Z")


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a multipart request."""

    name: str
    content: bytes
    content_type: str


class Arguments:
    """Bot API: every argument is text; what is not a string arrives as JSON.

    *unread* says what was wrong with a body that the server passed over in silence.
    """

    __slots__ = ("_values", "files", "unread")

    def __init__(self, values: dict[str, str], files: dict[str, Upload], unread: str = "") -> None:
        self._values = values
        self.files = files
        self.unread = unread

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def text(self, name: str) -> str:
        return self._values.get(name, "")

    def required(self, name: str) -> str:
        value = self._values.get(name, "")
        if not value:
            raise bad_request(f'Parameter "{name}" is required')
        return value

    def flag(self, name: str) -> bool:
        value = self._values.get(name)
        return value is not None and value.lower() in {"true", "yes", "1"}

    def integer(self, name: str, default: int = 0) -> int:
        """Return a whole number; like Telegram, what is none counts as zero."""
        value = self._values.get(name)
        if value is None:
            return default
        match = _INTEGER.match(value)
        return int(match[1]) if match else 0

    def json(self, name: str, complaint: str) -> Any:
        """Return the JSON value of an argument, None where it is missing; refuse with *complaint*."""
        value = self._values.get(name)
        if not value:
            return None
        try:
            return loads(value)
        except ValueError:
            raise bad_request(complaint) from None

    def lenient_json(self, name: str) -> Any:
        """Return the JSON value of an argument, or None where it is missing or no JSON."""
        try:
            return loads(self._values.get(name) or "null")
        except ValueError:
            return None
