"""The inbox: stored updates are answered, each chat's in their order and several chats at a time."""

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial

import structlog

from bot.commands.floods import Floods
from bot.commands.places import Places
from bot.commands.turn import Answer
from bot.commands.typed import Speaker
from bot.domain.chat import Address, ButtonPressed, ChatMigrated, Incoming, InlineAsked
from bot.domain.courtesy import Verdict
from bot.domain.message import Message
from bot.domain.messenger import MessengerError
from bot.domain.rate_window import PROBE_EVERY
from bot.domain.update_ids import offset_after
from bot.services.outgoing import AccountLostError, always
from bot.services.waking import sleep_or_wake
from bot.store import updates
from bot.store.database import DatabaseUnavailable

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
_LONGEST_RETRY_SECONDS = PROBE_EVERY

Reply = Callable[[Address, Message], Awaitable[object]]
"""Sends an answer to a chat, ahead of the news that wait for it."""

_log = structlog.get_logger(__name__)


class Inbox:
    """The updates of one account that nobody has dealt with yet."""

    def __init__(self, conversation: Speaker, *, reply: Reply, owns: Callable[[], bool] = always) -> None:
        self._conversation = conversation
        self._context = conversation.context
        self._reply = reply
        self._owns = owns
        self._floods = Floods(self._context)
        self._more = asyncio.Event()
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._hasty: set[str] = set()
        self._verdicts: dict[int, Verdict] = {}
        self._places = Places(CONCURRENCY, self.notify)
        self._taken: dict[int, str] = {}
        self._parsed: dict[int, Incoming | None] = {}
        self.unreachable: tuple[datetime, str] | None = None
        """Since when no updates could be received, and why; None while they can."""

    async def receive(self) -> int:
        """Wait once for new updates of the messenger and store them; raises MessengerError.

        They are stored before the messenger is told that we have them, which the next call does.
        """
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
        wait = _RETRY_SECONDS
        while True:
            try:
                await self.receive()
                wait, self.unreachable = _RETRY_SECONDS, None
            except (MessengerError, DatabaseUnavailable) as error:
                if isinstance(error, MessengerError) and error.fatal:
                    raise
                since, _ = self.unreachable or (self._context.clock.now(), "")
                self.unreachable = since, str(error)
                _log.warning("updates_unreachable", error=str(error), next_try_in=wait)
                asked = error.retry_after if isinstance(error, MessengerError) else None
                await self._context.clock.sleep(asked or wait)
                wait = min(wait * 2, _LONGEST_RETRY_SECONDS)

    def notify(self) -> None:
        """Say that updates have been stored."""
        self._more.set()

    async def run(self) -> None:
        """Answer what is stored and what will be, until cancelled; what is unfinished then stays stored."""
        try:
            while True:
                self._more.clear()
                try:
                    await self._start()
                except DatabaseUnavailable as error:
                    _log.warning("inbox_unreadable", error=str(error))
                    await self._context.clock.sleep(_RETRY_SECONDS)
                    continue
                # Whoever stores an update says so; should that go astray, looking now and then finds it.
                await sleep_or_wake(self._context.clock, _LOOK_EVERY, self._more)
        finally:
            await self._stop()

    async def drain(self) -> None:
        """Answer all that is stored now."""
        self._more.clear()
        while await self._start() or self._busy:
            if self._busy:
                await self._more.wait()
            self._more.clear()

    async def _start(self) -> bool:
        """Begin with the oldest update of each chat that is not being answered; return whether any waited."""
        passed: set[str] = set()
        after: int | None = None
        waited = False
        while not self._places.are_taken:
            async with self._context.database.read() as tx:
                account = self._context.messenger.account
                page = await updates.pending(tx, account, after=after, limit=_PAGE)
            ended = len(page) < _PAGE
            self._forget(page, after=after, ended=ended)
            ignored: list[int] = []
            for update_id, payload in page:
                if self._places.are_taken:
                    break
                waited |= self._consider(update_id, payload, passed, ignored)
            if ignored:
                async with self._context.database.write() as tx:
                    await updates.settle(tx, account, *ignored, now=self._context.clock.now())
            if ended:
                break
            after = page[-1][0]
        return waited

    def _consider(self, update_id: int, payload: str, passed: set[str], ignored: list[int]) -> bool:
        """Begin with an update, unless its chat is busy or has an older one; return False if it was taken.

        Between two pages a chat may become free: none of its updates may overtake those *passed* over. What
        is not even to be looked at is added to *ignored*, however long the line of its chat is.
        """
        if chat := self._taken.get(update_id):
            passed.add(chat)
            return False
        incoming = self._parse(update_id, payload)
        if self._judge(update_id, incoming) is Verdict.SILENCE:
            self._parsed.pop(update_id, None)
            del self._verdicts[update_id]
            ignored.append(update_id)
            return False
        chat = _chat(incoming) or f"update {update_id}"
        hasty = self._floods.is_hasty(incoming)
        if hasty and chat not in self._busy and len(self._hasty) >= HASTY:
            passed.add(chat)
        if chat not in self._busy and chat not in passed:
            if hasty:
                self._hasty.add(chat)
            task = asyncio.create_task(self._deal_with(update_id, incoming), name=f"update {update_id}")
            self._busy[chat] = task
            self._places.take()
            self._taken[update_id] = chat
            self._parsed.pop(update_id, None)
            task.add_done_callback(partial(self._finished, chat))
        passed.add(chat)
        return True

    def _judge(self, update_id: int, incoming: Incoming | None) -> Verdict:
        """Judge an update when it is first seen: a flood is one however slowly its line is worked off."""
        if update_id not in self._verdicts:
            self._verdicts[update_id] = self._floods.judge(incoming)
        return self._verdicts[update_id]

    def _forget(self, page: Sequence[tuple[int, str]], *, after: int | None, ended: bool) -> None:
        """Forget what was taken and is not stored any more, as *page*, which begins behind *after*, shows.

        An update may have been dealt with while the page was read: it must not be answered again.
        """
        there = {update_id for update_id, _ in page}
        for update_id in tuple(self._taken):
            covered = (after is None or update_id > after) and (ended or update_id <= page[-1][0])
            if covered and update_id not in there:
                del self._taken[update_id]
        if after is None and not page:
            self._parsed.clear()

    def _finished(self, chat: str, _: asyncio.Task[None]) -> None:
        del self._busy[chat]
        self._hasty.discard(chat)
        self._places.leave()

    async def _deal_with(self, update_id: int, incoming: Incoming | None) -> None:
        account = self._context.messenger.account
        try:
            if incoming is not None:
                await self._answer(update_id, incoming)
            async with self._context.database.write() as tx:
                await updates.settle(tx, account, update_id, now=self._context.clock.now())
            self._verdicts.pop(update_id, None)
        except (DatabaseUnavailable, AccountLostError) as error:
            # The update stays stored, and has its turn again.
            _log.warning("update_postponed", update=update_id, error=str(error))
            await self._context.clock.sleep(_RETRY_SECONDS)
            self._taken.pop(update_id, None)

    async def _answer(self, update_id: int, incoming: Incoming) -> None:
        """Answer, or say sorry: an update that our own code chokes on must not come back for ever."""
        with _survived("update_failed", update_id):
            match self._verdicts[update_id]:
                case Verdict.ANSWER:
                    await self._say(incoming, await self._conversation.answer(incoming))
                case Verdict.QUIETLY:
                    await self._conversation.answer(incoming)
                case Verdict.NOTICE:
                    await self._say(incoming, await self._floods.notice(incoming))
            return
        with _survived("apology_failed", update_id):
            await self._say(incoming, self._conversation.apology(incoming))

    async def _say(self, incoming: Incoming, answer: Answer) -> None:
        if not self._owns():
            raise AccountLostError("another process answers now")
        if isinstance(incoming, ButtonPressed):
            await self._context.messenger.acknowledge(incoming.press_id, answer.toast)
        if isinstance(incoming, InlineAsked) and answer.offers:
            await self._context.messenger.offer(incoming.query_id, answer.offers)
        while True:
            for outgoing in answer.messages:
                await self._reply(outgoing.to, outgoing.message)
            if answer.later is None:
                return
            async with self._places.given_up():
                await answer.later.work()
            answer = await answer.later.then()

    def _parse(self, update_id: int, payload: str) -> Incoming | None:
        """Read an update, and remember it, so that a long line is not read anew after each answer."""
        if update_id in self._parsed:
            return self._parsed[update_id]
        incoming = None
        with _survived("update_unreadable", update_id):
            incoming = self._context.messenger.parse(payload)
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


def _chat(incoming: Incoming | None) -> str | None:
    match incoming:
        case None:
            return None
        case ChatMigrated():
            return incoming.old.chat
        case InlineAsked():
            return f"inline {incoming.sender.user}"
        case _:
            return incoming.address.chat


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
