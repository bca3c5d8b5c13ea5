"""Addresses in texts, as Telegram accepts and completes them."""

import re
from typing import Any

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_USER_LINK = re.compile(r"tg:(?://)?user\?(?:[^#]*&)?id=(\d+)(?:[&#].*)?\Z", re.IGNORECASE)
_HOST = re.compile(
    r"(?:https?://)?(?:[^/?#@]*@)?(?P<host>[^/?#:@\s]+)(?::\d+)?(?:[/?#].*)?\Z", re.IGNORECASE | re.DOTALL
)
_OWN_SCHEMES = frozenset({"tg", "ton", "tonsite"})


def checked_link(url: str) -> str:
    """Return *url* as Telegram would store it, or an empty string if it is no link."""
    url = url.strip()
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
    return url if absolute else f"http://{url}"


def link_entity(url: str) -> dict[str, Any]:
    """Return type and target of a link; nothing where Telegram silently drops it.

    A mention of a person whom the bot cannot see is dropped; the emulator sees nobody there.
    """
    link = "" if _USER_LINK.match(url) else checked_link(url)
    return {"type": "text_link", "url": link} if link else {}
