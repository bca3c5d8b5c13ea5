"""Addresses as feeds and pages write them: made absolute, and shown without their secrets."""

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

LONGEST = 2_048
"""Code points of an address. Browsers and the Bot API take about as many; no agency's has a quarter of it."""

_SHOWN = 160
# Internet Explorer took "http:host/path", and some portals still write it (congbao.chinhphu.vn).
_MISSING_SLASHES = re.compile(r"^(https?):/?(?=[^/\s]+\.[^/\s])", re.IGNORECASE)
# Nearly every link is like this, and a feed has many.
_PLAIN = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*/[A-Za-z0-9._~%/=?&;,+-]*")
_CONTROL = re.compile(r"[\x00-\x20\x7f]+")
_SAFE = "%/:@!$&'()*+,;=-._~?[]"


def absolute(link: str, base: str) -> str:
    """Return *link* as an absolute http(s) address, resolved against *base*; empty if it is none.

    What has to be is escaped. An address with a user name is none, for it disguises where it leads
    ('https://office.vn@evil.example/'); nor is one that is longer than LONGEST.
    """
    if len(link) > LONGEST:
        return ""
    if _PLAIN.fullmatch(link):
        return link
    written = _MISSING_SLASHES.sub(r"\1://", _CONTROL.sub(" ", link).strip())
    if not written:
        return ""
    try:
        parts = urlsplit(urljoin(base, written.replace(" ", "%20")))
        if parts.scheme not in ("http", "https") or not _is_honest(parts.netloc) or parts.port == 0:
            return ""
        path, query, fragment = (quote(part, safe=_SAFE) for part in parts[2:])
    except ValueError:
        # A port that is no number, or half a surrogate pair: UnicodeError is a ValueError.
        return ""
    address = urlunsplit((parts.scheme, parts.netloc, path, query, fragment))
    return address if len(address) <= LONGEST else ""


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


def _is_honest(authority: str) -> bool:
    """Say whether *authority* names a host, and nothing that a reader would not see, or take for one."""
    return authority.strip(":") != "" and "@" not in authority and authority.isprintable()
