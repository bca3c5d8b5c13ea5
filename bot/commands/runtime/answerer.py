"""Answering one stored update: handled in one transaction, its answer sent ahead of the news.

An answer is kept in the row of its update, together with its effect; one that was kept before a crash is
sent, and nothing is handled twice.
"""

import traceback
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import structlog

from bot.commands.base.context import SILENCE, Response
from bot.commands.base.unit_of_work import Note
from bot.commands.runtime.handling import Handled, Speaker, handle
from bot.commands.runtime.kept_answer import KeptAnswer, dump, kept, load
from bot.commands.runtime.slots import WorkerSlots
from bot.commands.runtime.throttle import FloodControl
from bot.domain.chats.chat import Address, Incoming, InlineQuery
from bot.domain.chats.courtesy import ThrottleDecision
from bot.domain.chats.message import Message
from bot.domain.delivery.delivery import Receipt
from bot.services.delivery.replies import parts_of
from bot.services.gateway.gateway import AccountLostError
from bot.store.engine.database import DatabaseUnavailable, Transaction
from bot.store.runtime import updates

Reply = Callable[[Address, Message], Awaitable[object]]
"""Sends an answer to a chat, ahead of the news that wait for it; what is no receipt says that it was not."""

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class StoredUpdate:
    """A stored update, from when this process first read it until it is stored no more.

    *chat* is whose line it stands in, and *verdict* what becomes of it. *is_taken* says that it is being
    answered or has been. *notes* are the changes left for the transaction that settles it; None before it is
    answered and after it is settled. *sent* is how many parts of the answer have been sent. *is_erasure*
    says that the data of a person was deleted.
    """

    id: int
    chat: str
    incoming: Incoming | None
    verdict: ThrottleDecision
    is_taken: bool = False
    notes: tuple[Note, ...] | None = None
    sent: int = 0
    is_erasure: bool = False

    @property
    def is_answered(self) -> bool:
        """Return whether it is answered and not yet settled."""
        return self.notes is not None


class Answerer:
    """Answers the updates of one account, each in a place of *slots*, which a long wait gives up."""

    def __init__(
        self,
        speaker: Speaker,
        floods: FloodControl,
        slots: WorkerSlots,
        *,
        reply: Reply,
        owns: Callable[[], bool],
    ) -> None:
        self._speaker = speaker
        self._context = speaker.context
        self._floods = floods
        self._slots = slots
        self._reply = reply
        self._owns = owns

    async def answer(self, update: StoredUpdate, kept_answer: str | None) -> tuple[Note, ...]:
        """Answer, or say sorry: an update that our own code chokes on must not come back for ever.

        Return the changes that are left for the settlement. Raises DatabaseUnavailable and AccountLostError.
        """
        incoming = update.incoming
        with survived("update_failed", update.id):
            if kept_answer is not None:
                return await self._say(update, await self._load(kept_answer))
            return await self._handle(update, incoming) if incoming is not None else ()
        update.sent = 0
        if incoming is not None:
            with survived("apology_failed", update.id):
                await self._say(update, kept(incoming, self._speaker.apology(incoming)))
        return ()

    async def _handle(self, update: StoredUpdate, incoming: Incoming) -> tuple[Note, ...]:
        if update.verdict is ThrottleDecision.NOTICE:
            await self._say(update, kept(incoming, await self._floods.notice(incoming)))
            return ()
        handled = await self._handled(update, incoming)
        update.is_erasure |= handled.answer.is_erasure
        if update.verdict is ThrottleDecision.QUIETLY:
            return handled.notes
        return (*handled.notes, *await self._say(update, kept(incoming, handled.answer)))

    async def _handled(self, update: StoredUpdate, incoming: Incoming) -> Handled:
        self._require_account()
        quietly = update.verdict is ThrottleDecision.QUIETLY

        async def keep(tx: Transaction, answer: Response) -> None:
            said = replace(SILENCE, is_erasure=answer.is_erasure) if quietly else answer
            text = dump(kept(incoming, said))
            await updates.keep_answer(tx, self._context.messenger.account, update.id, text)

        return await handle(self._speaker, incoming, keep=keep)

    async def _load(self, kept_answer: str) -> KeptAnswer:
        async with self._context.database.read() as tx:
            return await load(kept_answer, tx)

    async def _say(self, update: StoredUpdate, kept: KeptAnswer) -> tuple[Note, ...]:
        """Send an answer, but for as many parts of it as an attempt before this one has sent.

        Return the changes that are left where any part of it did not arrive.
        """
        self._require_account()
        answer, messenger = kept.answer, self._context.messenger
        update.is_erasure |= answer.is_erasure
        if kept.press_id is not None:
            await messenger.acknowledge(kept.press_id, answer.toast)
        if isinstance(update.incoming, InlineQuery) and answer.offers:
            await messenger.offer(update.incoming.query_id, answer.offers)
        before, done = update.sent, 0
        left: tuple[Note, ...] = ()
        while True:
            for outgoing in answer.messages:
                fails = False
                for part in parts_of(outgoing.message, messenger.capabilities):
                    done += 1
                    if done > before and not fails:
                        # What of a text has not arrived makes the rest of it no better.
                        fails = not isinstance(await self._reply(outgoing.to, part), Receipt | None)
                    update.sent = max(done, before)
                if fails and update.incoming is not None:
                    left = self._speaker.unheard(update.incoming)
            if answer.later is None:
                return left
            async with self._slots.given_up():
                await answer.later.work()
            answer = await answer.later.then()

    def _require_account(self) -> None:
        if not self._owns():
            raise AccountLostError("another process answers now")


@contextmanager
def survived(event: str, update_id: int) -> Iterator[None]:
    """Log a bug by where it is, and nothing of what it says: that may be the words of a person."""
    try:
        yield
    except (DatabaseUnavailable, AccountLostError):
        raise
    except Exception as error:  # noqa: BLE001 - one update must never stop the others
        frames = traceback.extract_tb(error.__traceback__)
        where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        _log.error(event, update=update_id, error=type(error).__name__, where=where)
