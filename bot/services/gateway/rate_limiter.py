"""Waiting for one's turn: the clock and the tasks around the pure limiter."""

import asyncio
import math
from collections.abc import Hashable, Sequence

from bot.domain.clock import Clock
from bot.domain.delivery.fair_queue import FairQueue, Lane, Ticket

TICK = 0.02
"""Seconds between two looks at the line. The limiter lets a late one catch up, and what goes out together
costs less: at 1000 messages a second, two thirds of the CPU that looking every 4 ms takes.
"""


class QueueClosedError(Exception):
    """Nobody will be let go any more, or not for longer than somebody would wait."""


class RateLimiter:
    """The line before one account. Whoever holds a slot must say `answered` or `unused` in the end."""

    def __init__(self, limits: FairQueue, clock: Clock) -> None:
        self._limits = limits
        self._clock = clock
        self._waiting: dict[Ticket, asyncio.Future[bool]] = {}
        """Who stands in line, and what each waits for: False means that it is of no use."""
        self._timer: asyncio.Task[None] | None = None
        self._rings_at = math.inf
        self._closed = False

    async def acquire(
        self,
        chat: Hashable,
        *,
        shared: bool,
        lane: Lane,
        order: float = 0.0,
        weight: int = 1,
        patience: float = math.inf,
    ) -> Ticket:
        """Wait until so many may go to *chat*, and take the slot.

        Raises QueueClosedError after `close`, and where that will, or does, take longer than *patience*
        seconds.
        """
        if self._closed:
            raise QueueClosedError
        now = self._clock.monotonic()
        if lane is Lane.REPLY:
            order = now
        ticket = self._limits.join(chat, shared=shared, lane=lane, order=order, weight=weight)
        ticket.joined_at, ticket.patience = now, patience
        turn = self._waiting[ticket] = asyncio.get_running_loop().create_future()
        self._pump_soon(at_once=lane is Lane.REPLY)
        try:
            async with asyncio.timeout(patience if patience < math.inf else None):
                is_granted = await turn
        except TimeoutError:
            self._leave(ticket)
            raise QueueClosedError from None
        except asyncio.CancelledError:
            self._leave(ticket)
            raise
        if not is_granted:
            raise QueueClosedError
        return ticket

    def _leave(self, ticket: Ticket) -> None:
        """Step out of the line, or give back the slot that has come meanwhile."""
        if self._waiting.pop(ticket, None):
            self._limits.leave(ticket, self._clock.monotonic())
        elif not self._closed:
            self.unused(ticket)

    def answered(self, ticket: Ticket) -> None:
        self._limits.answered(ticket, self._clock.monotonic())
        self._pump_soon()

    def unused(self, ticket: Ticket) -> None:
        self._limits.unused(ticket, self._clock.monotonic())
        self._pump()

    def close_chat(self, chat: Hashable, seconds: float, *, shared: bool) -> None:
        self._limits.close_chat(chat, self._clock.monotonic() + seconds, shared=shared)
        self._send_away([ticket for ticket in self._waiting if ticket.chat == chat], seconds)

    def close_account(self, seconds: float) -> None:
        self._limits.close_account(self._clock.monotonic() + seconds)
        self._send_away(list(self._waiting), seconds)

    def _send_away(self, tickets: Sequence[Ticket], seconds: float) -> None:
        """Send away those who will not wait for so long: they would hold the place of others."""
        for ticket in tickets:
            if ticket.patience < seconds:
                turn = self._waiting.pop(ticket)
                self._limits.leave(ticket, self._clock.monotonic())
                _end(turn, is_granted=False)

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

    @property
    def is_closed(self) -> bool:
        return self._closed

    def close(self) -> None:
        """Let nobody go any more, and send away whoever waits."""
        self._closed = True
        if self._timer:
            self._timer.cancel()
        now = self._clock.monotonic()
        while self._waiting:
            ticket, turn = self._waiting.popitem()
            self._limits.leave(ticket, now)
            _end(turn, is_granted=False)

    def _pump_soon(self, *, at_once: bool = False) -> None:
        """Let go whoever may go, unless the timer rings within a tick and does so anyway."""
        if at_once or not self._timer or self._rings_at > self._clock.monotonic() + TICK:
            self._pump()

    def _pump(self) -> None:
        """Let go whoever may go now, and come back when the next one may."""
        now = self._clock.monotonic()
        while ticket := self._limits.grant(now):
            _end(self._waiting.pop(ticket), is_granted=True)
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


def _end(turn: asyncio.Future[bool], *, is_granted: bool) -> None:
    """Tell who waits for *turn*, unless that has been given up: what was granted is then given back."""
    if not turn.done():
        turn.set_result(is_granted)
