"""The entities that Telegram finds by itself: hashtags, mentions, commands, addresses."""

import re
from collections.abc import Iterator

from bot.emulator.telegram.text.entity_order import entity_order
from bot.emulator.telegram.text.html import Entity, utf16_length

_TRIGGER = re.compile(r"[#@/]|\.(?=[A-Za-z])")
_BLANK = re.compile(r"\s|\Z")
_TLD = r"(?:com|net|org|info|vn|gov|edu|io|me|dev|app|biz|example|test|eu|uk|de|fr|us|ru|tv|news)"
_PATTERN = re.compile(
    r"(?P<email>(?<![\w.%+\-@/])[A-Za-z0-9][\w.%+\-]{0,63}@(?:[A-Za-z0-9\-]+\.)+[A-Za-z]{2,24}(?![\w@]))"
    rf"|(?P<url>(?<![\w@./\-])(?:https?://[^\s<>\"«»“”/?#]+(?::\d+)?(?:[/?#][^\s<>\"«»“”]*)?"
    rf"|(?:[A-Za-z0-9\-]+\.)+{_TLD}(?![\w\-])(?:\.{_TLD}(?![\w\-]))*(?::\d+)?(?:[/?#][^\s<>\"«»“”]*)?))"
    r"|(?P<hashtag>(?<![\w#@/])#(?=\w*[^\W\d_])\w{1,256}(?![\w#]))"
    r"|(?P<mention>(?<![\w@/])@[A-Za-z0-9_]{4,32}(?!\w))"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{4,32})?(?![\w/<>]))"
)
_OPAQUE = frozenset({"text_link", "text_mention", "code", "pre", "custom_emoji", "date_time"})
_TAIL = ".,:;!?)]}'…"


def found_entities(text: str, entities: list[Entity]) -> list[Entity]:
    """Return *entities* with those that stand in *text* and not inside a link or code."""
    found = [match for begin, end in _suspects(text) for match in _PATTERN.finditer(text, begin, end)]
    if not found:
        return entities
    taken = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in _OPAQUE]
    astral = utf16_length(text) != len(text)
    kept = list(entities)
    for match in found:
        kind = match.lastgroup or ""
        word = match.group().rstrip(_TAIL) if kind == "url" else match.group()
        begin = utf16_length(text[: match.start()]) if astral else match.start()
        length = utf16_length(word)
        if not any(begin < end and start < begin + length for start, end in taken):
            kept.append({"type": kind, "offset": begin, "length": length})
    return sorted(kept, key=entity_order)


def _suspects(text: str) -> Iterator[tuple[int, int]]:
    """Yield the words that hold one of the characters without which nothing is found."""
    done = 0
    for trigger in _TRIGGER.finditer(text):
        if trigger.start() < done:
            continue
        begin = (
            max(text.rfind(" ", done, trigger.start()), text.rfind("\n", done, trigger.start()), done - 1) + 1
        )
        blank = _BLANK.search(text, trigger.start())
        done = blank.start() if blank else len(text)
        yield begin, done
