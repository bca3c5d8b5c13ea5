"""The updates of one bot: one queue, from which each poll takes one."""

import asyncio
import math
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from bot.emulator.zalo.errors import ZaloError, request_timeout

Json = dict[str, Any]


@dataclass(slots=True)
class Inbox:
    waiting: deque[Json] = field(default_factory=deque)
    polls: deque[asyncio.Future[Json]] = field(default_factory=deque)
    polled_at: float = -math.inf

    def push(self, update: Json, *, replay: bool, keep: bool) -> None:
        """Give *update* to the poll that has waited longest; without one it waits, if it is to be *kept*."""
        heard = self._poll_in_wait()
        if heard:
            heard.set_result(update)
        if replay or (keep and not heard):
            self.waiting.append(update)

    async def take(self, seconds: float, *, replay: bool) -> Json:
        """Return the next update, for which at most so many *seconds* are waited.

        In *replay* it goes to the end of the queue. Raises ZaloError 408 where nothing came.
        """
        if self.waiting:
            update = self.waiting.popleft()
            if replay:
                self.waiting.append(update)
            return update
        poll: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self.polls.append(poll)
        try:
            return await asyncio.wait_for(poll, seconds)
        except TimeoutError:
            raise request_timeout() from None
        finally:
            self.polls.remove(poll)

    def interrupt(self, refusal: ZaloError) -> None:
        """End the polls that wait, with that *refusal*."""
        while poll := self._poll_in_wait():
            poll.set_exception(refusal)

    def _poll_in_wait(self) -> asyncio.Future[Json] | None:
        return next((poll for poll in self.polls if not poll.done()), None)
