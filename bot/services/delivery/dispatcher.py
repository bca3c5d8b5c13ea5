"""The dispatcher: each claimed batch is sent in a task of its own, and what follows is decided."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import structlog

from bot.domain.delivery.circuit_breaker import is_failure
from bot.domain.delivery.decision import Attempt, settle_together
from bot.domain.delivery.delivery import (
    Delivery,
    DeliveryId,
    DeliveryStatus,
    Form,
    MessageRejected,
    NoteTold,
    Outcome,
    Receipt,
    RetryLater,
    Scope,
    SendAs,
    Settled,
    StopAccount,
)
from bot.services.delivery.automatic_stop import AutomaticStop
from bot.services.delivery.batching import OutgoingBatch
from bot.services.delivery.claims import Claims
from bot.services.delivery.receipt_writer import ReceiptWriter
from bot.services.delivery.sender_rules import SenderRules
from bot.services.gateway.account import ServedAccount
from bot.services.gateway.gateway import MessengerGateway, SendOptions
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
        self._pauses = claims.pauses
        self._halting = AutomaticStop(account.database, account.clock, rules)
        self._wake = wake
        self._edits = account.messenger.capabilities.edits
        self._clock = account.clock
        self._metrics = account.metrics
        self._fastest = account.messenger.pacing.fastest
        self._under_way: dict[asyncio.Task[None], tuple[OutgoingBatch, SendOptions]] = {}
        self._failures: dict[DeliveryId, int] = {}
        self._answered = 0

    @property
    def capacity(self) -> int:
        """How many deliveries may be claimed and not yet have come to their end."""
        return self._rules.claimed_ahead(self._fastest, self._answered)

    def __len__(self) -> int:
        return len(self._under_way)

    def start(self, batch: OutgoingBatch, send_before: float) -> None:
        """Set *batch* on its way; its request begins before *send_before* (monotonic), or not at all."""
        first = batch.first
        options = SendOptions(
            first.lane,
            first.due_at.timestamp(),
            purpose=first.purpose,
            send_before=send_before,
            paused=partial(self._pauses.hold, batch.deliveries),
        )
        task = asyncio.create_task(self._deliver(batch, options))
        self._under_way[task] = batch, options
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        batch, options = self._under_way.pop(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, DatabaseUnavailable) and not options.in_flight:
            # Nothing was sent: it is owed as before, and need not wait for its lease to be over.
            self._claims.give_back(*batch.deliveries)
        elif error:
            log.error("a delivery failed by a bug", delivery=batch.first.id, exc_info=error)
        if len(self) <= self.capacity / 2:
            self._wake.set()

    async def _deliver(self, batch: OutgoingBatch, options: SendOptions) -> None:
        """Send one batch, in a plainer form if it must be, until it can be settled or is given back."""
        delivery, form = batch.first, Form.CARD
        while True:
            outcome = await self._gateway.send(delivery.address, batch.message(form), options)
            if outcome is None:
                self._claims.give_back(*batch.deliveries)
                return
            if await self._halting.note(delivery, outcome, form):
                await self._pauses.look()
            match self._decide(batch.deliveries, outcome, form):
                case SendAs(form=plainer):
                    self._note_refusal(delivery, outcome)
                    form = plainer
                case Settled() as settled:
                    if batch.tells_ration and isinstance(outcome, Receipt):
                        settled = replace(settled, effect=NoteTold())
                    self.settle(delivery, outcome, settled)
                    return

    def _decide(self, deliveries: tuple[Delivery, ...], outcome: Outcome, form: Form) -> SendAs | Settled:
        first = deliveries[0].id
        failures = self._failures.pop(first, 0) + (not self._gateway.meets_an_outage)
        if is_failure(outcome):
            self._failures[first] = failures
        now, attempt = self._clock.now(), Attempt(form, max(failures, 1), edits=self._edits)
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
        """Give back whatever has not begun to be sent."""
        self._give_back(lambda _: True)

    def give_back_paused(self) -> None:
        """Give back what is paused by now and has not begun to be sent."""
        self._give_back(lambda batch: self._pauses.holds(batch.deliveries))

    def _give_back(self, chosen: Callable[[OutgoingBatch], bool]) -> None:
        for task, (batch, options) in list(self._under_way.items()):
            if not options.in_flight and chosen(batch) and task.cancel():
                self._claims.give_back(*batch.deliveries)

    async def finish(self, within: float) -> None:
        """Let requests in flight come to their end, and give back the rest."""
        self.give_back_waiting()
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=within)
        for task in list(self._under_way):
            # What becomes of it is not known: its lease brings it back.
            task.cancel()
