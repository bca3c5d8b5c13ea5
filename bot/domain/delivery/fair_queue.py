"""Who may write next, and when: one line before each account.

Every window is strict (see rate_window), what waits for its own chat keeps nobody else waiting, replies go
ahead of broadcasts but leave them their share, and each decision costs O(log n).
"""

import math
from collections.abc import Hashable, Mapping
from heapq import heappop, heappush
from itertools import count

from bot.domain.delivery.chat_queue import ChatQueues, Lane, Line, Rank, Ticket
from bot.domain.delivery.sliding_window import PROBE_EVERY, FreeShare, PacingRules, ReplyShare, Usage

__all__ = ["FairQueue", "Lane", "Ticket"]

CATCH_UP_FOR = 0.05
"""Seconds by which broadcasts may run behind their even spacing and still make up for it."""

_Entry = tuple[Rank, Ticket, Line]


class FairQueue:
    """The line before one account: who may send next, and when. *now* is in seconds and never steps back."""

    def __init__(self, rules: PacingRules) -> None:
        self._rules = rules
        self._account = Usage(rules.account)
        self._closed_until = -math.inf
        self._even_at = -math.inf
        self._full_until = -math.inf
        self._chats: dict[Hashable, ChatQueues] = {}
        self._replies: list[_Entry] = []
        self._broadcasts: list[_Entry] = []
        self._all_replies = ReplyShare(self._account, share=2 / 3, periods=2)
        self._frequent_replies = ReplyShare(self._account, share=0.28, periods=1)
        self._parked: list[tuple[float, int, Line]] = []
        self._idle: list[tuple[float, int, ChatQueues]] = []
        self._numbers = count()
        self._ask_at = math.inf
        self._free = FreeShare(rules.account)
        self._may_pay_for = 0
        self._unanswered: dict[Ticket, float] = {}
        self.one_at_a_time = False
        """Set while the platform does not answer: one request at a time is enough to find out whether it does
        again. One that hangs is not waited for to its end.
        """
        self.holds_broadcasts = False
        """Set while too much of what was sent is not written down."""

    def pay_for(self, messages: int) -> None:
        """Take the paid tier until so many more messages have been paid for, then the free one again."""
        tier = self._rules.paid
        self._may_pay_for = messages if tier else 0
        self._account.window = tier.window if tier and messages > 0 else self._rules.account

    @property
    def may_pay_for(self) -> int:
        return self._may_pay_for

    @property
    def ask_at(self) -> float:
        """When to ask again after `grant` gave None; infinite if only a new event can change the answer."""
        return self._ask_at

    @property
    def closed_until(self) -> float:
        """Until when the whole account is closed; minus infinity if it never was."""
        return self._closed_until

    def __len__(self) -> int:
        """Return how many chats are remembered."""
        return len(self._chats)

    def join(
        self, chat: Hashable, *, shared: bool, lane: Lane, order: float = 0.0, weight: int = 1
    ) -> Ticket:
        """Stand in line for *chat*; *shared* if many people read it: there an album is *weight* messages.

        The *order* of a reply is when it was asked for.
        """
        place = self._chat(chat, shared=shared)
        weight = min(weight, self._rules.account.limit)
        ticket = Ticket(chat, lane, weight, min(weight, place.usage.window.limit) if shared else 1)
        line = place.line_of(ticket)
        if lane is Lane.REPLY:
            order = place.fair_place(ticket, order)
        line.join((int(lane), order, next(self._numbers)), ticket)
        if not line.parked:
            self._line_up(line)
        return ticket

    def leave(self, ticket: Ticket, now: float) -> None:
        """Step out of the line before being granted."""
        ticket.waiting = False
        self._reconsider(self._chats[ticket.chat], now)

    def grant(self, now: float) -> Ticket | None:
        """Return whoever may send at this very moment, its slot taken; else None, and `ask_at` is set."""
        self._prune(now)
        self._unpark(now)
        self._ask_at = self._parked[0][0] if self._parked else math.inf
        reply, broadcast = self._first(self._replies, now), self._first(self._broadcasts, now)
        if self.holds_broadcasts:
            broadcast = None
        if reply and broadcast and (opens_at := self._share_opens_at(reply[1])) > now:
            # Replies have had their share: broadcasts go first for a while.
            self._ask_at = min(self._ask_at, opens_at)
            reply = None
        if (entry := reply or broadcast) is None:
            return None
        _, ticket, line = entry
        allowed_at = self._allowed_at(ticket, now)
        if allowed_at > now:
            self._ask_at = min(self._ask_at, allowed_at)
            return None
        self._take(ticket, line, now)
        return ticket

    def answered(self, ticket: Ticket, now: float) -> None:
        """Note that the request granted to *ticket* has been answered, or was given up, at *now*."""
        chat = self._chats[ticket.chat]
        self._unanswered.pop(ticket, None)
        self._account.answered(now, ticket.weight)
        chat.answered(ticket, now)
        self._reconsider(chat, now)

    def unused(self, ticket: Ticket, now: float) -> None:
        """Give back the slot granted to *ticket*, if it has one: nothing was sent."""
        if self._unanswered.pop(ticket, None) is None:
            return
        chat = self._chats[ticket.chat]
        self._account.in_flight -= ticket.weight
        chat.unused(ticket)
        self._reconsider(chat, now)

    def sent_before(self, chat: Hashable, *, shared: bool, answered_at: float) -> None:
        """Count a message of an earlier process; call it in the order of the answers, before any grant."""
        place = self._chat(chat, shared=shared)
        for usage in (self._account, place.usage):
            usage.in_flight += 1
            usage.answered(answered_at)
        self._retire(place, answered_at)

    def close_account(self, until: float) -> None:
        self._closed_until = max(self._closed_until, until)

    def close_chat(self, chat: Hashable, until: float, *, shared: bool) -> None:
        place = self._chat(chat, shared=shared)
        place.closed_until = max(place.closed_until, until)
        self._list_idle(place, until)

    def closed_chats(self, now: float) -> Mapping[Hashable, float]:
        """Return the chats that the platform has closed to us, and until when."""
        return {key: chat.closed_until for key, chat in self._chats.items() if chat.closed_until > now}

    def opens_at(self, chat: Hashable, now: float) -> float:
        """Return when *chat* will take one more message than those in line; infinite if nobody knows yet."""
        place = self._chats.get(chat)
        if place is None:
            return now
        waiting = sum(t.chat_weight for line in place.lines for _, t in line.tickets if t.waiting)
        return max(place.usage.free_at(now, waiting=waiting), place.closed_until)

    def _chat(self, key: Hashable, *, shared: bool) -> ChatQueues:
        chat = self._chats.get(key)
        if chat is None:
            window = self._rules.shared if shared else self._rules.private
            chat = self._chats[key] = ChatQueues(key, Usage(window), shared=shared)
        return chat

    def _allowed_at(self, ticket: Ticket, now: float) -> float:
        """Return when the account takes a message: a reply takes the next slot, others are evenly spaced."""
        free_at = max(self._account.free_at(now, weight=ticket.weight), self._closed_until)
        if self.one_at_a_time and self._unanswered:
            free_at = max(free_at, next(reversed(self._unanswered.values())) + PROBE_EVERY)
        if free_at > now:
            self._full_until = free_at
        return free_at if ticket.lane is Lane.REPLY else max(free_at, self._even_at)

    def _share_opens_at(self, ticket: Ticket) -> float:
        """Return when a reply may go ahead of broadcasts: one of a chat that asks all the time, later."""
        opens_at = self._all_replies.opens_at()
        return max(opens_at, self._frequent_replies.opens_at()) if ticket.frequent else opens_at

    def _take(self, ticket: Ticket, line: Line, now: float) -> None:
        heappop(self._heap(line))
        ticket.waiting = False
        if ticket.lane is Lane.REPLY:
            self._all_replies.take(now, ticket.weight)
            if ticket.frequent:
                self._frequent_replies.take(now, ticket.weight)
        self._unanswered[ticket] = now
        self._account.in_flight += ticket.weight
        line.chat.begin(ticket)
        if self._may_pay_for >= ticket.weight:
            self._pay(ticket, now)
        # What the account's window held up is not made up for: a burst would only be held up again.
        due_at = max(self._even_at, now - CATCH_UP_FOR, min(now, self._full_until))
        self._even_at = due_at + self._account.window.spacing * ticket.weight
        self._line_up(line)
        if line.chat.replies.parked and line is line.chat.broadcasts:
            self._reconsider(line.chat, now)

    def _pay(self, ticket: Ticket, now: float) -> None:
        """Count what *ticket* costs at the very moment of its grant: not one message exceeds the budget."""
        ticket.paid = True
        costly = sum(not self._free.takes(now) for _ in range(ticket.weight))
        if costly:
            self.pay_for(self._may_pay_for - costly)

    def _heap(self, line: Line) -> list[_Entry]:
        return self._replies if line is line.chat.replies else self._broadcasts

    def _line_up(self, line: Line) -> None:
        """Let the first ticket of *line*, and no other, stand for it in the account's line."""
        head = line.head()
        ticket = head[1] if head else None
        if head and ticket is not line.stands_for:
            heappush(self._heap(line), (*head, line))
        line.stands_for = ticket

    def _first(self, heap: list[_Entry], now: float) -> _Entry | None:
        """Return the first whose chat is open; those whose chat is not are taken out of the line."""
        while (entry := self._best(heap)) is not None:
            line = entry[2]
            opens_at = line.opens_at(now)
            if opens_at <= now:
                return entry
            self._park(line, opens_at)
        return None

    def _best(self, heap: list[_Entry]) -> _Entry | None:
        """Return the first in line, dropping tickets that left or gave way to a better one of their chat."""
        while heap:
            entry = heap[0]
            _, ticket, line = entry
            if ticket is line.stands_for and ticket.waiting:
                return entry
            heappop(heap)
            if ticket is line.stands_for:
                self._line_up(line)
        return None

    def _park(self, line: Line, opens_at: float) -> None:
        """Take a line whose chat has to wait out of the account's, so that it keeps nobody waiting."""
        heappop(self._heap(line))
        line.park()
        if opens_at < math.inf:
            heappush(self._parked, (opens_at, next(self._numbers), line))
            self._ask_at = min(self._ask_at, opens_at)

    def _unpark(self, now: float) -> None:
        while self._parked and self._parked[0][0] <= now:
            line = heappop(self._parked)[2]
            if line.parked:
                line.parked = False
                self._line_up(line)
                self._retire(line.chat, now)

    def _reconsider(self, chat: ChatQueues, now: float) -> None:
        """Look anew at when a chat opens: what it hung on may have been answered, or have gone."""
        for line in chat.lines:
            if line.parked and (opens_at := line.opens_at(now)) < math.inf:
                heappush(self._parked, (opens_at, next(self._numbers), line))
        self._retire(chat, now)

    def _retire(self, chat: ChatQueues, now: float) -> None:
        if not chat.waits:
            self._list_idle(chat, now + chat.usage.window.period)

    def _list_idle(self, chat: ChatQueues, at: float) -> None:
        if not chat.listed:
            chat.listed = True
            heappush(self._idle, (at, next(self._numbers), chat))

    def _prune(self, now: float) -> None:
        """Forget chats whose windows are empty, so that memory follows the traffic and not the audience."""
        while self._idle and self._idle[0][0] <= now:
            chat = heappop(self._idle)[2]
            chat.listed = False
            if (forget_at := chat.forget_at(now)) <= now:
                del self._chats[chat.key]
            elif forget_at < math.inf:
                self._list_idle(chat, forget_at)
