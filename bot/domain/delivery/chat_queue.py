"""The lines of one chat before an account: who waits there, and when the chat takes a message again.

Replies and broadcasts stand in a line of their own each: neither has to wait until the other's has gone.
"""

import math
from collections.abc import Hashable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from heapq import heappop, heappush

from bot.domain.delivery.sliding_window import Usage, Window


class Lane(IntEnum):
    """Who goes first. Within a lane the smaller order goes first, then who came first."""

    REPLY = 0
    URGENT = 1
    NEWS = 2
    CORRECTION = 3


class BlockedBy(StrEnum):
    """By what somebody in line was held up: the account, or the own chat, private or shared."""

    ACCOUNT = "account"
    CHAT = "chat"
    GROUP = "group"


@dataclass(slots=True, eq=False)
class Ticket:
    """A place in the line of one chat: *weight* messages for the account, *chat_weight* for the chat."""

    chat: Hashable
    lane: Lane
    weight: int = 1
    chat_weight: int = 1
    waiting: bool = True
    paid: bool = False
    """Set when granted: whether the message asks for the paid tier."""
    joined_at: float = 0.0
    """When it stepped into line, if anybody wants to know."""
    patience: float = math.inf
    """For how many seconds whoever stands there is willing to wait."""
    held_by: BlockedBy = BlockedBy.ACCOUNT
    frequent: bool = False
    """Whether it is a reply in a chat that has got one a moment ago."""


Rank = tuple[int, float, int]

REPLY_COST = 5.0
"""Seconds after a reply in which another one is frequent: it stands behind those of all other chats."""

_FARTHEST_BEHIND = 60.0
_BEHIND_ALL_OTHERS = 3600.0


class Line:
    """Those who wait for one chat, replies or broadcasts; it stands aside, *parked*, until the chat opens."""

    __slots__ = ("chat", "parked", "stands_for", "tickets")

    def __init__(self, chat: "ChatQueues") -> None:
        self.chat = chat
        self.tickets: list[tuple[Rank, Ticket]] = []
        self.parked = False
        self.stands_for: Ticket | None = None

    def head(self) -> tuple[Rank, Ticket] | None:
        while self.tickets and not self.tickets[0][1].waiting:
            heappop(self.tickets)
        return self.tickets[0] if self.tickets else None

    def join(self, rank: Rank, ticket: Ticket) -> None:
        heappush(self.tickets, (rank, ticket))
        if self.parked:
            self._hold(ticket)

    def park(self) -> None:
        """Stand aside until the chat opens."""
        self.stands_for = None
        self.parked = True
        for _, ticket in self.tickets:
            self._hold(ticket)

    def opens_at(self, now: float) -> float:
        """Return when the chat takes the first in this line; infinite if nobody knows yet."""
        head = self.head()
        return self.chat.opens_at(head[1], now) if head else now

    def _hold(self, ticket: Ticket) -> None:
        ticket.held_by = BlockedBy.GROUP if self.chat.shared else BlockedBy.CHAT


class ChatQueues:
    """One chat: its window, its two lines, and the share of the window that is kept from replies.

    Replies take at most half of the window while a broadcast waits for the chat, and leave room for an urgent
    one at any rate. Where many people read it, they never take more than three quarters: anybody there can
    ask for them.
    """

    __slots__ = (
        "_answers",
        "broadcasts",
        "closed_until",
        "fair_at",
        "key",
        "listed",
        "replies",
        "shared",
        "usage",
    )

    def __init__(self, key: Hashable, usage: Usage, *, shared: bool) -> None:
        self.key = key
        self.usage = usage
        self.shared = shared
        self.closed_until = -math.inf
        self.listed = False
        self.replies, self.broadcasts = Line(self), Line(self)
        self.fair_at = -math.inf
        self._answers = Usage(usage.window)

    @property
    def lines(self) -> tuple[Line, Line]:
        return self.replies, self.broadcasts

    @property
    def waits(self) -> bool:
        """Return whether anybody waits for the chat."""
        return any(line.head() for line in self.lines)

    def line_of(self, ticket: Ticket) -> Line:
        return self.replies if ticket.lane is Lane.REPLY else self.broadcasts

    def fair_place(self, ticket: Ticket, asked_at: float) -> float:
        """Return the order of a reply asked for at *asked_at*: a chat that asks often gives way to others."""
        ticket.frequent = asked_at < self.fair_at
        order = max(asked_at, self.fair_at)
        self.fair_at = min(order, asked_at + _FARTHEST_BEHIND) + REPLY_COST
        return order + _BEHIND_ALL_OTHERS if ticket.frequent else order

    def begin(self, ticket: Ticket) -> None:
        self.usage.in_flight += ticket.chat_weight
        if ticket.lane is Lane.REPLY:
            self._answers.in_flight += ticket.chat_weight

    def answered(self, ticket: Ticket, now: float) -> None:
        self.usage.answered(now, ticket.chat_weight)
        if ticket.lane is Lane.REPLY:
            self._answers.answered(now, ticket.chat_weight)

    def unused(self, ticket: Ticket) -> None:
        self.usage.in_flight -= ticket.chat_weight
        if ticket.lane is Lane.REPLY:
            self._answers.in_flight -= ticket.chat_weight

    def opens_at(self, ticket: Ticket, now: float) -> float:
        if ticket.lane is not Lane.REPLY:
            return max(self.usage.free_at(now, weight=ticket.chat_weight), self.closed_until)
        limit, broadcast = self.usage.window.limit, self.broadcasts.head()
        kept = broadcast[1].chat_weight if broadcast and broadcast[1].lane is Lane.URGENT else 0
        free_at = self.usage.free_at(now, weight=min(ticket.chat_weight + kept, limit))
        if broadcast or self.shared:
            share = (limit + 1) // 2 if broadcast else max(1, limit * 3 // 4)
            self._answers.window = Window(share, self.usage.window.period)
            free_at = max(free_at, self._answers.free_at(now, weight=min(ticket.chat_weight, share)))
        return max(free_at, self.closed_until)

    def forget_at(self, now: float) -> float:
        """Return when nothing is left to remember; infinite while somebody waits or a request is out."""
        if self.waits or self.usage.in_flight or any(line.parked for line in self.lines):
            return math.inf
        self.usage.free_at(now)
        return max(self.closed_until, self.fair_at, self.usage.ends[-1] if self.usage.ends else now)
