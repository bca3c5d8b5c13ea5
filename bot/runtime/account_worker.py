"""Serving one account: while this process leads it, its messages are sent and its updates answered here.

Each account has a worker of its own, with its own lease, dispatcher, sender, limits and circuit breaker: one
that is refused or does not answer takes nothing from another.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import structlog
from aiohttp import web

from bot.commands.runtime.dispatcher import UpdateDispatcher
from bot.commands.runtime.handling import Speaker
from bot.domain.chats.chat import AccountId, Address
from bot.domain.chats.courtesy import ThrottleRules
from bot.domain.chats.message import Message
from bot.domain.delivery.delivery import Outcome, RetryLater, RetryPolicy
from bot.domain.delivery.sliding_window import PROBE_EVERY
from bot.domain.messaging.messenger import (
    CONFIRM_AFTER,
    CommandMenu,
    Messenger,
    MessengerError,
    Profile,
    Webhook,
)
from bot.runtime.upkeep import Prepare
from bot.services.aio import Backoff, at_most, cancelled, first_ended, until
from bot.services.coordination.leader import LeaderLease
from bot.services.delivery.destinations import Destination, establish
from bot.services.delivery.sender import Sender, SenderRules
from bot.services.gateway.account import ServedAccount
from bot.services.gateway.gateway import LEFT_OUT, AccountLostError
from bot.services.operations.managed_account import AccountHealth
from bot.services.rendering.renderer import Renderer
from bot.store.engine.database import DatabaseUnavailable
from bot.store.engine.notify import Signal
from bot.store.runtime import accounts, updates
from bot.web.public import Door
from bot.web.webhook import TELEGRAM, NotStoredError, WebhookForm, webhook_route

log = structlog.get_logger(__name__)

_RETRY_AFTER = 1.0
_REACHING = RetryPolicy(first_wait=timedelta(seconds=2), longest_wait=timedelta(seconds=PROBE_EVERY))
_ASKING = RetryPolicy(first_wait=timedelta(seconds=_RETRY_AFTER), longest_wait=timedelta(seconds=PROBE_EVERY))
ASK_AGAIN_EVERY = 180.0
"""Seconds after which a platform that refuses the account is asked again: somebody may have mended it."""

_GIVE_UP_WITHIN = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfiguredAccount:
    """An account as the settings describe it; its *messenger* is not connected yet.

    *owners* are ids of persons on its platform, and *throttle* is how much of one person is answered at a
    time. Without a *webhook*, to which its platform posts in a *form* of its own, updates are polled for.
    One that publishes has a *destination* instead of chats; *prepare* makes ready what its platform needs.
    *address* is where people find it, as its platform shows that, if it has been named.
    """

    messenger: Messenger
    owners: frozenset[str]
    throttle: ThrottleRules = field(default_factory=ThrottleRules)
    webhook: Webhook | None = None
    form: WebhookForm = TELEGRAM
    destination: Destination | None = None
    prepare: Prepare | None = None
    address: str = ""

    @property
    def door(self) -> Door | None:
        """Return where people subscribe; None where nobody writes to it."""
        messenger = self.messenger
        if messenger.capabilities.pages is not None:
            return None
        platform = messenger.account.partition(":")[0]
        return Door(platform, messenger.platform.name, messenger.link_to_us, self.address)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerDependencies:
    """What one account is served with: *configured* by the settings, and *account* as its sender knows it.

    The *menus* and *profiles* are made when they are shown, as their words may change. What the *router*
    answers and the *renderer* composes goes out through a sender, of which each term has one of its own.
    """

    configured: ConfiguredAccount
    account: ServedAccount
    lease: LeaderLease
    router: Speaker
    menus: Callable[[], Sequence[CommandMenu]]
    profiles: Callable[[], Sequence[Profile]]
    renderer: Renderer
    sender_rules: SenderRules


class AccountWorker:
    """Competes for one account, and serves it whenever it is ours."""

    def __init__(self, dependencies: WorkerDependencies) -> None:
        self._dependencies = dependencies
        self._account = dependencies.account
        self._lease = dependencies.lease
        self._session: _Session | None = None
        self._is_connecting = False
        self._is_known = False
        self.refused: str | None = None
        """Why the platform refuses the account, while it does; what is owed is kept."""

    @property
    def id(self) -> AccountId:
        return self._account.id

    @property
    def owners(self) -> frozenset[str]:
        return self._dependencies.configured.owners

    @property
    def messenger(self) -> Messenger:
        return self._account.messenger

    def routes(self) -> tuple[web.RouteDef, ...]:
        """Return where the platform posts updates, if it does."""
        configured = self._dependencies.configured
        if configured.webhook is None:
            return ()
        secret = configured.webhook.secret
        return (webhook_route(configured.form, secret=secret, store=self.store_update),)

    @property
    def is_ours(self) -> bool:
        return self._session is not None and self._lease.owns()

    @property
    def problem(self) -> str | None:
        """Return in one line what keeps the account from being served, if anything does; it is named."""
        problem, platform = self._session.problem if self._session else None, self.messenger.platform.name
        if self._is_connecting:
            problem = f"{platform} could not be reached yet"
        if self.refused:
            problem = f"{platform} refuses the account: {self.refused}"
        return f"{self.id}: {problem}" if problem else None

    def health(self) -> AccountHealth:
        """Return how the account is; it is ours to speak as, or not."""
        since, reason = (self._session.dispatcher.unreachable if self._session else None) or (None, "")
        return AccountHealth(self.is_ours, self.refused, since, reason)

    async def reply(self, address: Address, message: Message) -> Outcome:
        """Send what somebody is to know, ahead of all broadcasts; later, where the account is not ours.

        In a test installation only those who are listed are told, and the owners.
        """
        if not self._account.served.is_told(address):
            return LEFT_OUT
        try:
            if self._session is not None:
                return await self._session.sender.reply(address, message)
        except AccountLostError as error:
            return RetryLater(str(error))
        return RetryLater("the account is not ours")

    async def store_update(self, number: int, payload: str) -> None:
        """Store an update that was posted to us, for the process that serves the account.

        Raises NotStoredError: then the platform is to post it again.
        """
        database, now = self._account.database, self._account.clock.now()
        try:
            if not self._is_known:
                await self._introduce()
            async with database.write() as tx:
                for_ever = not self.messenger.capabilities.confirms_updates
                await updates.save(tx, self.id, [(number, payload)], now=now, for_ever=for_ever)
        except DatabaseUnavailable as error:
            raise NotStoredError(str(error)) from None
        self.hear(Signal.UPDATES)

    async def run(self, stop: asyncio.Event) -> None:
        """Serve the account, term by term, until *stop* is set; then settle what is under way and return.

        Raises MessengerError if the platform does not know the account from the beginning.
        """
        try:
            await until(stop, self._connect())
            while not stop.is_set():
                await until(stop, self._lease.win())
                if not stop.is_set() and (reason := await self._serve(stop)):
                    # Somebody else's token may be a better one, so the account is free meanwhile.
                    await until(stop, self._until_accepted(reason))
        finally:
            await self._give_up()

    async def _connect(self) -> None:
        """Reach the platform, through whatever outages there are.

        Raises MessengerError where it refuses the account twice.
        """
        self._is_connecting, was_refused, backoff = True, False, Backoff(_REACHING)
        while True:
            try:
                await self.messenger.open()
            except MessengerError as error:
                if error.fatal and was_refused:
                    self.refused = str(error)
                    raise
                was_refused = error.fatal
                pause = backoff.next(CONFIRM_AFTER if error.fatal else error.retry_after)
                event = f"{self.messenger.platform.name} cannot be reached yet"
                log.warning(event, account=self.id, error=str(error), next_try_in=pause)
                await self._account.clock.sleep(pause)
            else:
                self._is_connecting = False
                return

    async def _until_accepted(self, reason: str) -> None:
        """Return when the platform accepts the account, which it refused for *reason*, after all.

        That is made sure of before anybody hears of it: what stands between may be mistaken once.
        """
        wait = CONFIRM_AFTER
        while True:
            await self._account.clock.sleep(wait)
            try:
                await self.messenger.verify_account()
            except MessengerError as error:
                if error.fatal and self.refused is None:
                    self.refused = reason
                    log.error("the account is refused", account=self.id, reason=reason)  # noqa: TRY400
                wait = ASK_AGAIN_EVERY if error.fatal else PROBE_EVERY
            else:
                log.warning("the account is accepted", account=self.id, refused_before=reason)
                self.refused = None
                return

    async def _serve(self, stop: asyncio.Event) -> str | None:
        """Serve the account for a term; return why the platform refused it, if that is why the term ended."""
        log.info("the account is ours", account=self.id)
        session = self._session = _Session(self._dependencies, self._introduce)
        running = asyncio.create_task(session.run())
        keeping = asyncio.create_task(self._lease.keep())
        try:
            await first_ended(stop, [running, keeping])
            if keeping.done():
                log.warning("the account was lost", account=self.id)
            await session.end(running)
        finally:
            keeping.cancel()
            self._session = None
            if not stop.is_set():
                await self._give_up()
        return session.refused

    async def _introduce(self) -> None:
        """Make the account known to the database."""
        platform, _, _ = self.id.partition(":")
        name, now = self.messenger.username, self._account.clock.now()
        async with self._account.database.write() as tx:
            await accounts.register(tx, self.id, platform=platform, name=name, now=now)
            if destination := self._dependencies.configured.destination:
                await establish(tx, self.id, destination, now=now)
        if name and not self._is_known and not self.messenger.capabilities.pages:
            invitation = f"write /start to @{name}"
            log.info(invitation)
        self._is_known = True

    async def _give_up(self) -> None:
        """Let somebody else have the account at once."""
        try:
            await at_most(_GIVE_UP_WITHIN, self._lease.release())
        except (DatabaseUnavailable, TimeoutError) as error:
            log.warning("the account could not be given up, and lapses by itself", error=str(error))

    async def introduce_anew(self) -> None:
        """Say who we are and what can be asked for, where the account is ours: the words have changed."""
        if self._session is None or self.messenger.capabilities.pages:
            return
        try:
            await self.messenger.register_commands(self._dependencies.menus())
            await self.messenger.describe(self._dependencies.profiles())
        except MessengerError as error:
            log.warning("the new words could not be shown", account=self.id, error=str(error))

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
    """One term: from the moment when the account becomes ours until it is lost, refused or given up.

    *introduce* makes the account known to the database.
    """

    def __init__(
        self, dependencies: WorkerDependencies, introduce: Callable[[], Coroutine[Any, Any, None]]
    ) -> None:
        self._dependencies = dependencies
        self._messenger = dependencies.account.messenger
        self._clock = dependencies.account.clock
        self._introduce = introduce
        self.sender = Sender(dependencies.account, dependencies.renderer, dependencies.sender_rules)
        self.dispatcher = UpdateDispatcher(
            dependencies.router, reply=self.sender.reply, owns=dependencies.account.is_leader
        )
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
            await self._introduce()
        except DatabaseUnavailable as error:
            log.warning("the account cannot be served yet", error=str(error))
            await self._clock.sleep(_RETRY_AFTER)
            return
        self._sending = asyncio.create_task(self.sender.run(), name="sender")
        if not self._messenger.capabilities.pages:
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
            log.warning("the account was refused", account=self._messenger.account, reason=str(error))
        elif error:
            raise error

    async def end(self, running: asyncio.Task[None]) -> None:
        """Send nothing new, settle what is under way, and end every part."""
        await cancelled(*self._helping)
        self.sender.stop()
        if self._sending:
            await asyncio.gather(self._sending, return_exceptions=True)
        await cancelled(running)
        if not running.cancelled() and (error := running.exception()):
            raise error

    async def _receive(self) -> None:
        """Have updates come in the way that is configured, and where that is by asking, ask."""
        webhook = self._dependencies.configured.webhook
        await self._insist("updates", lambda: self._messenger.deliver_updates(webhook))
        if webhook is None:
            await self.dispatcher.listen()

    async def _register(self) -> None:
        await self._insist("menus", lambda: self._messenger.register_commands(self._dependencies.menus()))

    async def _describe(self) -> None:
        """Say who we are once a term; Bot API: how often is limited, and nobody waits for it."""
        try:
            await self._messenger.describe(self._dependencies.profiles())
        except MessengerError as error:
            if error.fatal:
                raise
            log.warning("the description could not be set", error=str(error))

    async def _insist(self, what: str, ask: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Ask the messenger until it does as it is asked; raises MessengerError if that is of no use."""
        backoff = Backoff(_ASKING)
        while True:
            try:
                await ask()
            except MessengerError as error:
                if error.fatal:
                    raise
                self._problems[what] = str(error)
                pause = backoff.next(error.retry_after)
                log.warning("the messenger was asked in vain", what=what, error=str(error), next_try_in=pause)
                await self._clock.sleep(pause)
            else:
                self._problems.pop(what, None)
                return
