"""The id of a chat as it is written at the command line."""

import re

from bot.settings.settings import ConfigurationError

_CHAT_ID = re.compile(
    r"(?:telegram:)?(?P<telegram>-?[1-9][0-9]{0,15})|(?:zalo:)?(?P<zalo>[0-9a-f]{20})", re.IGNORECASE
)
"""An id of Telegram, a whole number of at most 52 bits, or of Zalo, 20 hexadecimal digits."""


def chat_id(text: str) -> str:
    """Return the id that *text* names, with its platform before it or without; raises ConfigurationError."""
    match = _CHAT_ID.fullmatch(text.strip())
    if match is None:
        raise ConfigurationError(
            f"{text!r} is no chat id: one of Telegram is a whole number, for example 123456789,"
            " one of Zalo has 20 hexadecimal digits"
        )
    return match["telegram"] or match["zalo"].lower()
