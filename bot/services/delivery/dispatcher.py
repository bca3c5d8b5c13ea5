"""Despatch: claimed deliveries stand in line, are sent in their turn, and what follows is decided."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

import structlog

from bot.domain.chats.message import KnownPhoto, Message
from bot.domain.clock import Clock
from bot.domain.delivery.circuit_breaker import is_failure
from bot.domain.delivery.decision import Attempt, settle_together
from bot.domain.delivery.delivery import (
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
from bot.domain.delivery.fair_queue import Ticket
from bot.domain.messaging.messenger import FallbackRequest
from bot.metrics import Metrics
from bot.services.delivery.claims import Claims
from bot.services.delivery.gateway import MessengerGateway
from bot.services.delivery.rate_limiter import Turn
from bot.services.delivery.receipt_writer import ReceiptWriter
from bot.services.delivery.send_job import SendJob
from bot.store.engine.database import DatabaseUnavailable

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class DispatcherHooks:
    """What a despatch is tied to: whether anything may go, and who wants to hear of what happens."""

    may_go: Callable[[], bool]
    on_ended: Callable[[], None]
    on_refused: Callable[[str], None]


class Dispatcher:
    """Sends what one account has claimed; len() is how much of it has not come to its end."""

    def __init__(
        self,
        gateway: MessengerGateway,
        claims: Claims,
        receipts: ReceiptWriter,
        hooks: DispatcherHooks,
        *,
        withdrawal: Callable[[str], Message],
        clock: Clock,
        metrics: Metrics,
        policy: RetryPolicy,
    ) -> None:
        self._gateway = gateway
        self._claims = claims
        self._receipts = receipts
        self._hooks = hooks
        self._withdrawal = withdrawal
        self._clock = clock
        self._metrics = metrics
        self._policy = policy
        self._in_line: dict[SendJob, None] = {}
        self._tasks: dict[asyncio.Task[None], SendJob] = {}
        self._failures: dict[DeliveryId, int] = {}
        self.answered = 0

    def __len__(self) -> int:
        return len(self._in_line) + len(self._tasks)

    def start(self, job: SendJob) -> None:
        """Have *job* stand in line, which takes no task; one with a photo to upload goes its own way."""
        if self._ready(job) is None:
            self._begin(job, None)
            return
        self._in_line[job] = None
        job.ticket = self._gateway.line_up(job.delivery.address, job.place, partial(self._go, job))

    def _ready(self, job: SendJob) -> Message | None:
        return job.ready(self._withdrawal, self._gateway.photo_reference)

    def _go(self, job: SendJob, turn: Turn) -> None:
        self._in_line.pop(job, None)
        if turn is None:
            self._claims.give_back(*job.deliveries)
        else:
            self._begin(job, turn)

    def _begin(self, job: SendJob, turn: Turn) -> None:
        task = asyncio.create_task(self._deliver(job, turn))
        self._tasks[task] = job
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        job = self._tasks.pop(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, DatabaseUnavailable) and not job.in_flight:
            # Nothing was sent: it is owed as before, and need not wait for its lease to be over.
            self._claims.give_back(*job.deliveries)
        elif error:
            log.error("a delivery failed by a bug", delivery=job.delivery.id, exc_info=error)
        self._hooks.on_ended()

    async def _deliver(self, job: SendJob, turn: Turn) -> None:
        """Send one delivery, in a plainer form if it must be, until it can be settled or is given back."""
        delivery, form = job.delivery, Form.CARD
        outcome = await (self._send_in_turn(job, turn) if turn else self._send(job))
        while outcome is not None:
            match self._decide(job.deliveries, outcome, form):
                case SendAs(form=plainer):
                    self._note_refusal(delivery, outcome)
                    form = plainer
                case Settled() as settled:
                    self.settle(delivery, outcome, settled)
                    return
            outcome = await self._send(job, form)
        self._claims.give_back(*job.deliveries)

    async def _send_in_turn(self, job: SendJob, turn: Ticket) -> Outcome | None:
        """Send in the turn that has come; what takes another request stands in line for it once more."""
        message = self._ready(job)
        if message is None or not job.begins(self._may_send(job)):
            self._gateway.rate_limiter.unused(turn)
            return await self._send(job) if message is None else None
        match await self._gateway.exchange(turn, job.delivery.address, message):
            case FallbackRequest(message=instead):
                return await self._send(job, instead=instead)
            case PhotoRejected(unwelcome=False) if isinstance(message.photo, KnownPhoto):
                return await self._send(job)
            case outcome:
                return outcome

    async def _send(
        self, job: SendJob, form: Form = Form.CARD, *, instead: Message | None = None
    ) -> Outcome | None:
        job.in_flight = False
        message = instead or job.message(form, self._withdrawal)
        place = replace(job.place, may_send=lambda: job.begins(self._may_send(job)))
        return await self._gateway.send(job.delivery.address, message, place)

    def _may_send(self, job: SendJob) -> bool:
        return self._clock.monotonic() < job.send_before and self._hooks.may_go()

    def _decide(self, deliveries: tuple[Delivery, ...], outcome: Outcome, form: Form) -> SendAs | Settled:
        first = deliveries[0].id
        failures = self._failures.pop(first, 0) + (not self._gateway.meets_an_outage)
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
            self._hooks.on_refused(settled.effect.reason)
        settlement = settled.settlement
        if settlement.status is DeliveryStatus.PENDING and settlement.due_at:
            self._claims.note_due(settlement.due_at)
        self._receipts.add(delivery, settled)

    def give_back_waiting(self) -> None:
        """Take out of the line whatever has not begun to be sent."""
        for job in list(self._in_line):
            self._gateway.rate_limiter.leave(job.ticket)
            self._claims.give_back(*job.deliveries)
        self._in_line.clear()
        for task, job in list(self._tasks.items()):
            if not job.in_flight and task.cancel():
                self._claims.give_back(*job.deliveries)

    async def finish(self, within: float) -> None:
        """Let requests in flight come to their end, and give back the rest."""
        self.give_back_waiting()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=within)
        for task in list(self._tasks):
            # What becomes of it is not known: its lease brings it back.
            task.cancel()
