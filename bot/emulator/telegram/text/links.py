"""Addresses in texts, as Telegram accepts and completes them."""

import re
from typing import Any
from urllib.parse import parse_qs

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_USER_LINK = re.compile(r"tg:(?://)?user\?(?:[^#]*&)?id=(\d+)(?:[&#]|\Z)", re.IGNORECASE)
_HOST = re.compile(
    r"(?:https?://)?(?:[^/?#@]*@)?(?P<host>[^/?#:@\s]+)(?::\d+)?(?:[/?#].*)?\Z", re.IGNORECASE | re.DOTALL
)
_PARTS = re.compile(
    r"(?P<scheme>https?://)(?P<user>[^/?#@]*@)?(?P<host>[^/?#]+)(?P<rest>.*)\Z", re.IGNORECASE | re.DOTALL
)
_BLANKS = re.compile("[\x00-\x20]")
_BOT_LINK = re.compile(
    r"(?:https?://)?(?:(?:www\.)?(?:t|telegram)\.(?:me|dog)/(?P<name>[A-Za-z0-9_]{4,32})/?"
    r"|tg:(?://)?resolve)(?:\?(?P<query>[^#]*))?(?:#.*)?\Z",
    re.IGNORECASE,
)
_STARTS = ("start", "startgroup", "startchannel")
_PAYLOAD = re.compile(r"[A-Za-z0-9_\-]{1,64}")
_OWN_SCHEMES = frozenset({"tg", "ton", "tonsite"})


def checked_link(url: str) -> str:
    """Return *url* as Telegram would store it, or an empty string if it is no link."""
    scheme = _SCHEME.match(url)
    kind = scheme[1].lower() if scheme else ""
    if kind in _OWN_SCHEMES:
        return url
    absolute = scheme is not None and url.startswith("//", scheme.end())
    if absolute and kind not in {"http", "https"}:
        return ""
    match = _HOST.match(url)
    if match is None:
        return ""
    host = match["host"].strip(".").lower()
    if "." not in host and host != "localhost":
        return ""
    return completed(url if absolute else f"http://{url}")


def completed(url: str) -> str:
    """Return an address of the web as TDLib writes it: a small host, a path in any case, and no blanks."""
    match = _PARTS.match(url)
    if match is None:
        return url
    rest = match["rest"] if match["rest"].startswith("/") else f"/{match['rest']}"
    rest = _BLANKS.sub(lambda blank: f"%{ord(blank[0]):02X}", rest)
    return f"{match['scheme'].lower()}{match['user'] or ''}{match['host'].lower()}{rest}"


def link_entity(url: str) -> dict[str, Any]:
    """Return type and target of a link; nothing where Telegram silently drops it.

    A mention of a person whom the bot cannot see is dropped; the emulator sees nobody there.
    """
    link = "" if _USER_LINK.match(url) else checked_link(url)
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
