"""What happened and the bot has not taken yet, oldest first."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from bot.emulator.telegram.rules.errors import ApiError

KINDS = frozenset(
    {
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "guest_message",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "managed_bot",
    }
)
DEFAULT_EXCLUDED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_FIRST_ID = 700_000_001
# Bot API server: an update that nobody takes is dropped after a day; a question, long before.
_LIFETIME = 86_400.0
_SHORT_LIVES = {
    "callback_query": 150.0,
    "shipping_query": 150.0,
    "pre_checkout_query": 150.0,
    "inline_query": 30.0,
    "chosen_inline_result": 600.0,
}


@dataclass(slots=True)
class UpdateQueue:
    """Bot API: allowed_updates stays as last given; an empty list means all but three kinds."""

    waiting: deque[dict[str, Any]] = field(default_factory=deque)
    allowed: tuple[str, ...] = ()
    next_id: int = _FIRST_ID
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    poll: int = 0
    refusal: ApiError | None = None
    polled_offset: int | None = None
    polled_at: float = 0.0
    _ends_at: dict[int, float] = field(default_factory=dict)

    def push(self, kind: str, content: dict[str, Any], *, now: float) -> int | None:
        """Queue an update and return its id, or None if the bot does not want that kind."""
        if kind not in self.allowed if self.allowed else kind in DEFAULT_EXCLUDED:
            return None
        update_id = self.next_id
        self.next_id += 1
        self.waiting.append({"update_id": update_id, kind: content})
        self._ends_at[update_id] = now + _SHORT_LIVES.get(kind, _LIFETIME)
        self.changed.set()
        return update_id

    def allow(self, kinds: Any) -> None:
        """Remember a wish; one that is no list of texts changes nothing, unknown kinds do not count."""
        if isinstance(kinds, list) and all(isinstance(kind, str) for kind in kinds):
            self.allowed = tuple(kind.lower() for kind in kinds if kind.lower() in KINDS)

    def confirm(self, offset: int) -> None:
        """Forget what lies before *offset*; a negative one keeps so many of the newest.

        TDLib: an offset beyond the next update is a mistake, and nothing is forgotten.
        """
        if offset < 0:
            while len(self.waiting) > -offset:
                self.drop(self.waiting[0])
        elif offset <= self.next_id:
            while self.waiting and self.waiting[0]["update_id"] < offset:
                self.drop(self.waiting[0])

    def drop(self, update: dict[str, Any]) -> None:
        """Forget one update, if it still waits."""
        if self._ends_at.pop(update["update_id"], None) is not None:
            self.waiting.remove(update)

    def clear(self) -> None:
        self.waiting.clear()
        self._ends_at.clear()

    def take(self, limit: int, *, now: float) -> list[dict[str, Any]]:
        return [update for update, _ in zip(self.fresh(now), range(limit), strict=False)]

    def fresh(self, now: float) -> deque[dict[str, Any]]:
        """Return what waits, once what is too old has been dropped."""
        if any(ends_at <= now for ends_at in self._ends_at.values()):
            for update in [item for item in self.waiting if self._ends_at[item["update_id"]] <= now]:
                self.drop(update)
        return self.waiting

    def asked_again_within(self, offset: int, now: float) -> float:
        """Return the seconds since the last poll with the same offset, and remember this one."""
        elapsed = now - self.polled_at if offset == self.polled_offset else float("inf")
        self.polled_offset, self.polled_at = offset, now
        return elapsed

    def interrupt(self, refusal: ApiError | None = None) -> int:
        """End the poll that is waiting, if any, with that refusal, and return the number of the next one."""
        self.poll += 1
        self.refusal = refusal
        self.changed.set()
        self.changed = asyncio.Event()
        return self.poll

    async def wait(self) -> None:
        """Wait until something is queued or the poll is interrupted."""
        if self.changed.is_set():
            self.changed = asyncio.Event()
        await self.changed.wait()
