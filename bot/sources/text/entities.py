"""Text that was escaped once too often: '&amp;#272;' in the source, '&#272;' when it is read."""

import html
import re

from bot.domain.text.text import one_line

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8}\d{0,2});")


def plain_line(text: str) -> str:
    """Return *text* on one line, with what is left of entities resolved; nobody writes them to be read."""
    line = one_line(text)
    return one_line(resolved(line)) if "&" in line and _ENTITY.search(line) else line


def resolved(text: str) -> str:
    """Return *text* with its entities as the signs that they stand for; 'R&D' and '?a=1&copy=2' hold none."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text)
