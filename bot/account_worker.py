"""Serving one account: while this process leads it, its messages are sent and its updates answered here."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from bot.commands.runtime.dispatcher import UpdateDispatcher
from bot.commands.runtime.handling import Speaker
from bot.domain.chats.chat import Address
from bot.domain.chats.message import Message
from bot.domain.clock import Clock
from bot.domain.delivery.delivery import Outcome, RetryLater
from bot.domain.delivery.sliding_window import PROBE_EVERY
from bot.domain.messaging.messenger import (
    CONFIRM_AFTER,
    CommandMenu,
    Messenger,
    MessengerError,
    Profile,
    Webhook,
)
from bot.services.coordination.leader import LeaderLease
from bot.services.coordination.timeouts import at_most
from bot.services.delivery.gateway import AccountLostError
from bot.services.delivery.sender import Sender
from bot.services.operations.alerts import AccountHealth
from bot.store.engine.database import DatabaseUnavailable
from bot.store.engine.notify import Signal

log = structlog.get_logger(__name__)

_RETRY_AFTER = 1.0
ASK_AGAIN_EVERY = 180.0
"""Seconds after which a platform that refuses the account is asked again: somebody may have mended it."""

_GIVE_UP_WITHIN = 0.5


@dataclass(frozen=True, slots=True)
class WorkerDependencies:
    """What a session is made of; each has a sender of its own, which knows nothing of the last one.

    *connect* reaches the platform, however long that takes, and *introduce* makes the account known to the
    database. Without a *webhook* updates are polled for.
    """

    messenger: Messenger
    router: Speaker
    menus: Sequence[CommandMenu]
    profiles: Sequence[Profile]
    webhook: Webhook | None
    clock: Clock
    sender: Callable[[Callable[[], bool]], Sender]
    connect: Callable[[], Coroutine[Any, Any, None]]
    introduce: Callable[[], Coroutine[Any, Any, None]]


class AccountWorker:
    """Competes for one account, and serves it whenever it is ours."""

    def __init__(self, dependencies: WorkerDependencies, lease: LeaderLease) -> None:
        self._dependencies = dependencies
        self._lease = lease
        self._session: _Session | None = None
        self._is_connecting = False
        self.refused: str | None = None
        """Why the platform refuses the account, while it does; what is owed is kept."""

    @property
    def is_ours(self) -> bool:
        return self._session is not None and self._lease.owns()

    @property
    def problem(self) -> str | None:
        """Return in one line what keeps the account from being served, if anything does."""
        if self.refused:
            return f"Telegram refuses the account: {self.refused}"
        if self._is_connecting:
            return "Telegram could not be reached yet"
        return self._session.problem if self._session else None

    def health(self) -> AccountHealth:
        """Return how the account is; it is ours to speak as, or not."""
        since, reason = (self._session.dispatcher.unreachable if self._session else None) or (None, "")
        return AccountHealth(self.is_ours, self.refused, since, reason)

    async def reply(self, address: Address, message: Message) -> Outcome:
        """Send what somebody is to know, ahead of all broadcasts; later, where the account is not ours."""
        try:
            if self._session is not None:
                return await self._session.sender.reply(address, message)
        except AccountLostError as error:
            return RetryLater(str(error))
        return RetryLater("the account is not ours")

    async def run(self, stop: asyncio.Event) -> None:
        """Serve the account, term by term, until *stop* is set; then settle what is under way and return.

        Raises MessengerError if the platform does not know the account from the beginning.
        """
        stopping = asyncio.create_task(stop.wait())
        try:
            self._is_connecting = True
            await _first(self._dependencies.connect(), stopping)
            self._is_connecting = False
            while not stop.is_set():
                await _first(self._lease.win(), stopping)
                if not stop.is_set() and (reason := await self._serve(stopping)):
                    # Somebody else's token may be a better one, so the account is free meanwhile.
                    await _first(self._until_accepted(reason), stopping)
        finally:
            stopping.cancel()
            await self._give_up()

    async def _until_accepted(self, reason: str) -> None:
        """Return when the platform accepts the account, which it refused for *reason*, after all.

        That is made sure of before anybody hears of it: what stands between may be mistaken once.
        """
        account, clock, wait = self._dependencies.messenger.account, self._dependencies.clock, CONFIRM_AFTER
        while True:
            await clock.sleep(wait)
            try:
                await self._dependencies.messenger.verify_account()
            except MessengerError as error:
                if error.fatal and self.refused is None:
                    self.refused = reason
                    log.error("the account is refused", account=account, reason=reason)  # noqa: TRY400
                wait = ASK_AGAIN_EVERY if error.fatal else PROBE_EVERY
            else:
                log.warning("the account is accepted", account=account, refused_before=reason)
                self.refused = None
                return

    async def _serve(self, stopping: asyncio.Task[Any]) -> str | None:
        """Serve the account for a term; return why the platform refused it, if that is why the term ended."""
        log.info("the account is ours", account=self._dependencies.messenger.account)
        session = self._session = _Session(self._dependencies, self._lease.owns)
        running = asyncio.create_task(session.run())
        keeping = asyncio.create_task(self._lease.keep())
        try:
            await asyncio.wait({running, keeping, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if keeping.done():
                log.warning("the account was lost", account=self._dependencies.messenger.account)
            await session.end(running)
        finally:
            keeping.cancel()
            self._session = None
            if not stopping.done():
                await self._give_up()
        return session.refused

    async def _give_up(self) -> None:
        """Let somebody else have the account at once."""
        try:
            await at_most(_GIVE_UP_WITHIN, self._lease.release())
        except (DatabaseUnavailable, TimeoutError) as error:
            log.warning("the account could not be given up, and lapses by itself", error=str(error))

    def hold(self) -> None:
        """Send nothing more that is owed: its receipts could not be stored. Owners are still told."""
        if self._session is not None:
            self._session.sender.hold()

    def hear(self, signal: Signal) -> None:
        """Take note of what this process or another one has stored."""
        if self._session is None:
            return
        match signal:
            case Signal.DELIVERIES:
                self._session.sender.wake()
            case Signal.UPDATES:
                self._session.dispatcher.notify()


class _Session:
    """One term: from the moment when the account becomes ours until it is lost, refused or given up."""

    def __init__(self, dependencies: WorkerDependencies, owns: Callable[[], bool]) -> None:
        self._dependencies = dependencies
        self.sender = dependencies.sender(owns)
        self.dispatcher = UpdateDispatcher(dependencies.router, reply=self.sender.reply, owns=owns)
        self._problems: dict[str, str] = {}
        self._refused: str | None = None
        self._sending: asyncio.Task[None] | None = None
        self._helping: list[asyncio.Task[None]] = []

    @property
    def problem(self) -> str | None:
        return next(iter(self._problems.values()), None)

    @property
    def refused(self) -> str | None:
        return self._refused or self.sender.refused

    async def run(self) -> None:
        """Serve until the account is refused; raises what a part that ended by a bug of ours raised."""
        try:
            await self._dependencies.introduce()
        except DatabaseUnavailable as error:
            log.warning("the account cannot be served yet", error=str(error))
            await self._dependencies.clock.sleep(_RETRY_AFTER)
            return
        self._sending = asyncio.create_task(self.sender.run(), name="sender")
        self._helping = [
            asyncio.create_task(self.dispatcher.run(), name="inbox"),
            asyncio.create_task(self._receive(), name="updates"),
            asyncio.create_task(self._register(), name="menus"),
            asyncio.create_task(self._describe(), name="description"),
        ]
        waiting = {self._sending, *self._helping}
        while waiting:
            ended, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task in ended:
                self._note_end(task)
            if self.refused or self._sending in ended:
                return

    def _note_end(self, task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()
        if isinstance(error, MessengerError) and error.fatal:
            self._refused = self._refused or str(error)
            log.warning(
                "the account was refused", account=self._dependencies.messenger.account, reason=str(error)
            )
        elif error:
            raise error

    async def end(self, running: asyncio.Task[None]) -> None:
        """Send nothing new, settle what is under way, and end every part."""
        for task in self._helping:
            task.cancel()
        await asyncio.gather(*self._helping, return_exceptions=True)
        self.sender.stop()
        if self._sending:
            await asyncio.gather(self._sending, return_exceptions=True)
        if not running.done():
            running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        if not running.cancelled() and (error := running.exception()):
            raise error

    async def _receive(self) -> None:
        """Have updates come in the way that is configured, and where that is by asking, ask."""
        webhook = self._dependencies.webhook
        await self._insist("updates", lambda: self._dependencies.messenger.deliver_updates(webhook))
        if webhook is None:
            await self.dispatcher.listen()

    async def _register(self) -> None:
        await self._insist(
            "menus", lambda: self._dependencies.messenger.register_commands(self._dependencies.menus)
        )

    async def _describe(self) -> None:
        """Say who we are once a term; Bot API: how often is limited, and nobody waits for it."""
        try:
            await self._dependencies.messenger.describe(self._dependencies.profiles)
        except MessengerError as error:
            if error.fatal:
                raise
            log.warning("the description could not be set", error=str(error))

    async def _insist(self, what: str, ask: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Ask the messenger until it does as it is asked; raises MessengerError if that is of no use."""
        wait = _RETRY_AFTER
        while True:
            try:
                await ask()
            except MessengerError as error:
                if error.fatal:
                    raise
                self._problems[what] = str(error)
                log.warning("the messenger was asked in vain", what=what, error=str(error), next_try_in=wait)
                await self._dependencies.clock.sleep(error.retry_after or wait)
                wait = min(wait * 2, PROBE_EVERY)
            else:
                self._problems.pop(what, None)
                return


async def _first(work: Coroutine[Any, Any, None], stopping: asyncio.Task[Any]) -> None:
    """Do *work* until it is done or *stopping* is; raises what it raised."""
    working = asyncio.create_task(work)
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if working.done():
        working.result()
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
