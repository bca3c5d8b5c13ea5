"""The one way out of an account: replies and broadcasts, all paced by the same limiter."""

import math
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from bot.domain.chats.chat import Address
from bot.domain.chats.message import KnownPhoto, KnownVoice, Message, NewPhoto, NewVoice
from bot.domain.delivery.chat_queue import BlockedBy
from bot.domain.delivery.circuit_breaker import CircuitBreaker
from bot.domain.delivery.delivery import (
    Ambiguous,
    LeftOut,
    Outcome,
    QuotaSpent,
    Rationed,
    Receipt,
    RetryLater,
    RetryPolicy,
    Scope,
)
from bot.domain.delivery.fair_queue import FairQueue, Lane, Ticket
from bot.domain.delivery.monthly_quota import Purpose
from bot.domain.messaging.messenger import FallbackRequest
from bot.metrics import Metrics
from bot.services.gateway.account import ServedAccount
from bot.services.gateway.monthly_ledger import Counted, MonthlyLedger
from bot.services.gateway.paid_quota import PaidQuota
from bot.services.gateway.rate_history import RateHistory
from bot.services.gateway.rate_limiter import QueueClosedError, RateLimiter
from bot.services.gateway.upload_cache import UploadCache
from bot.store.articles.references import PHOTOS, RECORDINGS
from bot.store.engine.database import DatabaseUnavailable

LEFT_OUT = LeftOut("a test installation: delivery.only_chats does not list the chat")

log = structlog.get_logger(__name__)


class AccountLostError(Exception):
    """The account is not ours any more, or is refused: nothing may be sent, and somebody else may have to."""


async def never() -> bool:
    return False


@dataclass(slots=True)
class SendOptions:
    """Where in the line a message stands, and whether its request has begun.

    *purpose* decides how much of the month's messages it may take.
    It does not stand in line for what opens in more than *patience* seconds, nor for longer than that. It is
    not sent at or after *send_before*, by the monotonic clock, nor once it is *paused*, which is asked right
    before the request.
    """

    lane: Lane
    order: float = 0.0
    purpose: Purpose = Purpose.ANSWER
    patience: float = math.inf
    send_before: float = math.inf
    paused: Callable[[], Awaitable[bool]] = never
    in_flight: bool = False


class MessengerGateway:
    """Sends, at the pace that the platform allows, and learns from its answers."""

    def __init__(self, account: ServedAccount, policy: RetryPolicy) -> None:
        messenger, database, clock = account.messenger, account.database, account.clock
        limits = FairQueue(messenger.pacing)
        self.rate_limiter = RateLimiter(limits, clock)
        self.paid_quota = PaidQuota(messenger, limits=limits, database=database, clock=clock)
        self.rate_history = RateHistory(messenger, clock)
        self.refused: str | None = None
        """Why the platform refuses the account, once it does; nothing is sent any more then."""
        self._limits = limits
        self._database = database
        self._messenger = messenger
        self._clock = clock
        self._is_leader = account.is_leader
        self._served = account.served
        self._photos = UploadCache(database, account.id, clock, PHOTOS)
        self._recordings = UploadCache(database, account.id, clock, RECORDINGS)
        self._month = MonthlyLedger(account)
        self._outage = CircuitBreaker(policy)
        self._counted = _Counted(account.metrics, account.id)

    async def send(self, address: Address, message: Message, place: SendOptions) -> Outcome | None:
        """Return what became of *message*, or None if it may not go (see `_exchange`) or after `close`.

        Whoever writes to a test installation is answered; what is owed goes to those alone who are listed.
        """
        place.in_flight = False
        if place.lane is not Lane.REPLY and not self._served.gets_news(address):
            return LEFT_OUT
        if message.album:
            return await self._send_album(address, message, place)
        uploads = self._messenger.capabilities.photo_upload
        if isinstance(message.voice, NewVoice) and uploads:
            return await self._send_voice(address, message, message.voice, place)
        photo = message.photo
        if not (isinstance(photo, NewPhoto) and uploads):
            return await self._in_turn(address, message, place)

        async def exchange(reference: str | None) -> Outcome | None:
            if reference is None:
                await self._until_upload(len(photo.content))
            held = KnownPhoto(reference) if reference else photo
            return await self._in_turn(address, replace(message, photo=held), place)

        return await self._photos.send(photo, exchange)

    async def _send_voice(
        self, address: Address, message: Message, voice: NewVoice, place: SendOptions
    ) -> Outcome | None:
        async def exchange(reference: str | None) -> Outcome | None:
            if reference is None:
                await self._until_upload(len(voice.content))
            held = KnownVoice(reference, voice.seconds, voice.instead) if reference else voice
            return await self._in_turn(address, replace(message, voice=held), place)

        return await self._recordings.send(voice, exchange)

    async def _send_album(self, address: Address, message: Message, place: SendOptions) -> Outcome | None:
        async def exchange(held: Sequence[NewPhoto | KnownPhoto]) -> Outcome | None:
            uploaded = sum(len(photo.content) for photo in held if isinstance(photo, NewPhoto))
            await self._until_upload(uploaded)
            album = tuple(replace(each, photo=photo) for each, photo in zip(message.album, held, strict=True))
            return await self._in_turn(address, replace(message, album=album), place)

        return await self._photos.send_album([each.photo for each in message.album], exchange)

    async def _until_upload(self, size: int) -> None:
        """Wait for as long as the platform wants before an upload of *size* bytes."""
        await self._clock.sleep(self._messenger.upload_wait(size, self._clock.monotonic()))

    async def begin(self) -> None:
        """Take into account what an earlier process sent a moment ago, and what was closed to it."""
        self.rate_limiter.close_account(self._messenger.pacing.account.period)
        await self.rate_history.recall(self._database, self._limits)

    def close(self) -> None:
        self.rate_limiter.close()

    def may_send(self) -> bool:
        """Whether this process leads the account, and the platform has not refused it."""
        return self.refused is None and self._is_leader()

    def refuse(self, reason: str) -> None:
        """Send nothing any more: the platform refuses the account."""
        if self.refused is None:
            self.refused = reason
            log.warning("the account was refused", account=self._messenger.account, reason=reason)

    @property
    def meets_an_outage(self) -> bool:
        """Whether the platform does not answer: that a message fails says nothing of the message then."""
        return self._outage.ongoing

    async def _in_turn(self, address: Address, message: Message, place: SendOptions) -> Outcome | None:
        """Send; where the platform wants another request, it waits for a turn of its own."""
        while isinstance(answer := await self._request(address, message, place), FallbackRequest):
            message = answer.message
        return answer

    async def _request(
        self, address: Address, message: Message, place: SendOptions
    ) -> Outcome | FallbackRequest | None:
        if too_late := self._closed_for_long(address, place):
            return too_late
        shared = self._messenger.is_shared(address)
        try:
            ticket = await self.rate_limiter.acquire(
                address.chat,
                shared=shared,
                lane=place.lane,
                order=place.order,
                weight=message.weight,
                patience=place.patience,
            )
        except QueueClosedError:
            return None if self.rate_limiter.is_closed else self._given_up(address, place)
        return await self._exchange(ticket, address, message, place)

    async def _exchange(
        self, ticket: Ticket, address: Address, message: Message, place: SendOptions
    ) -> Outcome | FallbackRequest | None:
        """Make one request, in the slot that *ticket* holds.

        None, and the slot is given back, if the account is led by another process now, or is refused, or it
        is too late for this message, or it is paused.
        """
        purpose = Purpose.ESSENTIAL if message.essential else place.purpose
        counted = await self._counted_in_month(ticket, message.weight, purpose)
        if not isinstance(counted, Counted):
            return counted
        if not await self._may_begin(ticket, counted, place):
            return None
        place.in_flight = True
        began_at = self._clock.monotonic()
        self._counted.wait(ticket, began_at)
        if ticket.paid:
            message = replace(message, paid=True)
        try:
            answer = await self._messenger.send(address, message)
            outcome = answer.refusal if isinstance(answer, FallbackRequest) else answer
            outcome = self._learn(address, outcome)
        except DatabaseUnavailable:
            # Lists that are typed are stored before the request: it was not made.
            place.in_flight = False
            await self._month.give_back(counted)
            raise
        finally:
            self.rate_limiter.answered(ticket)
        if not isinstance(outcome, Receipt | Ambiguous):
            await self._month.give_back(counted)
        if isinstance(outcome, QuotaSpent):
            answer = outcome = await self._month.refused(outcome)
        if ticket.lane is Lane.REPLY:
            self.rate_history.note_reply(address.chat, messages=message.weight)
        self._counted.send(outcome, self._clock.monotonic() - began_at, uploads=_uploads(message))
        return answer if isinstance(answer, FallbackRequest) else outcome

    async def _may_begin(self, ticket: Ticket, counted: Counted, place: SendOptions) -> bool:
        """Return whether the request may begin now; if not, or if nobody can say, its slot is given back."""
        try:
            is_paused = await place.paused()
        except BaseException:
            self.rate_limiter.unused(ticket)
            await self._month.give_back(counted)
            raise
        if not is_paused and self.may_send() and self._clock.monotonic() < place.send_before:
            return True
        self.rate_limiter.unused(ticket)
        await self._month.give_back(counted)
        return False

    async def _counted_in_month(
        self, ticket: Ticket, messages: int, purpose: Purpose
    ) -> Counted | QuotaSpent | Rationed:
        """Count *messages* ahead of their request; if the month has no room, the slot is given back."""
        try:
            counted = await self._month.take(purpose, messages)
        except BaseException:
            self.rate_limiter.unused(ticket)
            raise
        if not isinstance(counted, Counted):
            self.rate_limiter.unused(ticket)
        return counted

    def _closed_for_long(self, address: Address, place: SendOptions) -> RetryLater | None:
        """Return what becomes of a message that would have to wait for longer than makes sense."""
        account, chat = self.rate_limiter.account_opens_in(), self.rate_limiter.chat_opens_in(address.chat)
        if chat == math.inf:
            # It hangs on answers that are still to come, and that will not take long.
            chat = 0.0
        if max(account, chat) <= place.patience:
            return None
        scope = Scope.ACCOUNT if account >= chat else Scope.CHAT
        return RetryLater("closed for long", timedelta(seconds=max(account, chat)), scope)

    def _given_up(self, address: Address, place: SendOptions) -> RetryLater:
        """Return what became of a message that has stood in line for too long, or would have to."""
        waited = timedelta(seconds=place.patience + 1.0)
        return self._closed_for_long(address, place) or RetryLater("closed for long", waited, Scope.CHAT)

    def _learn(self, address: Address, outcome: Outcome) -> Outcome:
        """Close what a flood limit or an outage closes; return *outcome* with its scope as we see it."""
        now = self._clock.monotonic()
        wait = self._outage.note(outcome, now)
        self.rate_limiter.send_one_at_a_time(on=self._outage.ongoing)
        if wait is not None:
            log.warning("the platform does not answer", reason=str(outcome), wait=wait.total_seconds())
            self.rate_limiter.close_account(wait.total_seconds())
        match outcome:
            case RetryLater(after=timedelta() as after, scope=Scope.CHAT):
                scope = self._outage.flood_scope(address.chat, now)
            case RetryLater(after=timedelta() as after, scope=Scope.ACCOUNT):
                scope = Scope.ACCOUNT
            case _:
                return outcome
        log.warning("a flood limit was hit", scope=scope, wait=after.total_seconds(), reason=outcome.reason)
        self._counted.closure(scope, after.total_seconds())
        self.rate_history.note_closure(address.chat if scope is Scope.CHAT else None, after)
        if scope is Scope.CHAT:
            shared = self._messenger.is_shared(address)
            self.rate_limiter.close_chat(address.chat, after.total_seconds(), shared=shared)
        else:
            self.rate_limiter.close_account(after.total_seconds())
        return replace(outcome, scope=scope)


def _uploads(message: Message) -> int:
    media = (message.photo, message.voice, *(each.photo for each in message.album))
    return sum(isinstance(each, NewPhoto | NewVoice) for each in media)


class _Counted:
    """The metrics of one account, looked up once."""

    def __init__(self, metrics: Metrics, account: str) -> None:
        self._account = account
        self._metrics = metrics
        self._waits = {
            (lane, held): metrics.waits.labels(account, lane.name.lower(), held)
            for lane in Lane
            for held in BlockedBy
        }
        self._answers = metrics.answers.labels(account)

    def wait(self, ticket: Ticket, until: float) -> None:
        self._waits[ticket.lane, ticket.held_by].observe(until - ticket.joined_at)

    def send(self, outcome: Outcome, seconds: float, *, uploads: int) -> None:
        self._answers.observe(seconds)
        self._metrics.sends.labels(self._account, type(outcome).__name__).inc()
        if uploads:
            self._metrics.uploads.labels(self._account).inc(uploads)

    def closure(self, scope: Scope, seconds: float) -> None:
        self._metrics.closures.labels(self._account, scope).inc()
        self._metrics.closed_for.labels(self._account, scope).inc(seconds)
