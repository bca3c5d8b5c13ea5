"""Taps on buttons: each may be answered once, and only for a while."""

from dataclasses import dataclass, field
from typing import Any

from bot.emulator.telegram.rules.errors import bad_request

_FIRST_ID = 4_000_000_000_000_000_001


@dataclass(slots=True)
class Query:
    id: str
    bot: int
    chat: int
    user: int
    message_id: int
    asked_at: float


@dataclass(slots=True)
class Callbacks:
    waiting: dict[str, Query] = field(default_factory=dict)
    answers: list[dict[str, Any]] = field(default_factory=list)
    asked: int = 0

    def ask(self, *, bot: int, chat: int, user: int, message_id: int, now: float) -> Query:
        query = Query(str(_FIRST_ID + self.asked), bot, chat, user, message_id, now)
        self.asked += 1
        self.waiting[query.id] = query
        return query

    def answer(self, query_id: str, bot: int, *, now: float, valid_for: float) -> Query:
        query = self.waiting.get(query_id)
        if query is None or query.bot != bot or now - query.asked_at > valid_for:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        del self.waiting[query_id]
        return query
