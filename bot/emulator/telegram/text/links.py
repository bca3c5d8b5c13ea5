"""Addresses in texts, as Telegram accepts and completes them."""

import re
from typing import Any
from urllib.parse import parse_qs

from bot.emulator.telegram.text.addresses import AddressError, checked_address, linked_user

_BOT_LINK = re.compile(
    r"(?:https?://)?(?:(?:www\.)?(?:t|telegram)\.(?:me|dog)/(?P<name>[A-Za-z0-9_]{4,32})/?"
    r"|tg:(?://)?resolve)(?:\?(?P<query>[^#]*))?(?:#.*)?\Z",
    re.IGNORECASE,
)
_STARTS = ("start", "startgroup", "startchannel")
_PAYLOAD = re.compile(r"[A-Za-z0-9_\-]{1,64}")


def checked_link(url: str) -> str:
    """Return *url* as Telegram would store it, or an empty string if it is no link."""
    try:
        return checked_address(url)
    except AddressError:
        return ""


def link_entity(url: str) -> dict[str, Any]:
    """Return type and target of a link; nothing where Telegram silently drops it.

    A mention of a person whom the bot cannot see is dropped; the emulator sees nobody there.
    """
    link = "" if linked_user(url) else checked_link(url)
    return {"type": "text_link", "url": link} if link else {}


def starts_well(url: str) -> bool:
    """Tell whether a link carries no start parameter or a good one. Bot API: 1–64 of A–Z a–z 0–9 _ and -."""
    match = _BOT_LINK.match(url)
    given = parse_qs(match["query"] or "") if match else {}
    values = [value for name in _STARTS for value in given.get(name, [])]
    return all(_PAYLOAD.fullmatch(value) for value in values)


def opens_bot(url: str, username: str) -> bool:
    """Tell whether a link leads to that bot with a good start parameter: no other may answer a tap."""
    match = _BOT_LINK.match(url)
    if match is None:
        return False
    given = parse_qs(match["query"] or "")
    name = match["name"] or given.get("domain", [""])[0]
    return name.lower() == username.lower() and bool(given.get("start")) and starts_well(url)
