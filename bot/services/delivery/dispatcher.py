"""The dispatcher: claimed deliveries stand in line, are sent in their turn, and what follows is decided."""

import asyncio
from datetime import timedelta
from functools import partial

import structlog

from bot.domain.chats.message import KnownPhoto, Message
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
    Scope,
    SendAs,
    Settled,
    StopAccount,
)
from bot.domain.delivery.fair_queue import Ticket
from bot.domain.messaging.messenger import FallbackRequest
from bot.services.delivery.account import ServedAccount
from bot.services.delivery.claims import Claims
from bot.services.delivery.gateway import MessengerGateway
from bot.services.delivery.rate_limiter import Turn
from bot.services.delivery.receipt_writer import ReceiptWriter
from bot.services.delivery.send_job import SendJob
from bot.services.delivery.sender_rules import SenderRules
from bot.store.engine.database import DatabaseUnavailable

log = structlog.get_logger(__name__)


class Dispatcher:
    """Sends what one account has claimed; len() is how much of it has not come to its end.

    *wake* is set when there is room for more, and when the platform refuses the account.
    """

    def __init__(
        self,
        account: ServedAccount,
        gateway: MessengerGateway,
        claims: Claims,
        receipts: ReceiptWriter,
        *,
        rules: SenderRules,
        wake: asyncio.Event,
    ) -> None:
        self._gateway = gateway
        self._claims = claims
        self._receipts = receipts
        self._rules = rules
        self._wake = wake
        self._clock = account.clock
        self._metrics = account.metrics
        self._fastest = account.messenger.pacing.fastest
        self._in_line: dict[SendJob, None] = {}
        self._tasks: dict[asyncio.Task[None], SendJob] = {}
        self._failures: dict[DeliveryId, int] = {}
        self._answered = 0

    @property
    def capacity(self) -> int:
        """How many deliveries may be claimed and not yet have come to their end."""
        return self._rules.claimed_ahead(self._fastest, self._answered)

    def __len__(self) -> int:
        return len(self._in_line) + len(self._tasks)

    def start(self, job: SendJob) -> None:
        """Have *job* stand in line, which takes no task; one with a photo to upload goes its own way."""
        if self._ready(job) is None:
            self._begin(job, None)
            return
        self._in_line[job] = None
        job.ticket = self._gateway.line_up(job.delivery.address, job.options, partial(self._go, job))

    def _ready(self, job: SendJob) -> Message | None:
        return job.ready(self._gateway.photo_reference)

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
        if isinstance(error, DatabaseUnavailable) and not job.options.in_flight:
            # Nothing was sent: it is owed as before, and need not wait for its lease to be over.
            self._claims.give_back(*job.deliveries)
        elif error:
            log.error("a delivery failed by a bug", delivery=job.delivery.id, exc_info=error)
        if len(self) <= self.capacity / 2:
            self._wake.set()

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
        if message is None:
            self._gateway.rate_limiter.unused(turn)
            return await self._send(job)
        match await self._gateway.exchange(turn, job.delivery.address, message, job.options):
            case FallbackRequest(message=instead):
                return await self._send(job, instead=instead)
            case PhotoRejected(unwelcome=False) if isinstance(message.photo, KnownPhoto):
                return await self._send(job)
            case outcome:
                return outcome

    async def _send(
        self, job: SendJob, form: Form = Form.CARD, *, instead: Message | None = None
    ) -> Outcome | None:
        job.options.in_flight = False
        return await self._gateway.send(job.delivery.address, instead or job.message(form), job.options)

    def _decide(self, deliveries: tuple[Delivery, ...], outcome: Outcome, form: Form) -> SendAs | Settled:
        first = deliveries[0].id
        failures = self._failures.pop(first, 0) + (not self._gateway.meets_an_outage)
        if is_failure(outcome):
            self._failures[first] = failures
        now, attempt = self._clock.now(), Attempt(form, max(failures, 1))
        return settle_together(deliveries, outcome, now=now, policy=self._rules.retry, attempt=attempt)

    def _note_refusal(self, delivery: Delivery, outcome: Outcome) -> None:
        if isinstance(outcome, MessageRejected):
            log.error("a card of ours was refused", article=delivery.article, reason=outcome.reason)
            self._metrics.malformed.labels(delivery.address.account).inc()

    def settle(self, delivery: Delivery, outcome: Outcome, settled: Settled) -> None:
        """Have it written down how *delivery* stands, and leave alone what is closed or put off."""
        self._answered += 1
        match outcome:
            case RetryLater(after=timedelta() as after, scope=Scope.CHAT):
                self._claims.leave_alone(delivery.chat, after)
            case _:
                pass
        if isinstance(settled.effect, StopAccount):
            self._gateway.refuse(settled.effect.reason)
            self._wake.set()
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
            if not job.options.in_flight and task.cancel():
                self._claims.give_back(*job.deliveries)

    async def finish(self, within: float) -> None:
        """Let requests in flight come to their end, and give back the rest."""
        self.give_back_waiting()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=within)
        for task in list(self._tasks):
            # What becomes of it is not known: its lease brings it back.
            task.cancel()
