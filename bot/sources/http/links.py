"""The Link header (RFC 8288): addresses by their relation."""

import re
from collections.abc import Iterable

from bot.sources.text.urls import absolute

_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w*!-]+(?:\s*=\s*(?:\"[^\"]*\"|[^\s;,\"]+))?)*)")
_RELATION = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", re.IGNORECASE)


def linked(headers: Iterable[str], *, base: str) -> dict[str, str]:
    """Return the first absolute address of each relation."""
    found: dict[str, str] = {}
    for header in headers:
        for link in _LINK.finditer(header[:4_000]):
            relation = _RELATION.search(link[2])
            address = absolute(link[1], base)
            for name in (relation[1] or relation[2]).lower().split() if relation and address else ():
                found.setdefault(name, address)
    return found
