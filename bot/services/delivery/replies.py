"""Replies: what people asked for goes ahead of all broadcasts, and is tried only for as long as they wait."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import structlog

from bot.domain.chats.chat import Address, ChatStatus
from bot.domain.chats.message import AlbumPhoto, Message, NewPhoto, WholeText
from bot.domain.delivery.delivery import (
    Ambiguous,
    ChatMoved,
    ChatUnreachable,
    MessageRejected,
    NotPermitted,
    Outcome,
    PhotoRejected,
    Receipt,
    RetryLater,
    RetryPolicy,
    ThreadGone,
)
from bot.domain.delivery.fair_queue import Lane
from bot.domain.delivery.monthly_quota import month_of
from bot.domain.messaging.messenger import Capabilities
from bot.domain.messaging.splitting import split
from bot.domain.messaging.typed_menu import as_paragraphs
from bot.services.gateway.account import ServedAccount
from bot.services.gateway.gateway import AccountLostError, MessengerGateway, SendOptions
from bot.services.rendering.card_cache import in_plain_text
from bot.services.subscribers.photo_fetcher import alone
from bot.store.chats import chats, waiting
from bot.store.engine.database import DatabaseUnavailable
from bot.store.runtime import accounts

TRIES = 5
SECOND_COPIES = 1
"""How often a reply is sent again whose answer was lost: it may have arrived, and counts each time."""

PATIENCE = timedelta(seconds=60)
"""A person who is told to wait for longer has gone: the reply is given up."""

log = structlog.get_logger(__name__)


class Replies:
    """Answers people through the account's one way out."""

    def __init__(self, account: ServedAccount, gateway: MessengerGateway, policy: RetryPolicy) -> None:
        self._gateway = gateway
        self._capabilities = account.messenger.capabilities
        self._database = account.database
        self._clock = account.clock
        self._metrics = account.metrics
        self._policy = policy

    async def send(self, address: Address, message: Message) -> Outcome:
        """Return what became of *message* in the end; a receipt if it has arrived.

        What is too long for one message goes in several, each in a turn of its own.
        """
        started_at = self._clock.monotonic()
        if message.whole:
            outcome = await self._send_whole(address, message, message.whole)
        else:
            outcome = await (self._send_album if message.album else self._send_parts)(address, message)
        took = self._clock.monotonic() - started_at
        self._metrics.replies.labels(address.account).observe(took)
        if not isinstance(outcome, Receipt):
            _tell(address, outcome)
        return outcome

    async def _send_whole(self, address: Address, message: Message, whole: WholeText) -> Outcome:
        """Send a full text as one message; where that is refused, in several.

        A server that does not know such messages is remembered; a text that it does not take is not.
        """
        outcome = await self._send(address, message)
        if not isinstance(outcome, MessageRejected | PhotoRejected):
            return outcome
        if isinstance(outcome, MessageRejected):
            await self._refused_whole(address, outcome)
        for each in whole.instead:
            outcome = await self._send_parts(address, each)
            if not isinstance(outcome, Receipt):
                break
        return outcome

    async def _refused_whole(self, address: Address, outcome: MessageRejected) -> None:
        if outcome.malformed:
            log.error("a full text of ours was refused as malformed", reason=outcome.reason)
            self._metrics.malformed.labels(address.account).inc()
            return
        async with self._noted("that full texts are refused"), self._database.write() as tx:
            if await accounts.refuse_whole_texts(tx, address.account, now=self._clock.now()):
                log.warning(
                    "full texts as one message are refused: from now on they come in several",
                    account=address.account,
                    reason=outcome.reason,
                )

    async def _send_album(self, address: Address, message: Message) -> Outcome:
        """Send an album without the photos that are refused; or each by itself, where no album is taken."""
        left = message.album
        refused: list[AlbumPhoto] = []
        while len(left) > 1:
            outcome = await self._send(address, replace(message, album=left))
            match outcome:
                case PhotoRejected(place=int() as place):
                    refused.append(left[place])
                    left = (*left[:place], *left[place + 1 :])
                case PhotoRejected(unwelcome=False) | MessageRejected():
                    log.warning("an album was refused: its photos go one by one", reason=outcome.reason)
                    break
                case Receipt():
                    left = ()
                case _:
                    return outcome
        for each in left:
            outcome = await self._send(address, alone(each))
        for each in refused:
            if isinstance(each.photo, NewPhoto) and each.photo.instead:
                outcome = await self._send_parts(address, Message(each.photo.instead))
        return outcome

    async def _send_parts(self, address: Address, message: Message) -> Outcome:
        """Send a message in as many parts as it takes; buttons stand below the last one."""
        *before, last = parts_of(message, self._capabilities)
        for part in before:
            outcome = await self._send(address, part)
            if not isinstance(outcome, Receipt):
                return outcome
        return await self._send(address, last)

    async def _send(self, address: Address, message: Message) -> Outcome:
        failures = lost = 0
        while True:
            outcome = await self._gateway.send(
                address, message, SendOptions(Lane.REPLY, patience=PATIENCE.total_seconds())
            )
            match outcome:
                case PhotoRejected() if only_words := _without_media(message):
                    return await self._send_parts(address, only_words)
                case MessageRejected(malformed=True) if (
                    not message.album and not message.whole and (words := in_plain_text(message)) != message
                ):
                    log.error("a reply of ours was refused as malformed", reason=outcome.reason)
                    self._metrics.malformed.labels(address.account).inc()
                    message = words
                case ChatMoved(to=to) if address.chat != to:
                    await self._moved(address, to)
                    address = replace(address, chat=to)
                case Ambiguous() if lost >= SECOND_COPIES and message.replaces is None:
                    return outcome
                case RetryLater() | Ambiguous() if failures < TRIES and _is_soon(outcome):
                    failures += 1
                    lost += isinstance(outcome, Ambiguous)
                    await self._wait(outcome, failures)
                case ChatUnreachable() | ThreadGone():
                    await self._gone(address, outcome.reason)
                    return outcome
                case NotPermitted():
                    await self._held(address, outcome.reason)
                    return outcome
                case None:
                    raise AccountLostError("the account may not send any more")
                case _:
                    return outcome

    async def _wait(self, outcome: RetryLater | Ambiguous, failures: int) -> None:
        """Wait before the next try; a flood limit is waited for by the limiter itself."""
        if isinstance(outcome, Ambiguous) or outcome.after is None:
            await self._clock.sleep(self._policy.wait(failures).total_seconds())

    @asynccontextmanager
    async def _noted(self, what: str) -> AsyncIterator[None]:
        """Note *what* the platform has said, if that can be: a reply must not fail for it."""
        try:
            yield
        except DatabaseUnavailable as error:
            log.warning("it could not be noted", what=what, error=str(error))

    async def _moved(self, address: Address, to: str) -> None:
        old = Address(address.account, address.chat)
        async with self._noted("that a chat has moved"), self._database.write() as tx:
            await chats.move(tx, old, Address(address.account, to), now=self._clock.now())

    async def _gone(self, address: Address, reason: str) -> None:
        async with self._noted("that a chat is gone"), self._database.write() as tx:
            chat = await chats.find(tx, address)
            if chat:
                await chats.set_status(tx, chat.id, ChatStatus.OFF, reason, now=self._clock.now())

    async def _held(self, address: Address, reason: str) -> None:
        """Hold the chat, or count that a stranger could not be answered: nothing is stored of one."""
        async with self._noted("that a chat may not be written to"), self._database.write() as tx:
            if chat := await chats.find(tx, address):
                await waiting.hold(tx, chat.id, reason)
            else:
                await waiting.turn_away(tx, address.account, month_of(self._clock.now()))


def parts_of(message: Message, capabilities: Capabilities) -> Sequence[Message]:
    """Return *message* in as many messages as it takes; buttons stand below the last one."""
    room, size = capabilities.text_length, capabilities.size
    is_one = message.photo or message.voice or message.album or message.whole or message.replaces
    if is_one or size(message.text) <= room:
        return [message]
    *before, last = split(as_paragraphs(message.text), room, size=size)
    plainly = replace(message, keyboard=())
    return [*(replace(plainly, text=part) for part in before), replace(message, text=last)]


def _without_media(message: Message) -> Message | None:
    """Return *message* as words alone, where its photo or recording was refused; None if there are none."""
    if message.voice:
        return replace(message, voice=None, text=message.voice.instead)
    words = (isinstance(message.photo, NewPhoto) and message.photo.instead) or message.text
    return replace(message, photo=None, text=words) if message.photo and words else None


def _is_soon(outcome: RetryLater | Ambiguous) -> bool:
    return isinstance(outcome, Ambiguous) or outcome.after is None or outcome.after <= PATIENCE


def _tell(address: Address, outcome: Outcome) -> None:
    """Log that an answer did not arrive, and why; it is usual that a chat has shut us out or moved."""
    is_usual = isinstance(outcome, ChatUnreachable | NotPermitted | ChatMoved | ThreadGone)
    tell = log.info if is_usual else log.warning
    why = "" if isinstance(outcome, ChatMoved | Receipt) else outcome.reason
    tell("an answer was not sent", account=address.account, outcome=type(outcome).__name__, why=why)
