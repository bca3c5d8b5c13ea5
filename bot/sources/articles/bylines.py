"""Who wrote an article and where it was taken from, out of the lines that say so."""

import re
from collections.abc import Iterable

from bot.domain.text.text import fold, one_line

_LONGEST = 120
_LABELS = (
    (
        "source",
        re.compile(r"(?:nguồn(?: tin| bài)?|theo|trích(?: nguồn)?|source) ?[:：]? ", re.IGNORECASE),
    ),
    ("source", re.compile(r"nguồn(?: tin| bài)? ?[:：] ?", re.IGNORECASE)),
    (
        "author",
        re.compile(
            r"(?:tác giả(?: bài viết)?|người viết|biên tập|thực hiện|tin"
            r"(?: ?(?:,|và|&)? ?(?:bài|ảnh))*|bài(?: viết)?(?: ?(?:,|và|&)? ?ảnh)*|by|author) ?[:：] ?",
            re.IGNORECASE,
        ),
    ),
    ("photo", re.compile(r"(?:ảnh|hình(?: ảnh)?|photo) ?[:：] ?", re.IGNORECASE)),
)


def credits_of(lines: Iterable[str]) -> tuple[str, str]:
    """Return author and source as *lines* name them; a line without a label names the author."""
    author = source = ""
    for line in lines:
        for part in re.split(r" [-–|] (?=[^\W\d_]+[^:]{0,12}:)", one_line(line).strip("()[] ")):
            kind, name = _credit(part)
            if kind == "source":
                source = source or name
            elif kind == "author":
                author = author or name
    return author, source


def _credit(line: str) -> tuple[str, str]:
    for kind, label in _LABELS:
        if found := label.match(line):
            return kind, _name(line[found.end() :])
    return "author", _name(line)


def _name(text: str) -> str:
    name = text.strip(" .,;:-–()[]")
    return name if len(name) <= _LONGEST and any(c.isalpha() for c in fold(name)) else ""
