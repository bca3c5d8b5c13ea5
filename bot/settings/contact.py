"""Whether people can reach who is named as the contact for their data: by e-mail, telephone or the web."""

import re

# As long as RFC 5321 and RFC 1035 let the parts of a name be: without bounds a long text takes for ever.
_MAIL = re.compile(r"[^\s@<>,;]{1,64}@[^\s@<>,;]{1,255}\.[^\W\d_]{2,}")
_WEB = re.compile(r"(?<![\w-])[^\W_](?:[\w-]{0,61}[^\W_])?\.(?:[\w-]{1,63}\.){0,8}[^\W\d_]{2,63}(?![\w-])")
_TELEPHONE = re.compile(r"(?<!\d)\+?\d(?:[ .()-]{0,2}\d){7,14}(?!\d)")
"""In Viet Nam a number has 8 digits (1900 …, 1800 …) to 11, and abroad up to 15 (ITU-T E.164)."""

HOW = "write an address of e-mail, a telephone number or a web address, for example bantin@agency.gov.vn"


def is_reachable(contact: str) -> bool:
    """Return whether *contact* holds an address of e-mail, a telephone number or a web address."""
    return any(pattern.search(contact) for pattern in (_MAIL, _WEB, _TELEPHONE))
