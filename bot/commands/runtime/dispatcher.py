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
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.commands.base.unit_of_work import Note
from bot.commands.runtime.answerer import Answerer, Reply, StoredUpdate, survived
from bot.commands.runtime.handling import Speaker
from bot.commands.runtime.kept_answer import chat_in, chat_of
from bot.commands.runtime.slots import WorkerSlots
from bot.commands.runtime.throttle import FloodControl
from bot.domain.chats.chat import Incoming
from bot.domain.chats.courtesy import ThrottleDecision
from bot.domain.delivery.delivery import RetryPolicy
from bot.domain.delivery.sliding_window import PROBE_EVERY
from bot.domain.messaging.messenger import MessengerError
from bot.domain.messaging.update_ids import offset_after
from bot.services.aio import Backoff, at_most, sleep_or_wake
from bot.services.gateway.account import always
from bot.services.gateway.gateway import AccountLostError
from bot.store.engine.database import DatabaseUnavailable
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
_READ_AHEAD = 10_000
"""Updates that are known at most, read and judged; what is stored beyond waits for some of them to go."""

_LOOK_EVERY = 5.0
_RETRY_SECONDS = 1.0
_REPEATED_SECONDS = 3.0
_RECEIVING = RetryPolicy(timedelta(seconds=_RETRY_SECONDS), timedelta(seconds=PROBE_EVERY))
_RESUMING = RetryPolicy(timedelta(seconds=_RETRY_SECONDS), timedelta(seconds=10))

_log = structlog.get_logger(__name__)


class UpdateDispatcher:
    """The updates of one account that nobody has dealt with yet."""

    def __init__(self, conversation: Speaker, *, reply: Reply, owns: Callable[[], bool] = always) -> None:
        self._context = conversation.context
        self._account = self._context.messenger.account
        self._floods = FloodControl(self._context)
        self._more = asyncio.Event()
        self._updates: dict[int, StoredUpdate] = {}
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._hasty: set[str] = set()
        self._slots = WorkerSlots(CONCURRENCY, self.notify)
        self._answerer = Answerer(conversation, self._floods, self._slots, reply=reply, owns=owns)
        self._halted: str | None = None
        self._unstored: list[tuple[int, str]] = []
        """What was received and is not stored yet, of a messenger that may not say it again."""
        self.unreachable: tuple[datetime, str] | None = None
        """Since when no updates could be received, and why; None while they can."""

    async def receive(self) -> int:
        """Wait once for new updates of the messenger and store them; raises MessengerError.

        They are stored before the messenger is told that we have them, which the next call does; one that
        cannot be told so may say the same again at any time, or never: what could not be stored is kept here,
        and nothing more is asked for until it is.
        """
        messenger = self._context.messenger
        if messenger.capabilities.confirms_updates:
            return await self._receive_in_line()
        if not self._unstored:
            self._unstored = await messenger.updates(None)
        return await self._store_received()

    async def _store_received(self) -> int:
        """Store what was received and is not stored yet; raises DatabaseUnavailable, and keeps it."""
        if not self._unstored:
            return 0
        async with self._context.database.write() as tx:
            now = self._context.clock.now()
            new = await updates.save(tx, self._account, self._unstored, now=now, for_ever=True)
        self._unstored = []
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
        """Receive updates until cancelled, through whatever outages there are; store those that came last.

        Raises MessengerError when asking on is of no use, since the account is refused.
        """
        try:
            await self._keep_receiving()
        finally:
            await self._store_last()

    async def _store_last(self) -> None:
        """Store at the end what was received and is not stored yet; a silent database is not waited for."""
        try:
            await at_most(STOP_WITHIN, self._store_received())
        except (DatabaseUnavailable, TimeoutError) as error:
            _log.warning("updates_lost", updates=len(self._unstored), error=str(error))

    async def _keep_receiving(self) -> None:
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
                for update in [each for each in self._updates.values() if each.is_answered]:
                    await self._settle(update)
            except DatabaseUnavailable as error:
                self._halted = str(error)
            else:
                self._halted = None
                _log.info("the database can be used again")
                return

    async def _start(self) -> bool:
        """Begin with the oldest update of each chat that is not being answered; return whether any waited."""
        passed: set[str] = set()
        waited = False
        async for page in self._pages():
            ignored: list[StoredUpdate] = []
            for pending in page:
                if self._slots.are_taken or (update := self._known(pending)) is None:
                    break
                if update.verdict is ThrottleDecision.SILENCE:
                    ignored.append(update)
                    continue
                if not update.is_taken:
                    waited = True
                    if update.chat not in passed and self._may_begin(update):
                        self._begin(update, pending.answer)
                # A chat may become free between two pages: none of its updates may overtake an older one.
                passed.add(update.chat)
            await self._ignore(ignored)
        return waited

    async def _pages(self) -> AsyncIterator[Sequence[PendingUpdate]]:
        """Read what is stored, page by page, while there is room to answer it."""
        after: int | None = None
        while not (self._slots.are_taken or self._halted):
            async with self._context.database.read() as tx:
                page = await updates.pending(tx, self._account, after=after, limit=_PAGE)
            ended = len(page) < _PAGE
            self._forget(page, after=after, ended=ended)
            yield page
            last_is_known = len(self._updates) < _READ_AHEAD or page[-1].update_id in self._updates
            if ended or not last_is_known:
                return
            after = page[-1].update_id

    def _known(self, pending: PendingUpdate) -> StoredUpdate | None:
        """Return what is known of an update, read and judged when it is first seen: a flood is one however
        slowly its line is worked off. None if too many are known already.
        """
        update = self._updates.get(pending.update_id)
        if update is None and len(self._updates) < _READ_AHEAD:
            incoming = self._parsed(pending)
            verdict = self._floods.judge(incoming) if pending.answer is None else ThrottleDecision.ANSWER
            update = StoredUpdate(pending.update_id, _chat(pending, incoming), incoming, verdict)
            self._updates[update.id] = update
        return update

    def _parsed(self, pending: PendingUpdate) -> Incoming | None:
        if pending.payload is not None:
            with survived("update_unreadable", pending.update_id):
                return self._context.messenger.parse(pending.payload)
        return None

    def _may_begin(self, update: StoredUpdate) -> bool:
        """Return whether the chat is not being answered, nor too many in which somebody is hasty."""
        if update.chat in self._busy:
            return False
        return len(self._hasty) < HASTY or not self._floods.is_hasty(update.incoming)

    def _begin(self, update: StoredUpdate, kept_answer: str | None) -> None:
        update.is_taken = True
        if self._floods.is_hasty(update.incoming):
            self._hasty.add(update.chat)
        task = asyncio.create_task(self._deal_with(update, kept_answer), name=f"update {update.id}")
        self._busy[update.chat] = task
        self._slots.take()
        task.add_done_callback(partial(self._finished, update.chat))

    def _finished(self, chat: str, _: asyncio.Task[None]) -> None:
        del self._busy[chat]
        self._hasty.discard(chat)
        self._slots.leave()

    async def _ignore(self, ignored: Sequence[StoredUpdate]) -> None:
        """Settle what is not even to be looked at."""
        if not ignored:
            return
        async with self._context.database.write() as tx:
            ids = [update.id for update in ignored]
            await updates.settle(tx, self._account, *ids, now=self._context.clock.now())
        for update in ignored:
            del self._updates[update.id]

    def _forget(self, page: Sequence[PendingUpdate], *, after: int | None, ended: bool) -> None:
        """Forget what is not stored any more, as *page*, which begins behind *after*, shows.

        An update may be dealt with while a page is read: it is known until the next one, so that it is not
        answered again.
        """
        there = {pending.update_id for pending in page}
        for update in tuple(self._updates.values()):
            covered = (after is None or update.id > after) and (ended or update.id <= page[-1].update_id)
            if covered and update.id not in there and not update.is_answered:
                del self._updates[update.id]

    async def _deal_with(self, update: StoredUpdate, kept_answer: str | None) -> None:
        try:
            update.notes = await self._answerer.answer(update, kept_answer)
            await self._settle(update)
            if update.is_erasure:
                async with self._slots.given_up():
                    await self._context.database.leave_no_traces()
        except (DatabaseUnavailable, AccountLostError) as error:
            # The update stays stored. One that was answered is only settled later, and stays taken.
            _log.warning("update_postponed", update=update.id, error=str(error))
            if isinstance(error, DatabaseUnavailable):
                self._halt(error)
            else:
                await self._context.clock.sleep(_RETRY_SECONDS)
            update.is_taken = update.is_answered

    async def _settle(self, update: StoredUpdate) -> None:
        """Settle an update that was answered, together with the changes that were left for that."""
        with survived("update_settled_in_part", update.id):
            await self._settle_with(update, update.notes or ())
            return
        await self._settle_with(update, ())

    async def _settle_with(self, update: StoredUpdate, notes: Sequence[Note]) -> None:
        async with self._context.database.write() as tx:
            for note in notes:
                await note(tx)
            await updates.settle(tx, self._account, update.id, now=self._context.clock.now())
        update.notes = None

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
