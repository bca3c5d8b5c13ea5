"""Addresses as feeds and pages write them: made absolute, and shown without their secrets."""

import re
from urllib.parse import urljoin, urlsplit, urlunsplit

_SHOWN = 160
# Internet Explorer took "http:host/path", and some portals still write it (congbao.chinhphu.vn).
_MISSING_SLASHES = re.compile(r"^(https?):/?(?=[^/\s]+\.[^/\s])", re.IGNORECASE)
# Nearly every link is like this, and a feed has many.
_PLAIN = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*/[A-Za-z0-9._~%/=?&;,+-]*")
_CONTROL = re.compile(r"[\x00-\x20\x7f]+")


def absolute(link: str, base: str) -> str:
    """Return *link* as an absolute http(s) address, resolved against *base*; empty if it is none.

    An address that carries a user name is none: it disguises where it leads.
    """
    if _PLAIN.fullmatch(link):
        return link
    link = _MISSING_SLASHES.sub(r"\1://", _CONTROL.sub(" ", link).strip()).replace(" ", "%20")
    if not link:
        return ""
    try:
        address = urljoin(base, link)
        parts = urlsplit(address)
        named = bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return ""
    return address if named and parts.scheme in ("http", "https") else ""


def shown(url: str) -> str:
    """Return *url* as it may stand in a log or an error: without user name, password, query and fragment."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "the address"
    host = parts.netloc.rpartition("@")[2]
    address = urlunsplit((parts.scheme, host, parts.path, "", ""))
    address = "".join(letter if letter.isprintable() else "?" for letter in address) or "the empty address"
    return address if len(address) <= _SHOWN else address[: _SHOWN - 1] + "…"
