"""The line of one chat before an account: who waits there, and when the chat takes a message again."""

import math
from collections.abc import Hashable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from heapq import heappop

from bot.domain.rate_window import Usage


class Lane(IntEnum):
    """Who goes first. Within a lane the smaller order goes first, then who came first."""

    REPLY = 0
    URGENT = 1
    NEWS = 2
    CORRECTION = 3


class Held(StrEnum):
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
    held_by: Held = Held.ACCOUNT


Rank = tuple[int, float, int]


class ChatLine:
    """One chat: its window, its line, and whether it stands aside until it opens."""

    __slots__ = ("closed_until", "key", "line", "listed", "parked", "shared", "stands_for", "usage")

    def __init__(self, key: Hashable, usage: Usage, *, shared: bool) -> None:
        self.key = key
        self.usage = usage
        self.shared = shared
        self.closed_until = -math.inf
        self.line: list[tuple[Rank, Ticket]] = []
        self.parked = False
        self.stands_for: Ticket | None = None
        self.listed = False

    def head(self) -> tuple[Rank, Ticket] | None:
        while self.line and not self.line[0][1].waiting:
            heappop(self.line)
        return self.line[0] if self.line else None

    def park(self) -> None:
        """Stand aside until the chat opens."""
        self.stands_for = None
        self.parked = True
        for _, ticket in self.line:
            self.holds(ticket)

    def holds(self, ticket: Ticket) -> None:
        ticket.held_by = Held.GROUP if self.shared else Held.CHAT

    def opens_at(self, now: float) -> float:
        head = self.head()
        weight = head[1].chat_weight if head else 1
        return max(self.usage.free_at(now, weight=weight), self.closed_until)

    def forget_at(self, now: float) -> float:
        """Return when nothing is left to remember; infinite while somebody waits or a request is out."""
        if self.head() or self.usage.in_flight or self.parked:
            return math.inf
        self.usage.free_at(now)
        return max(self.closed_until, self.usage.ends[-1] if self.usage.ends else now)
