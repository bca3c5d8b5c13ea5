"""The dispatcher: stored updates are answered, each chat's in their order and several chats at a time.

**The way of one update**: received and stored → one task per chat, in order → handled in one transaction
(router, guard, handler) → answer sent, ahead of the news → settled.

**What is promised.** What somebody asked for and its effect commit together with the answer, which is kept in
the row of the update; only then is the answer sent, and when it has been, the update is settled:

- a crash before that commit: nothing has happened, and the update is handled anew;
- a crash after it: the kept answer is sent, and nothing is handled twice;
- an update that only reads keeps nothing: its answer is sent and then it is settled, so that a crash in
  between gives the same answer a second time, as it may with every message.

So an update takes two transactions: one that reads or writes, and the one that settles it, which also makes
the changes that no answer depends on. An answer that was given is never given again by this process because
its update could not be settled: while the database takes no writes, nothing is answered, and once it
does, what was answered is settled first.
"""

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.commands.base.context import SILENCE, Response
from bot.commands.base.kept_answer import KeptAnswer, chat_in, chat_of, dump, kept, load
from bot.commands.base.unit_of_work import Note
from bot.commands.runtime.handling import Handled, Speaker, handle
from bot.commands.runtime.slots import WorkerSlots
from bot.commands.runtime.throttle import FloodControl
from bot.domain.chats.chat import Address, Incoming, InlineQuery
from bot.domain.chats.courtesy import ThrottleDecision
from bot.domain.chats.message import Message
from bot.domain.chats.update_ids import offset_after
from bot.domain.delivery.delivery import RetryPolicy
from bot.domain.delivery.sliding_window import PROBE_EVERY
from bot.domain.messaging.messenger import MessengerError
from bot.services.aio import Backoff, sleep_or_wake
from bot.services.delivery.account import always
from bot.services.delivery.gateway import AccountLostError
from bot.store.engine.database import DatabaseUnavailable, Transaction
from bot.store.runtime import updates
from bot.store.runtime.updates import PendingUpdate

CONCURRENCY = 16
"""How many chats are answered at the same time; one that must wait to be written to takes up a place.

Who waits for what is fetched from elsewhere does not."""

HASTY = CONCURRENCY // 2
"""How many of them may be chats in which somebody sends more than people usually do."""

STOP_WITHIN = 1.0
"""Seconds for which answers under way are waited for at the end."""

_PAGE = 100
_PARSED_AHEAD = 10_000
_LOOK_EVERY = 5.0
_RETRY_SECONDS = 1.0
_REPEATED_SECONDS = 3.0
_RECEIVING = RetryPolicy(timedelta(seconds=_RETRY_SECONDS), timedelta(seconds=PROBE_EVERY))
_RESUMING = RetryPolicy(timedelta(seconds=_RETRY_SECONDS), timedelta(seconds=10))

Reply = Callable[[Address, Message], Awaitable[object]]
"""Sends an answer to a chat, ahead of the news that wait for it."""

_log = structlog.get_logger(__name__)


class UpdateDispatcher:
    """The updates of one account that nobody has dealt with yet."""

    def __init__(self, conversation: Speaker, *, reply: Reply, owns: Callable[[], bool] = always) -> None:
        self._conversation = conversation
        self._context = conversation.context
        self._reply = reply
        self._owns = owns
        self._floods = FloodControl(self._context)
        self._more = asyncio.Event()
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._hasty: set[str] = set()
        self._verdicts: dict[int, ThrottleDecision] = {}
        self._slots = WorkerSlots(CONCURRENCY, self.notify)
        self._taken: dict[int, str] = {}
        self._parsed: dict[int, Incoming | None] = {}
        self._answered: dict[int, tuple[Note, ...]] = {}
        self._sent: dict[int, int] = {}
        self._erasures: set[int] = set()
        self._halted: str | None = None
        self.unreachable: tuple[datetime, str] | None = None
        """Since when no updates could be received, and why; None while they can."""

    async def receive(self) -> int:
        """Wait once for new updates of the messenger and store them; raises MessengerError.

        They are stored before the messenger is told that we have them, which the next call does; one that
        cannot be told so may say the same again at any time.
        """
        messenger = self._context.messenger
        if messenger.capabilities.confirms_updates:
            return await self._receive_in_line()
        received = await messenger.updates(None)
        if not received:
            return 0
        async with self._context.database.write() as tx:
            now = self._context.clock.now()
            new = await updates.save(tx, messenger.account, received, now=now, for_ever=True)
        self.notify()
        return new

    async def _receive_in_line(self) -> int:
        """Receive updates whose numbers follow one another, from the one on that is not confirmed yet."""
        messenger, database, clock = self._context.messenger, self._context.database, self._context.clock
        async with database.read() as tx:
            offset = await updates.next_offset(tx, messenger.account, now=clock.now())
        received = await messenger.updates(offset)
        if not received:
            return 0
        async with database.write() as tx:
            new = await updates.save(tx, messenger.account, received, now=clock.now())
            asked_next = offset_after([number for number, _ in received], offset)
            if asked_next != offset and asked_next is not None:
                await updates.move_on(tx, messenger.account, asked_next, now=clock.now())
        self.notify()
        if asked_next == offset:
            # Nothing but what cannot be confirmed: the messenger would say the same again at once.
            await clock.sleep(_REPEATED_SECONDS)
        return new

    async def listen(self) -> None:
        """Receive updates until cancelled, through whatever outages there are.

        Raises MessengerError when asking on is of no use, since the account is refused.
        """
        backoff = Backoff(_RECEIVING)
        while True:
            try:
                await self.receive()
                self.unreachable = None
                backoff.reset()
            except (MessengerError, DatabaseUnavailable) as error:
                if isinstance(error, MessengerError) and error.fatal:
                    raise
                since, _ = self.unreachable or (self._context.clock.now(), "")
                self.unreachable = since, str(error)
                wait = backoff.next(error.retry_after if isinstance(error, MessengerError) else None)
                _log.warning("updates_unreachable", error=str(error), next_try_in=wait)
                await self._context.clock.sleep(wait)

    def notify(self) -> None:
        """Say that updates have been stored."""
        self._more.set()

    async def run(self) -> None:
        """Answer what is stored and what will be, until cancelled; what is unfinished then stays stored."""
        try:
            while True:
                self._more.clear()
                if self._halted is not None:
                    await self._resume()
                try:
                    await self._start()
                except DatabaseUnavailable as error:
                    self._halt(error)
                    continue
                # Whoever stores an update says so; should that go astray, looking now and then finds it.
                await sleep_or_wake(self._context.clock, _LOOK_EVERY, self._more)
        finally:
            await self._stop()

    async def drain(self) -> None:
        """Answer all that is stored now."""
        self._more.clear()
        while True:
            if self._halted is not None:
                await self._resume()
            if not (await self._start() or self._busy or self._halted):
                return
            if self._busy:
                await self._more.wait()
            self._more.clear()

    def _halt(self, error: DatabaseUnavailable) -> None:
        """Answer nothing more until the database takes writes again."""
        if self._halted is None:
            _log.error("nothing is answered: the database cannot be used", error=str(error))
        self._halted = str(error)
        self.notify()

    async def _resume(self) -> None:
        """Wait until the database takes writes again, and settle first what was answered."""
        backoff = Backoff(_RESUMING)
        while True:
            await self._context.clock.sleep(backoff.next())
            try:
                await self._context.database.probe()
                for update_id in tuple(self._answered):
                    await self._settle(update_id)
            except DatabaseUnavailable as error:
                self._halted = str(error)
            else:
                self._halted = None
                _log.info("the database can be used again")
                return

    async def _start(self) -> bool:
        """Begin with the oldest update of each chat that is not being answered; return whether any waited."""
        passed: set[str] = set()
        after: int | None = None
        waited = False
        while not (self._slots.are_taken or self._halted):
            async with self._context.database.read() as tx:
                account = self._context.messenger.account
                page = await updates.pending(tx, account, after=after, limit=_PAGE)
            ended = len(page) < _PAGE
            self._forget(page, after=after, ended=ended)
            ignored: list[int] = []
            for pending in page:
                if self._slots.are_taken:
                    break
                waited |= self._consider(pending, passed, ignored)
            if ignored:
                async with self._context.database.write() as tx:
                    await updates.settle(tx, account, *ignored, now=self._context.clock.now())
            if ended:
                break
            after = page[-1].update_id
        return waited

    def _consider(self, pending: PendingUpdate, passed: set[str], ignored: list[int]) -> bool:
        """Begin with an update, unless its chat is busy or has an older one; return False if it was taken.

        Between two pages a chat may become free: none of its updates may overtake those *passed* over. What
        is not even to be looked at is added to *ignored*, however long the line of its chat is.
        """
        update_id = pending.update_id
        if chat := self._taken.get(update_id):
            passed.add(chat)
            return False
        incoming = self._parse(pending)
        if pending.answer is None and self._judge(update_id, incoming) is ThrottleDecision.SILENCE:
            self._parsed.pop(update_id, None)
            del self._verdicts[update_id]
            ignored.append(update_id)
            return False
        chat = _chat(pending, incoming)
        hasty = self._floods.is_hasty(incoming)
        if hasty and chat not in self._busy and len(self._hasty) >= HASTY:
            passed.add(chat)
        if chat not in self._busy and chat not in passed:
            if hasty:
                self._hasty.add(chat)
            task = asyncio.create_task(self._deal_with(pending, incoming), name=f"update {update_id}")
            self._busy[chat] = task
            self._slots.take()
            self._taken[update_id] = chat
            self._parsed.pop(update_id, None)
            task.add_done_callback(partial(self._finished, chat))
        passed.add(chat)
        return True

    def _judge(self, update_id: int, incoming: Incoming | None) -> ThrottleDecision:
        """Judge an update when it is first seen: a flood is one however slowly its line is worked off."""
        if update_id not in self._verdicts:
            self._verdicts[update_id] = self._floods.judge(incoming)
        return self._verdicts[update_id]

    def _forget(self, page: Sequence[PendingUpdate], *, after: int | None, ended: bool) -> None:
        """Forget what was taken and is not stored any more, as *page*, which begins behind *after*, shows.

        An update may have been dealt with while the page was read: it must not be answered again.
        """
        there = {pending.update_id for pending in page}
        for update_id in tuple(self._taken):
            covered = (after is None or update_id > after) and (ended or update_id <= page[-1].update_id)
            if covered and update_id not in there:
                del self._taken[update_id]
        if after is None and not page:
            self._parsed.clear()

    def _finished(self, chat: str, _: asyncio.Task[None]) -> None:
        del self._busy[chat]
        self._hasty.discard(chat)
        self._slots.leave()

    async def _deal_with(self, pending: PendingUpdate, incoming: Incoming | None) -> None:
        update_id = pending.update_id
        try:
            self._answered[update_id] = await self._answer(pending, incoming)
            await self._settle(update_id)
            if update_id in self._erasures:
                self._erasures.discard(update_id)
                async with self._slots.given_up():
                    await self._context.database.leave_no_traces()
        except (DatabaseUnavailable, AccountLostError) as error:
            # The update stays stored. One that was answered is only settled later, and stays taken.
            _log.warning("update_postponed", update=update_id, error=str(error))
            if isinstance(error, DatabaseUnavailable):
                self._halt(error)
            else:
                await self._context.clock.sleep(_RETRY_SECONDS)
            if update_id not in self._answered:
                self._taken.pop(update_id, None)

    async def _settle(self, update_id: int) -> None:
        """Settle an update that was answered, together with the changes that were left for that."""
        with _survived("update_settled_in_part", update_id):
            await self._settle_with(update_id, self._answered[update_id])
            return
        await self._settle_with(update_id, ())

    async def _settle_with(self, update_id: int, notes: Sequence[Note]) -> None:
        async with self._context.database.write() as tx:
            for note in notes:
                await note(tx)
            now = self._context.clock.now()
            await updates.settle(tx, self._context.messenger.account, update_id, now=now)
        self._answered.pop(update_id, None)
        self._sent.pop(update_id, None)
        self._verdicts.pop(update_id, None)

    async def _answer(self, pending: PendingUpdate, incoming: Incoming | None) -> tuple[Note, ...]:
        """Answer, or say sorry: an update that our own code chokes on must not come back for ever.

        Return the changes that are left for the settlement.
        """
        update_id = pending.update_id
        with _survived("update_failed", update_id):
            if pending.answer is not None:
                await self._send_kept(update_id, pending.answer)
                return ()
            return await self._handle(update_id, incoming) if incoming is not None else ()
        self._sent.pop(update_id, None)
        if incoming is not None:
            with _survived("apology_failed", update_id):
                await self._say(update_id, kept(incoming, self._conversation.apology(incoming)))
        return ()

    async def _handle(self, update_id: int, incoming: Incoming) -> tuple[Note, ...]:
        verdict = self._verdicts[update_id]
        if verdict is ThrottleDecision.NOTICE:
            await self._say(update_id, kept(incoming, await self._floods.notice(incoming)))
            return ()
        handled = await self._handled(update_id, incoming)
        if handled.answer.is_erasure:
            self._erasures.add(update_id)
        if verdict is not ThrottleDecision.QUIETLY:
            await self._say(update_id, kept(incoming, handled.answer), incoming)
        return handled.notes

    async def _handled(self, update_id: int, incoming: Incoming) -> Handled:
        if not self._owns():
            raise AccountLostError("another process answers now")
        quietly = self._verdicts[update_id] is ThrottleDecision.QUIETLY

        async def keep(tx: Transaction, answer: Response) -> None:
            said = replace(SILENCE, is_erasure=answer.is_erasure) if quietly else answer
            text = dump(kept(incoming, said))
            await updates.keep_answer(tx, self._context.messenger.account, update_id, text)

        return await handle(self._conversation, incoming, keep=keep)

    async def _send_kept(self, update_id: int, text: str) -> None:
        async with self._context.database.read() as tx:
            found = await load(text, tx)
        await self._say(update_id, found)

    async def _say(self, update_id: int, kept: KeptAnswer, incoming: Incoming | None = None) -> None:
        """Send an answer, but for as many messages of it as an attempt before this one has sent."""
        if not self._owns():
            raise AccountLostError("another process answers now")
        answer = kept.answer
        if answer.is_erasure:
            self._erasures.add(update_id)
        if kept.press_id is not None:
            await self._context.messenger.acknowledge(kept.press_id, answer.toast)
        if isinstance(incoming, InlineQuery) and answer.offers:
            await self._context.messenger.offer(incoming.query_id, answer.offers)
        before, done = self._sent.get(update_id, 0), 0
        while True:
            for outgoing in answer.messages:
                done += 1
                if done > before:
                    await self._reply(outgoing.to, outgoing.message)
                    self._sent[update_id] = done
            if answer.later is None:
                return
            async with self._slots.given_up():
                await answer.later.work()
            answer = await answer.later.then()

    def _parse(self, pending: PendingUpdate) -> Incoming | None:
        """Read an update, and remember it, so that a long line is not read anew after each answer."""
        update_id = pending.update_id
        if pending.payload is None:
            return None
        if update_id in self._parsed:
            return self._parsed[update_id]
        incoming = None
        with _survived("update_unreadable", update_id):
            incoming = self._context.messenger.parse(pending.payload)
        if len(self._parsed) < _PARSED_AHEAD:
            self._parsed[update_id] = incoming
        return incoming

    async def _stop(self) -> None:
        """Let answers under way be sent, so that nobody gets them twice; but wait for none for long."""
        tasks = tuple(self._busy.values())
        if tasks:
            await asyncio.wait(tasks, timeout=STOP_WITHIN)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=STOP_WITHIN)


def _chat(pending: PendingUpdate, incoming: Incoming | None) -> str:
    """Return whose line an update stands in."""
    if pending.answer is not None:
        return chat_in(pending.answer)
    return chat_of(incoming) if incoming else f"update {pending.update_id}"


@contextmanager
def _survived(event: str, update_id: int) -> Iterator[None]:
    """Log a bug by where it is, and nothing of what it says: that may be the words of a person."""
    try:
        yield
    except (DatabaseUnavailable, AccountLostError):
        raise
    except Exception as error:  # noqa: BLE001 - one update must never stop the others
        frames = traceback.extract_tb(error.__traceback__)
        where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        _log.error(event, update=update_id, error=type(error).__name__, where=where)
