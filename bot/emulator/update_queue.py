"""A bot's updates: queued for long polling or a webhook, kept until they are confirmed."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from bot.emulator.errors import ApiError

DEFAULT_EXCLUDED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_FIRST_ID = 700_000_001


@dataclass(slots=True)
class UpdateQueue:
    """Bot API: allowed_updates stays as last given; an empty list means all but three kinds."""

    waiting: deque[dict[str, Any]] = field(default_factory=deque)
    allowed: tuple[str, ...] = ()
    next_id: int = _FIRST_ID
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    poll: int = 0
    refusal: ApiError | None = None

    def push(self, kind: str, content: dict[str, Any]) -> int | None:
        """Queue an update and return its id, or None if the bot does not want that kind."""
        if kind not in self.allowed if self.allowed else kind in DEFAULT_EXCLUDED:
            return None
        update_id = self.next_id
        self.next_id += 1
        self.waiting.append({"update_id": update_id, kind: content})
        self.changed.set()
        return update_id

    def confirm(self, offset: int) -> None:
        """Forget what lies before *offset*; a negative one keeps so many of the newest."""
        if offset < 0:
            while len(self.waiting) > -offset:
                self.waiting.popleft()
            return
        while self.waiting and self.waiting[0]["update_id"] < offset:
            self.waiting.popleft()

    def take(self, limit: int) -> list[dict[str, Any]]:
        return [update for update, _ in zip(self.waiting, range(limit), strict=False)]

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
