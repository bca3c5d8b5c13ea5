"""The sender of one account: claims what is owed, sends it in turn, and has it settled."""

import asyncio
import math
from datetime import timedelta

import structlog

from bot.domain.chats.chat import Address
from bot.domain.chats.message import Message
from bot.domain.delivery.delivery import (
    AccountRefused,
    Delivery,
    DeliveryStatus,
    MessageRejected,
    Outcome,
    Settled,
    Settlement,
)
from bot.domain.reason import Reason, ReasonCode
from bot.services.aio import at_most, cancelled, sleep_or_wake, until
from bot.services.delivery.batching import BatchBuilder
from bot.services.delivery.claims import Claims
from bot.services.delivery.dispatcher import Dispatcher
from bot.services.delivery.receipt_writer import ReceiptWriter
from bot.services.delivery.replies import Replies
from bot.services.delivery.sender_rules import SenderRules
from bot.services.gateway.account import ServedAccount
from bot.services.gateway.gateway import AccountLostError, MessengerGateway
from bot.services.rendering.renderer import Renderer
from bot.store.engine.database import DatabaseUnavailable

__all__ = ["Sender", "SenderRules"]

CLAIMED_AT_ONCE = 500
"""Deliveries that one transaction claims: receipts and replies that have to be stored wait for it."""

LAST_ROUND = 0.5
"""Seconds that claiming has left for coming to its end when the sender is stopped."""

ASK_AGAIN_AFTER = 1.0
"""Seconds after which a database that could not be had is asked again."""

_CANNOT_EDIT = MessageRejected("the messenger cannot edit messages")

log = structlog.get_logger(__name__)


class Sender:
    """Delivers for one account, by *rules*, what *renderer* makes of articles.

    claim (lease) → batch (card or digest) → dispatcher → gateway: rate limiter, then messenger
        → outcome → decision → receipts, in groups
    """

    def __init__(self, account: ServedAccount, renderer: Renderer, rules: SenderRules) -> None:
        self._messenger = account.messenger
        self._database = account.database
        self._clock = account.clock
        self._rules = rules
        self._begun, self._woken, self._stopped = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._batches = BatchBuilder(account, renderer)
        self._gateway = MessengerGateway(account, rules.retry)
        self._replies = Replies(account, self._gateway, rules.retry)
        self._claims = Claims(account, rules)
        self._receipts = ReceiptWriter(
            account,
            self._gateway.rate_history,
            most=rules.unsettled(account.messenger.pacing.fastest),
            hold=self._gateway.rate_limiter.hold_broadcasts,
        )
        self._dispatcher = Dispatcher(
            account, self._gateway, self._claims, self._receipts, rules=rules, wake=self._woken
        )

    @property
    def refused(self) -> str | None:
        """Why the platform refuses the account, once it does; nothing is sent any more then."""
        return self._gateway.refused

    async def run(self) -> None:
        """Deliver until `stop` is called or the account is refused; then wind up and return."""
        settling = asyncio.create_task(self._receipts.run())
        try:
            while not self._stopped.is_set() and self.refused is None:
                await until(self._stopped, self._round(), grace=LAST_ROUND)
        finally:
            await asyncio.shield(self._wind_up())
            await cancelled(settling)

    def wake(self) -> None:
        """Say that deliveries may have become due."""
        self._woken.set()

    def hold(self) -> None:
        """Send nothing more that is owed, but let replies go."""
        self._receipts.hold()

    def stop(self) -> None:
        """Claim nothing more and come to an end."""
        self._stopped.set()
        self._woken.set()

    async def reply(self, address: Address, message: Message) -> Outcome:
        """Send what somebody asked for, ahead of all broadcasts; return what became of it in the end.

        Raises AccountLostError if it may not go: then it is still to be sent, by whoever has the account.
        """
        if not self._gateway.may_send():
            raise AccountLostError("the account may not send any more")
        await self._begun.wait()
        outcome = await self._replies.send(address, message)
        if isinstance(outcome, AccountRefused):
            self._gateway.refuse(outcome.reason)
            self._woken.set()
            raise AccountLostError(outcome.reason)
        return outcome

    async def _begin(self) -> None:
        """Take over from an earlier process: what it sent a moment ago, and what it had claimed."""
        await self._gateway.begin()
        await self._claims.inherit(self._rules.inherit_after if self._database.is_shared else 0.0)
        self._begun.set()

    async def _round(self) -> None:
        """Claim and start what there is room for, or wait until something changes."""
        self._woken.clear()
        self._receipts.look()
        try:
            if not self._gateway.may_send():
                # A process that has stalled finds out so before it claims what another one is sending.
                await self._wait(self._rules.look_every)
                return
            if not self._begun.is_set():
                await self._begin()
            await self._gateway.paid_quota.look()
            closed_for = self._gateway.rate_limiter.account_opens_in()
            ahead = self._dispatcher.capacity
            room = ahead - len(self._dispatcher)
            if closed_for > self._rules.ahead:
                self._dispatcher.give_back_waiting()
                await self._claims.release()
                await self._wait(closed_for)
            elif room < ahead / 2 or (self._claims.is_suspect and len(self._dispatcher)):
                await self._wait(self._rules.look_every)
            elif not await self._claim(min(room, CLAIMED_AT_ONCE)):
                due_in = self._claims.next_due_in()
                await self._wait(self._rules.look_every if due_in is None else due_in)
        except DatabaseUnavailable as error:
            log.warning("the sender waits for the database", error=str(error))
            await self._wait(ASK_AGAIN_AFTER)
        except Exception:
            # Whatever it is, the database keeps what is owed, and the next round may fare better.
            log.exception("a round of the sender failed")
            await self._wait(self._rules.look_every)

    async def _wait(self, seconds: float) -> None:
        await sleep_or_wake(self._clock, min(seconds, self._rules.look_every), self._woken)

    async def _claim(self, room: int) -> bool:
        """Claim up to *room* deliveries and set each on its way; False if there were none."""
        leased_until = self._clock.monotonic() + self._rules.lease
        claimed = await self._claims.claim(room)
        try:
            batches = await self._batches.of(claimed)
        except BaseException:
            # What was claimed must not have to wait until its lease is over.
            self._claims.give_back(*claimed)
            raise
        for batch in batches:
            delivery = batch.first
            opens_in = self._gateway.rate_limiter.chat_opens_in(delivery.address.chat)
            if batch.untold:
                self._dispatcher.settle(delivery, _CANNOT_EDIT, _left_as_it_is(delivery, batch.untold))
            elif opens_in > self._rules.ahead:
                # Where it hangs on answers that are still to come, that will not take long.
                seconds = opens_in if opens_in < math.inf else self._rules.ahead
                self._claims.leave_alone(delivery.chat, timedelta(seconds=seconds))
                self._claims.give_back(*batch.deliveries, *batch.left)
            elif batch.card:
                self._claims.give_back(*batch.left)
                self._dispatcher.start(batch, leased_until - self._rules.send_within)
        return bool(claimed)

    async def _wind_up(self) -> None:
        """Let requests in flight come to their end, settle them, and give back the rest."""
        await self._dispatcher.finish(self._rules.stop_within)
        self._gateway.close()
        # Whoever waits for the beginning, which may not have come, learns that this is the end.
        self._begun.set()
        try:
            await at_most(self._rules.settle_within, self._leave_all_stored())
        except (DatabaseUnavailable, TimeoutError):
            log.warning("the database was not told of everything: the leases bring it back")
        except Exception:
            log.exception("the database was not told of everything: the leases bring it back")

    async def _leave_all_stored(self) -> None:
        await self._receipts.finish()
        await self._claims.release()


def _left_as_it_is(delivery: Delivery, why: str) -> Settled:
    """Return a correction as ended that the messenger has no means for."""
    reason = Reason(ReasonCode.NO_EDITS, f"{_CANNOT_EDIT.reason}: {why}").stored()
    return Settled(Settlement(delivery.id, DeliveryStatus.CANCELLED, delivery.attempts, reason=reason))
