"""Despatch: claimed deliveries stand in line, are sent in their turn, and what follows is decided."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

import structlog

from bot.domain.clock import Clock
from bot.domain.decision import Attempt, settle_together
from bot.domain.delivery import (
    Delivery,
    DeliveryId,
    DeliveryStatus,
    Form,
    MessageRejected,
    Outcome,
    PhotoRejected,
    RetryLater,
    RetryPolicy,
    Scope,
    SendAs,
    Settled,
    StopAccount,
)
from bot.domain.message import KnownPhoto, Message
from bot.domain.messenger import SendInstead
from bot.domain.outage import is_failure
from bot.domain.rate_limit import Ticket
from bot.metrics import Metrics
from bot.services.claiming import Claims
from bot.services.outgoing import Outgoing
from bot.services.pacing import Turn
from bot.services.sending import Sending
from bot.services.settling import Settler
from bot.store.database import DatabaseUnavailable

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Ties:
    """What a despatch is tied to: whether anything may go, and who wants to hear of what happens."""

    may_go: Callable[[], bool]
    on_ended: Callable[[], None]
    on_refused: Callable[[str], None]


class Despatch:
    """Sends what one account has claimed; len() is how much of it has not come to its end."""

    def __init__(
        self,
        outgoing: Outgoing,
        claims: Claims,
        settler: Settler,
        ties: Ties,
        *,
        withdrawal: Callable[[str], Message],
        clock: Clock,
        metrics: Metrics,
        policy: RetryPolicy,
    ) -> None:
        self._outgoing = outgoing
        self._claims = claims
        self._settler = settler
        self._ties = ties
        self._withdrawal = withdrawal
        self._clock = clock
        self._metrics = metrics
        self._policy = policy
        self._in_line: dict[Sending, None] = {}
        self._tasks: dict[asyncio.Task[None], Sending] = {}
        self._failures: dict[DeliveryId, int] = {}
        self.answered = 0

    def __len__(self) -> int:
        return len(self._in_line) + len(self._tasks)

    def start(self, sending: Sending) -> None:
        """Have *sending* stand in line, which takes no task; one with a photo to upload goes its own way."""
        if self._ready(sending) is None:
            self._begin(sending, None)
            return
        self._in_line[sending] = None
        sending.ticket = self._outgoing.line_up(
            sending.delivery.address, sending.place, partial(self._go, sending)
        )

    def _ready(self, sending: Sending) -> Message | None:
        return sending.ready(self._withdrawal, self._outgoing.photo_reference)

    def _go(self, sending: Sending, turn: Turn) -> None:
        self._in_line.pop(sending, None)
        if turn is None:
            self._claims.give_back(*sending.deliveries)
        else:
            self._begin(sending, turn)

    def _begin(self, sending: Sending, turn: Turn) -> None:
        task = asyncio.create_task(self._deliver(sending, turn))
        self._tasks[task] = sending
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        sending = self._tasks.pop(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, DatabaseUnavailable) and not sending.in_flight:
            # Nothing was sent: it is owed as before, and need not wait for its lease to be over.
            self._claims.give_back(*sending.deliveries)
        elif error:
            log.error("a delivery failed by a bug", delivery=sending.delivery.id, exc_info=error)
        self._ties.on_ended()

    async def _deliver(self, sending: Sending, turn: Turn) -> None:
        """Send one delivery, in a plainer form if it must be, until it can be settled or is given back."""
        delivery, form = sending.delivery, Form.CARD
        outcome = await (self._send_in_turn(sending, turn) if turn else self._send(sending))
        while outcome is not None:
            match self._decide(sending.deliveries, outcome, form):
                case SendAs(form=plainer):
                    self._note_refusal(delivery, outcome)
                    form = plainer
                case Settled() as settled:
                    self.settle(delivery, outcome, settled)
                    return
            outcome = await self._send(sending, form)
        self._claims.give_back(*sending.deliveries)

    async def _send_in_turn(self, sending: Sending, turn: Ticket) -> Outcome | None:
        """Send in the turn that has come; what takes another request stands in line for it once more."""
        message = self._ready(sending)
        if message is None or not sending.begins(self._may_send(sending)):
            self._outgoing.pacer.unused(turn)
            return await self._send(sending) if message is None else None
        match await self._outgoing.exchange(turn, sending.delivery.address, message):
            case SendInstead(message=instead):
                return await self._send(sending, instead=instead)
            case PhotoRejected(unwelcome=False) if isinstance(message.photo, KnownPhoto):
                return await self._send(sending)
            case outcome:
                return outcome

    async def _send(
        self, sending: Sending, form: Form = Form.CARD, *, instead: Message | None = None
    ) -> Outcome | None:
        sending.in_flight = False
        message = instead or sending.message(form, self._withdrawal)
        place = replace(sending.place, may_send=lambda: sending.begins(self._may_send(sending)))
        return await self._outgoing.send(sending.delivery.address, message, place)

    def _may_send(self, sending: Sending) -> bool:
        return self._clock.monotonic() < sending.send_before and self._ties.may_go()

    def _decide(self, deliveries: tuple[Delivery, ...], outcome: Outcome, form: Form) -> SendAs | Settled:
        first = deliveries[0].id
        failures = self._failures.pop(first, 0) + (not self._outgoing.meets_an_outage)
        if is_failure(outcome):
            self._failures[first] = failures
        now, attempt = self._clock.now(), Attempt(form, max(failures, 1))
        return settle_together(deliveries, outcome, now=now, policy=self._policy, attempt=attempt)

    def _note_refusal(self, delivery: Delivery, outcome: Outcome) -> None:
        if isinstance(outcome, MessageRejected):
            log.error("a card of ours was refused", article=delivery.article, reason=outcome.reason)
            self._metrics.malformed.labels(delivery.address.account).inc()

    def settle(self, delivery: Delivery, outcome: Outcome, settled: Settled) -> None:
        """Have it written down how *delivery* stands, and leave alone what is closed or put off."""
        self.answered += 1
        match outcome:
            case RetryLater(after=timedelta() as after, scope=Scope.CHAT):
                self._claims.leave_alone(delivery.chat, after)
            case _:
                pass
        if isinstance(settled.effect, StopAccount):
            self._ties.on_refused(settled.effect.reason)
        settlement = settled.settlement
        if settlement.status is DeliveryStatus.PENDING and settlement.due_at:
            self._claims.note_due(settlement.due_at)
        self._settler.add(delivery, settled)

    def give_back_waiting(self) -> None:
        """Take out of the line whatever has not begun to be sent."""
        for sending in list(self._in_line):
            self._outgoing.pacer.leave(sending.ticket)
            self._claims.give_back(*sending.deliveries)
        self._in_line.clear()
        for task, sending in list(self._tasks.items()):
            if not sending.in_flight and task.cancel():
                self._claims.give_back(*sending.deliveries)

    async def finish(self, within: float) -> None:
        """Let requests in flight come to their end, and give back the rest."""
        self.give_back_waiting()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=within)
        for task in list(self._tasks):
            # What becomes of it is not known: its lease brings it back.
            task.cancel()
