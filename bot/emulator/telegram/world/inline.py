"""Inline mode: what a bot offered to somebody who typed its name and words, and what a choice becomes."""

from dataclasses import dataclass, field
from typing import Any

from bot.emulator.telegram.text.html import Entity

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ready:
    """The message that a result becomes when it is chosen."""

    text: str
    entities: list[Entity]
    preview: Json | None
    reply_markup: Json | None


@dataclass(frozen=True, slots=True)
class Offered:
    """One answer to an inline query; *results* as the bot gave them, and *ready* by their ids."""

    bot: int
    user: int
    results: list[Json]
    ready: dict[str, Ready]
    next_offset: str
    cache_time: int
    is_personal: bool

    def as_json(self, query: str) -> Json:
        return {
            "id": query,
            "user": self.user,
            "results": self.results,
            "next_offset": self.next_offset,
            "cache_time": self.cache_time,
            "is_personal": self.is_personal,
        }


@dataclass(slots=True)
class Inline:
    offered: dict[str, Offered] = field(default_factory=dict)
