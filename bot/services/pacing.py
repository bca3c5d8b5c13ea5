"""Waiting for one's turn: the clock and the tasks around the pure limiter."""

import asyncio
import math
from collections.abc import Hashable

from bot.domain.clock import Clock
from bot.domain.rate_limit import Lane, Limits, Ticket

TICK = 0.004
"""Seconds: a finer timer costs CPU and gains nothing, since the limiter lets a late one catch up."""


class LineClosedError(Exception):
    """Nobody will be let go any more."""


class Pacer:
    """The line before one account. Whoever holds a slot must say `answered` or `unused` in the end."""

    def __init__(self, limits: Limits, clock: Clock) -> None:
        self._limits = limits
        self._clock = clock
        self._waiting: dict[Ticket, asyncio.Future[None]] = {}
        self._timer: asyncio.Task[None] | None = None
        self._rings_at = math.inf
        self._closed = False

    async def slot(
        self, chat: Hashable, *, shared: bool, lane: Lane, order: float = 0.0, weight: int = 1
    ) -> Ticket:
        """Wait until so many may go to *chat*, and take the slot; raises LineClosedError after `close`."""
        if self._closed:
            raise LineClosedError
        ticket = self._limits.join(chat, shared=shared, lane=lane, order=order, weight=weight)
        granted = self._waiting[ticket] = asyncio.get_running_loop().create_future()
        self._pump()
        try:
            await granted
        except asyncio.CancelledError:
            if granted.done() and not granted.cancelled() and not granted.exception():
                self.unused(ticket)
            elif self._waiting.pop(ticket, None):
                self._limits.leave(ticket, self._clock.monotonic())
            raise
        return ticket

    def answered(self, ticket: Ticket) -> None:
        self._limits.answered(ticket, self._clock.monotonic())
        self._pump()

    def unused(self, ticket: Ticket) -> None:
        self._limits.unused(ticket, self._clock.monotonic())
        self._pump()

    def close_chat(self, chat: Hashable, seconds: float, *, shared: bool) -> None:
        self._limits.close_chat(chat, self._clock.monotonic() + seconds, shared=shared)

    def close_account(self, seconds: float) -> None:
        self._limits.close_account(self._clock.monotonic() + seconds)

    def send_one_at_a_time(self, *, on: bool) -> None:
        if self._limits.one_at_a_time != on:
            self._limits.one_at_a_time = on
            self._pump()

    def hold_broadcasts(self, on: bool) -> None:  # noqa: FBT001 - it is handed on as it is
        """Let nobody but replies go, or let all go on."""
        self._limits.holds_broadcasts = on
        self._pump()

    def account_opens_in(self) -> float:
        """Return for how many seconds the account is still closed; zero or less if it is not."""
        return self._limits.closed_until - self._clock.monotonic()

    def chat_opens_in(self, chat: Hashable) -> float:
        """Return for how many seconds *chat* will take no more than is in line; infinite if nobody knows."""
        now = self._clock.monotonic()
        return self._limits.opens_at(chat, now) - now

    def close(self) -> None:
        """Let nobody go any more, and send away whoever waits."""
        self._closed = True
        if self._timer:
            self._timer.cancel()
        now = self._clock.monotonic()
        while self._waiting:
            ticket, granted = self._waiting.popitem()
            self._limits.leave(ticket, now)
            if not granted.done():
                granted.set_exception(LineClosedError())

    def _pump(self) -> None:
        """Let go whoever may go now, and come back when the next one may."""
        now = self._clock.monotonic()
        while ticket := self._limits.grant(now):
            granted = self._waiting.pop(ticket)
            if granted.cancelled():
                self._limits.unused(ticket, now)
            else:
                granted.set_result(None)
        if self._waiting and self._limits.ask_at < math.inf:
            self._ring_at(max(self._limits.ask_at, now + TICK), now)

    def _ring_at(self, moment: float, now: float) -> None:
        if self._timer and not self._timer.done():
            if self._rings_at <= moment:
                return
            self._timer.cancel()
        self._rings_at = moment
        self._timer = asyncio.create_task(self._ring(moment - now))

    async def _ring(self, seconds: float) -> None:
        await self._clock.sleep(seconds)
        self._timer = None
        self._pump()
