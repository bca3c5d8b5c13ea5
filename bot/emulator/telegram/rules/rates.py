"""The rate model: how many messages an account and a chat may take in any window; what a breach costs."""

import math
from collections import deque
from dataclasses import dataclass, field

from bot.emulator.metrics import Metrics
from bot.emulator.telegram.rules.errors import too_many_requests
from bot.emulator.telegram.rules.limits import Limits

Scope = tuple[object, ...]


@dataclass(slots=True)
class _Closure:
    until: float
    wait: int


@dataclass(slots=True)
class _Demand:
    """What one request takes from one scope."""

    scope: Scope
    count: int
    seconds: float
    weight: int


@dataclass(frozen=True, slots=True)
class Sending:
    """A request that counts; *paid* asks for the paid tier, an *edit* is no new message."""

    bot: int
    chat: int
    kind: str
    messages: int = 1
    edit: bool = False
    paid: bool = False


@dataclass(slots=True)
class RateModel:
    """Strict windows: never more than the count in any span; else buckets that start full and refill."""

    limits: Limits
    metrics: Metrics
    _windows: dict[Scope, deque[float]] = field(default_factory=dict)
    _buckets: dict[Scope, tuple[float, float]] = field(default_factory=dict)
    _closures: dict[Scope, _Closure] = field(default_factory=dict)
    _attempts: dict[int, deque[float]] = field(default_factory=dict)

    def admit(self, sending: Sending, now: float) -> bool:
        """Count *sending*, arrived at *now*, or refuse it; return whether it costs Stars."""
        self._watch(sending, now)
        demands = self._demands(sending)
        waits = {demand.scope: self._wait(demand, now) for demand in demands}
        broken = {scope: wait for scope, wait in waits.items() if wait > 0}
        if broken:
            self.metrics.violations += 1
            self.metrics.violated.update(str(scope[0]) for scope in broken)
        if self.limits.enforce:
            self._refuse_while_closed(demands, now)
            if broken:
                for scope, wait in broken.items():
                    self._close(scope, wait, now)
                self.metrics.refused_429 += 1
                raise too_many_requests(max(math.ceil(max(wait, 0.001)) for wait in broken.values()))
        costly = sending.paid and self._wait(self._free(sending), now) > 0
        for demand in demands:
            self._take(demand, now)
        if sending.paid and not costly:
            self._take(self._free(sending), now)
        return costly

    def _watch(self, sending: Sending, now: float) -> None:
        """Remember the fullest second, counting refused requests too."""
        recent = self._attempts.setdefault(sending.bot, deque())
        recent.extend([now] * sending.messages)
        while recent[0] <= now - 1.0:
            recent.popleft()
        self.metrics.max_window = max(self.metrics.max_window, len(recent))

    def _free(self, sending: Sending) -> _Demand:
        limits = self.limits
        return _Demand(("account", sending.bot), limits.global_count, limits.global_seconds, sending.messages)

    def _demands(self, sending: Sending) -> list[_Demand]:
        limits, bot, chat = self.limits, sending.bot, sending.chat
        demands = []
        if sending.paid:
            demands.append(_Demand(("paid", bot), limits.paid_count, limits.paid_seconds, sending.messages))
        elif not sending.edit or limits.edits_count:
            demands.append(self._free(sending))
        private = sending.kind == "private"
        if sending.edit and not private:
            demands.append(_Demand(("edits", bot, chat), limits.edit_count, limits.edit_seconds, 1))
            if not limits.edits_count:
                return demands
        if private:
            # An album is one post to a person; in a group each of its items counts.
            demands.append(_Demand(("chat", bot, chat), limits.private_count, limits.private_seconds, 1))
        elif sending.kind == "channel":
            count, seconds = limits.channel_count, limits.channel_seconds
            demands.append(_Demand(("chat", bot, chat), count, seconds, sending.messages))
        else:
            demands.append(
                _Demand(("chat", bot, chat), limits.group_count, limits.group_seconds, sending.messages)
            )
        return demands

    def _wait(self, demand: _Demand, now: float) -> float:
        """Return the seconds until *demand* fits; zero if it fits now."""
        if not self.limits.strict and demand.count > 0:
            missing = demand.weight - self._tokens(demand, now)
            return max(0.0, missing * demand.seconds / demand.count)
        if demand.count <= 0:
            return demand.seconds
        window = self._windows.get(demand.scope)
        if window is None:
            return 0.0
        # An arrival exactly one span ago has left the window.
        while window and window[0] <= now - demand.seconds:
            window.popleft()
        excess = len(window) + demand.weight - demand.count
        # An album larger than the whole window passes alone.
        if excess <= 0 or not window:
            return 0.0
        return window[min(excess, len(window)) - 1] + demand.seconds - now

    def _tokens(self, demand: _Demand, now: float) -> float:
        tokens, at = self._buckets.get(demand.scope, (float(demand.count), now))
        return min(float(demand.count), tokens + (now - at) * demand.count / demand.seconds)

    def _take(self, demand: _Demand, now: float) -> None:
        if not self.limits.strict:
            self._buckets[demand.scope] = (self._tokens(demand, now) - demand.weight, now)
            return
        window = self._windows.get(demand.scope)
        if window is None:
            window = self._windows[demand.scope] = deque()
        for _ in range(demand.weight):
            window.append(now)

    def _refuse_while_closed(self, demands: list[_Demand], now: float) -> None:
        waits = []
        for demand in demands:
            closure = self._closures.get(demand.scope)
            if closure is None:
                continue
            if closure.until <= now:
                del self._closures[demand.scope]
                continue
            if self.limits.escalate:
                closure.wait = min(closure.wait * 2, self.limits.escalate_cap)
                closure.until = now + closure.wait
            waits.append(closure.until - now)
        if waits:
            self.metrics.refused_429 += 1
            self.metrics.while_closed += 1
            raise too_many_requests(max(1, math.ceil(max(waits))))

    def _close(self, scope: Scope, wait: float, now: float) -> None:
        seconds = max(1, math.ceil(wait))
        self._closures[scope] = _Closure(now + seconds, seconds)
