"""What a notice says of a followed page: what has changed, or that following it has ended."""

from collections.abc import Sequence

from bot.domain.blocks.difference import LineChange, excerpts
from bot.domain.chats.following import FollowEnd
from bot.domain.text.text import shorten
from bot.i18n import Translator

MOST_SHOWN = 8
LONGEST_CHANGE = 160
"""Code points of a line before or after: with the title, a notice fits in the smallest message there is."""

_LONGEST_TITLE = 150
_LONGEST = 1_300


def change_text(translator: Translator, language: str, title: str, changes: Sequence[LineChange]) -> str:
    """Return the notice of *changes*, as far as they fit; of the others it says how many there are."""
    said: list[str] = []
    room = _LONGEST
    for change in changes[:MOST_SHOWN]:
        line = _line(translator, language, change)
        room -= len(line)
        if said and room < 0:
            break
        said.append(line)
    if left := len(changes) - len(said):
        said.append(translator.text(language, "followed-more", count=left))
    head = translator.text(language, "followed-changed", title=shorten(title, _LONGEST_TITLE))
    return "\n\n".join((head, *said))


def end_text(translator: Translator, language: str, title: str, end: FollowEnd) -> str:
    """Return the last notice."""
    return translator.text(language, "followed-ended", title=shorten(title, _LONGEST_TITLE), why=end)


def _line(translator: Translator, language: str, change: LineChange) -> str:
    before, now = excerpts(change, LONGEST_CHANGE)
    kind = "changed" if before and now else "added" if now else "removed"
    return translator.text(language, "followed-line", kind=kind, before=before, now=now)
