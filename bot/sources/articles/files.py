"""Addresses of documents: which ones lead to a file, what that is called, and how its size is written."""

import re
from urllib.parse import unquote, urlsplit

from bot.domain.text.text import one_line

KINDS = r"pdf|docx?|xlsx?|pptx?|odt|ods|rtf|zip|rar|7z"
_FILE = re.compile(rf"\.(?:{KINDS})$", re.IGNORECASE)
# Liferay: /documents/<site>/<folder>/<name>/<uuid>, and the older get_file with a title.
_UUID = re.compile(r"/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/?$", re.IGNORECASE)
_KILO = 1024


def file_name(url: str) -> str:
    """Return the name of the document at *url*; empty if it is none by its address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    name = _UUID.sub("", parts.path).rpartition("/")[2]
    if not _FILE.search(name):
        values = (value for _, _, value in (pair.partition("=") for pair in parts.query.split("&")))
        name = next((value for value in values if _FILE.search(value)), "").rpartition("/")[2]
    return one_line(unquote(name).replace("+", " "))


def size_of(number: object) -> str:
    """Return a *number* of bytes as pages write it: '1,2 MB'; empty where it says nothing."""
    text = str(number or "").strip()
    if not (text.isascii() and text.isdigit() and int(text[:15]) > 1 and len(text) <= 12):
        return ""
    size, units = float(text), ["bytes", "KB", "MB", "GB"]
    while size >= _KILO and len(units) > 1:
        size, units = size / _KILO, units[1:]
    figure = f"{size:.1f}".removesuffix(".0") if units[0] in {"MB", "GB"} else f"{size:.0f}"
    return f"{figure.replace('.', ',')} {units[0]}"
