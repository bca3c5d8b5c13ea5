"""Language codes, under which a bot keeps its menus and texts."""

import re

from bot.emulator.telegram.rules.errors import bad_request

_CODE = re.compile(r"[a-z]{2}")


def language_code(given: str) -> str:
    """Return the code: two letters, or none for everybody. Bot API: ISO 639-1."""
    if given and not _CODE.fullmatch(given):
        raise bad_request("Invalid language code specified")
    return given
